"""Proposing a charter and adopting it by a ballot of the co-makers."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.ballots import conduct
from consult.ballots.conduct import PARTY_ROLES, Motion, Terms
from consult.ballots.enums import SubjectKind
from consult.ballots.models import Ballot, BallotEnd, Position
from consult.ballots.steps import Letter, Stance
from consult.phase1_organization.content import ADOPTION_RULE, CharterContent
from consult.phase1_organization.governing import require_no_sign_off
from consult.phase1_organization.models import Charter
from consult.phase1_organization.queries import (
    ballots_of,
    charter_in_force,
    charters_of,
    co_makers_of,
    electorate_of,
    named_weights,
    open_ballot_on,
)
from consult.phase1_organization.rules import ACTS
from consult.phase1_organization.sentences import name_of
from consult.phase1_organization.soundness import require_sound
from consult.phase1_organization.steps import write_charter
from plans.register.models import Plan
from plans.register.rules import require
from plans.register.steps import lock_plan
from stakeholders.notices.steps import notify
from stakeholders.people.queries import people_of
from stakeholders.record import steps as record
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Conflict


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
    people = people_of(codes=codes, roles=PARTY_ROLES, at=charter.proposed_at, plan_key=plan.key)
    title = _("Charter no. {number} of {plan} is proposed")
    notify(
        people=[person for found in people.values() for person in found],
        kind="charter.propose",
        title=format_lazy(title, number=charter.number, plan=name_of(plan, "short")),
        url=_url(charter),
        key=f"charter.propose:{charter.pk}",
        plan_key=plan.key,
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
def open_charter_ballot(
    *, actor: Actor, charter: Charter, closes_at: datetime, is_sealed: bool = False
) -> Ballot:
    """Put the newest charter to all co-makers, until `closes_at`.

    Raises NotVisible, Refused, Invalid (closing time, fewer than two co-makers) and Conflict (an
    older charter, adopted already, another ballot still open).
    """
    plan = _locked("charter.open_ballot", actor=actor, charter=charter)
    require_no_sign_off(plan)
    newest = charters_of(plan).first()
    if newest is None or newest.pk != charter.pk:
        raise Conflict(_("A later charter was proposed: put that one to the parties."))
    in_force = charter_in_force(plan)
    if in_force == charter:
        raise Conflict(_("This charter is adopted already."))
    if ballots_of(plan).filter(end__isnull=True).exists():
        raise Conflict(_("A ballot on a charter is open already."))
    terms = Terms(
        rule=ADOPTION_RULE,
        parties=co_makers_of(plan),
        version=in_force.version if in_force else "",
        weights=named_weights(in_force),
        closes_at=closes_at,
        is_sealed=is_sealed,
    )
    return conduct.open_ballot(actor=actor, motion=_motion(charter), terms=terms)


@transaction.atomic
def take_charter_position(
    *,
    actor: Actor,
    charter: Charter,
    value: str,
    text: str = "",
    wording: str = "",
    letter: Letter | None = None,
    seen: str | None = None,
) -> Position:
    """A signatory says what its jurisdiction holds of the charter; the newest position counts.

    Raises NotVisible, Refused (no signatory, no co-maker), Invalid (value, an objection without
    its reason) and Conflict (no ballot open, closed).
    """
    own = actor.jurisdiction_code in electorate_of(charter)
    require("charter.take_position", ACTS, actor=actor, plan=charter.plan, own=own)
    plan = lock_plan(charter.plan)
    require("charter.take_position", ACTS, actor=actor, plan=plan, own=own)
    ballot = _open_ballot(charter)
    return conduct.take(
        actor=actor,
        motion=_motion(charter),
        ballot=ballot,
        stance=Stance(ballot=ballot, value=value, text=text, wording=wording),
        letter=letter or Letter(),
        seen=seen,
    )


@transaction.atomic
def close_charter_ballot(*, actor: Actor, charter: Charter) -> BallotEnd:
    """Let the rule decide, when all have spoken or the closing time has come.

    Passed: the charter is in force from now on. Raises NotVisible, Refused, Conflict.
    """
    _locked("charter.close_ballot", actor=actor, charter=charter)
    return conduct.close(actor=actor, motion=_motion(charter), ballot=_open_ballot(charter))


@transaction.atomic
def close_without_result(*, actor: Actor, charter: Charter, reason: str) -> BallotEnd:
    """End the ballot without a result, for a new charter to be proposed. `reason` is compulsory.

    Raises NotVisible, Refused, Invalid, Conflict.
    """
    _locked("charter.close_without_result", actor=actor, charter=charter)
    return conduct.close_without_result(
        actor=actor, motion=_motion(charter), ballot=_open_ballot(charter), reason=reason
    )


@transaction.atomic
def recall_charter_ballot(*, actor: Actor, charter: Charter, reason: str = "") -> BallotEnd:
    """Take the ballot back while nobody has spoken. Raises NotVisible, Refused, Conflict."""
    _locked("charter.recall_ballot", actor=actor, charter=charter)
    return conduct.recall(
        actor=actor, motion=_motion(charter), ballot=_open_ballot(charter), reason=reason
    )


def _motion(charter: Charter) -> Motion:
    """A charter as it is put to the parties."""
    plan = charter.plan
    words = {"number": charter.number, "plan": name_of(plan, "short")}
    return Motion(
        plan=plan,
        kind=SubjectKind.CHARTER.value,
        id=charter.version,
        hash=charter.hash,
        act="charter",
        url=_url(charter),
        subject=format_lazy(_("Charter no. {number} of {plan}"), **words),
        asks=format_lazy(_("Take a position on charter no. {number} of {plan}"), **words),
        effects={"charter": [charter.number, charter.hash]},
    )


def _url(charter: Charter) -> str:
    return reverse("organization:charter", args=[charter.plan.key, charter.number])


def _locked(act: str, *, actor: Actor, charter: Charter) -> Plan:
    """Require `act` before and after the plan's row is locked; the plan as it stands now."""
    require(act, ACTS, actor=actor, plan=charter.plan)
    plan = lock_plan(charter.plan)
    require(act, ACTS, actor=actor, plan=plan)
    return plan


def _open_ballot(charter: Charter) -> Ballot:
    ballot = open_ballot_on(charter)
    if ballot is None:
        raise Conflict(_("No ballot on this charter is open."))
    return ballot
