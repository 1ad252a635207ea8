"""The balance of a plan as one: what each party does, gives, takes, pays, gets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import QuerySet

from consult.balance.queries.agreements import (
    CompensationRow,
    TransferRow,
    compensations_of,
    transfers_of,
)
from consult.balance.queries.quotas import QuotaLine, lines_of, quoted_in
from consult.balance.quotas import Move
from consult.balance.sums import NOTHING, Account, Carried, Ledger, ledger
from consult.tasks.queries import TaskState, tasks_of
from consult.tasks.standing import Stage
from plans.projects.models import Project
from plans.projects.queries import projects_of
from plans.register.enums import CO_MAKING
from plans.register.models import Party, Plan
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.terms.actor import Actor


@dataclass(frozen=True, kw_only=True)
class ProjectLine:
    """A project with one party's part of it; `is_shared`: cost and benefit are agreed."""

    project: Project
    carried: Carried
    account: Account


@dataclass(frozen=True, kw_only=True)
class PartyLine:
    """One row of the balance."""

    unit: Jurisdiction
    account: Account
    tasks: Sequence[TaskState] = ()
    quotas: Sequence[QuotaLine] = ()
    transfers: Sequence[TransferRow] = ()
    compensations: Sequence[CompensationRow] = ()

    @property
    def tasks_open(self) -> int:
        return sum(one.stage in (Stage.OPEN, Stage.HANDLED) for one in self.tasks)

    @property
    def tasks_late(self) -> int:
        return sum(one.is_late for one in self.tasks)

    @property
    def tasks_done(self) -> int:
        return sum(one.is_struck_off for one in self.tasks)

    @property
    def quotas_missed(self) -> int:
        return sum(one.is_missed for one in self.quotas)


@dataclass(frozen=True, kw_only=True)
class Balance:
    """All of it. `without_shares`: projects whose shares or budget are not agreed count nowhere."""

    lines: Sequence[PartyLine]
    ledger: Ledger
    quotas: Sequence[QuotaLine]
    transfers: Sequence[TransferRow]
    compensations: Sequence[CompensationRow]
    projects: Sequence[tuple[Project, Carried]]
    without_shares: Sequence[Project] = ()
    units: Mapping[str, Jurisdiction] = field(default_factory=dict)

    @property
    def total(self) -> Account:
        """The sums over all rows."""
        found = Account()
        for one in self.lines:
            for name in vars(found):
                setattr(found, name, getattr(found, name) + getattr(one.account, name))
        return found

    def line(self, code: str) -> PartyLine | None:
        return next((one for one in self.lines if one.unit.code == code), None)

    def years_of(self, code: str) -> list[tuple[int, Account]]:
        years = self.ledger.all_years
        return [(year, self.ledger.years.get((code, year), Account())) for year in years]

    def projects_of(self, code: str) -> list[ProjectLine]:
        """What each project costs and gives one party."""
        found = []
        for project, carried in self.projects:
            account = ledger(projects=[carried], payments=()).whole.get(code)
            if account is not None:
                found.append(ProjectLine(project=project, carried=carried, account=account))
        return found

    @property
    def quota_table(self) -> list[tuple[QuotaLine, Decimal, list[QuotaLine]]]:
        """Per indicator: its first line, the sum in force, and the line of each party."""
        groups: dict[int, list[QuotaLine]] = {}
        for one in self.quotas:
            groups.setdefault(one.item.item_id, []).append(one)
        return [
            (rows[0], sum((one.in_force for one in rows), NOTHING), rows)
            for rows in groups.values()
        ]


def balance_of(*, actor: Actor, plan: Plan) -> Balance:
    """The balance of a plan, for who sees it. The same queries for any number of rows."""
    transfers = transfers_of(actor=actor, plan=plan)
    compensations = compensations_of(actor=actor, plan=plan)
    projects = list(projects_of(actor=actor, plan=plan))
    carried = [(one, _carried(one)) for one in projects]
    counted = [(one, found) for one, found in carried if found is not None]
    book = ledger(
        projects=[found for _one, found in counted],
        payments=[paid for agreed in (*transfers, *compensations) for paid in agreed.paid()],
    )
    moves = moves_of(transfers)
    quotas = lines_of(plan, items=quoted_in(plan), moves=moves)
    tasks = tasks_of(actor=actor, plan=plan)
    units = _units(plan, book, projects, transfers, compensations, quotas)
    lines = [
        PartyLine(
            unit=unit,
            account=book.whole.get(code, Account()),
            tasks=[one for one in tasks if one.owner == code],
            quotas=[one for one in quotas if one.code == code],
            transfers=[one for one in transfers if code in one.sides],
            compensations=[one for one in compensations if code in one.sides],
        )
        for code, unit in units.items()
    ]
    return Balance(
        lines=lines,
        ledger=book,
        quotas=quotas,
        transfers=transfers,
        compensations=compensations,
        projects=counted,
        without_shares=[one for one, found in carried if found is None],
        units=units,
    )


def moves_of(transfers: Sequence[TransferRow]) -> dict[int, list[Move]]:
    """Item -> its transfers that count."""
    found: dict[int, list[Move]] = {}
    for one in transfers:
        if one.is_in_force:
            found.setdefault(one.row.item_id, []).append(one.move)
    return found


def _carried(project: Project) -> Carried | None:
    """A project with budget and shares; None where one of them is not agreed."""
    sides = list(project.parties.all())
    costs = {s.jurisdiction_id: s.cost_share for s in sides if s.cost_share is not None}
    gains = {s.jurisdiction_id: s.benefit_share for s in sides if s.benefit_share is not None}
    if project.budget is None or not costs or not gains:
        return None
    return Carried(
        key=project.key,
        budget=project.budget,
        year_from=project.year_from,
        year_until=project.year_until,
        cost_shares=costs,
        benefit_shares=gains,
    )


def _units(
    plan: Plan,
    book: Ledger,
    projects: Sequence[Project],
    transfers: Sequence[TransferRow],
    compensations: Sequence[CompensationRow],
    quotas: Sequence[QuotaLine],
) -> dict[str, Jurisdiction]:
    """Who has a row: the makers of the plan, and whoever shares, pays or has a quota besides."""
    allotted = {one.code for one in quotas}
    found = {
        one.jurisdiction_id: one.jurisdiction
        for one in _parties(plan)
        if one.role in CO_MAKING or one.jurisdiction_id in allotted
    }
    for project in projects:
        for side in project.parties.all():
            if side.jurisdiction_id in book.whole:
                found.setdefault(side.jurisdiction_id, side.jurisdiction)
    for transfer in transfers:
        found.setdefault(transfer.row.giver_id, transfer.row.giver)
        found.setdefault(transfer.row.taker_id, transfer.row.taker)
    for one in compensations:
        found.setdefault(one.row.payer_id, one.row.payer)
        found.setdefault(one.row.payee_id, one.row.payee)
    return found


def codes_of(plan: Plan) -> dict[str, Jurisdiction]:
    """The parties that can agree with each other: all of the plan that have not left it."""
    return {one.jurisdiction_id: one.jurisdiction for one in _parties(plan)}


def _parties(plan: Plan) -> QuerySet[Party]:
    rows = Party.objects.filter(plan=plan, left_at__isnull=True).select_related("jurisdiction")
    return rows.defer("jurisdiction__boundary").order_by("jurisdiction_id")
