"""Typed reading of JSON: every refusal carries the path to what is wrong."""

import json
import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, NoReturn

from consult.consensus.case import CaseError, Value

LONGEST_NUMBER = 100
LARGEST_COUNT = 1_000_000
DECIMAL = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
FRACTION = re.compile(r"-?[0-9]+(/[0-9]+|\.[0-9]+)?")
HALF_CHARACTER = re.compile("[\ud800-\udfff]")
NON_FINITE = re.compile(r"[+-]?(nan|inf|infinity)", re.IGNORECASE)


def join(at: str, key: str | int) -> str:
    """Return the path one step below `at`."""
    if isinstance(key, int):
        return f"{at}[{key}]"
    return f"{at}.{key}" if at else key


def read_object(
    raw: object, at: str, *, required: Sequence[str] = (), optional: Sequence[str] | None = ()
) -> Mapping[str, Any]:
    """Return `raw` as an object with exactly these keys; `optional=None` allows any key."""
    if not isinstance(raw, Mapping):
        raise CaseError("must be an object", at)
    for key in raw:
        if not isinstance(key, str) or not key:
            raise CaseError("a key must be a non-empty string", at)
        if optional is not None and key not in required and key not in optional:
            raise CaseError(f"unknown key {key!r}", join(at, key))
    for key in required:
        if key not in raw:
            raise CaseError(f"missing key {key!r}", join(at, key))
    return raw


def read_list(raw: object, at: str, *, most: int, empty: str | None = None) -> Sequence[Any]:
    """Return `raw` as a list; `empty` is the refusal of an empty one, None allows it."""
    if not isinstance(raw, list | tuple):
        raise CaseError("must be a list", at)
    if not raw and empty is not None:
        raise CaseError(empty, at)
    if len(raw) > most:
        raise CaseError(f"has {len(raw)} entries, at most {most} are read", at)
    return raw


def read_name(raw: object, at: str) -> str:
    """Return `raw` as a non-empty string."""
    if not isinstance(raw, str) or not raw:
        raise CaseError("must be a non-empty string", at)
    return raw


def read_value(raw: object, values: Mapping[str, Value], at: str) -> str:
    """Return `raw` as the name of one of the values."""
    name = read_name(raw, at)
    if name not in values:
        raise CaseError(f"unknown value {name!r}", at)
    return name


def read_flag(raw: object, at: str) -> bool:
    """Return `raw` as a boolean; 0, 1 and words are refused."""
    if not isinstance(raw, bool):
        raise CaseError("must be true or false", at)
    return raw


def read_count(raw: object, at: str) -> int:
    """Return `raw` as a whole number that is not negative."""
    if isinstance(raw, bool) or not isinstance(raw, int):
        raise CaseError("must be a whole number", at)
    if raw < 0:
        raise CaseError("must not be negative", at)
    if raw > LARGEST_COUNT:
        raise CaseError(f"must be at most {LARGEST_COUNT}", at)
    return raw


def read_fraction(raw: object, at: str) -> tuple[Fraction, str]:
    """Return `raw`, a string like "2/3", "0.65" or "1", as an exact fraction within 0..1, and as written."""
    if not isinstance(raw, str) or len(raw) > LONGEST_NUMBER or not FRACTION.fullmatch(raw):
        raise CaseError('must be a fraction in a string, like "2/3"', at)
    try:
        fraction = Fraction(raw)
    except ZeroDivisionError as error:
        raise CaseError("has the denominator 0", at) from error
    if not 0 <= fraction <= 1:
        raise CaseError("must lie within 0..1", at)
    return fraction, raw


def read_weight(raw: object, at: str) -> Fraction:
    """Return `raw`, a decimal string, as an exact weight; 0 is allowed."""
    if isinstance(raw, str) and NON_FINITE.fullmatch(raw):
        raise CaseError("must be finite", at)
    if not isinstance(raw, str) or len(raw) > LONGEST_NUMBER or not DECIMAL.fullmatch(raw):
        raise CaseError('must be a decimal number in a string, like "12.5"', at)
    weight = Fraction(raw)
    if weight < 0:
        raise CaseError("must not be negative", at)
    return weight


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse a key that stands twice: the JSON module would silently keep the last."""
    result: dict[str, Any] = {}
    for key, value in pairs:
        if key in result:
            _refuse_halves(key)
            raise CaseError(f"the key {key!r} stands twice in one object", key)
        result[key] = value
    return result


def _constant(name: str) -> NoReturn:
    raise CaseError(f"{name} is no JSON number", "")


def read_json(text: str) -> Any:
    """Return the JSON value of `text`; raise CaseError when it is no JSON, says a key twice, or holds half a character
    (which no answer could repeat).
    """
    try:
        read = json.loads(text, object_pairs_hook=_pairs, parse_constant=_constant)
    except CaseError:
        raise
    except (ValueError, RecursionError) as error:
        raise CaseError(f"is no JSON: {error}", "") from error
    _refuse_halves(read)
    return read


def _refuse_halves(read: object) -> None:
    """Refuse half characters; without recursion, for the JSON may be nested deeper than a case."""
    waiting = [read]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            waiting += [*one.keys(), *one.values()]
        elif isinstance(one, list):
            waiting += one
        elif isinstance(one, str) and HALF_CHARACTER.search(one):
            raise CaseError("a text holds half a character", "")
