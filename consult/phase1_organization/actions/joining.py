"""A jurisdiction joins as a co-maker after the first phase: all co-makers agree by a ballot."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation

from django.db import transaction
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.ballots import conduct
from consult.ballots.conduct import Motion, Terms
from consult.ballots.enums import Outcome, SubjectKind
from consult.ballots.models import Ballot, BallotEnd, Position
from consult.ballots.steps import Letter, Stance
from consult.phase1_organization.content import ADOPTION_RULE
from consult.phase1_organization.membership import (
    accession_ballots,
    accession_hash,
    asked_on,
    is_open,
    running_on,
)
from consult.phase1_organization.models import Accession
from consult.phase1_organization.queries import (
    charter_in_force,
    co_makers_of,
    named_weights,
    party_roles_of,
)
from consult.phase1_organization.rules import ACTS
from consult.phase1_organization.sentences import name_of
from plans.register.enums import CO_MAKING, PartyRole
from plans.register.models import Plan
from plans.register.rules import require
from plans.register.steps import add_party, lock_plan
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.record import steps as record
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Conflict, Invalid


@transaction.atomic
def propose_accession(
    *, actor: Actor, plan: Plan, code: str, must_sign: bool, weight: str, reason: str
) -> Accession:
    """The joint office proposes that a jurisdiction joins. Raises NotVisible, Refused, Invalid."""
    require("accession.propose", ACTS, actor=actor, plan=plan)
    plan = lock_plan(plan)
    require("accession.propose", ACTS, actor=actor, plan=plan)
    plain = _checked(plan, code=code, weight=weight, reason=reason)
    last = plan.accessions.order_by("-number").first()
    number = last.number + 1 if last else 1
    accession = Accession.objects.create(
        plan=plan,
        number=number,
        jurisdiction_id=code,
        must_sign=must_sign,
        weight=Decimal(plain),
        reason=reason.strip(),
        hash=accession_hash(
            plan,
            number=number,
            code=code,
            must_sign=must_sign,
            weight=plain,
            reason=reason.strip(),
        ),
        mandate_id=actor.mandate,
        at=clock.now(),
    )
    record.append(
        chain=record.plan_chain(plan.key),
        actor=actor,
        act="accession.propose",
        subject=f"accession:{accession.pk}",
        effects={
            "number": number,
            "hash": accession.hash,
            "jurisdiction": code,
            "must_sign": must_sign,
            "weight": plain,
            "reason": canonical.digest(accession.reason),
        },
    )
    return accession


@transaction.atomic
def open_accession_ballot(
    *, actor: Actor, accession: Accession, closes_at: datetime, is_sealed: bool = False
) -> Ballot:
    """Put it to all co-makers of now. Raises NotVisible, Refused, Invalid, Conflict (it is a party
    by now, a later proposal stands, a ballot is open)."""
    plan = _locked("accession.open_ballot", actor=actor, accession=accession)
    if not is_open(accession):
        raise Conflict(_("This jurisdiction takes part by now, or a later proposal stands."))
    if accession_ballots(plan).filter(end__isnull=True).exists():
        raise Conflict(_("A ballot on an accession is open already."))
    charter = charter_in_force(plan)
    terms = Terms(
        rule=ADOPTION_RULE,
        parties=co_makers_of(plan),
        version=charter.version if charter else "",
        weights=named_weights(charter),
        closes_at=closes_at,
        is_sealed=is_sealed,
    )
    return conduct.open_ballot(actor=actor, motion=_motion(accession), terms=terms)


@transaction.atomic
def take_accession_position(
    *,
    actor: Actor,
    accession: Accession,
    value: str,
    text: str = "",
    wording: str = "",
    letter: Letter | None = None,
    seen: str | None = None,
) -> Position:
    """A signatory says whether its jurisdiction agrees; the newest position counts.

    Raises NotVisible, Refused, Invalid and Conflict (no ballot open, closed).
    """
    own = actor.jurisdiction_code in asked_on(accession)
    require("accession.take_position", ACTS, actor=actor, plan=accession.plan, own=own)
    plan = lock_plan(accession.plan)
    require("accession.take_position", ACTS, actor=actor, plan=plan, own=own)
    ballot = _running(accession)
    return conduct.take(
        actor=actor,
        motion=_motion(accession),
        ballot=ballot,
        stance=Stance(ballot=ballot, value=value, text=text, wording=wording),
        letter=letter or Letter(),
        seen=seen,
    )


@transaction.atomic
def close_accession_ballot(*, actor: Actor, accession: Accession) -> BallotEnd:
    """Let the rule decide; passed: the jurisdiction is a party and counts in ballots opened from
    now on. Raises NotVisible, Refused, Conflict (no ballot open, too early, a party by now)."""
    plan = _locked("accession.close_ballot", actor=actor, accession=accession)

    def join(end: BallotEnd) -> Mapping[str, object]:
        if end.outcome != Outcome.PASSED:
            return {}
        party = add_party(
            plan=plan,
            code=accession.jurisdiction_id,
            role=PartyRole.CO_MAKER,
            must_sign=accession.must_sign,
            weight=str(accession.weight),
        )
        return {"party": [party.pk, party.role, party.must_sign]}

    ballot = _running(accession)
    return conduct.close(actor=actor, motion=_motion(accession), ballot=ballot, then=join)


@transaction.atomic
def close_accession_without_result(*, actor: Actor, accession: Accession, reason: str) -> BallotEnd:
    """End the ballot without a result; `reason` is compulsory.

    Raises NotVisible, Refused, Invalid, Conflict.
    """
    _locked("accession.close_without_result", actor=actor, accession=accession)
    return conduct.close_without_result(
        actor=actor, motion=_motion(accession), ballot=_running(accession), reason=reason
    )


@transaction.atomic
def recall_accession_ballot(*, actor: Actor, accession: Accession, reason: str = "") -> BallotEnd:
    """Take the ballot back while nobody has spoken. Raises NotVisible, Refused, Conflict."""
    _locked("accession.recall_ballot", actor=actor, accession=accession)
    return conduct.recall(
        actor=actor, motion=_motion(accession), ballot=_running(accession), reason=reason
    )


def _checked(plan: Plan, *, code: str, weight: str, reason: str) -> str:
    """The weight as it is hashed. Invalid names what cannot be proposed."""
    day = clock.now().date()
    if not Jurisdiction.objects.current(day).filter(pk=code).exists():
        raise Invalid({"jurisdiction": _("There is no such jurisdiction.")})
    if party_roles_of(plan).get(code) in CO_MAKING:
        raise Invalid({"jurisdiction": _("This jurisdiction makes the plan already.")})
    if not reason.strip():
        raise Invalid({"reason": _("Give the reason.")})
    try:
        figure = Decimal(weight)
    except InvalidOperation:
        figure = Decimal(0)
    if not (figure.is_finite() and 0 < figure < 1_000_000):
        raise Invalid({"weight": _("A weight is a number above zero.")})
    return format(figure.quantize(Decimal("0.001")), "f")


def _motion(accession: Accession) -> Motion:
    plan = accession.plan
    words = {"who": accession.jurisdiction, "plan": name_of(plan, "short")}
    return Motion(
        plan=plan,
        kind=SubjectKind.ACCESSION.value,
        id=str(accession.number),
        hash=accession.hash,
        act="accession",
        url=reverse("organization:accession", args=[plan.key, accession.number]),
        subject=format_lazy(_("Accession of {who} to {plan}"), **words),
        asks=format_lazy(_("Take a position on the accession of {who} to {plan}"), **words),
        effects={"accession": [accession.number, accession.hash]},
    )


def _locked(act: str, *, actor: Actor, accession: Accession) -> Plan:
    require(act, ACTS, actor=actor, plan=accession.plan)
    plan = lock_plan(accession.plan)
    require(act, ACTS, actor=actor, plan=plan)
    return plan


def _running(accession: Accession) -> Ballot:
    ballot = running_on(accession)
    if ballot is None:
        raise Conflict(_("No ballot on this accession is open."))
    return ballot
