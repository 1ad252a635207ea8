"""The regions units coordinate in."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from stakeholders.jurisdictions.enums import (
    MemberRole,
    MembersStatus,
    RegionKind,
)
from stakeholders.jurisdictions.models.unit import CODE, Jurisdiction, chosen


class Region(models.Model):
    """A dated circle of coordination. Regions overlap; a unit may belong to many."""

    key = models.CharField(_("key"), max_length=20, primary_key=True)
    year = models.PositiveSmallIntegerField(_("since"), null=True, blank=True)
    year_ended = models.PositiveSmallIntegerField(_("until"), null=True, blank=True)
    name_zh = models.CharField(_("name in Chinese"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=200)
    kind = models.CharField(_("kind"), max_length=30, choices=RegionKind)
    convened_by_zh = models.CharField(_("convened by, in Chinese"), max_length=120, blank=True)
    convened_by_en = models.CharField(_("convened by, in English"), max_length=200, blank=True)
    members_status = models.CharField(
        _("standing of the member list"), max_length=30, choices=MembersStatus
    )
    source = models.CharField(_("source"), max_length=300)
    note_zh = models.TextField(_("note in Chinese"), blank=True)
    note_en = models.TextField(_("note in English"), blank=True)

    class Meta:
        ordering = [models.F("year").asc(nulls_last=True), "key"]
        verbose_name = _("coordination region")
        verbose_name_plural = _("coordination regions")

    def __str__(self) -> str:
        return chosen(self.name_zh, self.name_en)


class RegionMember(models.Model):
    """A unit, whole or in part, in a region. A code outside our table keeps its row."""

    region = models.ForeignKey(
        Region, models.PROTECT, related_name="members", verbose_name=_("coordination region")
    )
    code = models.CharField(_("code"), max_length=6, validators=[CODE])
    jurisdiction = models.ForeignKey(
        Jurisdiction,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="memberships",
        verbose_name=_("jurisdiction"),
    )
    name_zh = models.CharField(_("name in Chinese"), max_length=60, blank=True)
    name_en = models.CharField(_("name in English"), max_length=120, blank=True)
    role = models.CharField(_("part"), max_length=10, choices=MemberRole)
    is_whole = models.BooleanField(_("the whole unit"), default=True)
    extent_zh = models.CharField(_("extent in Chinese"), max_length=60, blank=True)
    extent_en = models.CharField(_("extent in English"), max_length=120, blank=True)
    source = models.CharField(_("source"), max_length=300)

    class Meta:
        ordering = ["region", "code", "extent_en"]
        verbose_name = _("member of a region")
        verbose_name_plural = _("members of regions")
        constraints = [
            models.UniqueConstraint(
                fields=["region", "code", "extent_en"], name="region_member_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.jurisdiction or chosen(self.name_zh, self.name_en) or self.code)
