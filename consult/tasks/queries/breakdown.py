"""The task breakdown (责任分工表) as the text in force proposes it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from consult.tasks.enums import Origin
from consult.tasks.models import Task
from consult.tasks.queries.units import Units, units_of
from plans.register.enums import JOINT_OFFICE, ItemKind, Strength
from plans.register.manifest import SHORT, hex_of
from plans.register.models import Plan, Revision
from plans.register.queries import entries_of, reading_of
from plans.register.reading import Reading

TITLE_LIMIT = 200
KINDS = (ItemKind.PROVISION, ItemKind.INDICATOR)


class LineState(StrEnum):
    """Whether the wording of an item has been made a task."""

    NEW = "new"
    AMENDED = "amended"  # a former wording has
    ISSUED = "issued"


@dataclass(frozen=True, kw_only=True)
class Line:
    """One binding item as the breakdown proposes it. `owner` is a holder ("" where the text names
    nobody of the plan), `given_due`: the text itself says the date; `task`: the newest number."""

    reading: Reading
    item_id: int
    mark: str
    state: LineState
    owner: str
    partners: Sequence[str]
    due_on: date | None
    is_due_given: bool
    title_zh: str
    title_en: str
    evidence_zh: str
    evidence_en: str
    task: int | None = None

    @property
    def key(self) -> str:
        return self.reading.key

    @property
    def is_open(self) -> bool:
        """Whether it can be issued now."""
        return self.state is not LineState.ISSUED


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """The lines of the text in force (`revision`; None: there is none), in its order."""

    revision: Revision | None
    units: Units
    lines: Sequence[Line]

    @property
    def open_lines(self) -> list[Line]:
        return [one for one in self.lines if one.is_open]

    def line(self, key: str) -> Line | None:
        return next((one for one in self.lines if one.key == key), None)


def proposal_of(plan: Plan) -> Proposal:
    """What the binding provisions and indicators in force ask, and what of it is issued.

    The lead unit, the date and the evidence stand in the text; where it names no date, the end of
    the plan is proposed. The other parties concerned are the partners. Six queries.
    """
    units = units_of(plan)
    if plan.in_force is None:
        return Proposal(revision=None, units=units, lines=())
    issued: dict[int, Task] = {}
    for one in Task.objects.filter(plan=plan, origin=Origin.BREAKDOWN).order_by("number"):
        if one.item_id is not None:
            issued[one.item_id] = one
    entries = entries_of(plan.in_force).filter(
        version__strength=Strength.BINDING, item__kind__in=KINDS
    )
    lines = [
        _line(
            plan,
            reading_of(entry),
            item_id=entry.item_id,
            mark=hex_of(entry.version.hash)[:SHORT],
            units=units,
            content=json.loads(entry.version.content),
            task=issued.get(entry.item_id),
        )
        for entry in entries
    ]
    return Proposal(revision=plan.in_force, units=units, lines=lines)


def _line(
    plan: Plan,
    reading: Reading,
    *,
    item_id: int,
    mark: str,
    units: Units,
    content: dict[str, object],
    task: Task | None,
) -> Line:
    owner = units.holder_of(reading.lead) or _fallback(reading, units)
    due = _day(reading.due) or _target_day(content)
    evidence = reading.evidence or _source(content)
    state = LineState.NEW
    if task is not None:
        state = LineState.ISSUED if task.origin_id == mark else LineState.AMENDED
    return Line(
        reading=reading,
        item_id=item_id,
        mark=mark,
        state=state,
        owner=owner,
        partners=[one for one in reading.concerned if one in units.parties and one != owner],
        due_on=due or date(plan.horizon_until, 12, 31),
        is_due_given=due is not None,
        title_zh=(reading.title_zh or reading.title_en)[:TITLE_LIMIT],
        title_en=reading.title_en,
        evidence_zh=evidence if plan.authentic_language == "zh" else "",
        evidence_en="" if plan.authentic_language == "zh" else evidence,
        task=task.number if task else None,
    )


def _fallback(reading: Reading, units: Units) -> str:
    """An indicator names no lead unit: the one party it concerns, else the joint office."""
    if reading.kind != ItemKind.INDICATOR:
        return ""
    concerned = [one for one in reading.concerned if one in units.parties]
    return concerned[0] if len(concerned) == 1 else units.holder_of(JOINT_OFFICE)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _inside(content: dict[str, object]) -> dict[str, object]:
    inner = content.get("content")
    return inner if isinstance(inner, dict) else {}


def _target_day(content: dict[str, object]) -> date | None:
    """The end of the year for which an indicator sets its target."""
    year = _inside(content).get("target_year")
    return date(year, 12, 31) if isinstance(year, int) and 1900 <= year <= 9999 else None


def _source(content: dict[str, object]) -> str:
    """The source of an indicator's readings proves it."""
    return str(_inside(content).get("source") or "")
