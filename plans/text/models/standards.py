"""The place of a common standard in the plan. What it says is its item's draft (`norms`)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from plans.register.models import Item


class Standard(models.Model):
    """Where a standard stands among those of its plan. A removed one keeps its row."""

    item = models.OneToOneField(Item, models.PROTECT, related_name="standard")
    position = models.PositiveIntegerField(_("position"))

    class Meta:
        verbose_name = _("common standard")
        verbose_name_plural = _("common standards")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return str(self.item)
