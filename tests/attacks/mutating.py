"""True files made bad: bits turned, pieces cut, moved or put in, members of archives swapped."""

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable

LAUGHS = (
    b'<!DOCTYPE l [<!ENTITY a "lol">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]>"
)
# What readers trip over, as it stands in files of several kinds.
PIECES: tuple[bytes, ...] = (
    b"\0", b"\xff", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\r", b"\n\n",
    b'"', b"'", b"\\", b",,,,", b"\t", b"=1+1", b"[" * 3_000, b"{" * 3_000, b'{"a":' * 3_000,
    b"NaN", b"Infinity", b"-1", b"1e999", b"9" * 5_000, b"null", b"[]", b"{}", b"true", b'""',
    "\u202e\u2066".encode(), "\U00020000".encode(), "１２３４".encode(), b"0000-00-00",
    b"9999-12-31", b"sha256:", b"&a;", b"&#0;", b"&#xD800;", LAUGHS, b"<![CDATA[", b"-->", b"<!--",
    b"</w:p>", b"<a>" * 2_000, b' w:val="-1"', b' r="A99999999"', b' r="ZZZZ1"', b' r=""',
    b"../../etc/passwd", "中文".encode("gb18030"), "中文".encode("utf-16"), b"x" * 300_000,
)  # fmt: skip
VALUES: tuple[bytes, ...] = (
    b"", b"-1", b"0", b"NaN", b"1e999", b"99999999999999999999", b"\xe4\xb8\x80", b"true", b"A1",
    b"9999-99-99", b"rId999", b"../x", b"x" * 40_000, b"&lt;", b" ",
)  # fmt: skip
ENCODINGS = ("gb18030", "utf-16", "utf-8-sig", "utf-32", "big5", "latin-1", "utf-7")


def flipped(raw: bytes, choose: random.Random) -> bytes:
    changed = bytearray(raw)
    for _time in range(choose.choice((1, 1, 2, 8, 64))):
        changed[choose.randrange(len(changed))] ^= 1 << choose.randrange(8)
    return bytes(changed)


def cut(raw: bytes, choose: random.Random) -> bytes:
    return raw[: choose.randrange(len(raw))]


def without(raw: bytes, choose: random.Random) -> bytes:
    start, end = _span(raw, choose)
    return raw[:start] + raw[end:]


def doubled(raw: bytes, choose: random.Random) -> bytes:
    start, end = _span(raw, choose)
    return raw[:end] + raw[start:]


def moved(raw: bytes, choose: random.Random) -> bytes:
    start, end = _span(raw, choose)
    rest = raw[:start] + raw[end:]
    at = choose.randrange(len(rest) + 1)
    return rest[:at] + raw[start:end] + rest[at:]


def put_in(raw: bytes, choose: random.Random) -> bytes:
    at = choose.randrange(len(raw) + 1)
    return raw[:at] + choose.choice(PIECES) + raw[at:]


def replaced(raw: bytes, choose: random.Random) -> bytes:
    """What stands between two signs of the format gives way to something else."""
    signs = [n for n, one in enumerate(raw) if one in b'",:<>;=\n[]{}']
    if len(signs) < 2:
        return put_in(raw, choose)
    one = choose.randrange(len(signs) - 1)
    start, end = signs[one] + 1, signs[one + 1]
    return raw[:start] + choose.choice((*PIECES, *VALUES)) + raw[end:]


def recoded(raw: bytes, choose: random.Random) -> bytes:
    return raw.decode("utf-8", "replace").encode(choose.choice(ENCODINGS), "replace")


def _span(raw: bytes, choose: random.Random) -> tuple[int, int]:
    start = choose.randrange(len(raw))
    return start, min(len(raw), start + choose.choice((1, 4, 40, 400, 4_000)))


UNPACKABLE = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, ValueError, OSError, RuntimeError,
    LookupError,
)  # fmt: skip
Mutation = Callable[[bytes, random.Random], bytes]
PLAIN: tuple[Mutation, ...] = (
    flipped, cut, without, doubled, moved, put_in, put_in, replaced, replaced, recoded,
)  # fmt: skip


def member_changed(raw: bytes, choose: random.Random) -> bytes:
    """An archive that is whole, with one of its members mutated."""
    parts = _parts(raw)
    name = choose.choice(sorted(parts))
    parts[name] = _some(parts[name], choose)
    return _packed(parts)


def members_swapped(raw: bytes, choose: random.Random) -> bytes:
    parts = _parts(raw)
    one, other = choose.choice(sorted(parts)), choose.choice(sorted(parts))
    parts[one], parts[other] = parts[other], parts[one]
    return _packed(parts)


def member_gone(raw: bytes, choose: random.Random) -> bytes:
    parts = _parts(raw)
    del parts[choose.choice(sorted(parts))]
    return _packed(parts)


def member_declares(raw: bytes, choose: random.Random) -> bytes:
    """Entities declared in one part: those that multiply, and those that fetch."""
    parts = _parts(raw)
    name = choose.choice(sorted(parts))
    fetch = b'<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    head, sign, rest = parts[name].partition(b"?>")
    parts[name] = head + sign + choose.choice((LAUGHS, fetch)) + rest
    return _packed(parts)


PACKED: tuple[Mutation, ...] = (
    flipped, cut, without, put_in, *[member_changed] * 8, members_swapped, member_gone,
    member_declares,
)  # fmt: skip


def mutated(raw: bytes, choose: random.Random) -> bytes:
    """`raw` with one to three mutations; an archive mostly stays one."""
    for _time in range(choose.choice((1, 1, 1, 2, 3))):
        is_packed = raw.startswith(b"PK") and zipfile.is_zipfile(io.BytesIO(raw))
        kinds = PACKED if is_packed else PLAIN
        try:
            raw = choose.choice(kinds)(raw, choose)
        except UNPACKABLE:
            raw = flipped(raw, choose)  # no archive any more
        if not raw:
            return raw
    return raw


def _some(raw: bytes, choose: random.Random) -> bytes:
    return choose.choice(PLAIN)(raw, choose) if raw else choose.choice(PIECES)


def _parts(raw: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return {one.filename: archive.read(one) for one in archive.infolist()}


def _packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()
