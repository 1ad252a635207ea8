"""Plans, their parties, and the items consent is given to: drafts, versions, revisions."""

from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from plans.register.enums import (
    CO_MAKING,
    PartyRole,
    Phase,
    PlanKind,
)
from stakeholders.access.models import GroupGrant
from stakeholders.jurisdictions.models import Jurisdiction, Region
from stakeholders.terms.rights import Lock


class Plan(models.Model):
    """One plan made by several jurisdictions. `phase` and the lock are written by consult.

    The lock names the frozen revision; while it holds, drafts are refused with `lock_reason`.
    """

    key = models.SlugField(_("key"), max_length=60, unique=True)
    title_zh = models.CharField(_("title (Chinese)"), max_length=200)
    title_en = models.CharField(_("title (English)"), max_length=300, blank=True)
    short_zh = models.CharField(_("short title (Chinese)"), max_length=60)
    short_en = models.CharField(_("short title (English)"), max_length=80, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=PlanKind.choices)
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, verbose_name=_("region")
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, verbose_name=_("upper plan")
    )
    horizon_from = models.PositiveSmallIntegerField(_("from year"))
    horizon_until = models.PositiveSmallIntegerField(_("until year"))
    scope_zh = models.TextField(_("scope and work plan (Chinese)"), blank=True)
    scope_en = models.TextField(_("scope and work plan (English)"), blank=True)
    authentic_language = models.CharField(_("authentic language"), max_length=10, default="zh")
    phase = models.PositiveSmallIntegerField(
        _("phase"), choices=Phase.choices, default=Phase.ORGANIZATION
    )
    frozen = models.ForeignKey("Revision", models.PROTECT, null=True, blank=True, related_name="+")
    lock_reason = models.CharField(_("reason of the lock"), max_length=200, blank=True)
    in_force = models.ForeignKey(
        "Revision", models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_demonstration = models.BooleanField(_("demonstration"), default=False)
    created_at = models.DateTimeField(_("created"))

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        ordering = ["key"]
        permissions = [
            ("draft_plan", "Draft"),
            ("comment_plan", "Comment"),
            ("clear_plan", "Clear and submit"),
            ("sign_plan", "Sign"),
            ("coordinate_plan", "Coordinate"),
            ("report_plan", "Report"),
        ]

    def __str__(self) -> str:
        if (get_language() or "").startswith("en") and self.short_en:
            return self.short_en
        return self.short_zh

    def get_absolute_url(self) -> str:
        return reverse("register:detail", kwargs={"key": self.key})

    @property
    def lock(self) -> Lock:
        return Lock.FREE if self.frozen_id is None else Lock.FROZEN


class PlanGrant(GroupGrant):
    """What a role group of a jurisdiction may do on a plan (django-guardian, direct key)."""

    content_object = models.ForeignKey(Plan, models.CASCADE)


class PartyQuerySet(models.QuerySet["Party"]):
    def co_makers(self) -> "PartyQuerySet":
        return self.filter(role__in=CO_MAKING, left_at__isnull=True)

    def must_sign(self) -> "PartyQuerySet":
        return self.filter(must_sign=True, left_at__isnull=True)


class Party(models.Model):
    """A jurisdiction that takes part in a plan, since it accepted its invitation."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="parties")
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="parties")
    role = models.CharField(_("role"), max_length=20, choices=PartyRole.choices)
    must_sign = models.BooleanField(_("must sign"), default=False)
    weight = models.DecimalField(_("weight"), max_digits=9, decimal_places=3, default=1)
    joined_at = models.DateTimeField(_("joined"))
    left_at = models.DateTimeField(_("left"), null=True, blank=True)

    objects = PartyQuerySet.as_manager()

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        ordering = ["jurisdiction_id"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "jurisdiction"], name="party_once"),
        ]

    def __str__(self) -> str:
        return str(self.jurisdiction)
