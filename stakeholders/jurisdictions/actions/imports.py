"""Imports of the administrative map and of the coordination regions: whole or not at all."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stakeholders.jurisdictions import queries, steps
from stakeholders.jurisdictions.reading import read_layer, read_regions
from stakeholders.jurisdictions.rules import require
from stakeholders.record.steps import SITE, append
from stakeholders.terms.actor import Actor

DATA = Path(__file__).parents[1] / "data"
TABLES = {
    "jurisdictions": gettext_lazy("jurisdictions"),
    "adjacencies": gettext_lazy("adjacencies"),
    "regions": gettext_lazy("coordination regions"),
    "members": gettext_lazy("members of regions"),
}


@dataclass(frozen=True, kw_only=True)
class ImportResult:
    """What an import did, by table; `outside` are member codes that our table does not hold;
    `absent` are units or regions we hold that the delivery no longer has."""

    counts: Mapping[str, steps.Counts]
    outside: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()

    @property
    def changes(self) -> int:
        return sum(counts.changes for counts in self.counts.values())

    def sentences(self) -> list[str]:
        """What happened, in words for the person who ran the import."""
        row = _(
            "%(table)s: %(total)s in all, %(created)s new, %(updated)s changed, "
            "%(removed)s removed, %(unchanged)s unchanged."
        )
        told = [
            row % {"table": TABLES[name], "total": c.total, **asdict(c)}
            for name, c in self.counts.items()
        ]
        outside = _(
            "%(code)s lies outside the table of jurisdictions: its row is kept, without a unit."
        )
        told += [outside % {"code": code} for code in self.outside]
        if self.absent:
            absent = _("Held but not delivered, kept as they are: %(keys)s.")
            told.append(absent % {"keys": ", ".join(self.absent)})
        return [*told, _("%(count)s changes.") % {"count": self.changes}]

    def effects(self) -> dict[str, object]:
        """For the record: figures and codes only."""
        figures = {
            name: {"created": c.created, "updated": c.updated, "removed": c.removed}
            for name, c in self.counts.items()
        }
        return {**figures, "outside": list(self.outside)}


def import_jurisdictions(*, actor: Actor, folder: Path = DATA) -> ImportResult:
    """Take a folder with jurisdictions.csv, and adjacency*.csv and boundaries_*.geojson if any.

    All or nothing, and nothing when nothing changed: then no record entry is written either.
    RowError (file, line, column, reason) for a row that cannot be taken; Refused.
    """
    require(actor, "jurisdictions.import")
    with transaction.atomic():
        steps.lock_import()
        known, parents = queries.levels_by_code(), queries.parents_by_code()
        layer = read_layer(folder, known=known, parents=parents)
        delivered = {unit.code: unit.parent_code for unit in layer.units}
        paths = steps.paths_of({**parents, **delivered})
        units = steps.save_units(layer.units, paths=paths, with_boundaries=layer.has_boundaries)
        moved = steps.save_paths({code: paths[code] for code in known if code not in delivered})
        counts = {"jurisdictions": _plus(units, moved)}
        if layer.pairs is not None:
            counts["adjacencies"] = steps.save_pairs(layer.pairs, with_water=layer.has_water)
        result = ImportResult(counts=counts, absent=_missing(known, delivered))
        _record(actor, "jurisdictions.import", result)
    return result


def import_regions(*, actor: Actor, folder: Path = DATA) -> ImportResult:
    """Take a folder with regions.csv and region_members.csv. All or nothing, as above."""
    require(actor, "regions.import")
    with transaction.atomic():
        steps.lock_import()
        held = queries.all_regions().values_list("key", flat=True)
        regions, members = read_regions(folder, known=set(queries.levels_by_code()))
        keys = {region.key for region in regions}
        absent = _missing(list(held), keys)
        counts = {
            "regions": steps.save_regions(regions),
            "members": steps.save_members(members, regions=keys),
        }
        outside = sorted({member.code for member in members if not member.is_known})
        result = ImportResult(counts=counts, outside=tuple(outside), absent=absent)
        _record(actor, "regions.import", result)
    return result


def _record(actor: Actor, act: str, result: ImportResult) -> None:
    if result.changes:
        subject = f"layer:{act.partition('.')[0]}"
        append(chain=SITE, actor=actor, act=act, subject=subject, effects=result.effects())


def _missing(held: Iterable[str], delivered: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(held) - set(delivered)))


def _plus(counts: steps.Counts, moved: int) -> steps.Counts:
    return steps.Counts(
        created=counts.created,
        updated=counts.updated + moved,
        removed=counts.removed,
        unchanged=counts.unchanged,
    )
