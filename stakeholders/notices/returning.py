"""What a mail server says of a mail it could not deliver (RFC 3464), read without trust. Pure.

Anybody can write to the address that returned mail comes to. So only a bounded part of it is
read, and what is found are claims: the caller believes them of mail this site can prove it sent.
"""

import email
import email.message
import re
from collections.abc import Iterator
from dataclasses import dataclass

MAX_SIZE = 200_000  # bytes that are read; of longer ones the beginning
MAX_PARTS = 50
MAX_IDS = 20
_ID = re.compile(r"\b(\d{1,18})\.([0-9a-f]{32})(?:\.[0-9a-f]{1,20})?@")
_STATUS = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
_REPLY = re.compile(r"\b(5\d\d)[ -]")
# Full mailboxes, mails too long, rejected content: the address itself is right.
_PASSING = re.compile(r"5\.(2\.[23]|3\.4|6\.\d+|7\.\d+)")
_ADDRESSED = ("To", "Delivered-To", "X-Original-To", "Envelope-To")
_THREAD = ("In-Reply-To", "References")


@dataclass(frozen=True, kw_only=True)
class Claim:
    """Row and proof of a mail that is said to have come back."""

    pk: int
    proof: str


@dataclass(frozen=True, kw_only=True)
class Returned:
    """What one report says."""

    claims: tuple[Claim, ...]
    is_final: bool  # given up; not merely late
    is_hard: bool  # the address takes no mail at all
    reason: str


def read_report(raw: bytes, *, to: str = "") -> Returned | None:
    """One report as it came; None when it is none. `to`: the address it was delivered to."""
    try:
        message = email.message_from_bytes(raw[:MAX_SIZE])
        parts = [part for _number, part in zip(range(MAX_PARTS), message.walk(), strict=False)]
        statuses = list(_statuses(parts))
        if not statuses:
            return None
        words = [to, *_headers(message, _ADDRESSED), *_headers(message, _THREAD)]
        words += [one for part in _originals(parts) for one in _headers(part, ("Message-ID",))]
        return _judged(statuses, tuple(_claims(" ".join(words))))
    except (RecursionError, ValueError, LookupError, TypeError, AttributeError):
        return None  # built to break its readers


def _statuses(parts: list[email.message.Message]) -> Iterator[dict[str, str]]:
    """The fields of each recipient in the machine's part of a report."""
    for part in parts:
        if part.get_content_type() != "message/delivery-status":
            continue
        blocks = part.get_payload()
        for block in blocks[:MAX_PARTS] if isinstance(blocks, list) else []:
            if not isinstance(block, email.message.Message):
                continue
            fields = {name.lower(): str(value)[:1_000] for name, value in block.items()[:50]}
            if "action" in fields:
                yield fields


def _originals(parts: list[email.message.Message]) -> Iterator[email.message.Message]:
    """The returned mail, or its headers."""
    for part in parts:
        kind = part.get_content_type()
        payload = part.get_payload()
        if kind == "message/rfc822" and isinstance(payload, list):
            yield from (one for one in payload[:1] if isinstance(one, email.message.Message))
        elif kind in ("text/rfc822-headers", "message/rfc822-headers"):
            text = part.get_payload(decode=True)
            if isinstance(text, bytes):
                yield email.message_from_bytes(text[:100_000])


def _headers(message: email.message.Message, names: tuple[str, ...]) -> list[str]:
    return [str(value)[:2_000] for name in names for value in message.get_all(name, [])[:10]]


def _claims(text: str) -> Iterator[Claim]:
    seen: set[Claim] = set()
    for pk, proof in _ID.findall(text[:50_000])[:MAX_IDS]:
        claim = Claim(pk=int(pk), proof=proof)
        if claim not in seen:
            seen.add(claim)
            yield claim


def _judged(statuses: list[dict[str, str]], claims: tuple[Claim, ...]) -> Returned:
    """Each mail of ours has one recipient: one that is given up for good decides."""
    failed = [one for one in statuses if one["action"].strip().lower() == "failed"]
    if not failed:
        reason = _reason(statuses[0])
        return Returned(claims=claims, is_final=False, is_hard=False, reason=reason)
    hard = [one for one in failed if _is_hard(one)]
    reason = _reason((hard or failed)[0])
    return Returned(claims=claims, is_final=True, is_hard=bool(hard), reason=reason)


def _is_hard(fields: dict[str, str]) -> bool:
    said = f"{fields.get('status', '')} {fields.get('diagnostic-code', '')}"
    codes = [".".join(code) for code in _STATUS.findall(said)]
    if not codes:
        return bool(_REPLY.search(said))
    return any(code.startswith("5") for code in codes) and not any(
        _PASSING.fullmatch(code) for code in codes
    )


def _reason(fields: dict[str, str]) -> str:
    words = f"{fields.get('status', '').strip()} {fields.get('diagnostic-code', '').strip()}"
    shown = "".join(one if one.isprintable() else " " for one in words)
    return " ".join(shown.split())[:300]
