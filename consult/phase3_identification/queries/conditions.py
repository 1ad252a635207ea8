"""Reading conditions of agreements in principle: open, reported, met. What is sealed stays sealed
through `sees`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Prefetch, Q, QuerySet

from consult.ballots.enums import PositionValue
from consult.ballots.models import Position
from consult.phase3_identification.models import (
    Condition,
    ConditionConfirmation,
    ConditionReport,
    SignOff,
)
from consult.phase3_identification.queries.sign_offs import sees
from plans.register.models import Plan
from stakeholders.terms.actor import Actor, Role
from stakeholders.terms.errors import NotVisible

OPEN, REPORTED, MET = "open", "reported", "met"
IN_PRINCIPLE = PositionValue.AGREE_IN_PRINCIPLE.value


@dataclass(frozen=True, kw_only=True)
class ConditionLine:
    """A condition that counts now, with its newest report and the holder's word on it."""

    condition: Condition
    report: ConditionReport | None
    word: ConditionConfirmation | None

    @property
    def state(self) -> str:
        """`open` (nothing reported, or not yet met), `reported` (waits for its holder), `met`."""
        if self.report is None:
            return OPEN
        if self.word is None:
            return REPORTED
        return MET if self.word.is_met else OPEN

    @property
    def since(self) -> datetime:
        """When the last word on it was said."""
        last = self.word or self.report or self.condition.declaration
        return last.at

    @property
    def holder(self) -> str:
        return str(self.condition.declaration.jurisdiction_id)


@dataclass(frozen=True, kw_only=True)
class _Held:
    """An agreement in principle that counts now: item, party, and the declaration it stands in."""

    item_id: int
    item_key: str
    code: str
    declaration: str


def confirmed_conditions(sign_off: SignOff) -> frozenset[tuple[str, str]]:
    """(item key, code) of every agreement in principle all of whose conditions are met and
    confirmed by their holder. Unscoped: what a reader may not see is left out with its position.
    At most four queries; one where nobody agreed in principle.
    """
    held = _held([sign_off])
    if not held:
        return frozenset()
    by_place: dict[tuple[str, int | None], list[Condition]] = {}
    for row in _conditions(Q(declaration__sign_off=sign_off)):
        by_place.setdefault((row.declaration.key, row.item_id), []).append(row)
    met = set()
    for one in held:
        own, general = (one.declaration, one.item_id), (one.declaration, None)
        asked = by_place.get(own) or by_place.get(general) or []
        if asked and all(_line(row).state == MET for row in asked):
            met.add((one.item_key, one.code))
    return frozenset(met)


def _held(sign_offs: Sequence[SignOff]) -> list[_Held]:
    """The agreements in principle that count now. One query."""
    of = "ballot__sign_off_ballot__"
    rows = (
        Position.objects.filter(**{f"{of}sign_off__in": [s.pk for s in sign_offs]})
        .annotate(over=F(f"{of}sign_off"), on=F(f"{of}item"))
        .order_by("over", "on", "jurisdiction_id", "-pk")
        .distinct("over", "on", "jurisdiction_id")
        .values_list("over", "on", f"{of}item__key", "jurisdiction_id", "declaration", "value")
    )
    return [
        _Held(item_id=item, item_key=key, code=str(code), declaration=declaration)
        for _over, item, key, code, declaration, value in rows
        if value == IN_PRINCIPLE
    ]


def _conditions(chosen: Q) -> QuerySet[Condition]:
    reports = ConditionReport.objects.select_related("confirmation__mandate", "mandate", "file")
    newest = reports.order_by("-pk")
    return (
        Condition.objects.filter(chosen)
        .select_related("declaration__sign_off__plan", "declaration__jurisdiction", "by", "item")
        .prefetch_related(
            Prefetch("reports", newest, to_attr="own_reports"),
            Prefetch("restates__reports", newest, to_attr="former_reports"),
        )
        .order_by("pk")
    )


def _line(row: Condition) -> ConditionLine:
    """A row of `_conditions`: what was reported on it stands with the one it restates."""
    found = row.restates.former_reports if row.restates else row.own_reports  # type: ignore[attr-defined]
    report = found[0] if found else None
    return ConditionLine(condition=row, report=report, word=getattr(report, "confirmation", None))


def lines_of(sign_offs: Iterable[SignOff]) -> list[ConditionLine]:
    """The conditions that count now, in the order they were asked. Unscoped; four queries."""
    rows = list(sign_offs)
    items: dict[str, set[int]] = {}
    for one in _held(rows) if rows else ():
        items.setdefault(one.declaration, set()).add(one.item_id)
    if not items:
        return []
    found = list(_conditions(Q(declaration__key__in=list(items))))
    own: set[tuple[str, int | None]] = {
        (row.declaration.key, row.item_id) for row in found if row.item_id
    }
    return [_line(row) for row in found if _counts(row, items[row.declaration.key], own)]


def _counts(row: Condition, items: set[int], own: set[tuple[str, int | None]]) -> bool:
    """Whether some agreement in principle rests on it: its item's, or one without its own."""
    if row.item_id:
        return row.item_id in items
    return any((row.declaration.key, item) not in own for item in items)


def visible_lines(sign_off: SignOff, *, actor: Actor, at: datetime) -> list[ConditionLine]:
    """What `actor` may read of `lines_of`: of a sealed sign-off its own jurisdiction's only."""
    sight = sees(sign_off, actor=actor, at=at)
    return [line for line in lines_of([sign_off]) if sight(line.holder)]


def get_line(*, plan: Plan, pk: int, actor: Actor, at: datetime) -> ConditionLine:
    """One condition of the plan by id. NotVisible when it is not there or sealed for `actor`."""
    row = _conditions(Q(pk=pk, declaration__sign_off__plan=plan)).first()
    if row is None:
        raise NotVisible
    line = _line(row)
    if not sees(row.declaration.sign_off, actor=actor, at=at)(line.holder):
        raise NotVisible
    return line


def history_of(condition: Condition) -> list[ConditionReport]:
    """Every report on a condition with the word on it, oldest first."""
    rows = ConditionReport.objects.filter(condition=condition.restates or condition)
    return list(
        rows.select_related(
            "mandate__user", "mandate__jurisdiction", "file", "confirmation__mandate__user"
        ).order_by("pk")
    )


def report_seen(line: ConditionLine) -> str:
    """The report its holder is asked about, as a form says what was read."""
    return str(line.report.pk) if line.report else ""


def may_report(line: ConditionLine, *, actor: Actor) -> bool:
    """The joint office reports on any; a party on those that name it."""
    if actor.role is Role.COORDINATOR:
        return True
    return bool(actor.inside) and str(line.condition.by_id or "") == actor.inside
