"""Line and paragraph of a comment. They have no fields of their own: they stand before its words,
in brackets, and go back into their columns in a form. The two ways undo each other."""

import re

_HEAD = re.compile(
    r"〔(?:(?:行|line )(?P<line>[^〔〕；\n]*?)(?:；(?P<both>[^〔〕；\n]*))?"
    r"|(?P<place>[^〔〕；\n]*))〕"
)
_SIGNS = str.maketrans({"〔": "[", "〕": "]", "；": ";", "\n": " "})
MOST = 100


def placed(*, line: str, place: str, text: str, language: str) -> str:
    """The words of a comment with its line and place before them: 〔行12；图3〕…"""
    line, place = _plain(line), _plain(place)
    if not line and not place:
        return text
    if not line:
        return f"〔{place}〕{text}"
    word = "行" if language == "zh" else "line "
    return f"〔{word}{line}；{place}〕{text}" if place else f"〔{word}{line}〕{text}"


def parted(text: str) -> tuple[str, str, str]:
    """Line, place and words of a comment."""
    found = _HEAD.match(text)
    if found is None or not text[found.end() :].strip():
        return "", "", text
    line, place = found["line"] or "", found["both"] or found["place"] or ""
    return line.strip(), place.strip(), text[found.end() :].strip()


def _plain(text: str) -> str:
    return " ".join(text.translate(_SIGNS).split())[:MOST].strip()
