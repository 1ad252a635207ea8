"""Rounds: when they run, on which revision, and who is asked."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from consult.phase2_preparation.enums import (
    BODIES,
    UNITS,
    Audience,
    RoundKind,
)
from plans.register.models import Plan, Revision
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.people.models import Organization


class Round(models.Model):
    """One period in which the parties comment on one revision.

    It closes at the local date and hour in `zone`; `closes_at` is the instant derived from them.
    `only_changed`: comments are asked only on items that no earlier round held in this wording,
    or, in a re-consultation, that differ from the round it `repeats`. An announced round opens at
    the local `opens_on` and `opens_hour` (empty: it opened at once); `opened_at` is when the
    opening was told. `is_official`: a reply needs its stamped letter; after an oral answer in an
    urgent round the letter follows within `letter_days` working days.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="rounds")
    revision = models.ForeignKey(
        Revision, models.PROTECT, related_name="rounds", verbose_name=_("revision")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    kind = models.CharField(
        _("kind"), max_length=20, choices=RoundKind.choices, default=RoundKind.CONSULTATION
    )
    repeats = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="repetitions",
        verbose_name=_("asks again after"),
    )
    opens_at = models.DateTimeField(_("opens"))
    opens_on = models.DateField(_("first day"), null=True, blank=True)
    opens_hour = models.TimeField(_("opening hour"), null=True, blank=True)
    opened_at = models.DateTimeField(_("opening told"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), db_index=True)
    closes_on = models.DateField(_("last day"))
    closes_hour = models.TimeField(_("hour"))
    zone = models.CharField(_("time zone"), max_length=40)
    only_changed = models.BooleanField(_("only items changed since the last round"), default=False)
    is_sealed = models.BooleanField(_("sealed until it closes"), default=False)
    is_official = models.BooleanField(_("official letters required"), default=False)
    letter_days = models.PositiveSmallIntegerField(
        _("working days for the letter after an oral answer"), null=True, blank=True
    )
    place = models.CharField(_("place of the display"), max_length=300, blank=True)
    media = models.CharField(_("media of the display"), max_length=300, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    recalled_at = models.DateTimeField(_("recalled"), null=True, blank=True)
    recall_reason = models.CharField(_("reason of the recall"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("comment round")
        verbose_name_plural = _("comment rounds")
        ordering = ["plan", "number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="round_number"),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")), name="round_closes_after_it_opens"
            ),
            models.CheckConstraint(
                condition=Q(recalled_at__isnull=True)
                | (Q(closed_at__isnull=False) & ~Q(recall_reason="")),
                name="round_recalled_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"RD{self.number}"


class RoundInvitee(models.Model):
    """Who is asked in a round: a unit, a body, or the public; its own later deadline, if any.

    `extended_until` was given before its time was over, `late_until` afterwards: what is answered
    by then is marked late. `reason` is that of the newest of the two.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="invitees")
    audience = models.CharField(
        _("asked as"), max_length=20, choices=Audience.choices, default=Audience.PARTY
    )
    jurisdiction = models.ForeignKey(
        Jurisdiction, models.PROTECT, null=True, blank=True, related_name="+"
    )
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="+"
    )
    extended_until = models.DateTimeField(_("extended until"), null=True, blank=True)
    late_until = models.DateTimeField(_("late answer taken until"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("invited jurisdiction or body")
        verbose_name_plural = _("invited jurisdictions and bodies")
        ordering = ["jurisdiction_id", "organization_id"]
        constraints = [
            models.UniqueConstraint(fields=["round", "jurisdiction"], name="round_invitee_once"),
            models.UniqueConstraint(
                fields=["round", "organization"], name="round_invitee_body_once"
            ),
            models.UniqueConstraint(
                fields=["round"],
                condition=Q(audience=Audience.PUBLIC),
                name="round_invitee_public_once",
            ),
            models.CheckConstraint(
                condition=Q(
                    audience__in=[one.value for one in UNITS],
                    jurisdiction__isnull=False,
                    organization__isnull=True,
                )
                | Q(
                    audience__in=[one.value for one in BODIES],
                    jurisdiction__isnull=True,
                    organization__isnull=False,
                )
                | Q(audience=Audience.PUBLIC, jurisdiction__isnull=True, organization__isnull=True),
                name="round_invitee_one_kind",
            ),
        ]

    def __str__(self) -> str:
        return str(self.jurisdiction_id or self.organization_id or self.audience)
