"""How the parties see the projects. Every row is only ever added; the newest one counts."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consult.matters.models import Matter
from consult.phase4_implementation.enums import Progress
from plans.projects.models import Milestone, Project
from stakeholders.files.models import StoredFile
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.people.models import Mandate
from stakeholders.record.models import AppendOnly


class StatusReport(AppendOnly):
    """How one party of a project sees it, or one milestone of it, at an instant.

    Parties may contradict each other; both reports stay visible. `is_on_behalf`: the joint office
    entered it for the jurisdiction. A blockage stands until the same party's next report on the
    same subject, which names it again or does not.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="reports")
    milestone = models.ForeignKey(
        Milestone, models.PROTECT, null=True, blank=True, related_name="reports"
    )
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    progress = models.CharField(_("progress"), max_length=10, choices=Progress.choices)
    percent = models.PositiveSmallIntegerField(_("done (%)"), null=True, blank=True)
    text_zh = models.TextField(_("text (Chinese)"), blank=True)
    text_en = models.TextField(_("text (English)"), blank=True)
    blockage_zh = models.TextField(_("blockage (Chinese)"), blank=True)
    blockage_en = models.TextField(_("blockage (English)"), blank=True)
    evidence = models.CharField(_("evidence (document number)"), max_length=120, blank=True)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("file")
    )
    is_on_behalf = models.BooleanField(_("entered on behalf of the unit"), default=False)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("status report")
        verbose_name_plural = _("status reports")
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["project", "milestone", "jurisdiction", "-id"], name="status_newest"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(percent__isnull=True) | Q(percent__lte=100), name="status_percent"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.jurisdiction_id} {self.progress}"

    @property
    def is_blocked(self) -> bool:
        return bool(self.blockage_zh or self.blockage_en)


class BlockageMatter(AppendOnly):
    """The matter that a blockage named in a report became."""

    report = models.OneToOneField(StatusReport, models.PROTECT, related_name="taken_up")
    matter = models.OneToOneField(Matter, models.PROTECT, related_name="blockage")
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("matter of a blockage")
        verbose_name_plural = _("matters of blockages")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.report_id} {self.matter_id}"
