"""From the JSON contract to a `Case`. Whatever is not understood is an error, never a pass."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from consult.consensus.case import (
    ELECTORATE,
    NO_SILENCE,
    Case,
    CaseError,
    Count,
    Group,
    NoBlock,
    NoVeto,
    Party,
    Requirement,
    Rule,
    Seat,
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
    read_weight,
)

MOST_PARTIES = 2_000
MOST_POSITIONS = 100_000
MOST_VALUES = 50
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


def parse_case(raw: object) -> Case:
    """Return the case that `raw` (the decoded JSON of the contract) describes; raise CaseError with its path."""
    top = read_object(raw, "", required=("rule", "values", "parties", "positions", "closed"))
    values = parse_values(top["values"], at="values")
    parties = parse_parties(top["parties"], at="parties")
    rule = parse_rule(top["rule"], values=values, parties=parties, at="rule")
    held, warnings = parse_positions(top["positions"], values=values, parties=parties, at="positions")
    is_closed = read_flag(top["closed"], "closed")
    seats = tuple(
        Seat(party, value=held[party.id], is_free=False) if party.id in held else Seat(party, at_close=rule.silence)
        for party in parties
    )
    return Case(rule=rule, values=values, seats=seats, is_closed=is_closed, warnings=warnings)


def parse_values(raw: object, *, at: str) -> dict[str, Value]:
    """Return the values by name, with their flags."""
    table = read_object(raw, at, optional=None)
    if not table:
        raise CaseError("there must be at least one value", at)
    if len(table) > MOST_VALUES:
        raise CaseError(f"at most {MOST_VALUES} values are read", at)
    flags = ("blocks", "needs_text", "leaves_electorate")
    values = {}
    for name, entry in table.items():
        where = join(at, name)
        given = read_object(entry, where, optional=flags)
        values[name] = Value(name, **{flag: read_flag(given[flag], join(where, flag)) for flag in given})
    return values


def parse_parties(raw: object, *, at: str) -> tuple[Party, ...]:
    """Return the parties with their exact weights; a party named twice is an error."""
    parties: dict[str, Party] = {}
    entries = read_list(raw, at, most=MOST_PARTIES, empty="there must be at least one party")
    for index, entry in enumerate(entries):
        where = join(at, index)
        given = read_object(entry, where, required=("id",), optional=("weights",))
        name = read_name(given["id"], join(where, "id"))
        if name in parties:
            raise CaseError(f"party {name!r} is named twice", join(where, "id"))
        table = read_object(given.get("weights", {}), join(where, "weights"), optional=None)
        weights = {key: read_weight(table[key], join(join(where, "weights"), key)) for key in table}
        parties[name] = Party(name, tuple(sorted(weights.items())))
    return tuple(parties.values())


def parse_positions(
    raw: object, *, values: Mapping[str, Value], parties: Sequence[Party], at: str
) -> tuple[dict[str, str | None], tuple[str, ...]]:
    """Return what each party that spoke holds (None: not counted for want of text) and the warnings."""
    known = {party.id for party in parties}
    last: dict[str, tuple[str, str]] = {}
    for index, entry in enumerate(read_list(raw, at, most=MOST_POSITIONS)):
        where = join(at, index)
        given = read_object(entry, where, required=("party", "value"), optional=("text",))
        party = read_name(given["party"], join(where, "party"))
        if party not in known:
            raise CaseError(f"unknown party {party!r}", join(where, "party"))
        value = _known_value(given["value"], values, join(where, "value"))
        text = given.get("text", "")
        if not isinstance(text, str):
            raise CaseError("must be a string", join(where, "text"))
        last[party] = (value, text)
    held: dict[str, str | None] = {}
    warnings = []
    for party, (name, text) in last.items():
        is_bare = values[name].needs_text and not text.strip()
        held[party] = None if is_bare else name
        if is_bare:
            warnings.append(bare_warning(party, values[name]))
    return held, tuple(warnings)


def bare_warning(party: str, value: Value) -> str:
    """Return the warning about a position without the text its value needs."""
    blocks_zh, blocks_en = ("不构成阻断，也", "does not block and ") if value.blocks else ("", "")
    zh = f"{party}的“{value.name}”未附理由，{blocks_zh}不计入"
    return f"{zh} / {party}: “{value.name}” without its text {blocks_en}is not counted"


def parse_rule(raw: object, *, values: Mapping[str, Value], parties: Sequence[Party], at: str) -> Rule:
    """Return the rule; every name in it is checked against the values and parties."""
    given = read_object(raw, at, required=("requirements",), optional=("silence",))
    silence = read_name(given.get("silence", NO_SILENCE), join(at, "silence"))
    if silence == NO_SILENCE and "silence" in given and NO_SILENCE in values:
        raise CaseError(f"is ambiguous: there is a value named {NO_SILENCE!r}", join(at, "silence"))
    if silence != NO_SILENCE:
        _known_value(silence, values, join(at, "silence"))
    requirements = _RuleParser(values, parties).requirements(given["requirements"], join(at, "requirements"), depth=1)
    return Rule(requirements, None if silence == NO_SILENCE else silence)


def _known_value(raw: object, values: Mapping[str, Value], at: str) -> str:
    name = read_name(raw, at)
    if name not in values:
        raise CaseError(f"unknown value {name!r}", at)
    return name


class _RuleParser:
    """Reads requirements against the values and parties of one case."""

    def __init__(self, values: Mapping[str, Value], parties: Sequence[Party]) -> None:
        self._values = values
        self._parties = {party.id: dict(party.weights) for party in parties}
        self._index = {party.id: index for index, party in enumerate(parties)}
        self._read = 0
        self._single: Mapping[str, Callable[[str, Mapping[str, Any], str], Requirement]] = {
            "no_block": lambda kind, given, at: NoBlock(),
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
        entries = read_list(raw, at, most=MOST_REQUIREMENTS, empty="there must be at least one requirement")
        self._read += len(entries)
        if self._read > MOST_REQUIREMENTS:
            raise CaseError(f"a rule has at most {MOST_REQUIREMENTS} requirements", at)
        return tuple(self._requirement(entry, join(at, index), depth) for index, entry in enumerate(entries))

    def _requirement(self, raw: object, at: str, depth: int) -> Requirement:
        given = read_object(raw, at, required=("kind",), optional=None)
        kind = read_name(given["kind"], join(at, "kind"))
        if kind not in KEYS:
            raise CaseError(f"unknown kind {kind!r}", join(at, "kind"))
        required, optional = KEYS[kind]
        read_object(given, at, required=("kind", *required), optional=optional)
        if kind in ("any", "all"):
            return Group(kind, self.requirements(given["of"], join(at, "of"), depth=depth + 1))
        return self._single[kind](kind, given, at)

    def _names(self, raw: object, at: str) -> tuple[str, ...]:
        entries = read_list(raw, at, most=MOST_VALUES, empty="must name at least one value")
        return tuple(_known_value(entry, self._values, join(at, index)) for index, entry in enumerate(entries))

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
        entries = read_list(given["by"], where, most=MOST_PARTIES, empty="must name at least one party")
        for index, entry in enumerate(entries):
            party = read_name(entry, join(where, index))
            if party not in self._parties:
                raise CaseError(f"unknown party {party!r}", join(where, index))
            if party in by:
                raise CaseError(f"party {party!r} is named twice", join(where, index))
            by[party] = None
        return NoVeto(by=tuple(by), of=self._names(given["of"], join(at, "of")))
