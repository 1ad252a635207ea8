"""Names as they stood on a day, and which unit followed which. Public reference data."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from stakeholders.jurisdictions.enums import CONTINUING
from stakeholders.jurisdictions.models import FormerName, Jurisdiction, Succession

# What a former name keeps; the present one stands on the unit under the same field names.
Named = FormerName | Jurisdiction
_HEAVY = ("predecessor__boundary", "successor__boundary")


@dataclass(frozen=True, kw_only=True)
class Names:
    """The former names and successions of all units, or of some, read once for many lookups.

    `units` holds those that were renamed or have ended, by code.
    """

    former: dict[str, list[FormerName]] = field(default_factory=dict)
    followed: dict[str, list[Jurisdiction]] = field(default_factory=dict)
    units: dict[str, Jurisdiction] = field(default_factory=dict)

    def on(self, unit: Jurisdiction, day: date) -> Named:
        """What bears the unit's name on `day`: a former name, or the unit itself."""
        ended_later = (one for one in self.former.get(unit.code, ()) if one.valid_until > day)
        return next(ended_later, unit)

    def present(self, unit: Jurisdiction) -> list[Jurisdiction]:
        """The units that stand where `unit` stood, itself if it goes on, in code order."""
        found: dict[str, Jurisdiction] = {}
        seen: set[str] = set()
        waiting = [unit]
        while waiting:
            one = waiting.pop()
            if one.code in seen:
                continue
            seen.add(one.code)
            followers = self.followed.get(one.code, [])
            if followers:
                waiting.extend(followers)
            else:
                found[one.code] = one
        return [found[code] for code in sorted(found)]


def names_known(codes: Iterable[str] | None = None) -> Names:
    """Former names (of `codes`, or of all units) and who followed whom.

    One query where no unit was ever renamed or ended, three else.
    """
    units = {unit.code: unit for unit in _changed()}
    if not units:
        return Names()
    rows = FormerName.objects.order_by("valid_until")
    former: dict[str, list[FormerName]] = defaultdict(list)
    for row in rows if codes is None else rows.filter(jurisdiction__in=list(codes)):
        former[row.jurisdiction_id].append(row)
    followed: dict[str, list[Jurisdiction]] = defaultdict(list)
    for one in _successions().exclude(kind__in=CONTINUING):
        followed[one.predecessor_id].append(one.successor)
    for unit in units.values():
        # An imported layer may name a successor without an act of this site.
        if unit.valid_until is not None and unit.successor is not None:
            followed.setdefault(unit.code, [unit.successor])
    return Names(former=dict(former), followed=dict(followed), units=units)


def former_names_of(code: str) -> QuerySet[FormerName]:
    """The names a unit bore before, oldest first."""
    return FormerName.objects.filter(jurisdiction=code).order_by("valid_until")


def successors_of(code: str) -> QuerySet[Succession]:
    """What became of a unit, by day."""
    return _successions().filter(predecessor=code)


def predecessors_of(code: str) -> QuerySet[Succession]:
    """Which units a unit took over from, by day."""
    return _successions().filter(successor=code)


def succession_list(*, text: str = "") -> QuerySet[Succession]:
    """Every succession, newest first; `text` in a name or at the beginning of a code."""
    rows = _successions().order_by("-day", "predecessor", "successor")
    if not text:
        return rows
    by_code = Q(predecessor__code__startswith=text) | Q(successor__code__startswith=text)
    by_name = Q()
    for side in ("predecessor", "successor"):
        by_name |= Q(**{f"{side}__name_zh__icontains": text})
        by_name |= Q(**{f"{side}__name_en_unique__icontains": text})
    return rows.filter(by_code | by_name)


def passed_to(unit: Jurisdiction) -> list[Jurisdiction]:
    """The present units an ended unit passed to; empty for one that goes on. Three queries at most."""
    return [one for one in names_known([unit.code]).present(unit) if one.code != unit.code]


def existing_parts(*, codes: Iterable[str], day: date) -> list[str]:
    """Codes of the units directly below `codes` that go on existing on `day`."""
    rows = Jurisdiction.objects.filter(exists_on(day), parent__in=list(codes))
    return list(rows.order_by("pk").values_list("pk", flat=True))


def exists_on(day: date, *, prefix: str = "") -> Q:
    """Rows whose unit (at `prefix`, e.g. `jurisdiction__`) has not ended on `day`."""
    end = f"{prefix}valid_until"
    return Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gt": day})


def _changed() -> QuerySet[Jurisdiction]:
    """The units that were renamed or have ended."""
    renamed = Exists(FormerName.objects.filter(jurisdiction=OuterRef("pk")))
    rows = Jurisdiction.objects.filter(Q(valid_until__isnull=False) | Q(renamed))
    return rows.select_related("successor").defer("boundary", "successor__boundary")


def _successions() -> QuerySet[Succession]:
    return Succession.objects.select_related("predecessor", "successor").defer(*_HEAVY)
