"""What the API answers of tasks, programmes and supervision notes."""

from typing import Any

from rest_framework import serializers

from consult.tasks.enums import NoteSubject, Origin, TaskProgress
from consult.tasks.models import StrikeOff, SupervisionReply, TaskChange, TaskReport
from consult.tasks.pressing import NoteStage
from consult.tasks.queries import TaskState
from consult.tasks.queries.breakdown import LineState
from consult.tasks.queries.units import holder_key
from consult.tasks.standing import Stage
from stakeholders.files.actions import take_upload
from stakeholders.files.enums import LETTERS
from stakeholders.files.models import StoredFile
from stakeholders.terms.actor import Actor

S = serializers.Serializer[Any]
UPLOAD = "The id of an upload of one's own."
HOLDER = "The code of a unit, or org- and the id of a joint body."


def file_field() -> serializers.UUIDField:
    return serializers.UUIDField(default=None, allow_null=True, help_text=UPLOAD)


def text_field(most: int = 20_000) -> serializers.CharField:
    return serializers.CharField(default="", allow_blank=True, max_length=most)


def taken(actor: Actor, plan_key: str, pk: Any) -> StoredFile | None:
    """The upload a body names, taken up. Invalid for one that is not the caller's."""
    if pk is None:
        return None
    return take_upload(actor=actor, pk=pk, kinds=LETTERS, plan_key=plan_key, field="file")


STAGES = [one.value for one in Stage]
NOTE_STAGES = [one.value for one in NoteStage]


class TaskReportSerializer(serializers.ModelSerializer[TaskReport]):
    file = serializers.CharField(source="file.sha256", default=None, allow_null=True)
    confirmed = serializers.SerializerMethodField()

    class Meta:
        model = TaskReport
        fields = [
            "id",
            "jurisdiction",
            "progress",
            "percent",
            "text_zh",
            "text_en",
            "evidence",
            "file",
            "is_on_behalf",
            "confirmed",
            "at",
        ]

    def get_confirmed(self, obj: TaskReport) -> bool | None:
        """The word of another on it, null while there is none."""
        word: StrikeOff | None = getattr(obj, "strike_off", None)
        return word.confirms if word else None


class TaskChangeSerializer(serializers.ModelSerializer[TaskChange]):
    owner = serializers.SerializerMethodField()

    class Meta:
        model = TaskChange
        fields = ["id", "owner", "due_on", "is_dropped", "reason", "at"]

    def get_owner(self, obj: TaskChange) -> str:
        return holder_key(obj.owner_id, obj.owner_body_id)


class TaskSerializer(S):
    number = serializers.IntegerField(source="task.number")
    origin = serializers.ChoiceField(source="task.origin", choices=Origin.choices)
    origin_id = serializers.CharField(source="task.origin_id")
    item = serializers.CharField(source="task.item.key", default=None, allow_null=True)
    title_zh = serializers.CharField(source="task.title_zh")
    title_en = serializers.CharField(source="task.title_en")
    owner = serializers.SerializerMethodField(help_text=HOLDER)
    partners = serializers.ListField(child=serializers.CharField(), source="partner_codes")
    due_on = serializers.DateField(allow_null=True)
    evidence_zh = serializers.CharField(source="task.evidence_zh")
    evidence_en = serializers.CharField(source="task.evidence_en")
    stage = serializers.ChoiceField(choices=STAGES)
    progress = serializers.ChoiceField(choices=["", *TaskProgress.values])
    percent = serializers.IntegerField(source="standing.percent", allow_null=True)
    days_late = serializers.IntegerField(source="standing.days_late")
    level = serializers.CharField(source="climbed.level", default=None, allow_null=True)
    escalated_on = serializers.DateField(source="climbed.on", default=None, allow_null=True)
    changes = TaskChangeSerializer(many=True)
    reports = TaskReportSerializer(many=True)

    def get_owner(self, obj: TaskState) -> str:
        return holder_key(obj.owner, obj.owner_body_id)


class StrikeOffSerializer(serializers.ModelSerializer[StrikeOff]):
    class Meta:
        model = StrikeOff
        fields = ["id", "report", "jurisdiction", "confirms", "reason", "at"]


class BreakdownLineSerializer(S):
    item = serializers.CharField(source="key")
    state = serializers.ChoiceField(choices=[one.value for one in LineState])
    task = serializers.IntegerField(allow_null=True)
    owner = serializers.CharField(help_text=HOLDER)
    partners = serializers.ListField(child=serializers.CharField())
    due_on = serializers.DateField(allow_null=True)
    is_due_given = serializers.BooleanField()
    title_zh = serializers.CharField()
    title_en = serializers.CharField()
    evidence_zh = serializers.CharField()
    evidence_en = serializers.CharField()


class BreakdownSerializer(S):
    revision = serializers.IntegerField(source="revision.number", default=None, allow_null=True)
    lines = BreakdownLineSerializer(many=True)


class ProgrammeLineShownSerializer(S):
    task = serializers.IntegerField(source="state.task.number")
    text_zh = serializers.CharField(source="line.text_zh")
    text_en = serializers.CharField(source="line.text_en")
    due_on = serializers.DateField(allow_null=True)
    stage = serializers.ChoiceField(source="state.stage", choices=STAGES)


class ProgrammeSerializer(S):
    year = serializers.IntegerField(source="programme.year")
    edition = serializers.IntegerField(source="programme.edition")
    reason = serializers.CharField(source="programme.reason")
    at = serializers.DateTimeField(source="programme.at")
    struck_off = serializers.IntegerField()
    handled = serializers.IntegerField()
    late = serializers.IntegerField()
    total = serializers.IntegerField()
    lines = ProgrammeLineShownSerializer(many=True)


class EditionSerializer(S):
    year = serializers.IntegerField()
    edition = serializers.IntegerField()
    reason = serializers.CharField()
    at = serializers.DateTimeField()


class SupervisionVerdictSerializer(S):
    accepts = serializers.BooleanField()
    reason = serializers.CharField()
    due_at = serializers.DateTimeField(allow_null=True)
    at = serializers.DateTimeField()


class SupervisionReplySerializer(serializers.ModelSerializer[SupervisionReply]):
    file = serializers.CharField(source="file.sha256", default=None, allow_null=True)
    verdict = SupervisionVerdictSerializer(default=None, allow_null=True)

    class Meta:
        model = SupervisionReply
        fields = ["id", "text_zh", "text_en", "letter", "file", "verdict", "at"]


class SupervisionNoteSerializer(S):
    number = serializers.IntegerField(source="note.number")
    issuer = serializers.CharField(source="note.issuer_id", allow_null=True)
    addressee = serializers.CharField(source="note.addressee_id")
    subject = serializers.ChoiceField(source="note.subject", choices=NoteSubject.choices)
    subject_id = serializers.CharField(source="note.subject_id")
    text_zh = serializers.CharField(source="note.text_zh")
    text_en = serializers.CharField(source="note.text_en")
    letter = serializers.CharField(source="note.letter")
    due_at = serializers.DateTimeField(source="standing.due_at")
    stage = serializers.ChoiceField(source="standing.stage", choices=NOTE_STAGES)
    is_overdue = serializers.BooleanField(source="standing.is_overdue")
    replies = SupervisionReplySerializer(many=True)
    at = serializers.DateTimeField(source="note.at")
