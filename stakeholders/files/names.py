"""File names as people gave them, without what deceives or harms. Pure."""

import re
import unicodedata
from pathlib import PurePosixPath
from urllib.parse import quote

_FORBIDDEN = re.compile(r'[<>:"|?*]+')
_NOT_PLAIN = re.compile(r'[^ -~]|[\\"%?]')
_UNTOLD = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}  # controls, marks of direction, zero width


def clean_name(name: str, *, length: int) -> str:
    """`name` without folders, controls, marks of direction and signs Windows refuses.

    Chinese and other scripts stay. An over-long name is cut before its suffix. Empty when
    nothing is left.
    """
    last = name.replace("\\", "/").rpartition("/")[2]
    told = "".join(
        " " if sign in "\t\r\n" else sign
        for sign in unicodedata.normalize("NFC", last)
        if sign in "\t\r\n" or unicodedata.category(sign) not in _UNTOLD
    )
    told = " ".join(_FORBIDDEN.sub("_", told).split()).strip(". ")
    if len(told) <= length:
        return told
    suffix = suffix_of(told) if len(suffix_of(told)) <= 10 else ""
    return told[: length - len(suffix)].rstrip(". ") + suffix


def suffix_of(name: str) -> str:
    """The end of a name from its last dot, in small letters."""
    return PurePosixPath(name).suffix.lower()


def disposition(name: str) -> str:
    """Content-Disposition of a download (RFC 6266): plain letters for old programs, and UTF-8.

    One header whatever the name holds: without an end of a line, which Django refuses with an error.
    """
    plain = _NOT_PLAIN.sub("_", name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
