"""A party leaves the plan: notice, recall of the notice, and its end as a party."""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.ballots.conduct import PARTY_ROLES
from consult.ballots.steps import Letter, end_electors
from consult.phase1_organization.membership import (
    effective_at,
    open_ballots_with,
    pending_of,
    staying,
    stays_in_ballots,
    unsettled,
)
from consult.phase1_organization.models import Withdrawal, WithdrawalEnd
from consult.phase1_organization.queries import charter_in_force, co_makers_of, party_roles_of
from consult.phase1_organization.rules import ACTS
from consult.phase1_organization.sentences import name_of
from plans.register.enums import CO_MAKING
from plans.register.models import Plan
from plans.register.rules import require
from plans.register.steps import end_party, lock_plan
from stakeholders.notices.steps import notify
from stakeholders.people.queries import coordinators_of, people_of
from stakeholders.record import steps as record
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Actor
from stakeholders.terms.duty import Text
from stakeholders.terms.errors import Blocked, Conflict, Invalid

LONGEST_REASON = 300


@transaction.atomic
def give_notice(
    *, actor: Actor, plan: Plan, reason: str, letter: Letter | None = None
) -> Withdrawal:
    """The signatory says that its jurisdiction leaves, after the charter's working days.

    Raises NotVisible, Refused, Invalid (no reason), Conflict (notice given already; nobody would
    be left to make the plan).
    """
    plan = _required("party.give_notice", actor=actor, plan=plan)
    code = actor.jurisdiction
    if not reason.strip():
        raise Invalid({"reason": _("Give the reason.")})
    if pending_of(plan, code) is not None:
        raise Conflict(_("Your jurisdiction has given notice already."))
    _require_staying(plan, code)
    charter, now, said = charter_in_force(plan), clock.now(), letter or Letter()
    withdrawal = Withdrawal.objects.create(
        plan=plan,
        jurisdiction_id=code,
        reason=reason.strip(),
        letter_number=said.number,
        letter_on=said.on,
        issuer=said.issuer,
        charter_number=charter.number if charter else 0,
        mandate_id=actor.mandate,
        at=now,
        takes_effect_at=effective_at(charter, at=now),
    )
    title = _("{who} gives notice that it leaves {plan}")
    _tell(withdrawal, kind="party.give_notice", title=title)
    effects = {
        "jurisdiction": code,
        "charter": withdrawal.charter_number,
        "takes_effect_at": withdrawal.takes_effect_at,
        "reason": canonical.digest(withdrawal.reason),
        "letter": canonical.digest_of([said.number, said.on, said.issuer]),
    }
    _append(actor, "party.give_notice", withdrawal, effects)
    return withdrawal


@transaction.atomic
def recall_notice(*, actor: Actor, withdrawal: Withdrawal, reason: str = "") -> WithdrawalEnd:
    """The signatory takes the notice back before it takes effect.

    Raises NotVisible, Refused (another party's), Invalid, Conflict (its day has come, or ended).
    """
    own = actor.jurisdiction_code == withdrawal.jurisdiction_id
    plan = _required("party.recall_notice", actor=actor, plan=withdrawal.plan, own=own)
    _require_pending(plan, withdrawal)
    if len(reason.strip()) > LONGEST_REASON:
        raise Invalid({"reason": _("The reason has at most 300 characters.")})
    now = clock.now()
    if now >= withdrawal.takes_effect_at:
        raise Conflict(_("The day of the notice has come: it can no longer be recalled."))
    end = WithdrawalEnd.objects.create(
        withdrawal=withdrawal,
        has_left=False,
        reason=reason.strip(),
        mandate_id=actor.mandate,
        at=now,
    )
    title = _("{who} recalls its notice and stays in {plan}")
    _tell(withdrawal, kind="party.recall_notice", title=title)
    effects = {
        "jurisdiction": withdrawal.jurisdiction_id,
        "reason": canonical.digest(end.reason),
    }
    _append(actor, "party.recall_notice", withdrawal, effects)
    return end


@transaction.atomic
def leave(*, actor: Actor, withdrawal: Withdrawal) -> WithdrawalEnd:
    """The party leaves, when its day has come and all is settled: by the joint office or the sweep.

    What it said stays on record and its reservations and objections stay listed. In open ballots it
    counts on or not, as the charter of its notice says. Raises NotVisible, Refused, Blocked (what
    is to be settled first), Conflict (too early, ended, nobody would be left).
    """
    code = str(withdrawal.jurisdiction_id)
    plan = _required("party.leave", actor=actor, plan=withdrawal.plan, own=False)
    _require_pending(plan, withdrawal)
    now = clock.now()
    if now < withdrawal.takes_effect_at:
        raise Conflict(_("The day of the notice has not come."))
    _require_staying(plan, code)
    blockers = unsettled(plan, code)
    if blockers:
        raise Blocked(blockers)
    stays = stays_in_ballots(plan, withdrawal)
    ballots = open_ballots_with(plan, code)
    if not stays:
        end_electors(code=code, ballots=ballots, reason=f"withdrawal:{withdrawal.pk}")
    party = end_party(party=plan.parties.get(jurisdiction=code))
    end = WithdrawalEnd.objects.create(
        withdrawal=withdrawal, has_left=True, mandate_id=actor.mandate_id, at=now
    )
    _tell(withdrawal, kind="party.leave", title=_("{who} has left {plan}"))
    effects = {
        "jurisdiction": code,
        "party": [party.pk, party.role, party.must_sign],
        "ballots": {"stays": stays, "open": [ballot.pk for ballot in ballots]},
    }
    _append(actor, "party.leave", withdrawal, effects)
    return end


def _required(act: str, *, actor: Actor, plan: Plan, own: bool | None = None) -> Plan:
    """Require `act` before and after the plan's row is locked; the plan as it stands now."""
    for_own = actor.jurisdiction_code is not None if own is None else own
    require(act, ACTS, actor=actor, plan=plan, own=for_own)
    plan = lock_plan(plan)
    require(act, ACTS, actor=actor, plan=plan, own=for_own)
    return plan


def _require_pending(plan: Plan, withdrawal: Withdrawal) -> None:
    found = pending_of(plan, withdrawal.jurisdiction_id)
    if found is None or found.pk != withdrawal.pk:
        raise Conflict(_("This notice was recalled or carried out already."))


def _require_staying(plan: Plan, code: str) -> None:
    """A plan is made by somebody: of the last co-makers one has to stay."""
    is_maker = party_roles_of(plan).get(code) in CO_MAKING
    if is_maker and not staying(plan, without=code):
        text = _("All other co-making parties have given notice or left: one has to stay.")
        raise Conflict(text)


def _tell(withdrawal: Withdrawal, *, kind: str, title: Text) -> None:
    """Tell the joint office, all co-makers and the leaver itself."""
    plan, now = withdrawal.plan, clock.now()
    makers = [str(party.jurisdiction_id) for party in co_makers_of(plan)]
    codes: Sequence[str] = sorted({*makers, str(withdrawal.jurisdiction_id)})
    people = people_of(codes=codes, roles=PARTY_ROLES, at=now, plan_key=plan.key)
    told = {person for found in people.values() for person in found}
    notify(
        people=sorted(told | set(coordinators_of(plan_key=plan.key, at=now))),
        kind=kind,
        title=format_lazy(title, who=withdrawal.jurisdiction, plan=name_of(plan, "short")),
        url=reverse("organization:home", args=[plan.key]) + "#changes",
        key=f"{kind}:{withdrawal.pk}",
        plan_key=plan.key,
    )


def _append(actor: Actor, act: str, withdrawal: Withdrawal, effects: Mapping[str, object]) -> None:
    record.append(
        chain=record.plan_chain(withdrawal.plan.key),
        actor=actor,
        act=act,
        subject=f"withdrawal:{withdrawal.pk}",
        effects=effects,
    )
