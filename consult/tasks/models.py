"""Tasks: who does what until when with which evidence, from the binding provisions (责任分工表), a
resolution of a meeting, the measure of a case or a finding of a health check.

Every row is only ever added; where a task stands is computed from them.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consult.tasks.enums import NoteSubject, Origin, TaskProgress
from plans.register.models import Item, Plan
from stakeholders.files.models import StoredFile
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.people.models import Mandate, Organization
from stakeholders.record.models import AppendOnly


class Task(AppendOnly):
    """One deed with one owner: a jurisdiction or a joint body. `origin_id`: what it came from."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="tasks")
    number = models.PositiveIntegerField(_("number"))
    origin = models.CharField(_("origin"), max_length=20, choices=Origin.choices)
    origin_id = models.CharField(max_length=60, blank=True)
    item = models.ForeignKey(Item, models.PROTECT, null=True, blank=True, related_name="tasks")
    title_zh = models.CharField(_("title (Chinese)"), max_length=200)
    title_en = models.CharField(_("title (English)"), max_length=300, blank=True)
    owner = models.ForeignKey(
        Jurisdiction,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="tasks",
        verbose_name=_("responsible unit"),
    )
    owner_body = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("joint body"),
    )
    due_on = models.DateField(_("due date"), null=True, blank=True)
    evidence_zh = models.TextField(_("what proves it (Chinese)"), blank=True)
    evidence_en = models.TextField(_("what proves it (English)"), blank=True)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        ordering = ["plan", "number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="task_number_in_plan"),
            models.CheckConstraint(
                condition=Q(owner__isnull=True) ^ Q(owner_body__isnull=True), name="task_one_owner"
            ),
        ]
        indexes = [models.Index(fields=["plan", "origin", "origin_id"], name="task_of_origin")]

    def __str__(self) -> str:
        return f"T{self.number}"


class TaskPartner(AppendOnly):
    """A jurisdiction that takes part in a task of another."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="partners")
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")

    class Meta(AppendOnly.Meta):
        verbose_name = _("partner of a task")
        verbose_name_plural = _("partners of tasks")
        ordering = ["jurisdiction_id"]
        constraints = [
            models.UniqueConstraint(fields=["task", "jurisdiction"], name="task_partner_once"),
        ]

    def __str__(self) -> str:
        return f"{self.task_id} {self.jurisdiction_id}"


class TaskChange(AppendOnly):
    """Owner and date of a task from now on, with the reason; `is_dropped`: it is done no more."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="changes")
    owner = models.ForeignKey(Jurisdiction, models.PROTECT, null=True, blank=True, related_name="+")
    owner_body = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="+"
    )
    due_on = models.DateField(_("due date"), null=True, blank=True)
    is_dropped = models.BooleanField(_("dropped"), default=False)
    reason = models.TextField(_("reason"))
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("file")
    )
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("change of a task")
        verbose_name_plural = _("changes of tasks")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.task_id} {self.due_on}"


class TaskReport(AppendOnly):
    """How the owner sees its task; the newest one counts. Without jurisdiction: a joint body."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="reports")
    jurisdiction = models.ForeignKey(
        Jurisdiction, models.PROTECT, null=True, blank=True, related_name="+"
    )
    progress = models.CharField(_("progress"), max_length=10, choices=TaskProgress.choices)
    percent = models.PositiveSmallIntegerField(_("done (%)"), null=True, blank=True)
    text_zh = models.TextField(_("text (Chinese)"), blank=True)
    text_en = models.TextField(_("text (English)"), blank=True)
    evidence = models.CharField(_("evidence (document number)"), max_length=120, blank=True)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("file")
    )
    is_on_behalf = models.BooleanField(_("entered on behalf of the unit"), default=False)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("report on a task")
        verbose_name_plural = _("reports on tasks")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(percent__isnull=True) | Q(percent__lte=100), name="task_percent"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task_id} {self.progress}"


class StrikeOff(AppendOnly):
    """Another's word on a report that a task is done (销号): confirmed, or sent back with why."""

    report = models.OneToOneField(TaskReport, models.PROTECT, related_name="strike_off")
    jurisdiction = models.ForeignKey(
        Jurisdiction, models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirms = models.BooleanField(_("confirms"))
    reason = models.TextField(_("reason"), blank=True)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("strike-off")
        verbose_name_plural = _("strike-offs")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.report_id} {self.confirms}"


class Programme(AppendOnly):
    """What is done in one year (年度计划); the newest edition of a year counts."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="programmes")
    year = models.PositiveSmallIntegerField(_("year"))
    edition = models.PositiveSmallIntegerField(_("edition"), default=1)
    reason = models.TextField(_("reason of a new edition"), blank=True)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("yearly programme")
        verbose_name_plural = _("yearly programmes")
        ordering = ["plan", "-year", "-edition"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "year", "edition"], name="programme_edition"),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.year}"


class ProgrammeLine(AppendOnly):
    """What of a task is done in the year, and until when."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="lines")
    task = models.ForeignKey(Task, models.PROTECT, related_name="lines")
    text_zh = models.TextField(_("what is done this year (Chinese)"), blank=True)
    text_en = models.TextField(_("what is done this year (English)"), blank=True)
    due_on = models.DateField(_("due date"), null=True, blank=True)

    class Meta(AppendOnly.Meta):
        verbose_name = _("line of a programme")
        verbose_name_plural = _("lines of programmes")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "task"], name="programme_task_once"),
        ]

    def __str__(self) -> str:
        return f"{self.programme_id} {self.task_id}"


class SupervisionNote(AppendOnly):
    """A higher authority presses for something by a date (督办单). `subject_id` names what."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="supervision_notes")
    number = models.PositiveIntegerField(_("number"))
    issuer = models.ForeignKey(
        Jurisdiction, models.PROTECT, null=True, blank=True, related_name="+"
    )
    addressee = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    subject = models.CharField(_("about"), max_length=20, choices=NoteSubject.choices)
    subject_id = models.CharField(max_length=60, blank=True)
    text_zh = models.TextField(_("text (Chinese)"), blank=True)
    text_en = models.TextField(_("text (English)"), blank=True)
    letter = models.CharField(_("document number"), max_length=120, blank=True)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("file")
    )
    due_at = models.DateTimeField(_("due"))
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("supervision note")
        verbose_name_plural = _("supervision notes")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="note_number_in_plan"),
        ]

    def __str__(self) -> str:
        return f"SN{self.number}"


class SupervisionReply(AppendOnly):
    """What the addressee answers; the newest one counts."""

    note = models.ForeignKey(SupervisionNote, models.PROTECT, related_name="replies")
    text_zh = models.TextField(_("text (Chinese)"), blank=True)
    text_en = models.TextField(_("text (English)"), blank=True)
    letter = models.CharField(_("document number"), max_length=120, blank=True)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("file")
    )
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("reply to a supervision note")
        verbose_name_plural = _("replies to supervision notes")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.note_id}"


class SupervisionVerdict(AppendOnly):
    """Whether the issuer is satisfied with a reply, or asks again until a date."""

    reply = models.OneToOneField(SupervisionReply, models.PROTECT, related_name="verdict")
    accepts = models.BooleanField(_("accepts"))
    reason = models.TextField(_("reason"), blank=True)
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("verdict on a reply")
        verbose_name_plural = _("verdicts on replies")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.reply_id} {self.accepts}"
