"""What happens to an item beside its wording: whence it came, and who says it is concerned."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from plans.register.enums import ConcernStep, LineageKind
from plans.register.models.items import Item
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.record.models import AppendOnly


class Lineage(AppendOnly):
    """How an item came from another. `Item.predecessors` names the same pairs without the way."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="origins")
    predecessor = models.ForeignKey(Item, models.PROTECT, related_name="continuations")
    kind = models.CharField(_("kind"), max_length=20, choices=LineageKind.choices)
    mandate_id = models.BigIntegerField(null=True)
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("lineage of an item")
        verbose_name_plural = _("lineages of items")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["item", "predecessor"], name="lineage_once"),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} → {self.item_id}"


class ConcernChange(AppendOnly):
    """A party's own word that an item concerns it, or no longer does."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="concern_changes")
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=20, choices=ConcernStep.choices)
    reason = models.CharField(_("reason"), max_length=300)
    mandate_id = models.BigIntegerField(null=True)
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("word on being concerned")
        verbose_name_plural = _("words on being concerned")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.jurisdiction_id} {self.kind}"
