"""The common statement as a Word document with its sign-off sheet."""

import json
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from consult.ballots.enums import PositionValue
from consult.phase3_identification.board import spoken
from consult.phase3_identification.bundle import demonstration_note
from consult.phase3_identification.models import CommonStatement, Signature
from consult.phase3_identification.shown import annex, overridden_of, undecided_of
from plans.register.models import Plan, RevisionItem
from plans.register.queries import entries_of, reading_of
from stakeholders.templatetags.in_language import in_language

BODY_FONT, HEAD_FONT = "仿宋_GB2312", "黑体"


def docx_bytes(*, plan: Plan, statement: CommonStatement) -> bytes:
    """The statement as a Word document in the reader's language."""
    content = json.loads(statement.content)
    entries = list(entries_of(statement.revision))
    signatures = {
        str(row.jurisdiction_id): row
        for row in statement.signatures.select_related("mandate__user")
    }
    paper = _paper()
    if plan.is_demonstration:
        _line(paper, demonstration_note(), bold=True, centred=True)
    title = paper.add_heading(_("Common statement"), level=0)
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _line(paper, in_language(plan, "title"), centred=True)
    _preamble(paper, content)
    _articles(paper, entries)
    _overridden(paper, overridden_of(content))
    _undecided(paper, undecided_of(content))
    _reservations(paper, annex(content, "reservations"))
    _differences(paper, annex(content, "objections"))
    _sheet(paper, content, signatures)
    _line(paper, _("Hash of this statement: %(hash)s") % {"hash": statement.hash}, small=True)
    head = content["record_head"]["hash"]
    _line(paper, _("Record head before the close: %(hash)s") % {"hash": head}, small=True)
    out = BytesIO()
    paper.save(out)
    return out.getvalue()


def _paper() -> WordDocument:
    """An A4 page with the fonts offices name and a page number at its foot."""
    paper = Document()
    section = paper.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.6)
    for name, font in (("Normal", BODY_FONT), ("Title", HEAD_FONT), ("Heading 1", HEAD_FONT)):
        style = paper.styles[name]
        style.font.name = font
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    paper.styles["Normal"].font.size = Pt(12)
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    foot._p.append(field)
    return paper


def _line(
    paper: WordDocument,
    text: str,
    *,
    bold: bool = False,
    centred: bool = False,
    small: bool = False,
) -> None:
    paragraph = paper.add_paragraph()
    run = paragraph.add_run(text)
    run.bold = bold
    if small:
        run.font.size = Pt(8)
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _preamble(paper: WordDocument, content: Mapping[str, Any]) -> None:
    parties = _("; ").join(spoken(party["name"]) for party in content["parties"])
    paper.add_heading(_("Parties"), level=1)
    _line(paper, parties)
    revision = content["revision"]
    text = _(
        "The parties recognize in common the text of revision R%(number)s, hash %(hash)s, item by "
        "item as set out below. Differences that remain are annexed."
    )
    _line(paper, text % {"number": revision["number"], "hash": revision["hash"]})


def _articles(paper: WordDocument, entries: Sequence[RevisionItem]) -> None:
    paper.add_heading(_("Text recognized in common"), level=1)
    for entry in entries:
        content = json.loads(entry.version.content)["content"]
        heading = reading_of(entry).number_label
        _line(paper, f"{heading}  {spoken(content.get('title') or content.get('name'))}", bold=True)
        if body := spoken(content.get("text") or content.get("definition")):
            _line(paper, body)


def _overridden(paper: WordDocument, rows: Sequence[Mapping[str, Any]]) -> None:
    if not rows:
        return
    paper.add_heading(_("Items overridden by the charter’s special procedure"), level=1)
    for row in rows:
        _line(paper, _("Article %(number)s") % row, bold=True)
        _line(paper, row["reason"])


def _undecided(paper: WordDocument, rows: Sequence[Mapping[str, Any]]) -> None:
    """What the superior authority decides in its reply: named, with who supports it."""
    if not rows:
        return
    paper.add_heading(_("Items left to the decision of the superior authority"), level=1)
    for row in rows:
        _line(paper, _("Article %(number)s") % row, bold=True)
        who = _("; ").join(row["supporters"]) or _("None.")
        _line(paper, _("Supported by: %(who)s") % {"who": who})


def _reservations(paper: WordDocument, rows: Sequence[Mapping[str, Any]]) -> None:
    paper.add_heading(_("Annex: reservations"), level=1)
    if not rows:
        _line(paper, _("None."))
    for row in rows:
        head = _("%(party)s, article %(number)s") % row
        _line(paper, f"{head} {row['scope']}".strip(), bold=True)
        _line(paper, row["text"])
        if row["lifted_if"]:
            _line(paper, _("Would be lifted by: %(what)s") % {"what": row["lifted_if"]})
        if row["review_on"]:
            _line(paper, _("Review on %(day)s") % {"day": row["review_on"]})


def _differences(paper: WordDocument, rows: Sequence[Mapping[str, Any]]) -> None:
    if not rows:
        return
    paper.add_heading(_("Annex: objections and difficulties that remain"), level=1)
    for row in rows:
        head = _("%(party)s, article %(number)s") % row
        _line(paper, head, bold=True)
        _line(paper, row["text"])
        if row["wording"]:
            _line(paper, _("Wording that would do: %(what)s") % {"what": row["wording"]})


def _sheet(
    paper: WordDocument,
    content: Mapping[str, Any],
    signatures: Mapping[str, Signature],
) -> None:
    """The sign-off sheet (会签单): one line per party, on a page of its own."""
    paper.add_page_break()
    paper.add_heading(_("Sign-off sheet"), level=1)
    heads = [_("Party"), _("Position"), _("Letter"), _("Signed by"), _("Seal"), _("Receipt")]
    table = paper.add_table(rows=1, cols=len(heads), style="Table Grid")
    for cell, text in zip(table.rows[0].cells, heads, strict=True):
        cell.text = text
    reserved = {row["party"] for row in content["reservations"]}
    for party in content["parties"]:
        signature = signatures.get(str(party["code"]))
        letter = party["letter"]["number"] if party["letter"] else ""
        general = str(party["general"])
        value = str(PositionValue(general).label) if general else _("Silent")
        if party["code"] in reserved:
            value = _("%(position)s, with the reservations annexed") % {"position": value}
        texts = (spoken(party["name"]), value, letter, _signed(signature), "", _short(party))
        for cell, text in zip(table.add_row().cells, texts, strict=True):
            cell.text = text


def _signed(signature: Signature | None) -> str:
    if signature is None:
        return ""
    day = localtime(signature.at).date().isoformat()
    return f"{in_language(signature.mandate.user, 'name')} {day}"


def _short(party: Mapping[str, Any]) -> str:
    return str(party["receipt"])[:23]
