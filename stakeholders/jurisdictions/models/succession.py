"""What a unit was called before, and which unit followed which."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from stakeholders.jurisdictions.enums import SuccessionKind
from stakeholders.jurisdictions.models.unit import Jurisdiction, chosen


class FormerName(models.Model):
    """A name a unit bore under the same code until (and without) a day."""

    jurisdiction = models.ForeignKey(
        Jurisdiction,
        models.PROTECT,
        related_name="former_names",
        verbose_name=_("jurisdiction"),
    )
    name_zh = models.CharField(_("name in Chinese"), max_length=60)
    name_en = models.CharField(_("name in English"), max_length=120)
    name_en_unique = models.CharField(_("unique name in English"), max_length=120)
    short_zh = models.CharField(_("short name in Chinese"), max_length=30)
    short_en = models.CharField(_("short name in English"), max_length=60)
    type_zh = models.CharField(_("type in Chinese"), max_length=30)
    type_en = models.CharField(_("type in English"), max_length=60)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"))
    document = models.CharField(_("document"), max_length=200)

    class Meta:
        ordering = ["jurisdiction", "valid_until"]
        verbose_name = _("former name")
        verbose_name_plural = _("former names")
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "valid_until"], name="former_name_one_end"
            ),
            models.CheckConstraint(
                condition=models.Q(valid_from=None)
                | models.Q(valid_until__gt=models.F("valid_from")),
                name="former_name_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return chosen(self.name_zh, self.name_en_unique)


class Succession(models.Model):
    """One unit that took over from another, wholly or in part, on a day."""

    predecessor = models.ForeignKey(
        Jurisdiction,
        models.PROTECT,
        related_name="successions",
        verbose_name=_("predecessor"),
    )
    successor = models.ForeignKey(
        Jurisdiction,
        models.PROTECT,
        related_name="inheritances",
        verbose_name=_("successor"),
    )
    kind = models.CharField(_("kind"), max_length=10, choices=SuccessionKind)
    day = models.DateField(_("on"))
    document = models.CharField(_("document"), max_length=200)

    class Meta:
        ordering = ["day", "predecessor", "successor"]
        verbose_name = _("succession of units")
        verbose_name_plural = _("successions of units")
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor", "successor", "day"], name="succession_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(predecessor=models.F("successor")),
                name="succession_of_another_unit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"
