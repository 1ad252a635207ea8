"""Plans, their parties, and the items consent is given to: drafts, versions, revisions."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from plans.register.enums import (
    Competence,
    ItemKind,
    Strength,
)
from plans.register.models.plans import Plan
from stakeholders.finding.expressions import grams_index
from stakeholders.record.models import AppendOnly


class ItemWords(models.Func):
    """Title and text of an item's content in both languages, whatever its kind; what a search
    looks through. Takes a draft's content or that of a version."""

    function = "item_words"
    arity = 1
    output_field = models.TextField()


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
        indexes = [grams_index(ItemWords("content"), name="item_draft_grams")]

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
        indexes = [
            grams_index(ItemWords(Cast("content", models.JSONField())), name="item_version_grams"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.hash[:19]}"
