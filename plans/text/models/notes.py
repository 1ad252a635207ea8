"""Internal notes: what a drafting party says to itself about a provision."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from plans.register.models import Item
from stakeholders.record.models import AppendOnly


class InternalNote(AppendOnly):
    """A note only its party's drafting people read. `holder` is a jurisdiction's code, or
    `joint` for the joint team of the plan."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    holder = models.CharField(_("party"), max_length=6)
    text = models.TextField(_("text"))
    at = models.DateTimeField(_("time"))
    mandate_id = models.BigIntegerField()

    class Meta(AppendOnly.Meta):
        verbose_name = _("internal note")
        verbose_name_plural = _("internal notes")
        indexes = [models.Index(fields=["item", "holder"], name="note_of_item")]

    def __str__(self) -> str:
        return f"{self.item_id} #{self.pk}"


class NoteResolution(AppendOnly):
    """That a note is done with."""

    note = models.OneToOneField(InternalNote, models.PROTECT, related_name="resolution")
    at = models.DateTimeField(_("time"))
    mandate_id = models.BigIntegerField()

    class Meta(AppendOnly.Meta):
        verbose_name = _("resolution of a note")
        verbose_name_plural = _("resolutions of notes")

    def __str__(self) -> str:
        return str(self.note_id)
