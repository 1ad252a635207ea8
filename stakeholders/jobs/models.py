"""Long work: all its state, so that any process can go on where another stopped."""

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from stakeholders.jobs.enums import OPEN_STATES, State


class Job(models.Model):
    """One piece of long work, done in steps; the row holds everything between two steps.

    `actor_kind` and `mandate_id` say under what it was started; whether that still holds is asked
    again at each step. Mandates lie above this part of the house, so theirs is no foreign key.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=60)
    title_zh = models.CharField(_("title (Chinese)"), max_length=200)
    title_en = models.CharField(_("title (English)"), max_length=200)
    arguments = models.TextField(_("canonical arguments"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="jobs",
        verbose_name=_("started by"),
    )
    actor_kind = models.CharField(_("kind of actor"), max_length=20)
    mandate_id = models.BigIntegerField(_("mandate"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.WAITING
    )
    done = models.PositiveIntegerField(_("done"), default=0)
    total = models.PositiveIntegerField(_("in all"), null=True, blank=True)
    text_zh = models.CharField(_("progress (Chinese)"), max_length=300, blank=True)
    text_en = models.CharField(_("progress (English)"), max_length=300, blank=True)
    cursor = models.JSONField(_("cursor"), null=True, blank=True)
    result = models.JSONField(_("result"), null=True, blank=True)
    result_file = models.ForeignKey(
        "stakeholders.StoredFile",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("file of the result"),
    )
    url = models.CharField(_("page of the result"), max_length=300, blank=True)
    error_zh = models.CharField(_("reason (Chinese)"), max_length=500, blank=True)
    error_en = models.CharField(_("reason (English)"), max_length=500, blank=True)
    is_cancel_requested = models.BooleanField(_("cancel asked for"), default=False)
    take_ups = models.PositiveSmallIntegerField(_("taken up again"), default=0)
    claim = models.UUIDField(null=True, blank=True, editable=False)
    claimed_until = models.DateTimeField(null=True, blank=True, editable=False)
    heartbeat_at = models.DateTimeField(_("last step"), null=True, blank=True)
    created_at = models.DateTimeField(_("time"))
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ["-created_at"]
        indexes = [
            models.Index(fields=["user", "-created_at"], name="job_user"),
            models.Index(
                fields=["created_at"],
                name="job_open",
                condition=models.Q(state__in=sorted(OPEN_STATES)),
            ),
        ]

    def __str__(self) -> str:
        return self.title_zh

    def get_absolute_url(self) -> str:
        return reverse("jobs:detail", kwargs={"pk": self.pk})

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def percent(self) -> int | None:
        """0 to 100, or None while nobody knows how much there is to do."""
        if self.state == State.DONE:
            return 100
        return min(100, self.done * 100 // self.total) if self.total else None
