"""The place of an indicator in the plan, and reference values of the wider region.

What an indicator says is the content of its item's draft (`measure`)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from plans.register.models import Item


class Definition(models.Model):
    """Where an indicator stands among those of its plan. A removed one keeps its row."""

    item = models.OneToOneField(Item, models.PROTECT, related_name="indicator")
    position = models.PositiveIntegerField(_("position"))
    # Written by implementation with the first reading: from then on its unit stays.
    read_since = models.DateTimeField(_("first reading"), null=True, blank=True)

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return str(self.item)


class ReferenceValue(models.Model):
    """A published figure of an area in 2012 and 2022, for comparison with a plan's own."""

    key = models.CharField(_("key"), max_length=60)
    area_zh = models.CharField(_("area (Chinese)"), max_length=120)
    area_en = models.CharField(_("area (English)"), max_length=160)
    name_zh = models.CharField(_("name (Chinese)"), max_length=120)
    name_en = models.CharField(_("name (English)"), max_length=160)
    unit_zh = models.CharField(_("unit (Chinese)"), max_length=60)
    unit_en = models.CharField(_("unit (English)"), max_length=60)
    value_2012 = models.DecimalField(max_digits=14, decimal_places=4, null=True)
    value_2022 = models.DecimalField(max_digits=14, decimal_places=4, null=True)
    target = models.DecimalField(max_digits=14, decimal_places=4, null=True)
    mean_change = models.DecimalField(
        _("published mean change a year"), max_digits=14, decimal_places=4, null=True
    )
    years_to_target = models.DecimalField(
        _("published years to the target"), max_digits=8, decimal_places=1, null=True
    )
    other_year = models.PositiveSmallIntegerField(null=True)
    other_value = models.DecimalField(max_digits=14, decimal_places=4, null=True)
    source = models.CharField(_("source"), max_length=120)

    class Meta:
        verbose_name = _("reference value")
        verbose_name_plural = _("reference values")
        ordering = ["key", "area_en"]
        constraints = [
            models.UniqueConstraint(fields=["key", "area_en"], name="reference_value_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name_zh} {self.area_zh}"
