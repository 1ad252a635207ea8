"""Comment rounds: who is asked, what is said inside and submitted, and how it is disposed of.

What was submitted, decided, published or answered is only ever added; the newest row counts.
Drafts are working papers of one jurisdiction and may change.
"""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from consult.matters.models import Matter
from consult.phase2_preparation.enums import (
    NEEDS_REASON,
    CommentType,
    DispositionOutcome,
    DraftState,
    RoundKind,
    Source,
)
from plans.register.models import Item, ItemVersion, Plan, Revision
from stakeholders.files.models import StoredFile
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.people.models import Mandate, Organization
from stakeholders.record.models import AppendOnly


class Round(models.Model):
    """One period in which the parties comment on one revision.

    It closes at the local date and hour in `zone`; `closes_at` is the instant derived from them.
    `only_changed`: comments are asked only on items that no earlier round held in this wording.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="rounds")
    revision = models.ForeignKey(
        Revision, models.PROTECT, related_name="rounds", verbose_name=_("revision")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    kind = models.CharField(
        _("kind"), max_length=20, choices=RoundKind.choices, default=RoundKind.CONSULTATION
    )
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"), db_index=True)
    closes_on = models.DateField(_("last day"))
    closes_hour = models.TimeField(_("hour"))
    zone = models.CharField(_("time zone"), max_length=40)
    only_changed = models.BooleanField(_("only items changed since the last round"), default=False)
    is_sealed = models.BooleanField(_("sealed until it closes"), default=False)
    note = models.CharField(_("note"), max_length=300, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    class Meta:
        verbose_name = _("comment round")
        verbose_name_plural = _("comment rounds")
        ordering = ["plan", "number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="round_number"),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")), name="round_closes_after_it_opens"
            ),
        ]

    def __str__(self) -> str:
        return f"RD{self.number}"


class RoundInvitee(models.Model):
    """A jurisdiction asked in a round; its own later deadline, if one was given."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="invitees")
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    extended_until = models.DateTimeField(_("extended until"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("invited jurisdiction")
        verbose_name_plural = _("invited jurisdictions")
        ordering = ["jurisdiction_id"]
        constraints = [
            models.UniqueConstraint(fields=["round", "jurisdiction"], name="round_invitee_once"),
        ]

    def __str__(self) -> str:
        return str(self.jurisdiction_id)


class CommentDraft(models.Model):
    """A comment inside its jurisdiction, seen by nobody else.

    `key` is made by the form before it is sent, so that a form sent twice makes one draft.
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
    edited_at = models.DateTimeField(_("edited"))

    class Meta:
        verbose_name = _("draft of a comment")
        verbose_name_plural = _("drafts of comments")
        ordering = ["pk"]
        indexes = [models.Index(fields=["round", "jurisdiction"], name="draft_of_jurisdiction")]

    def __str__(self) -> str:
        return str(self.key)


class Reply(AppendOnly):
    """What one invited jurisdiction answered in a round: its comments as one set, or none.

    `source` other than party: an opinion of an expert, an enterprise or the public that the
    joint office entered. `nonce` opens the commitment that the record holds of a sealed reply.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="replies")
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, null=True, related_name="+")
    source = models.CharField(
        _("source"), max_length=20, choices=Source.choices, default=Source.PARTY
    )
    organization = models.ForeignKey(Organization, models.PROTECT, null=True, related_name="+")
    is_nil = models.BooleanField(_("no comments"), default=False)
    text = models.TextField(_("text"), blank=True)
    letter_number = models.CharField(_("letter number"), max_length=80, blank=True)
    letter_on = models.DateField(_("date of the letter"), null=True, blank=True)
    issuer = models.CharField(_("issued by"), max_length=120, blank=True)
    letter_file = models.ForeignKey(
        StoredFile,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("the letter itself"),
    )
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    is_late = models.BooleanField(_("within an extension"), default=False)
    nonce = models.CharField(max_length=64)
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("reply")
        verbose_name_plural = _("replies")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "jurisdiction"],
                name="reply_once",
                condition=Q(jurisdiction__isnull=False),
            ),
            models.CheckConstraint(
                condition=Q(source=Source.PARTY, jurisdiction__isnull=False)
                | (~Q(source=Source.PARTY) & Q(jurisdiction__isnull=True)),
                name="reply_of_a_party_or_entered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.jurisdiction_id or self.source}"


class Comment(AppendOnly):
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

    def __str__(self) -> str:
        return f"C{self.number:02d}"


class Disposition(AppendOnly):
    """The formal answer to a comment. The newest of a comment counts."""

    comment = models.ForeignKey(Comment, models.PROTECT, related_name="dispositions")
    outcome = models.CharField(_("outcome"), max_length=20, choices=DispositionOutcome.choices)
    reason_zh = models.TextField(_("reason (Chinese)"), blank=True)
    reason_en = models.TextField(_("reason (English)"), blank=True)
    matter = models.ForeignKey(Matter, models.PROTECT, null=True, related_name="dispositions")
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("disposition")
        verbose_name_plural = _("dispositions")
        ordering = ["pk"]
        indexes = [models.Index(fields=["comment", "-id"], name="disposition_newest")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(outcome__in=sorted(NEEDS_REASON)) | ~Q(reason_zh="", reason_en=""),
                name="disposition_reason",
            ),
            models.CheckConstraint(
                condition=Q(outcome=DispositionOutcome.TO_MATTER, matter__isnull=False)
                | (~Q(outcome=DispositionOutcome.TO_MATTER) & Q(matter__isnull=True)),
                name="disposition_matter",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.comment_id} {self.outcome}"


class DispositionPublication(AppendOnly):
    """That a disposition was shown to all, together with the others of its batch."""

    disposition = models.OneToOneField(Disposition, models.PROTECT, related_name="publication")
    batch = models.CharField(_("batch"), max_length=40, db_index=True)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("publication of a disposition")
        verbose_name_plural = _("publications of dispositions")

    def __str__(self) -> str:
        return f"{self.disposition_id} {self.batch}"


class CommenterAnswer(AppendOnly):
    """Whether the commenter accepts one disposition. A newer disposition asks again."""

    disposition = models.ForeignKey(Disposition, models.PROTECT, related_name="answers")
    accepts = models.BooleanField(_("accepts"))
    text = models.TextField(_("text"), blank=True)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("answer of the commenter")
        verbose_name_plural = _("answers of commenters")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.disposition_id} {self.accepts}"


class ChangeReason(AppendOnly):
    """Why an item is changed: a disposition, a matter, or another decision named in the note."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="change_reasons")
    item = models.ForeignKey(Item, models.PROTECT, related_name="change_reasons")
    disposition = models.ForeignKey(Disposition, models.PROTECT, null=True, related_name="reasons")
    matter = models.ForeignKey(Matter, models.PROTECT, null=True, related_name="reasons")
    note = models.CharField(_("decision"), max_length=300, blank=True)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("reason of a change")
        verbose_name_plural = _("reasons of changes")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(disposition__isnull=False) | Q(matter__isnull=False) | ~Q(note=""),
                name="change_reason_given",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id}"
