"""What the indicators measure. Every row is only ever added; the newest one counts."""

from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consult.phase4_implementation.enums import WarningLevel
from plans.register.models import Item
from stakeholders.files.models import StoredFile
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.people.models import Mandate
from stakeholders.record.models import AppendOnly

PERIOD = RegexValidator(
    r"^\d{4}(-(0[1-9]|1[0-2])|-Q[1-4])?\Z",
    _("A period is a year (2027), a quarter (2027-Q1) or a month (2027-03)."),
)


class Reading(AppendOnly):
    """One measured value of an indicator for a period; without jurisdiction for the whole area.

    A correction is a new row for the same period, with its reason.
    """

    item = models.ForeignKey(Item, models.PROTECT, related_name="readings")
    jurisdiction = models.ForeignKey(
        Jurisdiction, models.PROTECT, null=True, blank=True, related_name="+"
    )
    period = models.CharField(_("period"), max_length=7, validators=[PERIOD])
    value = models.DecimalField(_("value"), max_digits=18, decimal_places=6)
    evidence = models.CharField(_("evidence (document number)"), max_length=120)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("file")
    )
    reason = models.CharField(_("reason of the correction"), max_length=200, blank=True)
    is_on_behalf = models.BooleanField(_("entered on behalf of the unit"), default=False)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("reading")
        verbose_name_plural = _("readings")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["item", "jurisdiction", "period", "-id"], name="reading_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.period} {self.plain_value}"

    @property
    def plain_value(self) -> str:
        """The value without zeros that nobody typed."""
        text = format(self.value, "f")
        return text.rstrip("0").rstrip(".") if "." in text else text


class ThresholdWarning(AppendOnly):
    """Raised with the reading that crossed a threshold; `threshold` as it stood then."""

    reading = models.OneToOneField(Reading, models.PROTECT, related_name="warning")
    level = models.CharField(
        pgettext_lazy("warning", "level"), max_length=10, choices=WarningLevel.choices
    )
    threshold = models.CharField(_("threshold"), max_length=40)
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("warning")
        verbose_name_plural = _("warnings")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.reading_id} {self.level}"

    def get_absolute_url(self) -> str:
        plan = self.reading.item.plan
        return reverse("implementation:warning", kwargs={"key": plan.key, "number": self.pk})
