"""Texts that the joint office uses again and again as reasons (常用答复)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consult.phase2_preparation.enums import DispositionOutcome
from plans.register.models import Plan


class TextBlock(models.Model):
    """A customary reason in one or both languages; without a plan it serves all of them.

    `{article}` and `{unit}` in it stand for the article and the commenter of each comment.
    """

    plan = models.ForeignKey(
        Plan,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="text_blocks",
        verbose_name=_("plan"),
    )
    title = models.CharField(_("title"), max_length=80)
    outcome = models.CharField(
        _("outcome"), max_length=20, choices=DispositionOutcome.choices, blank=True
    )
    text_zh = models.TextField(_("text (Chinese)"), max_length=5_000, blank=True)
    text_en = models.TextField(_("text (English)"), max_length=5_000, blank=True)

    class Meta:
        verbose_name = _("text block")
        verbose_name_plural = _("text blocks")
        ordering = ["plan_id", "title", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text_zh="", text_en=""), name="text_block_text"),
        ]

    def __str__(self) -> str:
        return self.title
