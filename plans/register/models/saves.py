"""The former states of drafts, so that two editors can be shown what both began from."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from plans.register.models.items import Item
from stakeholders.record.models import AppendOnly


class DraftSave(AppendOnly):
    """The draft of an item as one save left it, under that save's number."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="saves")
    edits = models.PositiveIntegerField(_("save"))
    content = models.JSONField()
    strength = models.CharField(_("strength"), max_length=20)
    competence = models.CharField(_("competence"), max_length=20)
    is_given = models.BooleanField()
    given_source = models.CharField(max_length=200, blank=True)
    concerned = ArrayField(models.CharField(max_length=6), verbose_name=_("concerned"))
    change_claim = models.CharField(max_length=30, blank=True)
    is_removed = models.BooleanField()
    at = models.DateTimeField(_("time"))
    mandate_id = models.BigIntegerField(null=True)

    class Meta(AppendOnly.Meta):
        verbose_name = _("save of a draft")
        verbose_name_plural = _("saves of drafts")
        constraints = [
            models.UniqueConstraint(fields=["item", "edits"], name="draft_save_once"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} #{self.edits}"
