"""Row writes of renaming and succession."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from stakeholders.jurisdictions.models import FormerName, Jurisdiction, Succession

NAMES = (
    "name_zh",
    "name_en",
    "name_en_unique",
    "short_zh",
    "short_en",
    "type_zh",
    "type_en",
)


def lock_units(codes: Iterable[str]) -> dict[str, Jurisdiction]:
    """The units of `codes` that exist in the table, locked in code order."""
    rows = (
        Jurisdiction.objects.select_for_update(no_key=True)
        .defer("boundary")
        .filter(pk__in=list(codes))
    )
    return {unit.code: unit for unit in rows.order_by("pk")}


def give_name(
    *,
    unit: Jurisdiction,
    names: Mapping[str, str],
    day: date,
    since: date | None,
    document: str,
) -> FormerName:
    """Keep what the unit is called as its name until `day`, and give it the new `names`."""
    former = FormerName.objects.create(
        jurisdiction=unit,
        valid_from=since,
        valid_until=day,
        document=document,
        **{name: getattr(unit, name) for name in NAMES},
    )
    for name, value in names.items():
        setattr(unit, name, value)
    unit.save(update_fields=list(names))
    return former


def close_unit(
    *,
    unit: Jurisdiction,
    successors: Sequence[Jurisdiction],
    kind: str,
    day: date,
    document: str,
    ends: bool,
) -> list[Succession]:
    """Write who follows `unit`, and end it on `day` if it `ends`."""
    rows = Succession.objects.bulk_create(
        Succession(predecessor=unit, successor=one, kind=kind, day=day, document=document)
        for one in successors
    )
    if ends:
        unit.valid_until = day
        unit.successor = successors[0] if len(successors) == 1 else None
        unit.save(update_fields=["valid_until", "successor"])
    return rows
