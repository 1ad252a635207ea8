"""The common statement (共同认定书) as a paper, in the active language and in the order of offices.

One description for Word and PDF: who the parties are, which text they hold in common, article by
article; what went through the charter's special procedure, what is left to the superior authority,
which objections remain, the reservations annexed; who has signed; and the sign-off sheet.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.utils.dateparse import parse_date, parse_datetime
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from consult.phase2_preparation.papers.shape import (
    Block,
    Grid,
    Heading,
    Paper,
    Paragraph,
    day_words,
)
from consult.phase3_identification.consent_matrix.looks import LOOKS
from consult.phase3_identification.shown import annex
from consult.phase3_identification.sign_off_sheet import (
    letter_words,
    notices_of,
    paper_language,
    sheet_blocks,
    table,
)
from consult.phase3_identification.stated import Stated, StatedParty
from consult.phase3_identification.statement import SHOWN
from plans.register.enums import ItemKind
from plans.register.models import RevisionItem
from plans.register.queries import entries_of, reading_of
from plans.register.reading import Reading
from plans.text.documents.passages import Paragraph as Passage
from plans.text.documents.passages import Run, Table, passages
from stakeholders.templatetags.in_language import in_language

NUMERALS = "一二三四五六七八九十"
Row = Mapping[str, Any]
Section = tuple[str, list[Block]]


def statement_paper(said: Stated) -> Paper:
    """The whole statement, its sign-off sheet on pages of its own at the end."""
    return Paper(
        title=said.title,
        subject=said.plan.key,
        language=paper_language(),
        at=said.at,
        number=said.number_line,
        notices=notices_of(said),
        blocks=[*_numbered(_sections(said)), *sheet_blocks(said)],
    )


def _sections(said: Stated) -> Iterator[Section]:
    entries = {entry.item.key: entry for entry in entries_of(said.statement.revision)}
    rows = said.content["items"]
    agreed = [row for row in rows if row["passed"]]
    overridden = [row for row in rows if "overridden" in row]
    undecided = [row for row in rows if not row.get("decided_here", True)]
    yield _("Parties to the statement"), [_parties(said)]
    yield pgettext("statement", "Basis"), _basis(said, len(agreed))
    yield _("Text recognized in common"), _articles(said, agreed, entries, _consent)
    if overridden:
        title = _("Items overridden by the charter’s special procedure")
        yield title, _articles(said, overridden, entries, _override)
    if undecided:
        title = _("Items left to the decision of the superior authority")
        yield title, _articles(said, undecided, entries, _support)
    if objections := annex(said.content, "objections"):
        yield _("Objections and difficulties that remain"), _objections(objections)
    yield _("Reservations, annexed"), _reservations(annex(said.content, "reservations"))
    yield _("Signatures"), _signatures(said)


def _numbered(sections: Iterator[Section]) -> Iterator[Block]:
    """Chapters as 一、二、三 in Chinese, as figures in English."""
    for place, (title, blocks) in enumerate(sections):
        number = f"{place + 1}. " if paper_language() == "en" else f"{NUMERALS[place]}、"
        yield Heading(text=f"{number}{title}")
        yield from blocks


def _parties(said: Stated) -> Grid:
    heads = (
        pgettext("statement", "Party"),
        _("Position"),
        pgettext("statement", "Letter"),
        _("Deciding body"),
        _("Signatory and letter of mandate"),
    )
    rows = [
        (one.name, one.position, letter_words(one), one.decided_by, _signatory(one))
        for one in said.parties
    ]
    return table(heads, (18, 20, 24, 18, 24), rows)


def _signatory(party: StatedParty) -> str:
    return "\n".join(one for one in (party.signatory, party.mandate_letter) if one)


def _basis(said: Stated, agreed: int) -> list[Block]:
    content, sign_off = said.content, said.content["sign_off"]
    first = _(
        "Under version %(charter)s of their charter the parties took positions, item by item, on "
        "the text of revision R%(number)s from %(opened)s to %(closed)s, each through its "
        "signatory. The hash of that text is %(hash)s."
    ) % {
        "charter": content["charter"],
        "number": content["revision"]["number"],
        "opened": _day_of(sign_off["opened_at"]),
        "closed": _day_of(sign_off["closed_at"]),
        "hash": content["revision"]["hash"],
    }
    second = _(
        "They recognize in common the %(count)s items that follow. They seek common ground and "
        "record the differences that remain."
    ) % {"count": agreed}
    part = _("This statement is of the items that have passed already; the others go on.")
    blocks: list[Block] = [Paragraph(text=first), Paragraph(text=second)]
    if said.statement.is_part:
        blocks.append(Paragraph(text=part))
    return blocks


def _day_of(at: str) -> str:
    moment = parse_datetime(at)
    return day_words(localtime(moment).date()) if moment else ""


def _articles(
    said: Stated,
    rows: Sequence[Row],
    entries: Mapping[str, RevisionItem],
    note: Callable[[Stated, Row], str],
) -> list[Block]:
    """The items with their texts, each with what `note` says of it; indicators in one table."""
    blocks: list[Block] = []
    figures: list[tuple[RevisionItem, str]] = []
    for row in rows:
        entry = entries[row["key"]]
        if entry.item.kind == ItemKind.INDICATOR:
            figures.append((entry, note(said, row)))
            continue
        reading = reading_of(entry)
        blocks.append(Heading(text=_article_title(reading), level=2))
        blocks += _body(in_language(reading, "text"))
        blocks.append(Paragraph(text=note(said, row), is_note=True))
    if figures:
        blocks += [Heading(text=_("Indicators"), level=2), _indicators(said, figures)]
    return blocks


def _article_title(reading: Reading) -> str:
    """The number, a full-width blank, the title."""
    return f"{reading.number_label}\u3000{in_language(reading, 'title')}"


def _body(markdown: str) -> Iterator[Block]:
    """A provision's text: paragraphs and lists with their signs, tables as tables."""
    for one in passages(markdown):
        if isinstance(one, Table) and one.rows:
            head, *rows = [[_plain(cell) for cell in row] for row in one.rows]
            yield replace(table(head, [1] * len(head), rows), row_height=0)
        elif isinstance(one, Passage):
            yield Paragraph(text=f"{one.sign} {_plain(one.runs)}".strip(), is_kept=True)


def _plain(runs: Sequence[Run]) -> str:
    return "".join(run.text for run in runs)


def _indicators(said: Stated, rows: Sequence[tuple[RevisionItem, str]]) -> Grid:
    heads = (
        pgettext("of an item", "No."),
        _("Indicator"),
        _("Target"),
        _("Figures allotted"),
        _("Note"),
    )
    lines = [_indicator(said, entry, note) for entry, note in rows]
    return table(heads, (8, 22, 22, 24, 28), lines)


def _indicator(said: Stated, entry: RevisionItem, note: str) -> Sequence[str]:
    content = json.loads(entry.version.content)["content"]
    target = " ".join(str(content.get(name) or "") for name in ("target", "unit")).strip()
    if year := content.get("target_year"):
        target = _("%(target)s by %(year)s") % {"target": target, "year": year}
    allotted = [
        _("%(party)s: %(figure)s") % {"party": said.names.get(code, code), "figure": figure}
        for code, figure in (content.get("allocations") or {}).items()
    ]
    reading = reading_of(entry)
    told = "\n".join(one for one in (in_language(reading, "text"), note) if one)
    return (
        str(reading.number_label),
        in_language(reading, "title"),
        target,
        "\n".join(allotted),
        told,
    )


def _consent(said: Stated, row: Row) -> str:
    """Who agreed and how; all of them in a word."""
    states = row["parties"]
    if set(states) == {"agreed"} and len(states["agreed"]) == len(said.names):
        return _("All parties agree.")
    told = [
        _("%(state)s: %(who)s") % {"state": LOOKS[state].word, "who": _who(said, states[state])}
        for state in SHOWN
        if state in states
    ]
    return _("; ").join(told)


def _who(said: Stated, codes: Sequence[str]) -> str:
    return pgettext("between names", ", ").join(said.names.get(code, code) for code in codes)


def _override(said: Stated, row: Row) -> str:
    over = row["overridden"]
    text = _("Adopted by the special procedure on %(day)s. Reason: %(reason)s")
    told = text % {"day": _day_of(over["at"]), "reason": over["reason"]}
    return f"{told}\n{_consent(said, row)}".strip()


def _support(said: Stated, row: Row) -> str:
    states = ("agreed", "agreed_in_principle", "reserved")
    codes = [code for state in states for code in row["parties"].get(state, [])]
    return _("Supported by: %(who)s") % {"who": _who(said, codes) or _("None.")}


def _objections(rows: Sequence[Row]) -> list[Block]:
    blocks: list[Block] = []
    for row in rows:
        blocks.append(Heading(text=_("%(party)s, article %(number)s") % row, level=2))
        blocks.append(Paragraph(text=row["text"], is_kept=bool(row["wording"])))
        if row["wording"]:
            blocks.append(
                Paragraph(text=_("Wording that would do: %(what)s") % {"what": row["wording"]})
            )
    return blocks


def _reservations(rows: Sequence[Row]) -> list[Block]:
    """Numbered: with what each covers, when it is looked at again and what would lift it."""
    if not rows:
        return [Paragraph(text=_("None."))]
    text = _("They are recorded with this statement and do not hinder the adoption of the items.")
    blocks: list[Block] = [Paragraph(text=text)]
    for place, row in enumerate(rows, start=1):
        lead = _("Reservation %(place)s") % {"place": place}
        head = _("%(party)s, article %(number)s") % row
        blocks.append(Heading(text=f"{lead}\u3000{head}", level=2))
        terms = "\n".join(_terms(row))
        blocks.append(Paragraph(text=row["text"], is_kept=bool(terms)))
        blocks += [Paragraph(text=terms, is_note=True)] if terms else []
    return blocks


def _terms(row: Row) -> Iterator[str]:
    if row["scope"]:
        yield _("Covers: %(what)s") % {"what": row["scope"]}
    if row["lifted_if"]:
        yield _("Would be lifted by: %(what)s") % {"what": row["lifted_if"]}
    if row["review_on"]:
        yield _("Review on %(day)s") % {"day": day_words(parse_date(row["review_on"]))}


def _signatures(said: Stated) -> list[Block]:
    """Who signed under which mandate, on which letter and when; the date of the document."""
    rows = []
    for party in said.parties:
        signature = party.signature
        if signature is None:
            rows.append((party.name, _("Not signed yet"), "", "", ""))
            continue
        mandate = signature.mandate
        letter = (signature.letter_number, day_words(signature.letter_on))
        rows.append(
            (
                party.name,
                in_language(mandate.user, "name"),
                mandate.document,
                "\n".join(one for one in letter if one),
                f"{day_words(localtime(signature.at).date())} {localtime(signature.at):%H:%M}",
            )
        )
    heads = (
        pgettext("statement", "Party"),
        _("Signed by"),
        _("Letter of mandate"),
        pgettext("statement", "Letter"),
        _("Time"),
    )
    blocks: list[Block] = [table(heads, (18, 20, 24, 24, 18), rows)]
    if said.number:
        blocks.append(Paragraph(text=day_words(said.number.dated_on), is_signature=True))
    return blocks
