"""The inbox (the truth) and the mail outbox (a copy of it, sent later)."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from stakeholders.notices.enums import HoldReason, Rhythm


class NoticeQuerySet(models.QuerySet["Notice"]):
    def waiting_for_digest(self) -> "NoticeQuerySet":
        """Not mailed yet, and to be in the digest of some hour."""
        return self.filter(digest_at__isnull=False, digest__isnull=True)


class Notice(models.Model):
    """One line in a person's inbox, written in both languages when it arose."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="notices")
    kind = models.CharField(_("kind"), max_length=60)
    plan_key = models.CharField(_("plan"), max_length=60, blank=True)
    title_zh = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300)
    text_zh = models.TextField(_("text (Chinese)"), blank=True)
    text_en = models.TextField(_("text (English)"), blank=True)
    url = models.CharField(max_length=300)
    key = models.CharField(max_length=200)
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    created_at = models.DateTimeField(_("time"))
    read_at = models.DateTimeField(_("read"), null=True, blank=True)
    digest_at = models.DateTimeField(_("in the digest of"), null=True, blank=True)
    digest = models.ForeignKey(
        "OutboxMessage", models.SET_NULL, null=True, blank=True, related_name="notices"
    )

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="notice_user_key"),
        ]
        indexes = [
            models.Index(fields=["user", "read_at"], name="notice_user_read"),
            models.Index(fields=["plan_key", "kind"], name="notice_plan_kind"),
            models.Index(fields=["key"], name="notice_key"),
            models.Index(
                fields=["digest_at"],
                name="notice_digest_waiting",
                condition=models.Q(digest_at__isnull=False, digest__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.title_zh


class MailPreference(models.Model):
    """How a person wants the mail copies of its notices. None stored: at once, at any hour.

    Digests leave at `hour` of the person's `zone`, weekly ones on `weekday` (0 = Monday). Within
    the quiet hours, which may run over midnight, mail waits; what the law wants told does not.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="mail_preference"
    )
    rhythm = models.CharField(
        _("mail"), max_length=10, choices=Rhythm.choices, default=Rhythm.AT_ONCE
    )
    hour = models.PositiveSmallIntegerField(_("hour of the digest"), default=8)
    weekday = models.PositiveSmallIntegerField(_("day of the weekly digest"), default=0)
    quiet_from = models.TimeField(_("quiet from"), null=True, blank=True)
    quiet_until = models.TimeField(_("quiet until"), null=True, blank=True)
    zone = models.CharField(_("time zone"), max_length=60, blank=True)
    updated_at = models.DateTimeField(_("changed"))

    class Meta:
        verbose_name = _("mail preference")
        verbose_name_plural = _("mail preferences")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(hour__lte=23, weekday__lte=6), name="mail_preference_hours"
            ),
            models.CheckConstraint(
                condition=models.Q(quiet_from__isnull=True, quiet_until__isnull=True)
                | models.Q(quiet_from__isnull=False, quiet_until__isnull=False),
                name="mail_preference_quiet_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.rhythm}"


class MutedTopic(models.Model):
    """A topic of notices a person wants neither by mail nor counted; the inbox still has them."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="muted_topics")
    topic = models.CharField(_("topic"), max_length=40)
    muted_at = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("muted topic")
        verbose_name_plural = _("muted topics")
        ordering = ["topic"]
        constraints = [
            models.UniqueConstraint(fields=["user", "topic"], name="muted_topic_once"),
        ]

    def __str__(self) -> str:
        return self.topic


class OutboxQuerySet(models.QuerySet["OutboxMessage"]):
    def waiting(self) -> "OutboxQuerySet":
        """Not sent and not held back."""
        return self.filter(sent_at__isnull=True, held_at__isnull=True)

    def due(self, at: datetime, *, claims_at: datetime | None = None) -> "OutboxQuerySet":
        """Waiting mails whose hour has come and that no sender has claimed.

        `claims_at`: the hour by which claims are judged, where it is not that of the mails.
        """
        free = Q(claimed_until__isnull=True) | Q(claimed_until__lte=claims_at or at)
        return self.waiting().filter(free, Q(not_before__isnull=True) | Q(not_before__lte=at))


class OutboxMessage(models.Model):
    """A mail to send: written with the act, sent by the sweep, never twice for one key.

    `is_secret` marks mail with a link that signs in: administrators see no body of it. Where
    `minter` is set the row never holds the link: its text has a gap, filled while it is sent.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="mails"
    )
    recipient = models.EmailField(_("recipient"))
    topic = models.CharField(_("topic"), max_length=40, blank=True)
    language = models.CharField(_("language"), max_length=10, blank=True)
    dedupe_key = models.CharField(max_length=200, unique=True)
    subject = models.CharField(pgettext_lazy("mail", "subject"), max_length=300)
    body = models.TextField(_("text"))
    is_secret = models.BooleanField(default=False)
    minter = models.CharField(max_length=40, blank=True)
    about = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField(_("time"))
    not_before = models.DateTimeField(null=True, blank=True)
    claimed_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    last_error = models.CharField(_("last error"), max_length=300, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    held_at = models.DateTimeField(_("held"), null=True, blank=True)
    hold_reason = models.CharField(
        _("why it is held"), max_length=20, blank=True, choices=HoldReason.choices
    )
    returned_at = models.DateTimeField(_("came back"), null=True, blank=True)
    blanked_at = models.DateTimeField(_("text forgotten"), null=True, blank=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        ordering = ["-pk"]
        indexes = [
            models.Index(
                fields=["id"],
                name="outbox_waiting",
                condition=models.Q(sent_at__isnull=True, held_at__isnull=True),
            ),
            models.Index(
                fields=["hold_reason"],
                name="outbox_held",
                condition=models.Q(sent_at__isnull=True, held_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.subject


class ReturnedAddress(models.Model):
    """An address whose mail came back for good: nothing more is sent there until it is cleared."""

    address = models.EmailField(_("address"), unique=True)
    reason = models.CharField(_("reason"), max_length=300)
    count = models.PositiveIntegerField(_("how often"), default=1)
    first_at = models.DateTimeField(_("first"))
    last_at = models.DateTimeField(_("last"))
    cleared_at = models.DateTimeField(_("cleared"), null=True, blank=True)

    class Meta:
        verbose_name = _("address whose mail came back")
        verbose_name_plural = _("addresses whose mail came back")
        ordering = ["-last_at"]

    def __str__(self) -> str:
        return self.address


class Heartbeat(models.Model):
    """When each recurring process last ran; `/readyz` and the sweep read it."""

    name = models.CharField(_("process"), max_length=40, primary_key=True)
    at = models.DateTimeField(_("time"))

    class Meta:
        verbose_name = _("heartbeat of a process")
        verbose_name_plural = _("heartbeats of processes")

    def __str__(self) -> str:
        return f"{self.name} {self.at}"
