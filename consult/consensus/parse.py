"""From the JSON contract to a `Case`. Whatever is not understood is an error, never a pass."""

from collections.abc import Mapping, Sequence

from consult.consensus.case import (
    Case,
    CaseError,
    Party,
    Seat,
    Value,
)
from consult.consensus.read import (
    join,
    read_flag,
    read_list,
    read_name,
    read_object,
    read_value,
    read_weight,
)
from consult.consensus.requirements import parse_rule

MOST_PARTIES = 500
MOST_POSITIONS = 10_000
MOST_VALUES = 20


def parse_case(raw: object) -> Case:
    """Return the case that `raw` (the decoded JSON of the contract) describes; raise CaseError with its path."""
    top = read_object(raw, "", required=("rule", "values", "parties", "positions", "closed"))
    values = parse_values(top["values"], at="values")
    parties = parse_parties(top["parties"], at="parties")
    rule = parse_rule(top["rule"], values=values, parties=parties, at="rule")
    held, warnings = parse_positions(
        top["positions"], values=values, parties=parties, at="positions"
    )
    is_closed = read_flag(top["closed"], "closed")
    seats = tuple(
        Seat(party, value=held[party.id], is_free=False)
        if party.id in held
        else Seat(party, at_close=rule.silence)
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
        values[name] = Value(
            name, **{flag: read_flag(given[flag], join(where, flag)) for flag in given}
        )
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
        value = read_value(given["value"], values, join(where, "value"))
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
