"""Administrative units and which of them are neighbours."""

from datetime import date
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from stakeholders.jurisdictions.enums import (
    Level,
    Relation,
)

CODE = RegexValidator(r"^[1-9]\d{5}$", _("A code has six digits (GB/T 2260)."))
# Longer than any lawful chain: country, province, prefecture, county are 7 characters each.
PATH_LENGTH = 63


def chosen(zh: str, en: str) -> str:
    """The text in the active language, or the one there is."""
    english = (get_language() or "").startswith("en")
    return (en or zh) if english else (zh or en)


class JurisdictionQuerySet(models.QuerySet["Jurisdiction"]):
    def current(self, on: date) -> Self:
        """Units that exist on that day; an open end counts as for ever."""
        begun = models.Q(valid_from=None) | models.Q(valid_from__lte=on)
        return self.filter(begun, models.Q(valid_until=None) | models.Q(valid_until__gt=on))


class Jurisdiction(models.Model):
    """One administrative unit under its GB/T 2260 code, dated when it was merged or renamed."""

    code = models.CharField(_("code"), max_length=6, primary_key=True, validators=[CODE])
    name_zh = models.CharField(_("name in Chinese"), max_length=60)
    name_en = models.CharField(_("name in English"), max_length=120)
    name_en_unique = models.CharField(_("unique name in English"), max_length=120)
    short_zh = models.CharField(_("short name in Chinese"), max_length=30)
    short_en = models.CharField(_("short name in English"), max_length=60)
    type_zh = models.CharField(_("type in Chinese"), max_length=30)
    type_en = models.CharField(_("type in English"), max_length=60)
    level = models.CharField(_("level"), max_length=10, choices=Level)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("superior unit"),
    )
    path = models.CharField(_("path"), max_length=PATH_LENGTH, blank=True, db_index=True)
    is_municipality = models.BooleanField(_("municipality under the centre"), default=False)
    lon = models.DecimalField(
        _("longitude"),
        max_digits=9,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )
    lat = models.DecimalField(
        _("latitude"),
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )
    area_km2 = models.DecimalField(
        _("area in km²"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    # Null says that no boundary is known.
    boundary = models.TextField(_("boundary as GeoJSON geometry"), null=True, blank=True)  # noqa: DJ001
    valid_from = models.DateField(_("exists from"), null=True, blank=True)
    valid_until = models.DateField(_("exists until"), null=True, blank=True)
    successor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name=_("successor"),
    )

    objects = JurisdictionQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        verbose_name = _("jurisdiction")
        verbose_name_plural = _("jurisdictions")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_until=None)
                | models.Q(valid_from=None)
                | models.Q(valid_until__gt=models.F("valid_from")),
                name="jurisdiction_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return chosen(self.name_zh, self.name_en_unique)

    @property
    def codes_above(self) -> list[str]:
        """Codes of the superior units from the country down, read off the path."""
        return [code for code in self.path.split("/") if code and code != self.code]


class Adjacency(models.Model):
    """Two units of one level that are neighbours; `a` is the smaller code."""

    a = models.ForeignKey(
        Jurisdiction, models.PROTECT, related_name="adjacent_after", verbose_name=_("first unit")
    )
    b = models.ForeignKey(
        Jurisdiction, models.PROTECT, related_name="adjacent_before", verbose_name=_("second unit")
    )
    level = models.CharField(_("level"), max_length=10, choices=Level)
    relation = models.CharField(_("relation"), max_length=10, choices=Relation)
    shared_km = models.DecimalField(
        _("common border in km"),
        max_digits=8,
        decimal_places=1,
        default=0,
        validators=[MinValueValidator(0)],
    )
    across_zh = models.CharField(_("across what, in Chinese"), max_length=60, blank=True)
    across_en = models.CharField(_("across what, in English"), max_length=120, blank=True)
    source = models.CharField(_("source"), max_length=120)

    class Meta:
        ordering = ["a", "b"]
        verbose_name = _("adjacency")
        verbose_name_plural = _("adjacencies")
        constraints = [
            models.UniqueConstraint(fields=["a", "b"], name="adjacency_once"),
            models.CheckConstraint(
                condition=models.Q(a__lt=models.F("b")), name="adjacency_smaller_code_first"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.a} – {self.b}"
