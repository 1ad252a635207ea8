"""What the writers know without reading a text again."""

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from plans.text.documents import passages as subject
from plans.text.documents.docx_writing import write_docx
from plans.text.documents.edition import EN, ZH, Edition
from plans.text.documents.marks import marks_in
from plans.text.documents.opening import open_word
from plans.text.documents.passages import Paragraph, Run, passages
from plans.text.documents.shape import PlanDocument
from plans.text.documents.visible import visible
from tests.plans.text.documents.documents import LETTERS, SCRAPS, plan_documents
from tests.turns import few

LINES = st.one_of(
    st.sampled_from(
        [*SCRAPS, "控制开发强度，", "第二项；", "a b", "甲", "\u3000\u3000首行", "e.g. x"]
    ),
    st.text(LETTERS, max_size=6),
    st.text(st.characters(codec="utf-8"), max_size=4),
)
TEXTS = st.lists(LINES, max_size=8).flatmap(
    lambda lines: st.sampled_from(["\n", "\n\n", "\n\n\n", ""]).map(lambda gap: gap.join(lines))
)


@given(document=plan_documents(), first=st.sampled_from([ZH, EN]))
@settings(max_examples=few(20), deadline=None)
def test_writer_knows_what_the_file_will_show(
    tmp_path_factory: object, document: PlanDocument, first: str
) -> None:
    path: Path = tmp_path_factory.mktemp("word") / "text.docx"  # type: ignore[attr-defined]
    languages = (ZH, EN) if first == ZH else (EN, ZH)
    path.write_bytes(write_docx(document, Edition(plan="QWJ", languages=languages)))
    parts = open_word(path)
    marks = marks_in(parts.custom.values())
    assert marks is not None
    told = {"jp_title": marks.seen}
    told |= {name: one.seen for name, one in marks.chapters.items()}
    told |= {name: one.seen for name, one in marks.provisions.items()}
    assert told == visible(
        document=parts.document,
        styles=parts.one("styles"),
        numbering=parts.one("numbering"),
        heading=first,
    )


@given(text=TEXTS)
def test_plain_text_reads_as_the_parser_reads_it(text: str) -> None:
    parser = subject._WITH_TABLES if subject._is_bearable(text) else subject._PLAIN
    assert passages(text) == tuple(subject._Reader(parser.parse(text)).read())


def test_plain_paragraphs_join_their_lines() -> None:
    assert passages("太浦河\n沿线\nthe river\n\n第二段") == (
        Paragraph(runs=(Run(text="太浦河沿线 the river"),)),
        Paragraph(runs=(Run(text="第二段"),)),
    )
