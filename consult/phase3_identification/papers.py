"""The common statement and its sign-off sheet as files."""

from io import BytesIO

from consult.phase2_preparation.papers.docx_writing import write_docx
from consult.phase2_preparation.papers.pdf_writing import write_pdf
from consult.phase2_preparation.papers.shape import Paper
from consult.phase3_identification.models import CommonStatement
from consult.phase3_identification.sign_off_sheet import sheet_paper
from consult.phase3_identification.stated import stated
from consult.phase3_identification.statement_paper import statement_paper
from plans.register.models import Plan


def statement_docx(*, plan: Plan, statement: CommonStatement) -> bytes:
    """The statement with its sign-off sheet, for Word and WPS, in the reader's language."""
    return _docx(statement_paper(stated(plan=plan, statement=statement)))


def statement_pdf(*, plan: Plan, statement: CommonStatement) -> bytes:
    return write_pdf(statement_paper(stated(plan=plan, statement=statement)))


def sheet_docx(*, plan: Plan, statement: CommonStatement) -> bytes:
    """The sign-off sheet (会签单) alone."""
    return _docx(sheet_paper(stated(plan=plan, statement=statement)))


def sheet_pdf(*, plan: Plan, statement: CommonStatement) -> bytes:
    return write_pdf(sheet_paper(stated(plan=plan, statement=statement)))


def _docx(paper: Paper) -> bytes:
    out = BytesIO()
    write_docx(paper, out)
    return out.getvalue()
