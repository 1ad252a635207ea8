"""What belongs to a comment inside its jurisdiction: files, notes, what is typed and not saved."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consult.phase2_preparation.models.comments import Comment, CommentDraft
from consult.phase2_preparation.models.rounds import Round
from plans.register.models import Item
from stakeholders.files.models import StoredFile
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.people.models import Mandate
from stakeholders.record.models import AppendOnly


class DraftFile(models.Model):
    """A file that goes with a comment not yet submitted."""

    draft = models.ForeignKey(CommentDraft, models.CASCADE, related_name="files")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("file"))

    class Meta:
        verbose_name = _("file of a draft comment")
        verbose_name_plural = _("files of draft comments")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.draft_id} {self.file_id}"


class CommentFile(AppendOnly):
    """A file that was submitted with a comment; who sees the comment may read it."""

    comment = models.ForeignKey(Comment, models.PROTECT, related_name="files")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("file"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("file of a comment")
        verbose_name_plural = _("files of comments")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.comment_id} {self.file_id}"


class DraftNote(models.Model):
    """What colleagues say to each other about a draft; it goes with the draft and nowhere else."""

    draft = models.ForeignKey(CommentDraft, models.CASCADE, related_name="notes")
    text = models.TextField(_("text"))
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta:
        verbose_name = _("note on a draft comment")
        verbose_name_plural = _("notes on draft comments")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.draft_id} #{self.pk}"


class CommentAutosave(models.Model):
    """The form of one comment as its mandate left it: private to it, no act, no content.

    `draft` is the one being edited, read as its save number `edits`; without one a new comment on
    `item`, or on the whole, was being written.
    """

    round = models.ForeignKey(Round, models.CASCADE, related_name="+")
    draft = models.ForeignKey(CommentDraft, models.CASCADE, null=True, related_name="+")
    item = models.ForeignKey(Item, models.CASCADE, null=True, related_name="+")
    mandate_id = models.BigIntegerField()
    edits = models.PositiveIntegerField(default=0)
    fields = models.JSONField()
    saved_at = models.DateTimeField(_("time"), db_index=True)

    class Meta:
        verbose_name = _("unsaved comment")
        verbose_name_plural = _("unsaved comments")
        constraints = [
            models.UniqueConstraint(
                fields=["round", "draft", "item", "mandate_id"],
                name="comment_autosave_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(draft__isnull=True) | Q(item__isnull=True),
                name="comment_autosave_of_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.mandate_id}"


class CommentSupport(AppendOnly):
    """That a jurisdiction signs the comment of another, or takes its signature back. The newest
    of a jurisdiction counts."""

    comment = models.ForeignKey(Comment, models.PROTECT, related_name="supports")
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    is_withdrawn = models.BooleanField(_("withdrawn"), default=False)
    text = models.CharField(_("text"), max_length=300, blank=True)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("co-signing of a comment")
        verbose_name_plural = _("co-signings of comments")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["comment", "jurisdiction", "-id"], name="support_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.comment_id} {self.jurisdiction_id}"
