"""Plans, their parties, and the items consent is given to: drafts, versions, revisions."""

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from plans.register.enums import (
    Stage,
)
from plans.register.models.items import Item, ItemVersion
from plans.register.models.plans import Plan
from stakeholders.record.models import AppendOnly


class Revision(AppendOnly):
    """A numbered, immutable state of the whole plan, with the hash of its manifest; or, where it
    `is_part`, of the items that were adopted first while the sign-off of the rest went on."""

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

    @property
    def is_part(self) -> bool:
        """Whether it holds only what the parties adopted first, and not the whole text."""
        return self.stage == Stage.ADOPTED_PART

    @property
    def label(self) -> str:
        """Its number with the name of its stage, in the reader's language."""
        return gettext("Revision %(number)s (%(stage)s)") % {
            "number": self.number,
            "stage": self.get_stage_display(),
        }


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
