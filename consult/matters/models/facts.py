"""Facts on a matter, each with its source. A correction is a new row that names the former."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from consult.matters.models.matters import Matter
from stakeholders.files.models import StoredFile
from stakeholders.finding.expressions import grams_index
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.people.models import Mandate
from stakeholders.record.models import AppendOnly


class MatterFact(AppendOnly):
    """One fact. `jurisdiction` is the party that stated it; none: the joint office."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="facts")
    number = models.PositiveIntegerField(_("number"))
    text_zh = models.TextField(_("text (Chinese)"), blank=True)
    text_en = models.TextField(_("text (English)"), blank=True)
    source = models.CharField(_("source"), max_length=300)
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    jurisdiction = models.ForeignKey(
        Jurisdiction, models.PROTECT, null=True, blank=True, related_name="+"
    )
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("fact of a matter")
        verbose_name_plural = _("facts of matters")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["matter", "number"], name="matter_fact_number"),
        ]
        indexes = [grams_index("text_zh", "text_en", name="matter_fact_grams")]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.number}"
