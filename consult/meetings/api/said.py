"""What programs send to the acts on a meeting."""

from typing import Any

from rest_framework import serializers

from consult.meetings.actions.attending import ANSWERS
from consult.meetings.enums import AttendanceKind, DecisionOutcome, Source
from plans.register.api.given import InstantField

CALL_ANSWERS = [(one.value, one.label) for one in ANSWERS]


class NothingSerializer(serializers.Serializer[Any]):
    """Nothing to say: the request is the act."""


class MeetingReasonSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField()


class TwoTextsSerializer(serializers.Serializer[Any]):
    text_zh = serializers.CharField(default="", allow_blank=True)
    text_en = serializers.CharField(default="", allow_blank=True)


class ItemWordsSerializer(TwoTextsSerializer):
    title_zh = serializers.CharField(max_length=200)
    title_en = serializers.CharField(max_length=300, default="", allow_blank=True)
    reporter = serializers.CharField(max_length=6, allow_null=True, default=None)


class AddItemSerializer(ItemWordsSerializer):
    source: Any = serializers.CharField(
        max_length=20, default=Source.OTHER.value, help_text=", ".join(Source.values)
    )
    source_id = serializers.CharField(max_length=60, default="", allow_blank=True)


class MoveItemSerializer(serializers.Serializer[Any]):
    up = serializers.BooleanField()


class AnswerCallSerializer(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(choices=CALL_ANSWERS)
    speaker = serializers.IntegerField(
        allow_null=True, default=None, help_text="Id of the mandate of who speaks for it."
    )
    remarks = serializers.CharField(default="", allow_blank=True)


class PresentSerializer(serializers.Serializer[Any]):
    jurisdiction = serializers.CharField(max_length=6, allow_null=True, default=None)
    organization = serializers.IntegerField(allow_null=True, default=None)
    kind = serializers.ChoiceField(choices=AttendanceKind.choices)
    speaker = serializers.IntegerField(allow_null=True, default=None)
    remarks = serializers.CharField(default="", allow_blank=True)


class NoteAttendanceSerializer(serializers.Serializer[Any]):
    lines = PresentSerializer(many=True)


class NoteDecisionSerializer(TwoTextsSerializer):
    outcome = serializers.ChoiceField(choices=DecisionOutcome.choices)


class AssignTaskSerializer(serializers.Serializer[Any]):
    title_zh = serializers.CharField(max_length=200)
    title_en = serializers.CharField(max_length=300, default="", allow_blank=True)
    owner = serializers.CharField(max_length=6, allow_null=True, default=None)
    body = serializers.IntegerField(allow_null=True, default=None)
    due_on = serializers.DateField()
    partners = serializers.ListField(child=serializers.CharField(max_length=6), default=list)
    evidence_zh = serializers.CharField(default="", allow_blank=True)
    evidence_en = serializers.CharField(default="", allow_blank=True)


class MeetingPaperSerializer(serializers.Serializer[Any]):
    title = serializers.CharField(max_length=200, default="", allow_blank=True)
    item = serializers.IntegerField(allow_null=True, default=None)
    file = serializers.UUIDField(help_text="A file of one’s own that was uploaded before.")


class MinutesTextSerializer(TwoTextsSerializer):
    edits = serializers.IntegerField(help_text="The count of saves that was read; 0: none yet.")


class PutMinutesForwardSerializer(serializers.Serializer[Any]):
    due_at = InstantField(allow_null=True, default=None)


class CommentMinutesSerializer(serializers.Serializer[Any]):
    text = serializers.CharField()
    edition = serializers.IntegerField()


class ReplyToCommentSerializer(serializers.Serializer[Any]):
    is_adopted = serializers.BooleanField()
    reason = serializers.CharField(default="", allow_blank=True)


class ConfirmMinutesSerializer(serializers.Serializer[Any]):
    edition = serializers.IntegerField()
    confirms = serializers.BooleanField()
    reason = serializers.CharField(default="", allow_blank=True)
