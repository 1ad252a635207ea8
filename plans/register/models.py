"""Plans, their parties, and the items consent is given to: drafts, versions, revisions."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from plans.register.enums import (
    CO_MAKING,
    Competence,
    ItemKind,
    PartyRole,
    Phase,
    PlanKind,
    Stage,
    Strength,
)
from stakeholders.access.models import GroupGrant
from stakeholders.jurisdictions.models import Jurisdiction, Region
from stakeholders.record.models import AppendOnly
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


class Item(models.Model):
    """Whatever consent is given to. Its identity lasts over all wordings and numbers."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="items")
    key = models.SlugField(_("key"), max_length=60)
    kind = models.CharField(_("kind"), max_length=20, choices=ItemKind.choices)
    predecessors = models.ManyToManyField("self", symmetrical=False, related_name="successors")
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("item")
        verbose_name_plural = _("items")
        constraints = [
            models.UniqueConstraint(fields=["plan", "key"], name="item_key_in_plan"),
        ]

    def __str__(self) -> str:
        return self.key


class ItemDraft(models.Model):
    """The working state of an item: what the next revision will hold.

    `content` is a plain JSON object in the shape of its kind; `edits` counts saves, for the
    optimistic lock. `classified_as` is the rule class of the charter (by strength or kind).
    """

    item = models.OneToOneField(Item, models.PROTECT, related_name="draft")
    content = models.JSONField()
    strength = models.CharField(_("strength"), max_length=20, choices=Strength.choices)
    competence = models.CharField(
        _("competence"), max_length=20, choices=Competence.choices, default=Competence.COUNTY
    )
    is_given = models.BooleanField(_("given by a higher authority"), default=False)
    given_source = models.CharField(_("source document"), max_length=200, blank=True)
    concerned = ArrayField(models.CharField(max_length=6), verbose_name=_("concerned"))
    change_claim = models.CharField(
        _("claimed kind of change"), max_length=30, blank=True, choices=[("editorial", "editorial")]
    )
    is_removed = models.BooleanField(_("removed"), default=False)
    edits = models.PositiveIntegerField(default=1)
    edited_at = models.DateTimeField()
    edited_mandate_id = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = _("draft of an item")
        verbose_name_plural = _("drafts of items")

    def __str__(self) -> str:
        return str(self.item)


class ItemVersion(AppendOnly):
    """One immutable wording of an item. The hash covers everything but number and place."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="versions")
    content = models.TextField(_("canonical content"))
    strength = models.CharField(_("strength"), max_length=20, choices=Strength.choices)
    competence = models.CharField(_("competence"), max_length=20, choices=Competence.choices)
    is_given = models.BooleanField(default=False)
    concerned = ArrayField(models.CharField(max_length=6), verbose_name=_("concerned"))
    hash = models.CharField(_("hash"), max_length=80)
    created_at = models.DateTimeField()

    class Meta(AppendOnly.Meta):
        verbose_name = _("version of an item")
        verbose_name_plural = _("versions of items")
        constraints = [
            models.UniqueConstraint(fields=["item", "hash"], name="item_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.hash[:19]}"


class Revision(AppendOnly):
    """A numbered, immutable state of the whole plan, with the hash of its manifest."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField(_("number"))
    stage = models.CharField(_("stage"), max_length=20, choices=Stage.choices)
    manifest = models.TextField(_("manifest"))
    hash = models.CharField(_("hash"), max_length=80)
    published_at = models.DateTimeField(_("published"))
    published_mandate_id = models.BigIntegerField(null=True)
    note_zh = models.CharField(max_length=300, blank=True)
    note_en = models.CharField(max_length=300, blank=True)

    class Meta(AppendOnly.Meta):
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["plan", "number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="revision_number"),
        ]

    def __str__(self) -> str:
        return f"R{self.number}"


class RevisionItem(AppendOnly):
    """Which version of an item a revision holds, under which number and heading."""

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="entries")
    item = models.ForeignKey(Item, models.PROTECT, related_name="revision_entries")
    version = models.ForeignKey(ItemVersion, models.PROTECT, related_name="revision_entries")
    position = models.PositiveIntegerField()
    number = models.CharField(_("number"), max_length=20)
    heading = models.CharField(max_length=60, blank=True)
    change = models.CharField(max_length=30)

    class Meta(AppendOnly.Meta):
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["revision", "item"], name="revision_item_once"),
        ]

    def __str__(self) -> str:
        return self.number
