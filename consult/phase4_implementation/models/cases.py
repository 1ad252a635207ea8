"""Cases (处置单): what a warning asks of the jurisdictions it concerns, and how it ended.

Every row is only ever added; where a case stands is computed from them.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from consult.matters.enums import Level
from consult.matters.models import Matter
from consult.phase4_implementation.enums import CaseOutcome, CasePart
from consult.phase4_implementation.models.readings import ThresholdWarning
from plans.register.models import Plan
from stakeholders.files.models import StoredFile
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.people.models import Mandate
from stakeholders.record.models import AppendOnly


class Case(AppendOnly):
    """Opened with its warning. `due_at`: until when those who answer say cause and measure."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="cases")
    number = models.PositiveIntegerField(_("number"))
    warning = models.OneToOneField(ThresholdWarning, models.PROTECT, related_name="case")
    due_at = models.DateTimeField(_("due"))
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="case_number_in_plan"),
        ]

    def __str__(self) -> str:
        return f"CS{self.number}"


class CaseParty(AppendOnly):
    """Who answers a case, and which neighbours are told and may say how they see the answer."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="parties")
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    part = models.CharField(_("part"), max_length=10, choices=CasePart.choices)

    class Meta(AppendOnly.Meta):
        verbose_name = _("party of a case")
        verbose_name_plural = _("parties of cases")
        ordering = ["part", "jurisdiction_id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "jurisdiction"], name="case_party_once"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.jurisdiction_id}"


class CaseAnswer(AppendOnly):
    """What a party names as cause and as measure, and until when; its newest one counts."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="answers")
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    cause_zh = models.TextField(_("cause (Chinese)"), blank=True)
    cause_en = models.TextField(_("cause (English)"), blank=True)
    measure_zh = models.TextField(_("measure (Chinese)"), blank=True)
    measure_en = models.TextField(_("measure (English)"), blank=True)
    done_on = models.DateField(_("done by"), null=True, blank=True)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("file")
    )
    is_on_behalf = models.BooleanField(_("entered on behalf of the unit"), default=False)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("answer to a case")
        verbose_name_plural = _("answers to cases")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.case_id} {self.jurisdiction_id}"


class CaseView(AppendOnly):
    """How a neighbour sees the answers so far; its newest one counts."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="views")
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    accepts = models.BooleanField(_("accepts the measure"))
    text_zh = models.TextField(_("text (Chinese)"), blank=True)
    text_en = models.TextField(_("text (English)"), blank=True)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("file")
    )
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("neighbour’s view of a case")
        verbose_name_plural = _("neighbours’ views of cases")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.case_id} {self.jurisdiction_id}"


class CaseMove(AppendOnly):
    """A step up the ladder: by the hour (no mandate) or by the joint office, with a new date."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="moves")
    level = models.CharField(_("level"), max_length=20, choices=Level.choices)
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
    mandate = models.ForeignKey(Mandate, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("move of a case")
        verbose_name_plural = _("moves of cases")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.case_id} {self.level}"


class CaseEnd(AppendOnly):
    """How a case ended: struck off with evidence, handed over as a matter, or as a false alarm."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="end")
    outcome = models.CharField(_("outcome"), max_length=20, choices=CaseOutcome.choices)
    reason_zh = models.TextField(_("reason (Chinese)"), blank=True)
    reason_en = models.TextField(_("reason (English)"), blank=True)
    matter = models.ForeignKey(Matter, models.PROTECT, null=True, blank=True, related_name="+")
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("file")
    )
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("end of a case")
        verbose_name_plural = _("ends of cases")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.case_id} {self.outcome}"
