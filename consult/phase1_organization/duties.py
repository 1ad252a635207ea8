"""Who owes what in phase 1: answers, positions on charter and base, signatories."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.ballots.enums import SubjectKind
from consult.ballots.models import Ballot
from consult.ballots.queries import electors_of, is_past, newest_positions, still_asked
from consult.phase1_organization.membership import pending_withdrawals
from consult.phase1_organization.models import Invitation
from consult.phase1_organization.queries import (
    asked,
    current_invitations,
    open_invitations_to,
    without_signatory,
)
from consult.phase1_organization.sentences import name_of
from plans.register.enums import Phase
from plans.register.models import Plan
from stakeholders.terms.actor import Actor, Role
from stakeholders.terms.duty import Duty
from stakeholders.terms.reading import read_once

CONTACT_POINT = frozenset({Role.CONTACT_POINT.value})
SIGNATORY = frozenset({Role.SIGNATORY.value})


def duties(*, plans: Sequence[Plan], now: datetime) -> list[Duty]:
    """Every duty of phase 1 in `plans` at `now`. Eight queries for any number of plans.

    Invited jurisdictions do not see the plan yet: their desk adds `duties_of_invited`.
    """
    return [
        *_answers_owed(plans, now=now),
        *_positions_owed(plans, now=now),
        *_signatories_owed(plans, now=now),
        *_leaving_owed(plans),
    ]


def duties_of_invited(*, actor: Actor, now: datetime) -> list[Duty]:
    """The answers the actor's own jurisdiction owes, also for plans it cannot see. One query."""
    return [_answer_duty(invitation) for invitation in open_invitations_to(actor=actor, at=now)]


def _answers_owed(plans: Sequence[Plan], *, now: datetime) -> list[Duty]:
    # After its day an invitation is open no more, whatever was answered.
    dated = [one for one in current_invitations(plans) if one.answer_by >= now]
    rows = asked(dated, at=now)
    return [_answer_duty(one.invitation) for one in rows if one.is_open]


def _answer_duty(invitation: Invitation) -> Duty:
    return Duty(
        kind="invitation.answer",
        plan_id=invitation.plan_id,
        subject_id=invitation.pk,
        title=format_lazy(
            _("Answer the invitation to {plan}"), plan=name_of(invitation.plan, "short")
        ),
        url=reverse("organization:invitation", args=[invitation.pk]),
        due_at=invitation.answer_by,
        since=invitation.invited_at,
        holder_code=invitation.jurisdiction_id,
        roles=CONTACT_POINT,
    )


def _positions_owed(plans: Sequence[Plan], *, now: datetime) -> list[Duty]:
    ballots = open_ballots(plans, at=now)
    electors, held = electors_of(ballots), newest_positions(ballots)
    return [
        _position_duty(ballot, code)
        for ballot in ballots
        for code in still_asked(electors.get(ballot.pk, []))
        if (ballot.pk, code) not in held
    ]


@read_once
def open_ballots(plans: Sequence[Plan], *, at: datetime) -> list[Ballot]:
    """The ballots of phase 1 in which a position can be taken at `at`. One query."""
    rows = Ballot.objects.filter(
        plan__in=[plan.pk for plan in plans],
        subject_kind__in=[SubjectKind.CHARTER, SubjectKind.BASE, SubjectKind.ACCESSION],
        end__isnull=True,
    )
    rows = rows.select_related("plan").order_by("pk")
    return [ballot for ballot in rows if not is_past(ballot, at=at)]


def _position_duty(ballot: Ballot, code: str) -> Duty:
    plan = ballot.plan
    if ballot.subject_kind == SubjectKind.BASE:
        kind, url = "base.take_position", reverse("organization:base", args=[plan.key])
        title = _("Take a position on the base map and base figures of {plan}")
    elif ballot.subject_kind == SubjectKind.ACCESSION:
        kind = "accession.take_position"
        url = reverse("organization:accession", args=[plan.key, ballot.subject_id])
        title = _("Take a position on accession no. {number} to {plan}")
    else:
        kind = "charter.take_position"
        url = reverse("organization:charter", args=[plan.key, ballot.subject_id])
        title = _("Take a position on charter no. {number} of {plan}")
    return Duty(
        kind=kind,
        plan_id=ballot.plan_id,
        subject_id=ballot.pk,
        title=format_lazy(title, number=ballot.subject_id, plan=name_of(plan, "short")),
        url=url,
        due_at=ballot.closes_at,
        since=ballot.opened_at,
        holder_code=code,
        roles=SIGNATORY,
    )


def _signatories_owed(plans: Sequence[Plan], *, now: datetime) -> list[Duty]:
    early = [plan for plan in plans if plan.phase <= Phase.IDENTIFICATION]
    return [
        Duty(
            kind="signatory.name",
            plan_id=party.plan_id,
            subject_id=party.pk,
            title=format_lazy(_("Name a signatory for {plan}"), plan=name_of(party.plan, "short")),
            url=reverse("organization:home", args=[party.plan.key]) + "#parties",
            holder_code=party.jurisdiction_id,
            roles=CONTACT_POINT,
        )
        for party in without_signatory(early, at=now)
    ]


def _leaving_owed(plans: Sequence[Plan]) -> list[Duty]:
    """The joint office sees to it that what a leaving party leaves behind is settled in time."""
    return [
        Duty(
            kind="party.leave",
            plan_id=one.plan_id,
            subject_id=one.pk,
            title=format_lazy(
                _("See to it that all is settled before {who} leaves {plan}"),
                who=one.jurisdiction,
                plan=name_of(one.plan, "short"),
            ),
            url=reverse("organization:leaving", args=[one.plan.key, one.pk]),
            due_at=one.takes_effect_at,
            since=one.at,
            roles=frozenset({Role.COORDINATOR.value}),
        )
        for one in pending_withdrawals(plans)
    ]
