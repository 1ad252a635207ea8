"""What each jurisdiction says on a matter. Only ever added."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from consult.matters.enums import StandValue
from consult.matters.models.matters import Matter
from stakeholders.finding.expressions import grams_index
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.people.models import Mandate
from stakeholders.record.models import AppendOnly


class Stand(AppendOnly):
    """What one jurisdiction says on a matter. Its newest stand counts."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="stands")
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="stands")
    value = models.CharField(_("stand"), max_length=10, choices=StandValue.choices)
    text_zh = models.TextField(_("text (Chinese)"), blank=True)
    text_en = models.TextField(_("text (English)"), blank=True)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="stands")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("stand")
        verbose_name_plural = _("stands")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["matter", "jurisdiction", "-id"], name="stand_newest"),
            grams_index("text_zh", "text_en", name="stand_grams"),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.jurisdiction_id} {self.value}"
