"""Chapters, and the place of each provision in them. The wording is the item's draft."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from plans.register.models import Item, Plan


class Chapter(models.Model):
    """A heading of the text. `drafting` names the jurisdictions whose planners draft in it."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="chapters")
    key = models.SlugField(_("key"), max_length=60)
    position = models.PositiveIntegerField(_("position"))
    title_zh = models.CharField(_("title (Chinese)"), max_length=200)
    title_en = models.CharField(_("title (English)"), max_length=300, blank=True)
    drafting = ArrayField(
        models.CharField(max_length=6), default=list, verbose_name=_("drafted by")
    )

    class Meta:
        verbose_name = _("chapter")
        verbose_name_plural = _("chapters")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "key"], name="chapter_key_in_plan"),
        ]

    def __str__(self) -> str:
        if (get_language() or "").startswith("en") and self.title_en:
            return self.title_en
        return self.title_zh


class Provision(models.Model):
    """Where a provision stands in the working draft. A removed one keeps its row."""

    item = models.OneToOneField(Item, models.PROTECT, related_name="provision")
    chapter = models.ForeignKey(Chapter, models.PROTECT, related_name="provisions")
    position = models.PositiveIntegerField(_("position"))

    class Meta:
        verbose_name = _("provision")
        verbose_name_plural = _("provisions")
        ordering = ["chapter__position", "position", "pk"]

    def __str__(self) -> str:
        return str(self.item)
