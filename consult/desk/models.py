"""What the desk keeps: policies, announced deadlines, visits, calendar feeds. Never a duty itself."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from plans.register.models import Plan
from stakeholders.people.models import Mandate
from stakeholders.record.models import AppendOnly


class ReminderPolicy(AppendOnly):
    """When and whom a plan reminds, as set by its joint office; the highest `number` counts.

    `before` are working days before the day of the deadline, falling (0 = on the day). After it,
    every `every` working days until the duty is done: the joint office too from `office_after`
    working days on (0: from the first), the next step of the ladder from `escalate_after` on (null:
    never), and one step higher each time so many days have passed again. Reminders arise at `hour`.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="reminder_policies")
    number = models.PositiveIntegerField(_("number"))
    before = models.JSONField(_("working days before"))
    every = models.PositiveSmallIntegerField(_("then every so many working days"))
    office_after = models.PositiveSmallIntegerField(_("the joint office too, after working days"))
    escalate_after = models.PositiveSmallIntegerField(
        _("the next step of the ladder, after working days"), null=True, blank=True
    )
    hour = models.TimeField(_("hour"))
    mandate = models.ForeignKey(Mandate, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("reminder policy")
        verbose_name_plural = _("reminder policies")
        ordering = ["plan", "number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="reminder_policy_number"),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.number}"


class AnnouncedDeadline(AppendOnly):
    """A deadline as the holder of a duty was told it; a moved one is a further row (`number` from 0).

    `duty_key` is that of the duty on its plan. Feeds take their sequence from `number`.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="announced_deadlines")
    duty_key = models.CharField(_("duty"), max_length=160)
    number = models.PositiveIntegerField(_("number"))
    due_at = models.DateTimeField(_("due"))
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("announced deadline")
        verbose_name_plural = _("announced deadlines")
        ordering = ["plan", "duty_key", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "duty_key", "number"], name="announced_deadline_number"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.duty_key} {self.due_at}"


class DeskVisit(models.Model):
    """When a person last looked at its desk, and when before that: what is new since then."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="desk_visit")
    at = models.DateTimeField(_("last visit"))
    before_at = models.DateTimeField(_("visit before"), null=True, blank=True)

    class Meta:
        verbose_name = _("visit to the desk")
        verbose_name_plural = _("visits to the desk")

    def __str__(self) -> str:
        return f"{self.user_id} {self.at}"


class CalendarFeed(models.Model):
    """A secret address under which a calendar program reads a person's dates.

    Of all plans, or of one (`plan`). Only the hash of the secret is kept; a revoked address
    answers as one that never was.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="calendar_feeds"
    )
    plan = models.ForeignKey(
        Plan, models.PROTECT, null=True, blank=True, related_name="calendar_feeds"
    )
    name = models.CharField(_("name"), max_length=80, blank=True)
    secret_hash = models.CharField(max_length=64, unique=True)
    language = models.CharField(_("language"), max_length=10, blank=True)
    created_at = models.DateTimeField(_("created"))
    read_at = models.DateTimeField(_("last read"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    class Meta:
        verbose_name = _("calendar feed")
        verbose_name_plural = _("calendar feeds")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name or str(self.pk)
