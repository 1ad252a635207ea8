"""The register: matters of all plans a reader sees, and the library of real ones."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from typing import Any

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from consult.matters.enums import LADDER, Outcome
from consult.matters.models import Matter, MatterAgreement, MatterMove
from consult.matters.queries.matters import light
from plans.register.queries import visible_plans
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.terms.actor import Actor

LIBRARY = "library"
COLUMNS: Mapping[str, Sequence[str]] = {
    "key": ("plan__key", "key"),
    "title": ("title_zh", "plan__key", "key"),
    "plan": ("plan__key", "key"),
    "theme": ("theme", "plan__key", "key"),
    "level": ("height", "plan__key", "key"),
    "due": ("due_at", "plan__key", "key"),
    "state": ("closed_at", "plan__key", "key"),
}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a reader looks for; "" asks for nothing. `state`: open, overdue, closed or an outcome."""

    text: str = ""
    plan: str = ""
    theme: str = ""
    jurisdiction: str = ""
    other: str = ""
    level: str = ""
    state: str = ""
    mine: bool = False


@dataclass(frozen=True, kw_only=True)
class Listed:
    """One row: the matter and what settled it."""

    matter: Matter
    result_zh: str = ""
    result_en: str = ""


@dataclass(frozen=True, kw_only=True)
class Relation:
    """Two jurisdictions and what stands between them."""

    first: Jurisdiction
    second: Jurisdiction
    open: int
    agreed: int
    other: int
    in_library: int

    @property
    def total(self) -> int:
        return self.open + self.agreed + self.other + self.in_library


def visible_register(*, actor: Actor) -> QuerySet[Matter]:
    """Every matter `actor` may see: those of the plans it sees, and the library, which is for all."""
    plans = visible_plans(actor=actor).order_by().values("pk")
    return Matter.objects.filter(Q(plan__isnull=True) | Q(plan__in=plans))


def units_of_register(*, actor: Actor) -> list[Jurisdiction]:
    """The jurisdictions with a matter `actor` may see, in order of code: what a filter offers."""
    codes = Matter.jurisdictions.through.objects.filter(
        matter__in=visible_register(actor=actor).order_by().values("pk")
    ).values("jurisdiction")
    return list(Jurisdiction.objects.defer("boundary").filter(code__in=codes).order_by("code"))


def register(*, actor: Actor, asked: Asked, at: datetime, order: str = "key") -> QuerySet[Matter]:
    """The rows of the register that fit, in order. Entries of the library stand at no level."""
    found = _narrowed(visible_register(actor=actor), asked, actor=actor, at=at)
    names = COLUMNS[order.removeprefix("-")]
    sign = "-" if order.startswith("-") else ""
    heights = [When(level=level, then=Value(n)) for n, level in enumerate(LADDER)]
    return (
        light(found)
        .select_related("plan")
        .annotate(height=Case(*heights, default=Value(0), output_field=IntegerField()))
        .order_by(*[f"{sign}{name}" if place == 0 else name for place, name in enumerate(names)])
    )


def _narrowed(
    found: QuerySet[Matter], asked: Asked, *, actor: Actor, at: datetime
) -> QuerySet[Matter]:
    if asked.plan:
        plan = Q(plan__isnull=True) if asked.plan == LIBRARY else Q(plan__key=asked.plan)
        found = found.filter(plan)
    if asked.theme:
        found = found.filter(theme=asked.theme)
    if asked.level:
        found = found.filter(level=asked.level, plan__isnull=False)
    codes = [code for code in (asked.jurisdiction, asked.other) if code]
    if asked.mine:
        codes.append(actor.jurisdiction_code or "-")
    for code in codes:
        found = found.filter(pk__in=_of(code))
    found = _in_state(found, asked.state, at=at)
    if asked.text:
        text = asked.text
        found = found.filter(
            Q(key__iexact=text)
            | Q(title_zh__icontains=text)
            | Q(title_en__icontains=text)
            | Q(description_zh__icontains=text)
            | Q(description_en__icontains=text)
        )
    return found


def _in_state(found: QuerySet[Matter], state: str, *, at: datetime) -> QuerySet[Matter]:
    if not state:
        return found
    found = found.filter(plan__isnull=False)
    if state == "open":
        return found.filter(closed_at__isnull=True)
    if state == "overdue":
        return found.filter(closed_at__isnull=True, due_at__lte=at)
    if state == "closed":
        return found.filter(closed_at__isnull=False)
    return found.filter(outcome=state)


def _of(code: str) -> Any:
    through = Matter.jurisdictions.through.objects
    return through.filter(jurisdiction=code).values("matter")


def listed(matters: Sequence[Matter]) -> list[Listed]:
    """The rows with their results: the agreed text or option, else the note of the closing."""
    closed = [matter.pk for matter in matters if not matter.is_open]
    agreed = {
        row.matter_id: row
        for row in MatterAgreement.objects.filter(matter__in=closed)
        .select_related("option")
        .order_by("matter_id", "-number")
        .distinct("matter_id")
    }
    notes = dict(
        MatterMove.objects.filter(matter__in=closed, kind="closed")
        .order_by("matter_id", "-pk")
        .distinct("matter_id")
        .values_list("matter", "note")
    )
    return [_listed(matter, agreed, notes) for matter in matters]


def _listed(
    matter: Matter, agreed: Mapping[int, MatterAgreement], notes: Mapping[int, str]
) -> Listed:
    draft = agreed.get(matter.pk) if matter.outcome == Outcome.AGREED else None
    if draft is None:
        return Listed(matter=matter, result_zh=notes.get(matter.pk, "") if matter.outcome else "")
    said = draft if draft.text_zh or draft.text_en else draft.option
    return Listed(
        matter=matter,
        result_zh=said.text_zh if said else "",
        result_en=said.text_en if said else "",
    )


def precedents(*, actor: Actor, matter: Matter, at: datetime, most: int = 5) -> list[Listed]:
    """Settled matters of the same theme, those settled last first."""
    if not matter.theme:
        return []
    asked = Asked(theme=matter.theme, state="closed")
    rows = register(actor=actor, asked=asked, at=at).exclude(pk=matter.pk)
    return listed(list(rows.order_by("-closed_at")[:most]))


def relations(*, actor: Actor, code: str = "") -> list[Relation]:
    """Each pair of jurisdictions with a matter between them, those with the most first.

    `code` narrows to the pairs of one. Three queries, whatever the number of matters.
    """
    rows = Matter.jurisdictions.through.objects.filter(
        matter__in=visible_register(actor=actor).order_by().values("pk")
    ).order_by("matter_id", "jurisdiction_id")
    parties: dict[int, tuple[str, list[str]]] = {}
    for pk, unit, outcome, plan in rows.values_list(
        "matter", "jurisdiction", "matter__outcome", "matter__plan"
    ):
        state = "library" if not plan else outcome or "open"
        parties.setdefault(pk, (state, []))[1].append(unit)
    counts: dict[tuple[str, str], dict[str, int]] = {}
    for state, codes in parties.values():
        for pair in combinations(codes, 2):
            if code and code not in pair:
                continue
            held = counts.setdefault(pair, {})
            held[state] = held.get(state, 0) + 1
    units = Jurisdiction.objects.defer("boundary").in_bulk({c for pair in counts for c in pair})
    found = [
        Relation(
            first=units[first],
            second=units[second],
            open=held.get("open", 0),
            agreed=held.get("agreed", 0),
            other=held.get("reserved", 0) + held.get("withdrawn", 0),
            in_library=held.get("library", 0),
        )
        for (first, second), held in counts.items()
    ]
    return sorted(found, key=lambda one: (-one.total, one.first.code, one.second.code))
