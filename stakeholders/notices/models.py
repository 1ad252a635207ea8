"""The inbox (the truth) and the mail outbox (a copy of it, sent later)."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Notice(models.Model):
    """One line in a person's inbox, written in both languages when it arose."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="notices")
    kind = models.CharField(_("kind"), max_length=60)
    plan_key = models.CharField(_("plan"), max_length=60, blank=True)
    title_zh = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300)
    url = models.CharField(max_length=300)
    key = models.CharField(max_length=200)
    created_at = models.DateTimeField(_("time"))
    read_at = models.DateTimeField(_("read"), null=True, blank=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="notice_user_key"),
        ]
        indexes = [models.Index(fields=["user", "read_at"], name="notice_user_read")]

    def __str__(self) -> str:
        return self.title_zh


class OutboxQuerySet(models.QuerySet["OutboxMessage"]):
    def waiting(self) -> "OutboxQuerySet":
        """Not sent and not held back."""
        return self.filter(sent_at__isnull=True, held_at__isnull=True)

    def due(self, at: datetime) -> "OutboxQuerySet":
        """Waiting mails whose hour has come and that no living sender has claimed."""
        free = Q(claimed_until__isnull=True) | Q(claimed_until__lte=at)
        return self.waiting().filter(free, Q(not_before__isnull=True) | Q(not_before__lte=at))


class OutboxMessage(models.Model):
    """A mail to send: written with the act, sent by the sweep, never twice for one key.

    `is_secret` marks mail with a link that signs in: administrators see no body of it. Where
    `minter` is set the row never holds the link: its text has a gap, filled while it is sent.
    """

    recipient = models.EmailField(_("recipient"))
    dedupe_key = models.CharField(max_length=200, unique=True)
    subject = models.CharField(_("subject"), max_length=300)
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
            )
        ]

    def __str__(self) -> str:
        return self.subject


class Heartbeat(models.Model):
    """When each recurring process last ran; `/readyz` and the sweep read it."""

    name = models.CharField(_("process"), max_length=40, primary_key=True)
    at = models.DateTimeField(_("time"))

    class Meta:
        verbose_name = _("heartbeat of a process")
        verbose_name_plural = _("heartbeats of processes")

    def __str__(self) -> str:
        return f"{self.name} {self.at}"
