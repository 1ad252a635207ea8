"""Later ends: for all, for one before its time is over, and for one after it."""

from datetime import date, time

from django.db import transaction
from django.db.models import Exists
from django.utils.translation import gettext_lazy as _

from consult.phase2_preparation import steps
from consult.phase2_preparation.checks import ends_of
from consult.phase2_preparation.lengths import HOUR
from consult.phase2_preparation.models import Reply, Round, RoundInvitee
from consult.phase2_preparation.queries import answers, deadline_of, is_past, takes_replies
from consult.phase2_preparation.rules import require
from consult.phase2_preparation.steps import Ends
from consult.phase2_preparation.steps.rounds import asked_row, named
from consult.phase2_preparation.telling import append, local, tell
from plans.register.models import Plan
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Conflict, Invalid


@transaction.atomic
def extend_round(
    *,
    actor: Actor,
    plan: Plan,
    one: Round,
    closes_on: date,
    reason: str,
    closes_hour: time = HOUR,
    code: str | None = None,
    body: str | None = None,
) -> Round:
    """Give all who were asked, or the unit or body (by its key) named, a later end; kept with its
    reason. Refused, Invalid, Conflict."""
    require("round.extend", actor=actor, plan=plan)
    _need_reason(reason)
    one = steps.lock_round(one)
    _not_recalled(one)
    ends = ends_of(closes_on, closes_hour, one.zone)
    now = clock.now()
    if code is None and body is None:
        if is_past(one, at=now):
            raise Conflict(_("This round is closed."))
        if ends.at <= one.closes_at:
            raise Invalid({"closes_on": _("The new end must lie after the present one.")})
        steps.extend(one=one, actor=actor, to_at=ends.at, reason=reason, at=now)
        steps.move_end(one=one, ends=ends)
        rows = list(one.invitees.all())
    else:
        invitee = asked_row(one, code=code, body=body)
        _extend_one(one, invitee, ends)
        steps.extend(one=one, actor=actor, to_at=ends.at, reason=reason, at=now, invitee=invitee)
        rows = [invitee]
    until = local(ends.at, one.zone)
    title = _("Round {round} was extended until {until} ({zone})")
    tell(one, rows, title, f"extend-{ends.at:%Y%m%d%H%M}", until=until)
    effects = {"closes_at": ends.at, "for": named(rows[0]) if code or body else "all"}
    append(actor, plan, "round.extend", one, effects)
    return one


@transaction.atomic
def admit_late(
    *,
    actor: Actor,
    plan: Plan,
    one: Round,
    closes_on: date,
    reason: str,
    closes_hour: time = HOUR,
    code: str | None = None,
    body: str | None = None,
) -> Round:
    """Let one who was asked answer after its time was over, until a day; what comes is marked late
    for good. Refused, Invalid, Conflict."""
    require("round.admit_late", actor=actor, plan=plan)
    _need_reason(reason)
    one = steps.lock_round(one)
    _not_recalled(one)
    invitee = asked_row(one, code=code, body=body)
    _not_answered(invitee)
    now = clock.now()
    if takes_replies(one, invitee, at=now):
        raise Conflict(_("It can still answer in time: extend the round instead."))
    if not is_past(one, at=now):
        raise Conflict(_("This round is not open yet."))
    ends = ends_of(closes_on, closes_hour, one.zone)
    steps.extend(
        one=one, actor=actor, to_at=ends.at, reason=reason, at=now, invitee=invitee, is_late=True
    )
    until = local(ends.at, one.zone)
    title = _("Round {round} takes your late answer until {until} ({zone})")
    tell(one, [invitee], title, f"late-{ends.at:%Y%m%d%H%M}", until=until)
    effects = {"until": ends.at, "for": named(invitee)}
    append(actor, plan, "round.admit_late", one, effects)
    return one


def _extend_one(one: Round, invitee: RoundInvitee, ends: Ends) -> None:
    _not_answered(invitee)
    # Once its time is over it may see the others' comments, so it cannot be given more.
    now = clock.now()
    if is_past(one, at=now) and not takes_replies(one, invitee, at=now):
        raise Conflict(_("Its time is over: admit its late answer instead."))
    if ends.at <= deadline_of(one, invitee):
        raise Invalid({"closes_on": _("The new end must lie after the present one.")})


def _not_answered(invitee: RoundInvitee) -> None:
    asked = RoundInvitee.objects.filter(Exists(Reply.objects.filter(answers())), pk=invitee.pk)
    if asked.exists():
        raise Conflict(_("This jurisdiction has answered already."))


def _not_recalled(one: Round) -> None:
    if one.recalled_at is not None:
        raise Conflict(_("This round was recalled."))


def _need_reason(reason: str) -> None:
    if not reason.strip():
        raise Invalid({"reason": _("Give the reason.")})
