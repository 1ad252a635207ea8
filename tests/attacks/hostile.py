"""What people and programs send that nobody asked for: texts for forms, values for JSON."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote_from_bytes

LONG = "a" * 1_000_000
# `None` in a form: the field is missing.
TEXTS: tuple[str | None, ...] = (
    None, "", " ", "\u3000", "\0", "a\0b", "\ud800", "a\udfffb", "\U00020000\U0002a6d6", "\ufeff",
    "\u202e倒\u202c", "\u2066\u2067\u2068", "\u200b\u200d", "e\u0301" * 500, "\ufffe\uffff", "\x85\u2028",
    "１２３", "٣", "²", "Ⅻ", "一", "-1", "-0", "+1", "0", "00", "1e5", "1e999", "1e-999", "NaN", "nan",
    "Infinity", "-inf", "0x10", "1_000", "1,5", "1.0", "9" * 30, "9" * 5_000, "2147483648",
    "9223372036854775808", "-9223372036854775809", "0001-01-01", "0000-00-00", "9999-12-31",
    "10000-01-01", "2026-02-30", "9999-12-31T23:59", "0001-01-01T00:00", "2026-03-29T02:30+99:99",
    "２０２６-01-01", "true", "null", "undefined", "[]", "{}", '{"a": 1e999}', "[" * 100_000,
    "Тrue", "ⅽoordinator", "青浦\u200b区", "310118 ", "３１０１１８", "000000", "../../etc/passwd",
    "%00", "%s%n", "{0.__class__}", "{{ 7*7 }}", "'; --", "\\", "\r\nX: y", "\n" * 3_000, "\t",
    "😀" * 5_000, "汉" * 100_000, LONG, "12345678-1234-5678-1234-567812345678", "-" * 36, "x" * 256,
)  # fmt: skip
VALUES: tuple[Any, ...] = (
    *(one for one in TEXTS if one not in ("\0",)), True, False, 0, -1, 1.5, 1e308, 2**31, 2**63,
    -(2**63) - 1, 10**400, float("nan"), float("inf"), [], {}, [[]], [None], [{}], {"a": {"b": []}},
    {"": ""}, [0] * 5_000, ["x"] * 2_000, {str(n): n for n in range(2_000)},
)  # fmt: skip
# Whole bodies, as bytes.
BODIES: tuple[bytes, ...] = (
    b"", b"{", b"null", b"[]", b"0", b'"text"', b"true", b"NaN", b"[" * 100_000, b'{"a":' * 50_000,
    b"[" * 900 + b"]" * 900, b'{"a": 1, "a": 2}', b'{"a": 1e400}', b'{"a": -Infinity}', b"\xff\xfe{}",
    b'\xef\xbb\xbf{"a": 1}', "{\"a\": \"中\"}".encode("gb18030"), b'{"\\u0000": 1}', b'{"\\ud800": 1}',
    b'{"a": "\\u0000"}', b'{"a": "\\udc00"}', b'{"a": ' + b"9" * 10_000 + b"}", b"{}" * 3, b'{"a": 1,}',
    b'{"a": "' + b"x" * 1_000_000 + b'"}', b"\0", b"a=1&b=2", b"<xml/>",
)  # fmt: skip
QUERIES: tuple[str, ...] = (
    "page=0", "page=-1", "page=x", "page=99999999999999999999", "page=%EF%BC%91", "page=%00", "page[]=1",
    "q=%00", "q=%ED%A0%80", "q=" + "a" * 5_000, "q=%25%5C_%27", "q=" + "%E6%B1%89" * 2_000, "sort=-",
    "sort=__class__", "format=exe", "format=json", "language=xx", "lang=../x", "as_of=0000-00-00",
    "as_of=9999-12-31", "as_of=0001-01-01T00:00", "from=x&to=y", "from=-1&to=99999999999999999999",
    "a=1&a=2&" * 200, "%FF=%FE", "plan=%F0%A0%80%80", "jurisdiction=310118&jurisdiction=x",
    "round=99999999999999999999", "state=%E2%80%AE", "open=maybe", "month=0000-13", "year=0",
    "year=99999", "day=2026-02-30", "head=sha256:x", "kind=%5B%5D", "tab=", "next=//evil.example",
)  # fmt: skip


def as_form(data: Mapping[str, Any]) -> bytes:
    """As a browser sends it, also what no browser would: half characters as their three bytes."""
    pairs = []
    for key, given in data.items():
        for one in given if isinstance(given, list | tuple) else [given]:
            text = str(one).encode("utf-8", "surrogatepass")
            pairs.append(f"{quote_from_bytes(key.encode())}={quote_from_bytes(text)}")
    return "&".join(pairs).encode()


def as_json(value: Any) -> str:
    """JSON with what JSON does not know: NaN, infinities, half characters."""
    return json.dumps(value)


def places(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to every part of a JSON value, the whole first."""
    found = [at]
    if isinstance(value, Mapping):
        for key, one in value.items():
            found += places(one, (*at, key))
    elif isinstance(value, list):
        for key, one in enumerate(value):
            found += places(one, (*at, key))
    return found


def put(value: Any, at: tuple[Any, ...], bad: Any) -> Any:
    """`value` with the part at that place replaced; the key itself dropped for `None`."""
    if not at:
        return bad
    first, *rest = at
    if isinstance(value, Mapping):
        changed = {**value, first: put(value[first], tuple(rest), bad)}
        return (
            {k: v for k, v in changed.items() if k != first}
            if bad is None and not rest
            else changed
        )
    return [put(one, tuple(rest), bad) if n == first else one for n, one in enumerate(value)]
