"""Reading the options of a matter: newest versions, effects and answers, each in one query."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from consult.matters.models import (
    Matter,
    MatterAgreement,
    MatterOption,
    OptionEffect,
    OptionStance,
    OptionVersion,
    OptionWithdrawal,
)
from stakeholders.terms.errors import NotVisible


@dataclass(frozen=True, kw_only=True)
class Said:
    """One party's side of an option: what it costs or brings it, and what it says of it.

    `is_outdated`: the answer was given on a former version and is asked for again.
    """

    effect: OptionEffect | None = None
    stance: OptionStance | None = None
    is_outdated: bool = False


@dataclass(frozen=True, kw_only=True)
class OptionRow:
    """One option as it stands."""

    option: MatterOption
    versions: list[OptionVersion]
    said: Mapping[str, Said] = field(default_factory=dict)
    withdrawal: OptionWithdrawal | None = None
    is_chosen: bool = False

    @property
    def newest(self) -> OptionVersion:
        return self.versions[-1]

    @property
    def is_open(self) -> bool:
        return self.withdrawal is None

    def cells(self, codes: Iterable[str]) -> list[Said]:
        return [self.said.get(code, Said()) for code in codes]


def options_of(matter: Matter, *, chosen: MatterAgreement | None = None) -> list[OptionRow]:
    """The options in the order they were proposed; five queries. `chosen`: what was agreed."""
    options = MatterOption.objects.filter(matter=matter).select_related("withdrawal__mandate__user")
    versions: dict[int, list[OptionVersion]] = {}
    rows = OptionVersion.objects.filter(option__matter=matter).order_by("pk")
    for version in rows.select_related("mandate__user"):
        versions.setdefault(version.option_id, []).append(version)
    newest = {held[-1].pk for held in versions.values()}
    effects = _effects(newest)
    stances = _stances(matter)
    picked = chosen.option.option_id if chosen and chosen.option else None
    return [
        OptionRow(
            option=one,
            versions=versions[one.pk],
            said=_said(one, effects, stances, newest),
            withdrawal=getattr(one, "withdrawal", None),
            is_chosen=one.pk == picked,
        )
        for one in options.order_by("pk")
        if one.pk in versions
    ]


def _effects(newest: Iterable[int]) -> dict[tuple[int, str], OptionEffect]:
    rows = OptionEffect.objects.filter(version__in=newest).select_related("version")
    return {(row.version.option_id, str(row.jurisdiction_id)): row for row in rows}


def _stances(matter: Matter) -> dict[tuple[int, str], OptionStance]:
    """(option, code) -> the newest answer, on whichever version."""
    rows = OptionStance.objects.filter(version__option__matter=matter).order_by("pk")
    return {
        (row.version.option_id, str(row.jurisdiction_id)): row
        for row in rows.select_related("version", "mandate__user")
    }


def _said(
    one: MatterOption,
    effects: Mapping[tuple[int, str], OptionEffect],
    stances: Mapping[tuple[int, str], OptionStance],
    newest: set[int],
) -> dict[str, Said]:
    codes = {code for pk, code in (*effects, *stances) if pk == one.pk}
    found = {}
    for code in codes:
        stance = stances.get((one.pk, code))
        found[code] = Said(
            effect=effects.get((one.pk, code)),
            stance=stance,
            is_outdated=stance is not None and stance.version_id not in newest,
        )
    return found


def get_option(matter: Matter, *, label: str) -> MatterOption:
    """One option of a matter that was loaded for its reader. NotVisible when it is not there."""
    found = MatterOption.objects.filter(matter=matter, label=label).first()
    if found is None:
        raise NotVisible
    return found


def newest_version(option: MatterOption) -> OptionVersion:
    return OptionVersion.objects.filter(option=option).order_by("-number")[:1].get()


def next_label(matter: Matter) -> str:
    """A, B, ... Z, AA, AB, ...: the caller holds the matter's lock."""
    number = MatterOption.objects.filter(matter=matter).count()
    first, second = divmod(number, 26)
    return (chr(64 + first) if first else "") + chr(65 + second)
