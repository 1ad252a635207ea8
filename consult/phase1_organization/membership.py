"""Who leaves the plan and who joins it later, and what the charter says of it.

What a leaver has to settle first lies partly in slices above this one: they register what they
know (`settle_first`) when the site starts.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from consult.ballots.enums import SubjectKind
from consult.ballots.models import Ballot
from consult.ballots.queries import ballots_on, electors_of
from consult.phase1_organization.enums import LeaverInBallots
from consult.phase1_organization.models import Accession, Charter, Withdrawal
from consult.phase1_organization.queries import co_makers_of
from plans.register.models import Party, Plan
from stakeholders.people.queries.speaking import confirm_until
from stakeholders.terms import canonical
from stakeholders.terms.duty import Blocker
from stakeholders.terms.errors import NotVisible

# Working days of notice where a charter is older than its clause on leaving.
CUSTOMARY_DAYS = 60
Unsettled = Callable[[Plan, str], list[Blocker]]
_unsettled: list[Unsettled] = []


def settle_first(source: Unsettled) -> None:
    """Register what a jurisdiction has to settle before it can leave; once, at the start."""
    if source not in _unsettled:
        _unsettled.append(source)


def unsettled(plan: Plan, code: str) -> list[Blocker]:
    """What the jurisdiction still has to settle before it leaves, each with its page."""
    return [blocker for source in _unsettled for blocker in source(plan, code)]


def withdrawals_of(plan: Plan) -> QuerySet[Withdrawal]:
    """The notices of parties that leave, newest first."""
    rows = Withdrawal.objects.filter(plan=plan).select_related(
        "plan", "jurisdiction", "mandate__user", "end"
    )
    return rows.defer("jurisdiction__boundary").order_by("-pk")


def get_withdrawal(plan: Plan, *, pk: int) -> Withdrawal:
    """One notice of a plan the caller has loaded. NotVisible when missing."""
    found = withdrawals_of(plan).filter(pk=pk).first()
    if found is None:
        raise NotVisible
    return found


def pending_withdrawals(plans: Iterable[Plan]) -> list[Withdrawal]:
    """The notices that were neither recalled nor carried out yet. One query."""
    rows = Withdrawal.objects.filter(plan__in=[p.pk for p in plans], end__isnull=True)
    rows = rows.select_related("plan", "jurisdiction").defer("jurisdiction__boundary")
    return list(rows.order_by("pk"))


def pending_of(plan: Plan, code: str | None) -> Withdrawal | None:
    """The notice of one jurisdiction that waits for its day."""
    rows = withdrawals_of(plan).filter(end__isnull=True, jurisdiction=code or "")
    return rows.first()


def due_withdrawals(*, at: datetime) -> list[Withdrawal]:
    """Unscoped, for the sweep: notices whose day has come."""
    rows = Withdrawal.objects.filter(end__isnull=True, takes_effect_at__lte=at)
    return list(rows.select_related("plan", "jurisdiction").order_by("pk"))


def staying(plan: Plan, *, without: str) -> list[str]:
    """Codes of the co-makers that would remain: neither this one nor any under notice."""
    leaving = {one.jurisdiction_id for one in pending_withdrawals([plan])} | {without}
    return [p.jurisdiction_id for p in co_makers_of(plan) if p.jurisdiction_id not in leaving]


def effective_at(charter: Charter | None, *, at: datetime) -> datetime:
    """When a notice given at `at` takes effect: the charter's working days later.

    Before a charter is adopted nobody is bound longer; one from before the clause existed is read
    as giving the customary time.
    """
    if charter is None:
        return at
    days = charter.content.withdrawal_days
    return confirm_until(at=at, days=CUSTOMARY_DAYS if days is None else days)


def stays_in_ballots(plan: Plan, withdrawal: Withdrawal) -> bool:
    """Whether the leaver counts in open ballots until they end, by the charter of its notice."""
    charter = Charter.objects.filter(plan=plan, number=withdrawal.charter_number).first()
    said = charter.content.leaver_in_open_ballots if charter else None
    return said != LeaverInBallots.LEAVES


def open_ballots_with(plan: Plan, code: str) -> list[Ballot]:
    """All open ballots of the plan in which the jurisdiction still counts."""
    rows = Ballot.objects.filter(
        plan=plan, end__isnull=True, electors__jurisdiction=code, electors__end__isnull=True
    )
    return list(rows.order_by("pk"))


def accessions_of(plan: Plan) -> QuerySet[Accession]:
    """The proposals that a jurisdiction joins, newest first."""
    rows = Accession.objects.filter(plan=plan).select_related("plan", "jurisdiction")
    return rows.defer("jurisdiction__boundary").order_by("-number")


def get_accession(plan: Plan, *, number: int) -> Accession:
    """One proposal of a plan the caller has loaded. NotVisible when missing."""
    found = accessions_of(plan).filter(number=number).first()
    if found is None:
        raise NotVisible
    return found


def accession_ballots(plan: Plan, *, number: int | None = None) -> QuerySet[Ballot]:
    """The ballots on accessions, or on one of them, newest first."""
    rows = ballots_on(plan, SubjectKind.ACCESSION)
    return rows if number is None else rows.filter(subject_id=str(number))


def running_on(accession: Accession) -> Ballot | None:
    """Its ballot that has not ended."""
    rows = accession_ballots(accession.plan, number=accession.number)
    return rows.filter(end__isnull=True).first()


def asked_on(accession: Accession) -> frozenset[str]:
    """Codes of the parties of its newest ballot; before it, the co-makers."""
    ballot = accession_ballots(accession.plan, number=accession.number).first()
    if ballot is None:
        return frozenset(p.jurisdiction_id for p in co_makers_of(accession.plan))
    return frozenset(e.jurisdiction_id for e in electors_of([ballot]).get(ballot.pk, []))


def accession_hash(
    plan: Plan, *, number: int, code: str, must_sign: bool, weight: str, reason: str
) -> str:
    """What a ballot on an accession is on."""
    return canonical.digest_of(
        {
            "plan": plan.key,
            "accession": number,
            "jurisdiction": code,
            "must_sign": must_sign,
            "weight": weight,
            "reason": reason,
        }
    )


def lacking_weights(charter: Charter | None, codes: Sequence[str]) -> list[str]:
    """Codes for which a charter that names weights names none: it has to be adopted anew."""
    named = (charter and charter.content.weights) or {}
    return sorted({code for code in codes for by_code in named.values() if code not in by_code})


def is_open(accession: Accession) -> bool:
    """Whether the jurisdiction is no co-maker yet, and no later proposal is to be decided on."""
    makers = Party.objects.co_makers()
    party = makers.filter(plan=accession.plan_id, jurisdiction=accession.jurisdiction_id)
    later = Accession.objects.filter(
        plan=OuterRef("plan"), jurisdiction=OuterRef("jurisdiction"), number__gt=OuterRef("number")
    )
    rows = Accession.objects.filter(~Exists(later), pk=accession.pk)
    return rows.exists() and not party.exists()
