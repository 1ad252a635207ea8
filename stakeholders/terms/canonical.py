"""Canonical text of a value and its digest, so that anybody can recompute a hash.

The form is RFC 8785 in spirit and simpler: UTF-8, keys sorted by code point, no blanks,
strings in Unicode NFC, no floats (figures are decimal strings), so no number form can differ.
"""

import hashlib
import json
import secrets
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal

ALGORITHM = "sha256"


def _plain(value: object) -> object:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return unicodedata.normalize("NFC", str(value))
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, Mapping):
        return {unicodedata.normalize("NFC", str(k)): _plain(v) for k, v in value.items()}
    if isinstance(value, Sequence):
        return [_plain(v) for v in value]
    if isinstance(value, set | frozenset):
        return sorted((_plain(v) for v in value), key=str)
    raise TypeError(
        f"no canonical form for {type(value).__name__}: give figures as decimal strings"
    )


def canonical(value: object) -> str:
    """`value` as its one canonical JSON text. TypeError for a float or an unknown type."""
    return json.dumps(_plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(text: str) -> str:
    """`sha256:` and the hex digest of the UTF-8 bytes of `text`."""
    return f"{ALGORITHM}:{hashlib.sha256(text.encode()).hexdigest()}"


def digest_of(value: object) -> str:
    return digest(canonical(value))


def commitment(content: str, nonce: str) -> str:
    """A sealing commitment: `digest(nonce, content)`; reveals nothing until both are shown."""
    return digest_of([nonce, content])


def new_nonce() -> str:
    return secrets.token_hex(32)
