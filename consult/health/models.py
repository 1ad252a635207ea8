"""The yearly health check (体检) and the five-year evaluation (评估): each party fills its part, a
neighbour reads the border items again, all sign, the findings go on.

Every row is only ever added; where a check stands is computed from them.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from consult.health.enums import CheckKind, ReviewDecision
from consult.matters.models import Matter
from consult.phase3_identification.models import Reservation
from plans.register.models import Plan
from stakeholders.files.models import StoredFile
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.people.models import Mandate
from stakeholders.record.models import AppendOnly
from stakeholders.terms import canonical


class HealthCheck(AppendOnly):
    """One check of the plan for a year. `due_at`: until when its parts are filled and read again."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="health_checks")
    kind = models.CharField(_("kind"), max_length=20, choices=CheckKind.choices)
    year = models.PositiveSmallIntegerField(_("year"))
    due_at = models.DateTimeField(_("due"))
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("health check")
        verbose_name_plural = _("health checks")
        ordering = ["-year", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "kind", "year"], name="health_check_year"),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.get_kind_display()}"


class CheckSection(AppendOnly):
    """A section that each party named in `jurisdictions` fills for itself."""

    health_check = models.ForeignKey(HealthCheck, models.PROTECT, related_name="sections")
    number = models.PositiveSmallIntegerField(_("number"))
    title_zh = models.CharField(_("title (Chinese)"), max_length=200)
    title_en = models.CharField(_("title (English)"), max_length=300, blank=True)
    asks_zh = models.TextField(_("what is asked (Chinese)"), blank=True)
    asks_en = models.TextField(_("what is asked (English)"), blank=True)
    jurisdictions = ArrayField(models.CharField(max_length=6), verbose_name=_("jurisdictions"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("section of a health check")
        verbose_name_plural = _("sections of health checks")
        ordering = ["health_check", "number"]
        constraints = [
            models.UniqueConstraint(fields=["health_check", "number"], name="check_section_number"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title_zh}"


class SectionText(AppendOnly):
    """What a party says in a section; its newest one counts."""

    section = models.ForeignKey(CheckSection, models.PROTECT, related_name="texts")
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    text_zh = models.TextField(_("text (Chinese)"), blank=True)
    text_en = models.TextField(_("text (English)"), blank=True)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("file")
    )
    is_on_behalf = models.BooleanField(_("entered on behalf of the unit"), default=False)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("text of a section")
        verbose_name_plural = _("texts of sections")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.section_id} {self.jurisdiction_id}"


class BorderItem(AppendOnly):
    """A figure on a common border: `owner` states it, `reader` reads it again by itself.

    The two agree where they lie no further apart than `tolerance`, in the unit of the figure.
    """

    health_check = models.ForeignKey(HealthCheck, models.PROTECT, related_name="border_items")
    number = models.PositiveSmallIntegerField(_("number"))
    title_zh = models.CharField(_("title (Chinese)"), max_length=200)
    title_en = models.CharField(_("title (English)"), max_length=300, blank=True)
    unit_zh = models.CharField(_("unit (Chinese)"), max_length=60, blank=True)
    unit_en = models.CharField(_("unit (English)"), max_length=60, blank=True)
    owner = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    reader = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    tolerance = models.DecimalField(_("tolerance"), max_digits=18, decimal_places=6, default=0)

    class Meta(AppendOnly.Meta):
        verbose_name = _("border item")
        verbose_name_plural = _("border items")
        ordering = ["health_check", "number"]
        constraints = [
            models.UniqueConstraint(fields=["health_check", "number"], name="border_item_number"),
            models.CheckConstraint(
                condition=~models.Q(owner=models.F("reader")), name="border_item_two_parties"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title_zh}"


class BorderFigure(AppendOnly):
    """The figure of the owner or of the reader; its newest one counts.

    Until both have stated theirs the other learns only that it is stated: the record holds a
    commitment to it, opened by `nonce`.
    """

    item = models.ForeignKey(BorderItem, models.PROTECT, related_name="figures")
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    value = models.DecimalField(_("value"), max_digits=18, decimal_places=6)
    source = models.CharField(_("source"), max_length=200, blank=True)
    note = models.TextField(_("note"), blank=True)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("file")
    )
    is_on_behalf = models.BooleanField(_("entered on behalf of the unit"), default=False)
    nonce = models.CharField(max_length=64, default=canonical.new_nonce)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("figure of a border item")
        verbose_name_plural = _("figures of border items")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.item_id} {self.jurisdiction_id}"


class Finding(AppendOnly):
    """What the check found: it becomes a matter of this plan or stays for the next one."""

    health_check = models.ForeignKey(HealthCheck, models.PROTECT, related_name="findings")
    number = models.PositiveSmallIntegerField(_("number"))
    title_zh = models.CharField(_("title (Chinese)"), max_length=200)
    title_en = models.CharField(_("title (English)"), max_length=300, blank=True)
    text_zh = models.TextField(_("text (Chinese)"), blank=True)
    text_en = models.TextField(_("text (English)"), blank=True)
    border_item = models.ForeignKey(
        BorderItem, models.PROTECT, null=True, blank=True, related_name="findings"
    )
    jurisdictions = ArrayField(models.CharField(max_length=6), verbose_name=_("jurisdictions"))
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ["health_check", "number"]
        constraints = [
            models.UniqueConstraint(fields=["health_check", "number"], name="finding_number"),
        ]

    def __str__(self) -> str:
        return f"HF{self.number}"


class FindingMatter(AppendOnly):
    """The matter a finding became."""

    finding = models.OneToOneField(Finding, models.PROTECT, related_name="taken_up")
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("matter of a finding")
        verbose_name_plural = _("matters of findings")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.finding_id} {self.matter_id}"


class ReservationReview(AppendOnly):
    """What its holder says of a reservation that still stands: lifted, or kept until a review."""

    health_check = models.ForeignKey(HealthCheck, models.PROTECT, related_name="reviews")
    reservation = models.ForeignKey(Reservation, models.PROTECT, related_name="reviews")
    decision = models.CharField(_("decision"), max_length=10, choices=ReviewDecision.choices)
    next_on = models.DateField(_("reviewed again on"), null=True, blank=True)
    text_zh = models.TextField(_("text (Chinese)"), blank=True)
    text_en = models.TextField(_("text (English)"), blank=True)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("review of a reservation")
        verbose_name_plural = _("reviews of reservations")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.reservation_id} {self.decision}"


class CheckReport(AppendOnly):
    """The report as it is put to the parties: all parts as they stood, as canonical JSON."""

    health_check = models.ForeignKey(HealthCheck, models.PROTECT, related_name="reports")
    number = models.PositiveSmallIntegerField(_("edition"))
    content = models.TextField(_("content"))
    hash = models.CharField(max_length=80)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("report of a health check")
        verbose_name_plural = _("reports of health checks")
        ordering = ["health_check", "number"]
        constraints = [
            models.UniqueConstraint(fields=["health_check", "number"], name="check_report_number"),
        ]

    def __str__(self) -> str:
        return f"{self.health_check_id} {self.number}"


class CheckPublication(AppendOnly):
    """When and where the signed report was made public."""

    health_check = models.OneToOneField(HealthCheck, models.PROTECT, related_name="publication")
    report = models.ForeignKey(CheckReport, models.PROTECT, related_name="+")
    published_on = models.DateField(_("published on"))
    place = models.CharField(_("where"), max_length=300)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("file")
    )
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("publication of a report")
        verbose_name_plural = _("publications of reports")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.health_check_id} {self.published_on}"
