"""Agreeing on the base map and the base figures by a ballot of the co-makers."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.ballots.enums import Outcome, PositionValue, SubjectKind
from consult.ballots.models import Ballot, BallotEnd, Position
from consult.ballots.queries import electors_of, is_past, newest_positions
from consult.ballots.steps import (
    Letter,
    Stance,
    Subject,
    end_ballots,
    open_ballots,
    take_positions,
)
from consult.phase1_organization.base_set import BaseSet, base_ballots, base_set
from consult.phase1_organization.checks import check_charter_value
from consult.phase1_organization.content import ADOPTION_RULE
from consult.phase1_organization.enums import BaseState
from consult.phase1_organization.queries import charter_in_force, co_makers_of, standing
from consult.phase1_organization.rules import ACTS
from consult.phase1_organization.sentences import name_of
from plans.register.models import Plan
from plans.register.rules import require
from plans.register.steps import lock_plan
from stakeholders.notices.steps import notify
from stakeholders.people.queries import coordinators_of, people_of
from stakeholders.record import steps as record
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Actor, Role
from stakeholders.terms.duty import Text
from stakeholders.terms.errors import Conflict, Invalid

PARTY_ROLES = (Role.CONTACT_POINT, Role.SIGNATORY)


@transaction.atomic
def open_base_ballot(*, actor: Actor, plan: Plan, closes_at: datetime) -> Ballot:
    """Put the base map and base figures as they stand to all co-makers, until `closes_at`.

    All of them have to agree. Raises NotVisible, Refused, Invalid (closing time, fewer than two
    co-makers), Conflict (no base attachment, agreed already, a ballot still open).
    """
    plan, found = _locked("base.open_ballot", actor=actor, plan=plan)
    if found.running is not None:
        raise Conflict(_("A ballot on the base map and base figures is open already."))
    if not found.attachments:
        raise Conflict(_("Attach the base map or the base figures first."))
    if found.state is BaseState.AGREED:
        raise Conflict(_("This base map and these base figures are agreed already."))
    if closes_at <= clock.now():
        raise Invalid({"closes_at": _("The closing time lies in the past.")})
    electors = [(p.jurisdiction_id, str(p.weight)) for p in co_makers_of(plan)]
    if len(electors) < 2:
        raise Invalid({"": _("At least two parties agree on a base: invite first.")})
    charter = charter_in_force(plan)
    subject = Subject(
        kind=SubjectKind.BASE,
        id=str(base_ballots(plan).count() + 1),
        hash=found.hash,
        rule=ADOPTION_RULE,
        electors=electors,
    )
    (ballot,) = open_ballots(
        plan=plan,
        subjects=[subject],
        charter_version=charter.version if charter else "",
        closes_at=closes_at,
    )
    title = _("Take a position on the base map and base figures of {plan}")
    _tell(ballot, codes=[code for code, _w in electors], kind="base.open_ballot", title=title)
    effects = {
        "hash": ballot.subject_hash,
        "attachments": [[one.pk, one.file.sha256] for one in found.attachments],
        "rule": canonical.digest(ballot.rule),
        "electors": [list(elector) for elector in electors],
        "closes_at": closes_at,
    }
    _append(actor, "base.open_ballot", ballot, effects)
    return ballot


@transaction.atomic
def take_base_position(
    *,
    actor: Actor,
    plan: Plan,
    value: str,
    text: str = "",
    wording: str = "",
    letter: Letter | None = None,
) -> Position:
    """A signatory says what its jurisdiction holds of the base; the newest position counts.

    Raises NotVisible, Refused (no signatory, no elector), Invalid (value, an objection without its
    reason), Conflict (no ballot open, closed, another set stands by now).
    """
    require("base.take_position", ACTS, actor=actor, plan=plan, own=_is_elector(actor, plan))
    plan = lock_plan(plan)
    require("base.take_position", ACTS, actor=actor, plan=plan, own=_is_elector(actor, plan))
    found = base_set(plan)
    ballot = _running(found)
    if found.is_outdated:
        raise Conflict(_("The base was changed after the ballot was opened: it is put anew."))
    check_charter_value(value)
    (position,) = take_positions(
        actor=actor,
        stances=[Stance(ballot=ballot, value=value, text=text, wording=wording)],
        letter=letter or Letter(),
    )
    notify(
        people=coordinators_of(plan_key=plan.key, at=position.at),
        kind="base.take_position",
        title=format_lazy(
            _("{who} takes a position on the base map and base figures: {value}"),
            who=position.jurisdiction,
            value=PositionValue(position.value).label,
        ),
        url=_url(plan),
        key=f"base.take_position:{position.pk}",
        plan_key=plan.key,
    )
    said = [position.letter_number, position.letter_on, position.issuer]
    effects = {
        "position": [position.pk, position.value],
        "declaration": position.declaration,
        "text": canonical.digest(position.text),
        "wording": canonical.digest(position.wording),
        "letter": canonical.digest_of(said),
    }
    _append(actor, "base.take_position", ballot, effects)
    return position


@transaction.atomic
def close_base_ballot(*, actor: Actor, plan: Plan) -> BallotEnd:
    """Let the rule decide, when all have spoken or the closing time has come.

    Raises NotVisible, Refused, Conflict (no ballot open, too early, another set stands by now).
    """
    plan, found = _locked("base.close_ballot", actor=actor, plan=plan)
    ballot = _running(found)
    if found.is_outdated:
        text = _("The base was changed after the ballot was opened: close it without result.")
        raise Conflict(text)
    held = newest_positions([ballot])
    silent = [code for code in _electors(ballot) if (ballot.pk, code) not in held]
    if silent and not is_past(ballot, at=clock.now()):
        raise Conflict(_("Not all parties have spoken, and the closing time has not come."))
    result = standing(ballot, is_closed=True)
    outcome = Outcome.PASSED if result["state"] == "passed" else Outcome.FAILED
    return _end(actor, "base.close_ballot", ballot, outcome, result=canonical.canonical(result))


@transaction.atomic
def close_base_without_result(*, actor: Actor, plan: Plan, reason: str) -> BallotEnd:
    """End the ballot without a result, for another set to be put. `reason` is compulsory.

    Raises NotVisible, Refused, Invalid, Conflict.
    """
    plan, found = _locked("base.close_without_result", actor=actor, plan=plan)
    if not reason.strip():
        raise Invalid({"reason": _("Give the reason.")})
    ballot = _running(found)
    outcome = Outcome.WITHOUT_RESULT
    return _end(actor, "base.close_without_result", ballot, outcome, reason=reason.strip())


def _locked(act: str, *, actor: Actor, plan: Plan) -> tuple[Plan, BaseSet]:
    """Require `act` before and after the plan's row is locked; what stands then."""
    require(act, ACTS, actor=actor, plan=plan)
    plan = lock_plan(plan)
    require(act, ACTS, actor=actor, plan=plan)
    return plan, base_set(plan)


def _running(found: BaseSet) -> Ballot:
    if found.running is None:
        raise Conflict(_("No ballot on the base map and base figures is open."))
    return found.running


def _electors(ballot: Ballot) -> list[str]:
    return [e.jurisdiction_id for e in electors_of([ballot]).get(ballot.pk, [])]


def _is_elector(actor: Actor, plan: Plan) -> bool:
    """Whether the actor's jurisdiction counts in the newest ballot; before one, as a co-maker."""
    ballot = base_ballots(plan).first()
    makers = [party.jurisdiction_id for party in co_makers_of(plan)]
    return actor.jurisdiction_code in (_electors(ballot) if ballot else makers)


def _end(
    actor: Actor, act: str, ballot: Ballot, outcome: Outcome, *, reason: str = "", result: str = ""
) -> BallotEnd:
    results = {ballot.pk: result}
    (end,) = end_ballots(ballots=[ballot], outcome=outcome, reason=reason, results=results)
    title = _("Base map and base figures of {plan}: {outcome}")
    _tell(ballot, codes=_electors(ballot), kind=act, title=title, outcome=outcome.label)
    effects = {
        "hash": ballot.subject_hash,
        "outcome": end.outcome,
        "reason": canonical.digest(reason),
        "result": canonical.digest(result),
        "positions": sorted(p.pk for p in newest_positions([ballot]).values()),
    }
    _append(actor, act, ballot, effects)
    return end


def _url(plan: Plan) -> str:
    return reverse("organization:base", args=[plan.key])


def _append(actor: Actor, act: str, ballot: Ballot, effects: Mapping[str, object]) -> None:
    record.append(
        chain=record.plan_chain(ballot.plan.key),
        actor=actor,
        act=act,
        subject=f"ballot:{ballot.pk}",
        effects=effects,
    )


def _tell(
    ballot: Ballot, *, codes: Sequence[str], kind: str, title: Text, outcome: Text = ""
) -> None:
    """Tell the people of the parties; `title` takes {plan} and {outcome}."""
    plan = ballot.plan
    people = people_of(codes=codes, roles=PARTY_ROLES, at=clock.now(), plan_key=plan.key)
    notify(
        people=[person for found in people.values() for person in found],
        kind=kind,
        title=format_lazy(title, plan=name_of(plan, "short"), outcome=outcome),
        url=_url(plan),
        key=f"{kind}:{ballot.pk}",
        plan_key=plan.key,
    )
