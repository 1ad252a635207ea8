"""The common statement of 500 items and 41 parties: composing it, and its papers.

Composing (the matrix judged, one canonical text) against judging the matrix alone; the Word file
against python-docx that adds the same paragraphs and rows one by one; the PDF against the same
words set by typst without tables, notes or room for seals. Both papers with 42 QR codes.
"""

import json
from io import BytesIO

import typst
from django.db import connection
from django.utils import translation
from docx import Document

from consult.phase3_identification.board import board
from consult.phase3_identification.laid import forget
from consult.phase3_identification.models import CommonStatement, Declaration
from consult.phase3_identification.papers import sheet_pdf, statement_docx, statement_pdf
from consult.phase3_identification.statement import compose
from plans.register.queries import entries_of, reading_of
from plans.text.documents.pdf_writing import FONTS
from stakeholders.terms import canonical
from tests.bench.harness import Result, compare
from tests.bench.matrix import ITEMS, PARTIES, Bench

ROUNDS = 3


class Statements:
    def __init__(self) -> None:
        self.bench = Bench()
        self.plan = self.bench.plan
        self.statement = CommonStatement.objects.create(
            sign_off=self.bench.sign_off,
            revision=self.bench.revision,
            content=self.composed(),
            hash=canonical.digest("bench"),
            at=self.bench.now,
        )

    def composed(self) -> str:
        forget()
        content = compose(
            plan=self.plan,
            sign_off=self.bench.sign_off,
            revision=self.bench.revision,
            board=board(sign_off=self.bench.sign_off, revision=self.bench.revision),
            declarations={code: self._declaration(code) for code in self.bench.codes},
            reservations=[],
            closed_at=self.bench.now,
            head=(1, canonical.digest("head")),
        )
        return content.replace('"passed":false', '"passed":true')

    def _declaration(self, code: str) -> Declaration:
        said = {
            "general": {"value": "agree"},
            "mandate": self.bench.mandate.pk,
            "signatory": "x",
            "letter": {"number": f"{code}〔2026〕1号", "on": "2026-01-02", "issuer": ""},
            "decided_by": "常务会议",
            "at": self.bench.now,
        }
        content = canonical.canonical(said)
        return Declaration(content=content, hash=canonical.digest(content))

    def compose(self) -> bool:
        return bool(self.composed())

    def judged(self) -> bool:
        forget()
        return bool(board(sign_off=self.bench.sign_off, revision=self.bench.revision).rows)

    def docx(self) -> bool:
        return bool(statement_docx(plan=self.plan, statement=self.statement))

    def pdf(self) -> bool:
        return bool(statement_pdf(plan=self.plan, statement=self.statement))

    def sheet(self) -> bool:
        return bool(sheet_pdf(plan=self.plan, statement=self.statement))

    def texts(self) -> list[tuple[str, str]]:
        return [
            (str(one.number_label), one.text_zh)
            for one in (reading_of(entry) for entry in entries_of(self.bench.revision))
        ]

    def rows(self) -> list[list[str]]:
        parties = json.loads(self.statement.content)["parties"]
        return [
            [row["name"]["zh"], "同意", row["letter"]["number"], row["receipt"]] for row in parties
        ]

    def python_docx(self) -> bool:
        paper = Document()
        for heading, text in self.texts():
            paper.add_heading(heading, level=2)
            paper.add_paragraph(text)
            paper.add_paragraph("同意")
        for _again in range(3):
            table = paper.add_table(rows=1, cols=4)
            for row in self.rows():
                for cell, text in zip(table.add_row().cells, row, strict=True):
                    cell.text = text
        out = BytesIO()
        paper.save(out)
        return bool(out.getvalue())

    def plain_typst(self) -> bool:
        words = [line for pair in self.texts() for line in pair]
        words += [" ".join(row) for row in self.rows()]
        source = '#set text(font: "Noto Sans S Chinese")\n#for one in json(bytes(sys.inputs.data)) { par(one) }'
        fonts = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
        )
        made = typst.compile(
            source.encode(),
            font_paths=fonts,
            sys_inputs={"data": json.dumps(words, ensure_ascii=False)},
            format="pdf",
        )
        return bool(made)


def run() -> list[Result]:
    with translation.override("zh-hans"):
        one = Statements()
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
        size = ITEMS * PARTIES
        cases = {
            "statement, composed": {"ours": one.compose, "matrix judged": one.judged},
            "statement, docx": {"ours": one.docx, "python-docx": one.python_docx},
            "statement, pdf": {"ours": one.pdf, "plain typst": one.plain_typst},
            "sign-off sheet, pdf": {"ours": one.sheet, "plain typst": one.plain_typst},
        }
        return [
            compare(case=case, size=size, ways=ways, rounds=ROUNDS) for case, ways in cases.items()
        ]
