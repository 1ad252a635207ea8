"""Joint meetings (联席会议): called with an agenda, attended by mandate, decided on, written down.

The meeting, its agenda and the draft of its minutes are worked on until the minutes are locked;
every call, attendance, decision and edition of the minutes is a row that is only ever added.
"""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consult.ballots.models import Ballot
from consult.matters.enums import Level
from consult.meetings.enums import AttendanceKind, DecisionOutcome, MeetingKind, Source
from plans.register.models import Plan
from stakeholders.files.models import StoredFile
from stakeholders.finding.expressions import grams_index
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.people.models import Mandate, Organization
from stakeholders.record.models import AppendOnly


class MinutesWords(models.Func):
    """All that an edition of minutes says in Chinese and English, without its figures and keys."""

    function = "minutes_words"
    arity = 1
    output_field = models.TextField()


class Meeting(models.Model):
    """One meeting of the parties. It is planned until called, and called until held or cancelled.

    `edits` counts saves, for the optimistic lock.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="meetings")
    number = models.PositiveIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=20, choices=MeetingKind.choices)
    level = models.CharField(_("level"), max_length=20, choices=Level.choices)
    title_zh = models.CharField(_("title (Chinese)"), max_length=200)
    title_en = models.CharField(_("title (English)"), max_length=300, blank=True)
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    place_zh = models.CharField(_("place (Chinese)"), max_length=200, blank=True)
    place_en = models.CharField(_("place (English)"), max_length=300, blank=True)
    link = models.URLField(_("address of the video meeting"), max_length=500, blank=True)
    chair = models.ForeignKey(
        Jurisdiction,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("chaired by"),
    )
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True)
    cancelled_because = models.TextField(_("reason"), blank=True)
    held_at = models.DateTimeField(_("held"), null=True, blank=True)
    edits = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["-starts_at"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="meeting_number_in_plan"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=models.F("starts_at")), name="meeting_hours"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title_zh}"


class MeetingGuest(models.Model):
    """A jurisdiction or a body that is invited."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="guests")
    jurisdiction = models.ForeignKey(
        Jurisdiction, models.PROTECT, null=True, blank=True, related_name="+"
    )
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("invited to a meeting")
        verbose_name_plural = _("invited to meetings")
        ordering = ["jurisdiction_id", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(jurisdiction__isnull=True) ^ Q(organization__isnull=True),
                name="meeting_guest_one",
            ),
            models.UniqueConstraint(fields=["meeting", "jurisdiction"], name="meeting_guest_unit"),
            models.UniqueConstraint(fields=["meeting", "organization"], name="meeting_guest_body"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.jurisdiction_id or self.organization_id}"


class MeetingCall(AppendOnly):
    """The call as it was sent out: each one replaces the former, calendars count them."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="calls")
    number = models.PositiveSmallIntegerField(_("edition"))
    content = models.TextField(_("content"))
    hash = models.CharField(max_length=80)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("call of a meeting")
        verbose_name_plural = _("calls of meetings")
        ordering = ["meeting", "number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="meeting_call_number"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.number}"


class AgendaItem(models.Model):
    """One item (议题), in its order. `source_id` names the matter, case or project it came from."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="agenda")
    position = models.PositiveSmallIntegerField(_("position"))
    source = models.CharField(_("comes from"), max_length=20, choices=Source.choices)
    source_id = models.CharField(max_length=60, blank=True)
    title_zh = models.CharField(_("title (Chinese)"), max_length=200)
    title_en = models.CharField(_("title (English)"), max_length=300, blank=True)
    text_zh = models.TextField(_("text (Chinese)"), blank=True)
    text_en = models.TextField(_("text (English)"), blank=True)
    reporter = models.ForeignKey(
        Jurisdiction,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("reported by"),
    )

    class Meta:
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda items")
        ordering = ["meeting", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "position"],
                name="agenda_position",
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position} {self.title_zh}"


class MeetingPaper(models.Model):
    """A paper for the meeting, or for one item of its agenda."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="papers")
    agenda_item = models.ForeignKey(
        AgendaItem, models.CASCADE, null=True, blank=True, related_name="papers"
    )
    title = models.CharField(_("title"), max_length=200)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("file"))
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta:
        verbose_name = _("paper of a meeting")
        verbose_name_plural = _("papers of meetings")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title


class Attendance(AppendOnly):
    """Who comes, or who stays away and what it says in writing; the newest one counts.

    `speaker`: the mandate under which somebody takes part for the jurisdiction or the body.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendances")
    jurisdiction = models.ForeignKey(
        Jurisdiction, models.PROTECT, null=True, blank=True, related_name="+"
    )
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="+"
    )
    kind = models.CharField(_("attendance"), max_length=20, choices=AttendanceKind.choices)
    speaker = models.ForeignKey(Mandate, models.PROTECT, null=True, blank=True, related_name="+")
    remarks = models.TextField(_("written remarks"), blank=True)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.jurisdiction_id or self.organization_id}"


class Decision(AppendOnly):
    """What was decided on an item; the newest one of an item counts.

    `ballot`: the positions taken on the spot under the charter's rule, where it was one of those.
    """

    agenda_item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="decisions")
    outcome = models.CharField(_("outcome"), max_length=20, choices=DecisionOutcome.choices)
    text_zh = models.TextField(_("text (Chinese)"), blank=True)
    text_en = models.TextField(_("text (English)"), blank=True)
    ballot = models.OneToOneField(Ballot, models.PROTECT, null=True, blank=True, related_name="+")
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("decision of a meeting")
        verbose_name_plural = _("decisions of meetings")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.agenda_item_id} {self.outcome}"


class MinutesDraft(models.Model):
    """The text of the minutes as they are written together, until an edition is put forward."""

    meeting = models.OneToOneField(Meeting, models.CASCADE, related_name="minutes")
    text_zh = models.TextField(_("text (Chinese)"), blank=True)
    text_en = models.TextField(_("text (English)"), blank=True)
    edits = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(_("time"))

    class Meta:
        verbose_name = _("draft of minutes")
        verbose_name_plural = _("drafts of minutes")
        ordering = ["meeting"]
        indexes = [grams_index("text_zh", "text_en", name="minutes_draft_grams")]

    def __str__(self) -> str:
        return str(self.meeting_id)


class MinutesEdition(AppendOnly):
    """The minutes as they are put to the parties: text, attendance, decisions, tasks, as JSON."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField(_("edition"))
    content = models.TextField(_("content"))
    hash = models.CharField(max_length=80)
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("edition of minutes")
        verbose_name_plural = _("editions of minutes")
        ordering = ["meeting", "number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="minutes_edition_number"),
        ]
        indexes = [
            grams_index(
                MinutesWords(Cast("content", models.JSONField())), name="minutes_edition_grams"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.number}"


class MinutesComment(AppendOnly):
    """What a party would have written otherwise, and what became of it in `MinutesReply`."""

    edition = models.ForeignKey(MinutesEdition, models.PROTECT, related_name="comments")
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    text = models.TextField(_("comment"))
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("comment on minutes")
        verbose_name_plural = _("comments on minutes")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.jurisdiction_id}"


class MinutesReply(AppendOnly):
    """Whether a comment was taken up in the next edition, with why not."""

    comment = models.OneToOneField(MinutesComment, models.PROTECT, related_name="reply")
    is_adopted = models.BooleanField(pgettext_lazy("comment on minutes", "adopted"))
    reason = models.TextField(_("reason"), blank=True)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("reply to a comment on minutes")
        verbose_name_plural = _("replies to comments on minutes")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.comment_id}"


class MinutesConfirmation(AppendOnly):
    """A party's word on an edition: it confirms, or does not and says why; its newest counts."""

    edition = models.ForeignKey(MinutesEdition, models.PROTECT, related_name="confirmations")
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    confirms = models.BooleanField(_("confirms"))
    reason = models.TextField(_("reason"), blank=True)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("confirmation of minutes")
        verbose_name_plural = _("confirmations of minutes")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.jurisdiction_id}"


class MinutesLock(AppendOnly):
    """The edition that every party confirmed: from now on nothing of the meeting changes."""

    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="lock")
    edition = models.OneToOneField(MinutesEdition, models.PROTECT, related_name="+")
    mandate = models.ForeignKey(Mandate, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("lock of minutes")
        verbose_name_plural = _("locks of minutes")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.meeting_id)
