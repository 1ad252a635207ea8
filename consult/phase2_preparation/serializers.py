"""Shapes of what the API of joint preparation takes and gives."""

from typing import Any

from rest_framework import serializers

from consult.phase2_preparation.disposition_queries import Row
from consult.phase2_preparation.enums import (
    ENTERED,
    CommentType,
    DispositionOutcome,
    RoundKind,
    Standing,
)
from consult.phase2_preparation.lengths import HOUR
from consult.phase2_preparation.models import ChangeReason, Comment, CommentDraft, Round
from consult.phase2_preparation.steps import Letter, Remark
from stakeholders.files.models import StoredFile

S = serializers.Serializer[Any]


class RoundSerializer(serializers.ModelSerializer[Round]):
    revision = serializers.IntegerField(source="revision.number")

    class Meta:
        model = Round
        fields = [
            "number",
            "revision",
            "kind",
            "opens_at",
            "closes_at",
            "closes_on",
            "closes_hour",
            "zone",
            "only_changed",
            "is_sealed",
            "note",
            "closed_at",
        ]


class InvitedSerializer(S):
    jurisdiction = serializers.CharField(source="invitee.jurisdiction_id")
    standing = serializers.ChoiceField(choices=Standing.choices)
    deadline = serializers.DateTimeField()
    comments = serializers.IntegerField(allow_null=True)


class OpenRoundSerializer(S):
    kind = serializers.ChoiceField(choices=RoundKind.choices, default=RoundKind.CONSULTATION.value)
    closes_on = serializers.DateField(default=None, allow_null=True)
    closes_hour = serializers.TimeField(default=HOUR)
    only_changed = serializers.BooleanField(default=False)
    is_sealed = serializers.BooleanField(default=False)
    note = serializers.CharField(default="", allow_blank=True, max_length=300)
    codes = serializers.ListField(
        child=serializers.CharField(max_length=6), default=None, allow_null=True
    )


class ExtendSerializer(S):
    code = serializers.CharField(default=None, allow_null=True, max_length=6)
    closes_on = serializers.DateField()
    closes_hour = serializers.TimeField(default=HOUR)
    reason = serializers.CharField(max_length=300)


class RemarkFields(S):
    """The words of a comment, shared by drafts and entered opinions."""

    type = serializers.ChoiceField(choices=CommentType.choices)
    text_zh = serializers.CharField(default="", allow_blank=True, max_length=20_000)
    text_en = serializers.CharField(default="", allow_blank=True, max_length=20_000)
    wording_zh = serializers.CharField(default="", allow_blank=True, max_length=20_000)
    wording_en = serializers.CharField(default="", allow_blank=True, max_length=20_000)


def remark_of(data: dict[str, Any]) -> Remark:
    names = ("type", "text_zh", "text_en", "wording_zh", "wording_en")
    return Remark(**{name: data[name] for name in names})


class WriteDraftSerializer(RemarkFields):
    key = serializers.UUIDField()
    item = serializers.CharField(default="", allow_blank=True)
    share = serializers.BooleanField(default=True)


class EditDraftSerializer(RemarkFields):
    share = serializers.BooleanField(default=True)


class DraftSerializer(serializers.ModelSerializer[CommentDraft]):
    item = serializers.CharField(source="item.key", allow_null=True, default=None)

    class Meta:
        model = CommentDraft
        fields = [
            "key",
            "item",
            "type",
            "text_zh",
            "text_en",
            "wording_zh",
            "wording_en",
            "state",
            "reason",
        ]


class SendBackReasonSerializer(S):
    reason = serializers.CharField()


class LetterFields(S):
    letter_number = serializers.CharField(default="", allow_blank=True, max_length=80)
    letter_on = serializers.DateField(default=None, allow_null=True)
    issuer = serializers.CharField(default="", allow_blank=True, max_length=120)
    letter_file = serializers.UUIDField(
        default=None, allow_null=True, help_text="The id of an upload of one's own."
    )


def letter_of(data: dict[str, Any], *, file: StoredFile | None) -> Letter:
    return Letter(
        number=data["letter_number"], on=data["letter_on"], issuer=data["issuer"], file=file
    )


class SubmitReplySerializer(LetterFields):
    is_nil = serializers.BooleanField(default=False)
    text = serializers.CharField(default="", allow_blank=True, max_length=5_000)


class ReplyMadeSerializer(S):
    is_nil = serializers.BooleanField()
    at = serializers.DateTimeField()


class OpinionFields(RemarkFields):
    item = serializers.CharField(default="", allow_blank=True)


class EnterOpinionSerializer(LetterFields):
    source: Any = serializers.ChoiceField(choices=sorted(ENTERED))
    opinions = OpinionFields(many=True)


class CommentSerializer(serializers.ModelSerializer[Comment]):
    """A comment the caller may see, with the disposition it may see.

    The number is null while the comment is sealed from others: it would count them.
    """

    number = serializers.SerializerMethodField()
    round = serializers.IntegerField(source="reply.round.number")
    item = serializers.CharField(source="item.key", allow_null=True, default=None)
    source: Any = serializers.CharField(source="reply.source")

    class Meta:
        model = Comment
        fields = [
            "number",
            "round",
            "jurisdiction",
            "source",
            "item",
            "type",
            "text_zh",
            "text_en",
            "wording_zh",
            "wording_en",
        ]

    def get_number(self, comment: Comment) -> int | None:
        return comment.number if getattr(comment, "is_revealed", False) else None


class RowSerializer(serializers.Serializer[Row]):
    comment = CommentSerializer()
    disposition = serializers.IntegerField(source="disposition.pk", default=None, allow_null=True)
    outcome = serializers.CharField(source="disposition.outcome", default=None, allow_null=True)
    reason_zh = serializers.CharField(source="disposition.reason_zh", default="")
    reason_en = serializers.CharField(source="disposition.reason_en", default="")
    matter = serializers.CharField(source="disposition.matter.key", default=None, allow_null=True)
    is_published = serializers.BooleanField()
    accepts = serializers.BooleanField(source="answer.accepts", default=None, allow_null=True)


class DecideSerializer(S):
    outcome = serializers.ChoiceField(choices=DispositionOutcome.choices)
    reason_zh = serializers.CharField(default="", allow_blank=True)
    reason_en = serializers.CharField(default="", allow_blank=True)
    matter = serializers.CharField(default="", allow_blank=True)
    title_zh = serializers.CharField(default="", allow_blank=True, max_length=120)
    title_en = serializers.CharField(default="", allow_blank=True, max_length=200)
    codes = serializers.ListField(child=serializers.CharField(max_length=6), default=list)


class PublishSerializer(S):
    numbers = serializers.ListField(child=serializers.IntegerField(), default=None, allow_null=True)


class PublishedSerializer(S):
    published = serializers.ListField(child=serializers.IntegerField())


class GiveAnswerSerializer(S):
    disposition = serializers.IntegerField()
    accepts = serializers.BooleanField()
    text = serializers.CharField(default="", allow_blank=True, max_length=5_000)


class ChangeReasonSerializer(serializers.ModelSerializer[ChangeReason]):
    item = serializers.CharField(source="item.key")
    matter = serializers.CharField(source="matter.key", default=None, allow_null=True)
    comment = serializers.IntegerField(
        source="disposition.comment.number", default=None, allow_null=True
    )

    class Meta:
        model = ChangeReason
        fields = ["item", "comment", "matter", "note", "at"]


class ExplainSerializer(S):
    item = serializers.CharField()
    comment = serializers.IntegerField(default=None, allow_null=True)
    matter = serializers.CharField(default="", allow_blank=True)
    note = serializers.CharField(default="", allow_blank=True, max_length=300)
