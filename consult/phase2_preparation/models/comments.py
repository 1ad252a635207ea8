"""Comments: a jurisdiction's working papers, and what it submitted of them."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from consult.phase2_preparation.enums import (
    CommentType,
    DraftState,
)
from consult.phase2_preparation.models.replies import Reply
from consult.phase2_preparation.models.rounds import Round
from plans.register.models import Item, ItemVersion, Plan
from stakeholders.finding.expressions import grams_index
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.people.models import Mandate
from stakeholders.record.models import AppendOnly


class Quoted(models.Model):
    """The passage of the wording that a comment is about: its exact words, and which of the equal
    passages it is, counted from the beginning of the text in that language."""

    quote = models.TextField(_("passage"), blank=True)
    quote_language = models.CharField(_("language of the passage"), max_length=2, blank=True)
    quote_at = models.PositiveIntegerField(_("which of the equal passages"), default=0)

    class Meta:
        abstract = True


class CommentDraft(Quoted):
    """A comment inside its jurisdiction, seen by nobody else.

    `key` is made by the form before it is sent, so that a form sent twice makes one draft. `edits`
    counts what was done to it, for the optimistic lock and for the steps of the jurisdiction.
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4)
    round = models.ForeignKey(Round, models.PROTECT, related_name="drafts")
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    item = models.ForeignKey(Item, models.PROTECT, null=True, blank=True, related_name="+")
    type = models.CharField(_("type"), max_length=20, choices=CommentType.choices)
    text_zh = models.TextField(_("comment (Chinese)"), blank=True)
    text_en = models.TextField(_("comment (English)"), blank=True)
    wording_zh = models.TextField(_("proposed wording (Chinese)"), blank=True)
    wording_en = models.TextField(_("proposed wording (English)"), blank=True)
    author = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    state = models.CharField(
        _("state"), max_length=20, choices=DraftState.choices, default=DraftState.DRAFT
    )
    reason = models.TextField(_("reason"), blank=True)
    edits = models.PositiveIntegerField(default=1)
    editor = models.ForeignKey(Mandate, models.PROTECT, null=True, related_name="+")
    edited_at = models.DateTimeField(_("edited"))

    class Meta:
        verbose_name = _("draft of a comment")
        verbose_name_plural = _("drafts of comments")
        ordering = ["pk"]
        indexes = [models.Index(fields=["round", "jurisdiction"], name="draft_of_jurisdiction")]

    def __str__(self) -> str:
        return str(self.key)


class Comment(Quoted, AppendOnly):
    """One submitted comment on one item in one wording, or on the whole."""

    reply = models.ForeignKey(Reply, models.PROTECT, related_name="comments")
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="comments")
    number = models.PositiveIntegerField(_("number"))
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, null=True, related_name="+")
    item = models.ForeignKey(Item, models.PROTECT, null=True, related_name="comments")
    version = models.ForeignKey(ItemVersion, models.PROTECT, null=True, related_name="comments")
    type = models.CharField(_("type"), max_length=20, choices=CommentType.choices)
    text_zh = models.TextField(_("comment (Chinese)"), blank=True)
    text_en = models.TextField(_("comment (English)"), blank=True)
    wording_zh = models.TextField(_("proposed wording (Chinese)"), blank=True)
    wording_en = models.TextField(_("proposed wording (English)"), blank=True)

    class Meta(AppendOnly.Meta):
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["plan", "number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="comment_number"),
        ]
        indexes = [
            grams_index("text_zh", "text_en", "wording_zh", "wording_en", name="comment_grams"),
        ]

    def __str__(self) -> str:
        return f"C{self.number:02d}"

    @property
    def commenter(self) -> str:
        """The jurisdiction, or who is no party as the parties may see it."""
        return str(self.jurisdiction or self.reply.speaker)
