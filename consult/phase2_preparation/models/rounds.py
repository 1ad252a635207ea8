"""Rounds: when they run, on which revision, and who is asked."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from consult.phase2_preparation.enums import (
    RoundKind,
)
from plans.register.models import Plan, Revision
from stakeholders.jurisdictions.models import Jurisdiction


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
