"""Days on which the site's calendar differs from an ordinary week, as administrators enter them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from stakeholders.jurisdictions.enums import DayBasis
from stakeholders.jurisdictions.models.unit import chosen


class WorkdayOverride(models.Model):
    """One day said to be worked or rested, against the week or against an earlier row.

    Rows are only added: of several for one day the one that takes effect last counts, and of
    those the one entered last. Periods computed before `effective_from` are not touched.
    """

    day = models.DateField(_("day"), db_index=True)
    is_workday = models.BooleanField(_("working day"), default=False)
    name_zh = models.CharField(_("reason in Chinese"), max_length=60)
    name_en = models.CharField(_("reason in English"), max_length=120, blank=True)
    basis = models.CharField(
        _("basis"), max_length=10, choices=DayBasis.entered(), default=DayBasis.OWN
    )
    document = models.CharField(_("document"), max_length=200)
    effective_from = models.DateField(_("takes effect on"))
    entered_at = models.DateTimeField(_("entered"))

    class Meta:
        ordering = ["day", "effective_from", "pk"]
        verbose_name = _("moved working day")
        verbose_name_plural = _("moved working days")

    def __str__(self) -> str:
        return f"{self.day.isoformat()} {chosen(self.name_zh, self.name_en)}"
