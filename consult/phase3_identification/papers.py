"""The common statement and its sign-off sheet as files, and the JSON bundle."""

from io import BytesIO

from consult.phase2_preparation.papers.docx_writing import write_docx
from consult.phase2_preparation.papers.pdf_writing import write_pdf
from consult.phase2_preparation.papers.shape import Paper
from consult.phase3_identification.models import CommonStatement
from consult.phase3_identification.shown import demonstration_note
from consult.phase3_identification.sign_off_sheet import sheet_paper
from consult.phase3_identification.stated import stated
from consult.phase3_identification.statement_paper import statement_paper
from plans.register.models import Plan
from plans.register.queries import entries_of
from stakeholders.record.queries import entries_of as record_of
from stakeholders.record.steps import plan_chain
from stakeholders.terms import canonical

BUNDLE = "jointplan-bundle-1"


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


def bundle_text(*, plan: Plan, statement: CommonStatement) -> str:
    """The bundle that `standalone.py` verifies: canonical text and one line feed."""
    record = list(record_of(chain=plan_chain(plan.key)))
    body: dict[str, object] = {
        "format": BUNDLE,
        "algorithm": canonical.ALGORITHM,
        "demonstration": demonstration_note() if plan.is_demonstration else "",
        "statement": statement.content,
        "statement_hash": statement.hash,
        "manifest": statement.revision.manifest,
        "revision_hash": statement.revision.hash,
        "items": {row.item.key: row.version.content for row in entries_of(statement.revision)},
        "declarations": [
            {"content": row.content, "hash": row.hash, "nonce": row.nonce}
            for row in statement.sign_off.declarations.order_by("pk")
        ],
        "signatures": [
            {
                "jurisdiction": str(row.jurisdiction_id),
                "mandate": row.mandate_id,
                "signatory": row.mandate.user.name_zh,
                "letter": row.letter_number,
                "at": row.at,
            }
            for row in statement.signatures.select_related("mandate__user")
        ],
        "record": [{"seq": r.seq, "payload": r.payload, "hash": r.hash} for r in record],
        "head": record[-1].hash,
    }
    body["digest"] = canonical.digest_of(body)
    return canonical.canonical(body) + "\n"
