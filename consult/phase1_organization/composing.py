"""A rule as lines of the editor, and back: exact, and nothing is lost on the way.

A group (`any`, `all`) is a line of its own; the lines that belong to it follow, marked as inside.
What the editor cannot show as lines (deeper groups, unusual spellings) is kept as it is.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from consult.ballots.enums import PositionValue
from consult.consensus.case import CaseError
from consult.consensus.read import read_json
from consult.phase1_organization.content import AGREEING, share_rule
from consult.phase1_organization.enums import GROUPS, Preset, RequirementKind
from stakeholders.terms import canonical

KEPT = "kept"
ELECTORATE = "electorate"
SHARES = frozenset({"min_share", "max_share", "quorum"})
COUNTS = frozenset({"min_count", "max_count"})
UPPER = frozenset({"max_share", "max_count"})
SPOKEN = ("agree", "agree_reserved", "abstain", "object")
LONGEST_SHARE = 40
DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")}
PERCENT = re.compile(r"([0-9]+)(?:\.([0-9]+))?%")
PLAIN = re.compile(r"[0-9]+(/[0-9]+|\.[0-9]+)?")
SPOKEN_SHARE = re.compile(r"([零一二三四五六七八九十百]+)分之([零一二三四五六七八九十百]+)")


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of the editor. Only what its kind needs is filled in; `kept` is canonical JSON."""

    kind: str
    is_inside: bool = False
    of: tuple[str, ...] = ()
    over: tuple[str, ...] = ()
    bound: str = ""
    is_strict: bool = False
    weight: str = ""
    by: tuple[str, ...] = ()
    kept: str = ""


class ShareError(ValueError):
    """Why a share cannot be read: `unreadable`, `zero` (its denominator) or `range`."""


def read_share(text: str) -> str:
    """A share as people type it ("2/3", "65 %", "0.65", "三分之二"), as the rules write it.

    Nothing is rounded: 62.5 % becomes 625/1000. Raises ShareError.
    """
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    percent, spoken = PERCENT.fullmatch(plain), SPOKEN_SHARE.fullmatch(plain)
    if percent:
        whole, part = percent[1], percent[2] or ""
        plain = f"{int(whole + part)}/{10 ** (2 + len(part))}"
    elif spoken:
        below, above = _numeral(spoken[1]), _numeral(spoken[2])
        plain = f"{above}/{below}"
    if not PLAIN.fullmatch(plain) or len(plain) > LONGEST_SHARE:
        raise ShareError("unreadable")
    try:
        share = Fraction(plain)
    except ZeroDivisionError as error:
        raise ShareError("zero") from error
    if share > 1:
        raise ShareError("range")
    return plain


def _numeral(text: str) -> int:
    """A Chinese numeral up to a hundred."""
    if text in ("百", "一百"):
        return 100
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return DIGITS.get(ones, 0)
    return 10 * DIGITS.get(tens, 1 if not tens else 0) + DIGITS.get(ones, 0)


def lines_of(rule: Mapping[str, object]) -> list[Line]:
    """The lines that show the requirements of `rule`, each in its order."""
    found: list[Line] = []
    for one in _objects(rule.get("requirements")):
        lines = _lines(one)
        is_same = lines is not None and requirements_of(lines) == [dict(one)]
        kept = [Line(kind=KEPT, kept=canonical.canonical(dict(one)))]
        found += lines if lines is not None and is_same else kept
    return found


def _lines(one: Mapping[str, object]) -> list[Line] | None:
    """The lines of one requirement; None where the editor has no lines for it."""
    kind = one.get("kind")
    if kind in GROUPS:
        parts = _objects(one.get("of"))
        if not parts or any(part.get("kind") in GROUPS for part in parts):
            return None
        inside = [_line(part, is_inside=True) for part in parts]
        return [Line(kind=str(kind)), *(line for line in inside if line is not None)]
    line = _line(one)
    return None if line is None else [line]


def _line(one: Mapping[str, object], *, is_inside: bool = False) -> Line | None:
    kind, over = one.get("kind"), one.get("over")
    if kind not in RequirementKind.values:
        return None
    if not (_in_order(_names(one.get("of"))) and _in_order(_names(over))):
        return None
    by = _names(one.get("by"))
    if list(by) != sorted(set(by)):
        return None
    bound = one.get("at_most" if kind in UPPER else "at_least", "")
    return Line(
        kind=str(kind),
        is_inside=is_inside,
        of=_names(one.get("of")),
        over=_names(over),
        bound=str(bound),
        is_strict=one.get("strict") is True,
        weight=str(one.get("weight", "")),
        by=by,
    )


def requirements_of(lines: Iterable[Line]) -> list[dict[str, object]]:
    """The requirements that the lines say. The lines are sound: a line inside follows its group."""
    found: list[dict[str, object]] = []
    inside: list[dict[str, object]] | None = None
    for line in lines:
        made = _requirement(line)
        if line.is_inside and inside is not None:
            inside.append(made)
            continue
        found.append(made)
        inside = [] if line.kind in GROUPS else None
        if inside is not None:
            made["of"] = inside
    return found


def rule_of(lines: Iterable[Line], *, silence: str) -> dict[str, object]:
    """The rule that the lines say."""
    return {"silence": silence, "requirements": requirements_of(lines)}


def _requirement(line: Line) -> dict[str, object]:
    if line.kind == KEPT:
        return kept_requirement(line.kept)
    found: dict[str, object] = {"kind": line.kind}
    if line.kind == "no_veto":
        return {**found, "by": list(line.by), "of": list(line.of)}
    if line.kind not in SHARES | COUNTS:
        return found
    found["of"] = list(line.of)
    if line.kind in SHARES and (line.over or line.kind != "quorum"):
        found["over"] = list(line.over) or ELECTORATE
    is_count = line.kind in COUNTS and line.bound.isdecimal() and line.bound.isascii()
    found["at_most" if line.kind in UPPER else "at_least"] = (
        int(line.bound) if is_count else line.bound
    )
    if line.kind in SHARES and line.weight:
        found["weight"] = line.weight
    if line.is_strict:
        found["strict"] = True
    return found


def kept_requirement(text: str) -> dict[str, object]:
    """A requirement kept as JSON, as it came. {} where it is none any more."""
    try:
        found = read_json(text)
    except CaseError:
        return {}
    return found if isinstance(found, dict) else {}


def preset_rule(name: str, *, codes: Sequence[str]) -> dict[str, object]:
    """A rule of a known body; `codes` are the co-makers that must sign, who hold the vetoes."""
    agreeing = list(AGREEING)
    cast = [*agreeing, "object"]
    no_block: dict[str, object] = {"kind": "no_block"}
    rules: dict[str, dict[str, object]] = {
        Preset.UNANIMITY: share_rule("1"),
        Preset.TWO_THIRDS: share_rule("2/3"),
        Preset.CONSENT: _rule(no_block, {"kind": "quorum", "of": list(SPOKEN), "at_least": "1/2"}),
        Preset.ISO: _rule(
            {"kind": "min_share", "of": agreeing, "over": cast, "at_least": "2/3"},
            {"kind": "max_share", "of": ["object"], "over": cast, "at_most": "1/4"},
        ),
        Preset.DOUBLE_MAJORITY: _rule(
            {"kind": "min_share", "of": agreeing, "over": ELECTORATE, "at_least": "55/100"},
            {
                "kind": "min_share",
                "of": agreeing,
                "over": ELECTORATE,
                "at_least": "65/100",
                "weight": "population",
            },
        ),
        Preset.VETOES: _rule(
            {"kind": "min_count", "of": agreeing, "at_least": 9},
            {"kind": "no_veto", "by": sorted(codes), "of": ["object"]},
        ),
        Preset.SILENCE: share_rule("1", silence="agree"),
    }
    return rules[Preset(name)]


def _rule(*requirements: dict[str, object]) -> dict[str, object]:
    return {"silence": "none", "requirements": list(requirements)}


def _in_order(values: Sequence[str]) -> bool:
    """Whether values stand as the editor lists them; another order is kept as it was written."""
    return [value for value in PositionValue.values if value in values] == list(values)


def _names(value: object) -> tuple[str, ...]:
    return tuple(str(one) for one in value) if isinstance(value, list) else ()


def _objects(value: object) -> list[Mapping[str, object]]:
    found = value if isinstance(value, list) else []
    return [one for one in found if isinstance(one, Mapping)]
