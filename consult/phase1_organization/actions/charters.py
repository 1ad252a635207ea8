"""Proposing a charter and adopting it by a ballot of the co-makers."""

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
from consult.phase1_organization.checks import check_charter_value
from consult.phase1_organization.content import ADOPTION_RULE, CharterContent
from consult.phase1_organization.governing import require_no_sign_off
from consult.phase1_organization.models import Charter
from consult.phase1_organization.queries import (
    ballots_of,
    charter_in_force,
    charters_of,
    co_makers_of,
    electorate_of,
    open_ballot_on,
    standing,
)
from consult.phase1_organization.rules import ACTS
from consult.phase1_organization.sentences import name_of
from consult.phase1_organization.soundness import require_sound
from consult.phase1_organization.steps import write_charter
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

# Governments adopt rules or do not; reservations are kept for the text of the plan.
PARTY_ROLES = (Role.CONTACT_POINT, Role.SIGNATORY)


@transaction.atomic
def propose_charter(
    *, actor: Actor, plan: Plan, content: CharterContent, note: str = ""
) -> Charter:
    """The joint office writes down the next charter: the first, or a change of the one in force.

    It changes nothing until all co-makers have adopted it. Raises NotVisible, Refused, Invalid, and
    Conflict while a sign-off is open.
    """
    require("charter.propose", ACTS, actor=actor, plan=plan)
    plan = lock_plan(plan)
    require("charter.propose", ACTS, actor=actor, plan=plan)
    require_no_sign_off(plan)
    codes = [party.jurisdiction_id for party in co_makers_of(plan)]
    require_sound(content, codes=codes)
    charter = write_charter(actor=actor, plan=plan, content=content, note=note)
    _tell(
        charter,
        codes=codes,
        roles=PARTY_ROLES,
        kind="charter.propose",
        title=_("Charter no. {number} of {plan} is proposed"),
        at=charter.proposed_at,
    )
    record.append(
        chain=record.plan_chain(plan.key),
        actor=actor,
        act="charter.propose",
        subject=f"charter:{charter.pk}",
        effects={"number": charter.number, "hash": charter.hash},
    )
    return charter


@transaction.atomic
def open_charter_ballot(*, actor: Actor, charter: Charter, closes_at: datetime) -> Ballot:
    """Put the newest charter to all co-makers, until `closes_at`.

    Raises NotVisible, Refused, Invalid (closing time, fewer than two co-makers) and Conflict (an
    older charter, adopted already, another ballot still open).
    """
    plan = _locked("charter.open_ballot", actor=actor, charter=charter)
    require_no_sign_off(plan)
    newest = charters_of(plan).first()
    if newest is None or newest.pk != charter.pk:
        raise Conflict(_("A later charter was proposed: put that one to the parties."))
    if charter_in_force(plan) == charter:
        raise Conflict(_("This charter is adopted already."))
    if ballots_of(plan).filter(end__isnull=True).exists():
        raise Conflict(_("A ballot on a charter is open already."))
    now = clock.now()
    if closes_at <= now:
        raise Invalid({"closes_at": _("The closing time lies in the past.")})
    electors = [(p.jurisdiction_id, str(p.weight)) for p in co_makers_of(plan)]
    if len(electors) < 2:
        raise Invalid({"": _("At least two parties adopt a charter: invite first.")})
    in_force = charter_in_force(plan)
    subject = Subject(
        kind=SubjectKind.CHARTER,
        id=charter.version,
        hash=charter.hash,
        rule=ADOPTION_RULE,
        electors=electors,
    )
    (ballot,) = open_ballots(
        plan=plan,
        subjects=[subject],
        charter_version=in_force.version if in_force else "",
        closes_at=closes_at,
    )
    _tell(
        charter,
        codes=[code for code, _weight in electors],
        roles=PARTY_ROLES,
        kind="charter.open_ballot",
        title=_("Take a position on charter no. {number} of {plan}"),
        at=now,
        key=ballot.pk,
    )
    _append(
        actor,
        "charter.open_ballot",
        ballot,
        {
            "charter": [charter.number, charter.hash],
            "rule": canonical.digest(ballot.rule),
            "electors": [list(elector) for elector in electors],
            "closes_at": closes_at,
        },
    )
    return ballot


@transaction.atomic
def take_charter_position(
    *,
    actor: Actor,
    charter: Charter,
    value: str,
    text: str = "",
    wording: str = "",
    letter: Letter | None = None,
) -> Position:
    """A signatory says what its jurisdiction holds of the charter; the newest position counts.

    Raises NotVisible, Refused (no signatory, no co-maker), Invalid (value, an objection without
    its reason) and Conflict (no ballot open, closed).
    """
    own = actor.jurisdiction_code in electorate_of(charter)
    require("charter.take_position", ACTS, actor=actor, plan=charter.plan, own=own)
    plan = _lock(charter)
    require("charter.take_position", ACTS, actor=actor, plan=plan, own=own)
    ballot = _open_ballot(charter)
    check_charter_value(value)
    (position,) = take_positions(
        actor=actor,
        stances=[Stance(ballot=ballot, value=value, text=text, wording=wording)],
        letter=letter or Letter(),
    )
    notify(
        people=coordinators_of(plan_key=plan.key, at=position.at),
        kind="charter.take_position",
        title=format_lazy(
            _("{who} takes a position on charter no. {number}: {value}"),
            who=position.jurisdiction,
            number=charter.number,
            value=PositionValue(position.value).label,
        ),
        url=_charter_url(charter),
        key=f"charter.take_position:{position.pk}",
        plan_key=plan.key,
    )
    _append(
        actor,
        "charter.take_position",
        ballot,
        {
            "position": [position.pk, position.value],
            "declaration": position.declaration,
            "text": canonical.digest(position.text),
            "wording": canonical.digest(position.wording),
            "letter": canonical.digest_of(
                [position.letter_number, position.letter_on, position.issuer]
            ),
        },
    )
    return position


@transaction.atomic
def close_charter_ballot(*, actor: Actor, charter: Charter) -> BallotEnd:
    """Let the rule decide, when all have spoken or the closing time has come.

    Passed: the charter is in force from now on. Raises NotVisible, Refused, Conflict.
    """
    _locked("charter.close_ballot", actor=actor, charter=charter)
    ballot = _open_ballot(charter)
    held = newest_positions([ballot])
    electors = electors_of([ballot]).get(ballot.pk, [])
    silent = [e.jurisdiction_id for e in electors if (ballot.pk, e.jurisdiction_id) not in held]
    if silent and not is_past(ballot, at=clock.now()):
        raise Conflict(_("Not all parties have spoken, and the closing time has not come."))
    result = standing(ballot, is_closed=True)
    outcome = Outcome.PASSED if result["state"] == "passed" else Outcome.FAILED
    text = canonical.canonical(result)
    return _end(
        actor,
        "charter.close_ballot",
        charter=charter,
        ballot=ballot,
        outcome=outcome,
        result=text,
        positions=sorted(p.pk for p in held.values()),
    )


@transaction.atomic
def close_without_result(*, actor: Actor, charter: Charter, reason: str) -> BallotEnd:
    """End the ballot without a result, for a new charter to be proposed. `reason` is compulsory.

    Raises NotVisible, Refused, Invalid, Conflict.
    """
    _locked("charter.close_without_result", actor=actor, charter=charter)
    if not reason.strip():
        raise Invalid({"reason": _("Give the reason.")})
    ballot = _open_ballot(charter)
    return _end(
        actor,
        "charter.close_without_result",
        charter=charter,
        ballot=ballot,
        outcome=Outcome.WITHOUT_RESULT,
        reason=reason.strip(),
        positions=sorted(p.pk for p in newest_positions([ballot]).values()),
    )


@transaction.atomic
def recall_charter_ballot(*, actor: Actor, charter: Charter, reason: str = "") -> BallotEnd:
    """Take the ballot back while nobody has spoken. Raises NotVisible, Refused, Conflict."""
    _locked("charter.recall_ballot", actor=actor, charter=charter)
    ballot = _open_ballot(charter)
    if newest_positions([ballot]):
        raise Conflict(_("A party has spoken: the ballot can be closed, no longer recalled."))
    return _end(
        actor,
        "charter.recall_ballot",
        charter=charter,
        ballot=ballot,
        outcome=Outcome.WITHOUT_RESULT,
        reason=reason.strip(),
        positions=[],
    )


def _charter_url(charter: Charter) -> str:
    return reverse("organization:charter", args=[charter.plan.key, charter.number])


def _lock(charter: Charter) -> Plan:
    return lock_plan(charter.plan)


def _locked(act: str, *, actor: Actor, charter: Charter) -> Plan:
    """Require `act` before and after the plan's row is locked; the plan as it stands now."""
    require(act, ACTS, actor=actor, plan=charter.plan)
    plan = _lock(charter)
    require(act, ACTS, actor=actor, plan=plan)
    return plan


def _open_ballot(charter: Charter) -> Ballot:
    ballot = open_ballot_on(charter)
    if ballot is None:
        raise Conflict(_("No ballot on this charter is open."))
    return ballot


def _end(
    actor: Actor,
    act: str,
    *,
    charter: Charter,
    ballot: Ballot,
    outcome: Outcome,
    positions: Sequence[int],
    reason: str = "",
    result: str = "",
) -> BallotEnd:
    (end,) = end_ballots(
        ballots=[ballot], outcome=outcome, reason=reason, results={ballot.pk: result}
    )
    _tell(
        charter,
        codes=[e.jurisdiction_id for e in electors_of([ballot]).get(ballot.pk, [])],
        roles=PARTY_ROLES,
        kind=act,
        title=_("Charter no. {number} of {plan}: {outcome}"),
        at=end.at,
        key=ballot.pk,
        outcome=outcome.label,
    )
    _append(
        actor,
        act,
        ballot,
        {
            "charter": [charter.number, charter.hash],
            "outcome": end.outcome,
            "reason": canonical.digest(reason),
            "result": canonical.digest(result),
            "positions": list(positions),
        },
    )
    return end


def _append(actor: Actor, act: str, ballot: Ballot, effects: Mapping[str, object]) -> None:
    record.append(
        chain=record.plan_chain(ballot.plan.key),
        actor=actor,
        act=act,
        subject=f"ballot:{ballot.pk}",
        effects=effects,
    )


def _tell(
    charter: Charter,
    *,
    codes: Sequence[str],
    roles: Sequence[Role],
    kind: str,
    title: Text,
    at: datetime,
    key: int | None = None,
    outcome: Text = "",
) -> None:
    """Tell the people of the parties; `title` takes {number}, {plan} and {outcome}."""
    plan = charter.plan
    people = people_of(codes=codes, roles=roles, at=at, plan_key=plan.key)
    notify(
        people=[person for found in people.values() for person in found],
        kind=kind,
        title=format_lazy(
            title, number=charter.number, plan=name_of(plan, "short"), outcome=outcome
        ),
        url=_charter_url(charter),
        key=f"{kind}:{key or charter.pk}",
        plan_key=plan.key,
    )
