"""People outside the parties who are asked for an opinion: invitation, draft, opinion."""

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.phase2_preparation.enums import (
    Asks,
    CommentType,
    InvitationState,
    InvitedAs,
    OpinionResult,
    ShownAs,
    SuggestionOutcome,
)
from consult.phase2_preparation.models.panels import CollectiveOpinion
from consult.phase2_preparation.models.replies import Reply
from consult.phase2_preparation.models.rounds import Round
from plans.register.models import Item, Plan
from stakeholders.files.models import StoredFile
from stakeholders.people.models import Mandate, Organization
from stakeholders.record.models import AppendOnly
from stakeholders.terms import clock
from stakeholders.terms.duty import Text

# After the answer the link still shows the receipt and what became of each remark.
READ_AFTER = timedelta(days=180)


class ExpertInvitation(models.Model):
    """One person asked for an opinion in a round, or for a signature under a common opinion.

    With `user` it is answered signed in, else through a link: of that only the hash is stored,
    made while its mail is sent. Name and address can be erased; the record keeps a commitment to
    them that `nonce` opens, and the nonce goes with them.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="expert_invitations")
    number = models.PositiveIntegerField(_("number"))
    asks = models.CharField(max_length=10, choices=Asks.choices, default=Asks.OPINION)
    round = models.ForeignKey(Round, models.PROTECT, null=True, related_name="expert_invitations")
    collective = models.ForeignKey(
        CollectiveOpinion, models.PROTECT, null=True, related_name="members"
    )
    is_chair = models.BooleanField(_("chair"), default=False)
    audience = models.CharField(_("asked as"), max_length=12, choices=InvitedAs.choices)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    field = models.CharField(_("field"), max_length=120, blank=True)
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="+"
    )
    shown_as = models.CharField(
        _("shown to the parties"), max_length=10, choices=ShownAs.choices, default=ShownAs.NAME
    )
    items = models.ManyToManyField(Item, blank=True, related_name="+")  # none: the whole
    questions = models.TextField(_("questions"), blank=True)
    closes_at = models.DateTimeField(_("until"))
    zone = models.CharField(_("time zone"), max_length=40)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("time"))
    token_hash = models.CharField(max_length=64, blank=True, editable=False)
    nonce = models.CharField(max_length=64, blank=True, editable=False)
    # Who came in by a link before this instant has to open the newest one.
    void_before = models.DateTimeField(editable=False)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    opened_at = models.DateTimeField(_("opened"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    declined_at = models.DateTimeField(_("declined"), null=True, blank=True)
    decline_reason = models.TextField(_("reason"), blank=True)
    longer_until = models.DateField(_("asks for time until"), null=True, blank=True)
    longer_reason = models.CharField(_("reason"), max_length=300, blank=True)
    reminded = models.CharField(max_length=60, blank=True, editable=False)
    erased_at = models.DateTimeField(_("contact erased"), null=True, blank=True)

    class Meta:
        verbose_name = _("invitation to give an opinion")
        verbose_name_plural = _("invitations to give an opinion")
        ordering = ["plan", "number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="expert_invitation_number"),
            models.UniqueConstraint(
                fields=["token_hash"], name="expert_invitation_token", condition=~Q(token_hash="")
            ),
            models.UniqueConstraint(
                fields=["collective"], name="panel_one_chair", condition=Q(is_chair=True)
            ),
            models.CheckConstraint(
                condition=Q(asks=Asks.OPINION, round__isnull=False, collective__isnull=True)
                | Q(asks=Asks.SIGNATURE, round__isnull=True, collective__isnull=False),
                name="expert_invitation_asks_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"I{self.number}"

    @property
    def shown_name(self) -> Text:
        """How the parties see this person; a number where the invitation promised so."""
        return self.name if self.is_named else self.pseudonym

    @property
    def is_named(self) -> bool:
        """Whether the parties see name and organization."""
        return self.shown_as != ShownAs.NUMBER and bool(self.name)

    @property
    def pseudonym(self) -> Text:
        label = InvitedAs(self.audience).label
        return format_lazy(_("{kind} {number}"), kind=label, number=str(self.number))

    @property
    def answered_at(self) -> datetime | None:
        opinion = getattr(self, "opinion", None)
        return opinion.at if opinion is not None else None

    @property
    def state(self) -> InvitationState:
        """Where the invitation to give an opinion stands now."""
        if self.answered_at is not None:
            return InvitationState.ANSWERED
        if self.revoked_at is not None:
            return InvitationState.REVOKED
        if self.declined_at is not None:
            return InvitationState.DECLINED
        if clock.now() >= self.closes_at:
            return InvitationState.OVERDUE
        return InvitationState.OPENED if self.opened_at else InvitationState.WAITING

    @property
    def is_open(self) -> bool:
        return self.state in (InvitationState.WAITING, InvitationState.OPENED)


class InvitationFile(models.Model):
    """A file the joint office lays beside the questions, or one the expert adds to the answer."""

    invitation = models.ForeignKey(ExpertInvitation, models.PROTECT, related_name="files")
    stored = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    is_answer = models.BooleanField(_("from the expert"), default=False)

    class Meta:
        verbose_name = _("file of an invitation")
        verbose_name_plural = _("files of invitations")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.stored_id)


class OpinionDraft(models.Model):
    """What the expert has chosen so far and not handed in; seen by nobody else."""

    invitation = models.OneToOneField(ExpertInvitation, models.PROTECT, related_name="draft")
    result = models.CharField(_("result"), max_length=20, blank=True, choices=OpinionResult.choices)
    summary = models.TextField(_("summary"), blank=True)
    edited_at = models.DateTimeField(_("edited"))

    class Meta:
        verbose_name = _("draft of an opinion")
        verbose_name_plural = _("drafts of opinions")

    def __str__(self) -> str:
        return str(self.invitation_id)


class OpinionRemark(models.Model):
    """One remark of an opinion not handed in. `key` is the form's: sent twice it is one remark."""

    key = models.UUIDField(unique=True, default=uuid.uuid4)
    invitation = models.ForeignKey(ExpertInvitation, models.PROTECT, related_name="remarks")
    item = models.ForeignKey(Item, models.PROTECT, null=True, blank=True, related_name="+")
    type = models.CharField(_("type"), max_length=20, choices=CommentType.choices)
    text = models.TextField(_("remark"))
    wording = models.TextField(_("proposed wording"), blank=True)
    edited_at = models.DateTimeField(_("edited"))

    class Meta:
        verbose_name = _("draft of a remark")
        verbose_name_plural = _("drafts of remarks")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.key)


class ExpertOpinion(AppendOnly):
    """The opinion handed in: its reply holds the words, its comments the remarks."""

    invitation = models.OneToOneField(ExpertInvitation, models.PROTECT, related_name="opinion")
    reply = models.OneToOneField(Reply, models.PROTECT, related_name="expert_opinion")
    result = models.CharField(_("result"), max_length=20, choices=OpinionResult.choices)
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("opinion of an expert")
        verbose_name_plural = _("opinions of experts")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.invitation_id} {self.result}"


class ExpertSuggestion(models.Model):
    """Somebody an invited person names instead or besides; the joint office invites or not."""

    invitation = models.ForeignKey(ExpertInvitation, models.PROTECT, related_name="suggestions")
    name = models.CharField(_("name"), max_length=120, blank=True)
    field = models.CharField(_("field"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    at = models.DateTimeField(_("time"))
    outcome = models.CharField(
        _("outcome"), max_length=12, blank=True, choices=SuggestionOutcome.choices
    )
    led_to = models.ForeignKey(
        ExpertInvitation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    erased_at = models.DateTimeField(_("contact erased"), null=True, blank=True)

    class Meta:
        verbose_name = _("suggested expert")
        verbose_name_plural = _("suggested experts")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.pk)
