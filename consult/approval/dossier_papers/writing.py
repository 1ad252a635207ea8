"""One computed paper of a dossier as a file, by its code. The same state gives the same bytes."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from io import BytesIO

from consult.approval.dossier_papers.sheets import (
    base_paper,
    deliberation_paper,
    experts_paper,
    neighbours_paper,
)
from consult.approval.dossier_papers.texts import left_paper, tables_paper
from consult.approval.queries.dossier import Dossier
from consult.phase2_preparation.adoption_table.asked import asked
from consult.phase2_preparation.display_sheet import sheet_paper
from consult.phase2_preparation.papers.docx_writing import write_docx
from consult.phase2_preparation.papers.pdf_writing import write_pdf
from consult.phase2_preparation.papers.shape import Paper
from consult.phase2_preparation.queries.displays import counts_of
from consult.phase3_identification import papers as statements
from consult.phase3_identification.models import CommonStatement
from plans.text import serving
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import NotVisible

Writer = Callable[[Dossier, str, str, Actor], bytes]


def made_file(*, actor: Actor, dossier: Dossier, code: str, kind: str) -> bytes:
    """The computed paper `code` of a dossier as a file of `kind`, in the active language.

    NotVisible for one that the dossier does not hold or a kind it does not come in. Invalid where a
    kind cannot hold it (a PDF of too many comments). Whoever sees the dossier gets the same bytes.
    """
    found = dossier.document(code)
    if found is None or kind not in found[1].kinds:
        raise NotVisible
    name = code.partition("-")[0]
    return _WRITERS[name](dossier, code, kind, _as_all(actor))


def _as_all(actor: Actor) -> Actor:
    """The reader without its own jurisdiction or office: it sees what everybody sees."""
    return replace(actor, role=None, jurisdiction_code=None, organization_id=None)


def file_of(paper: Paper, kind: str) -> bytes:
    """A paper as docx or PDF."""
    if kind == "pdf":
        return write_pdf(paper)
    target = BytesIO()
    write_docx(paper, target)
    return target.getvalue()


def _number(code: str) -> int:
    return int(code.rpartition("-")[2])


def _statement(dossier: Dossier) -> CommonStatement:
    if dossier.statement is None:
        raise NotVisible
    return dossier.statement


def _base(dossier: Dossier, code: str, kind: str, actor: Actor) -> bytes:
    return file_of(base_paper(dossier.facts), kind)


def _adoption(dossier: Dossier, code: str, kind: str, actor: Actor) -> bytes:
    said = {"round": str(_number(code)), "answers": "1"}
    return asked(actor=actor, plan=dossier.plan, kind=kind, said=said).content()


def _display(dossier: Dossier, code: str, kind: str, actor: Actor) -> bytes:
    number = _number(code)
    finish = next(one for one in dossier.facts.displays if one.sheet.round.number == number)
    paper = sheet_paper(
        plan=dossier.plan,
        one=finish.sheet.round,
        sheet=finish.sheet,
        finish=finish,
        counts=counts_of(actor=actor, plan=dossier.plan, one=finish.sheet.round),
    )
    return file_of(paper, kind)


def _experts(dossier: Dossier, code: str, kind: str, actor: Actor) -> bytes:
    number = _number(code)
    one = next(one for one in dossier.facts.collectives if one.number == number)
    return file_of(experts_paper(dossier.plan, one), kind)


def _neighbours(dossier: Dossier, code: str, kind: str, actor: Actor) -> bytes:
    return file_of(neighbours_paper(dossier.facts, at=dossier.at), kind)


def _deliberation(dossier: Dossier, code: str, kind: str, actor: Actor) -> bytes:
    return file_of(deliberation_paper(dossier.facts, at=_statement(dossier).at), kind)


def _common_statement(dossier: Dossier, code: str, kind: str, actor: Actor) -> bytes:
    write = statements.statement_pdf if kind == "pdf" else statements.statement_docx
    return write(plan=dossier.plan, statement=_statement(dossier))


def _sheet(dossier: Dossier, code: str, kind: str, actor: Actor) -> bytes:
    write = statements.sheet_pdf if kind == "pdf" else statements.sheet_docx
    return write(plan=dossier.plan, statement=_statement(dossier))


def _text(dossier: Dossier, code: str, kind: str, actor: Actor) -> bytes:
    revision = _statement(dossier).revision
    return serving.asked(dossier.plan, revision=revision, kind=kind, said={}).content()


def _tables(dossier: Dossier, code: str, kind: str, actor: Actor) -> bytes:
    return file_of(tables_paper(dossier.facts, _statement(dossier)), kind)


def _left(dossier: Dossier, code: str, kind: str, actor: Actor) -> bytes:
    return file_of(left_paper(dossier.facts, _statement(dossier)), kind)


_WRITERS: Mapping[str, Writer] = {
    "base": _base,
    "adoption": _adoption,
    "display": _display,
    "experts": _experts,
    "neighbours": _neighbours,
    "deliberation": _deliberation,
    "statement": _common_statement,
    "sheet": _sheet,
    "text": _text,
    "tables": _tables,
    "left": _left,
}
