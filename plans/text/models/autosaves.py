"""What a person has typed and not saved yet."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from plans.register.models import Item
from plans.text.models.chapters import Chapter


class Autosave(models.Model):
    """The fields of one editor as its mandate left them: private to it, no act, no content.

    `chapter` is where a new provision was being written, `item` the one being edited; `edits` is
    the save of the draft that was read.
    """

    item = models.ForeignKey(Item, models.CASCADE, null=True, related_name="+")
    chapter = models.ForeignKey(Chapter, models.CASCADE, null=True, related_name="+")
    mandate_id = models.BigIntegerField()
    edits = models.PositiveIntegerField(default=0)
    fields = models.JSONField()
    saved_at = models.DateTimeField(_("time"), db_index=True)

    class Meta:
        verbose_name = _("unsaved text")
        verbose_name_plural = _("unsaved texts")
        constraints = [
            models.UniqueConstraint(fields=["item", "mandate_id"], name="autosave_of_item"),
            models.UniqueConstraint(fields=["chapter", "mandate_id"], name="autosave_of_chapter"),
            models.CheckConstraint(
                condition=Q(item__isnull=True) ^ Q(chapter__isnull=True), name="autosave_of_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id or self.chapter_id} {self.mandate_id}"
