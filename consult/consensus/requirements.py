"""Reads a rule: its silence and its requirements, against the values and parties of one case."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from consult.consensus.case import (
    ELECTORATE,
    NO_SILENCE,
    CaseError,
    Count,
    Group,
    NoBlock,
    NoVeto,
    Party,
    Requirement,
    Rule,
    Share,
    Value,
)
from consult.consensus.read import (
    join,
    read_count,
    read_flag,
    read_fraction,
    read_list,
    read_name,
    read_object,
    read_value,
)

LONGEST_LIST = 500
MOST_REQUIREMENTS = 100
DEEPEST = 10

KEYS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "no_block": ((), ()),
    "no_veto": (("by", "of"), ()),
    "min_share": (("of", "over", "at_least"), ("weight", "strict")),
    "max_share": (("of", "over", "at_most"), ("weight", "strict")),
    "quorum": (("of", "at_least"), ("over", "weight", "strict")),
    "min_count": (("of", "at_least"), ("strict",)),
    "max_count": (("of", "at_most"), ("strict",)),
    "any": (("of",), ()),
    "all": (("of",), ()),
}


def parse_rule(
    raw: object, *, values: Mapping[str, Value], parties: Sequence[Party], at: str
) -> Rule:
    """Return the rule; every name in it is checked against the values and parties."""
    given = read_object(raw, at, required=("requirements",), optional=("silence",))
    silence = read_name(given.get("silence", NO_SILENCE), join(at, "silence"))
    if silence == NO_SILENCE and "silence" in given and NO_SILENCE in values:
        raise CaseError(f"is ambiguous: there is a value named {NO_SILENCE!r}", join(at, "silence"))
    if silence != NO_SILENCE:
        read_value(silence, values, join(at, "silence"))
    requirements = _RuleParser(values, parties).requirements(
        given["requirements"], join(at, "requirements"), depth=1
    )
    return Rule(requirements, None if silence == NO_SILENCE else silence)


class _RuleParser:
    """Reads requirements against the values and parties of one case."""

    def __init__(self, values: Mapping[str, Value], parties: Sequence[Party]) -> None:
        self._values = values
        self._parties = {party.id: dict(party.weights) for party in parties}
        self._index = {party.id: index for index, party in enumerate(parties)}
        self._read = 0
        self._single: Mapping[str, Callable[[str, Mapping[str, Any], str], Requirement]] = {
            "no_veto": self._veto,
            "min_share": self._share,
            "max_share": self._share,
            "quorum": self._share,
            "min_count": self._count,
            "max_count": self._count,
        }

    def requirements(self, raw: object, at: str, *, depth: int) -> tuple[Requirement, ...]:
        if depth > DEEPEST:
            raise CaseError(f"requirements nest deeper than {DEEPEST}", at)
        entries = read_list(
            raw, at, most=MOST_REQUIREMENTS, empty="there must be at least one requirement"
        )
        self._read += len(entries)
        if self._read > MOST_REQUIREMENTS:
            raise CaseError(f"a rule has at most {MOST_REQUIREMENTS} requirements", at)
        return tuple(
            self._requirement(entry, join(at, index), depth) for index, entry in enumerate(entries)
        )

    def _requirement(self, raw: object, at: str, depth: int) -> Requirement:
        given = read_object(raw, at, required=("kind",), optional=None)
        kind = read_name(given["kind"], join(at, "kind"))
        if kind not in KEYS:
            raise CaseError(f"unknown kind {kind!r}", join(at, "kind"))
        required, optional = KEYS[kind]
        read_object(given, at, required=("kind", *required), optional=optional)
        if kind in ("any", "all"):
            return Group(kind, self.requirements(given["of"], join(at, "of"), depth=depth + 1))
        if kind == "no_block":
            return NoBlock()
        return self._single[kind](kind, given, at)

    def _names(self, raw: object, at: str) -> tuple[str, ...]:
        entries = read_list(raw, at, most=LONGEST_LIST, empty="must name at least one value")
        return tuple(
            read_value(entry, self._values, join(at, index)) for index, entry in enumerate(entries)
        )

    def _share(self, kind: str, given: Mapping[str, Any], at: str) -> Share:
        over = given.get("over", ELECTORATE)
        edge = "at_most" if kind == "max_share" else "at_least"
        bound, written = read_fraction(given[edge], join(at, edge))
        return Share(
            kind=kind,
            of=self._names(given["of"], join(at, "of")),
            over=None if over == ELECTORATE else self._over(over, join(at, "over")),
            weight=self._weight(given["weight"], join(at, "weight")) if "weight" in given else None,
            bound=bound,
            written=written,
            is_strict=read_flag(given.get("strict", False), join(at, "strict")),
        )

    def _over(self, raw: object, at: str) -> tuple[str, ...]:
        if isinstance(raw, str):
            raise CaseError(f'must be a list of values or "{ELECTORATE}"', at)
        return self._names(raw, at)

    def _weight(self, raw: object, at: str) -> str:
        name = read_name(raw, at)
        for party, weights in self._parties.items():
            if name not in weights:
                where = f"parties[{self._index[party]}].weights.{name}"
                raise CaseError(f"party {party!r} has no weight {name!r}, which {at} names", where)
        return name

    def _count(self, kind: str, given: Mapping[str, Any], at: str) -> Count:
        edge = "at_most" if kind == "max_count" else "at_least"
        return Count(
            kind=kind,
            of=self._names(given["of"], join(at, "of")),
            bound=read_count(given[edge], join(at, edge)),
            is_strict=read_flag(given.get("strict", False), join(at, "strict")),
        )

    def _veto(self, kind: str, given: Mapping[str, Any], at: str) -> NoVeto:
        by: dict[str, None] = {}
        where = join(at, "by")
        entries = read_list(
            given["by"], where, most=LONGEST_LIST, empty="must name at least one party"
        )
        for index, entry in enumerate(entries):
            party = read_name(entry, join(where, index))
            if party not in self._parties:
                raise CaseError(f"unknown party {party!r}", join(where, index))
            if party in by:
                raise CaseError(f"party {party!r} is named twice", join(where, index))
            by[party] = None
        return NoVeto(by=tuple(by), of=self._names(given["of"], join(at, "of")))
