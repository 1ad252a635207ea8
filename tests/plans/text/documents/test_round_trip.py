"""A Word file that goes out and comes in again, untouched or edited."""

import re
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plans.text.documents.assembling import Assembled, AssembledChapter, assemble
from plans.text.documents.docx_writing import write_docx
from plans.text.documents.edition import EN, ZH, Edition
from plans.text.documents.marks import wording_from
from plans.text.documents.restoring import read_marked_word
from plans.text.documents.shape import DocumentChapter, DocumentProvision, PlanDocument
from plans.text.wording import Wording
from tests.plans.text.documents.documents import plan_documents

TEXT = "水质按**Ⅲ类**控制。\n\n1. 甲；\n2. 乙。\n\n| 断面 | 锑 |\n|---|--:|\n| 太浦河 | 3.0 |\n"
ENGLISH = "Class III.\n\n| Section | Sb |\n|---|--:|\n| Taipu | 3.0 |\n"


def provision(key: str, number: str, **fields: object) -> DocumentProvision:
    told = {"title_zh": "太浦河", "title_en": "Taipu River", "text_zh": TEXT, "text_en": ENGLISH}
    wording = Wording(**{**told, "concerned": ("310118",), **fields})  # type: ignore[arg-type]
    return DocumentProvision(key=key, number=number, wording=wording)


DOCUMENT = PlanDocument(
    title_zh="协同规划",
    title_en="Joint plan",
    chapters=(
        DocumentChapter(
            key="water",
            number="1",
            title_zh="水环境",
            title_en="Water",
            drafting=("320509",),
            provisions=(
                provision("taipu", "1", strength="binding", lead="JO", due="2030-12-31"),
                provision("lakes", "2", title_zh="湖泊", title_en="Lakes", text_zh="保护湖泊。"),
            ),
        ),
    ),
)
EDITION = Edition(plan="QWJ", stage="recognition", number=3)


def read(content: bytes, tmp_path: Path, *, plan: str = "QWJ") -> PlanDocument:
    path = tmp_path / "text.docx"
    path.write_bytes(content)
    _reading, found = read_marked_word(path, plan=plan)
    chapters = [chapter_of(one) for one in assemble(found.rows)]
    return PlanDocument(title_zh=found.title_zh, title_en=found.title_en, chapters=tuple(chapters))


def chapter_of(found: AssembledChapter) -> DocumentChapter:
    return DocumentChapter(
        key=found.key,
        number=found.number,
        title_zh=found.title_zh,
        title_en=found.title_en,
        drafting=tuple(found.fields.get("drafting", ())),  # type: ignore[arg-type]
        provisions=tuple(provision_of(one) for one in found.provisions),
    )


def provision_of(found: Assembled) -> DocumentProvision:
    values = {n: list(v) if isinstance(v, tuple) else v for n, v in found.fields.items()}
    texts = {name: getattr(found, name) for name in ("title_zh", "title_en", "text_zh", "text_en")}
    return DocumentProvision(
        key=found.key, number=found.number, wording=wording_from({**values, **texts})
    )


def edited(content: bytes, **changes: str) -> bytes:
    """The file with pieces of its text replaced, as an editor would."""
    out = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "word/document.xml":
                text = part.decode()
                for before, after in changes.items():
                    assert before in text
                    text = text.replace(before, after)
                part = text.encode()
            new.writestr(name, part)
    return out.getvalue()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("word")


@settings(max_examples=40, deadline=None)
@given(
    document=plan_documents(is_valid=True),
    languages=st.sampled_from([(ZH, EN), (EN, ZH), (ZH,), (EN,)]),
)
def test_reading_gives_what_was_written(
    document: PlanDocument, languages: tuple[str, ...], folder: Path
) -> None:
    written = write_docx(document, Edition(plan="QWJ", languages=languages))
    assert read(written, folder) == document


def test_same_document_gives_same_bytes() -> None:
    assert write_docx(DOCUMENT, EDITION) == write_docx(DOCUMENT, EDITION)


def test_edited_text_counts_and_the_rest_stays(tmp_path: Path) -> None:
    found = read(edited(write_docx(DOCUMENT, EDITION), 保护湖泊="严格保护湖泊"), tmp_path)
    first, second = found.chapters[0].provisions
    assert first == DOCUMENT.chapters[0].provisions[0]
    assert second == provision(
        "lakes", "2", title_zh="湖泊", title_en="Lakes", text_zh="严格保护湖泊。"
    )


def test_edited_english_text_counts(tmp_path: Path) -> None:
    found = read(edited(write_docx(DOCUMENT, EDITION), **{"Class III.": "Class II."}), tmp_path)
    wording = found.chapters[0].provisions[0].wording
    assert wording.text_zh == TEXT
    assert wording.title_en == "Taipu River"
    assert wording.text_en.startswith("Class II.\n\n| Section | Sb |")


def test_edited_title_counts(tmp_path: Path) -> None:
    written = write_docx(DOCUMENT, EDITION)
    found = read(edited(written, **{"第二条\u3000湖泊": "第二条\u3000湖荡"}), tmp_path)
    assert found.chapters[0].provisions[1].wording.title_zh == "湖荡"
    assert found.chapters[0].provisions[0] == DOCUMENT.chapters[0].provisions[0]


def test_copied_provision_is_new(tmp_path: Path) -> None:
    written = write_docx(DOCUMENT, EDITION)
    with ZipFile(BytesIO(written)) as archive:
        text = archive.read("word/document.xml").decode()
    start = [found.start() for found in re.finditer("<w:p><w:pPr><w:pStyle", text)]
    heading = max(place for place in start if place < text.index('w:name="jp_p2"'))
    end = text.index("<w:sectPr")
    copy = text[heading:end]
    found = read(edited(written, **{copy: copy + copy}), tmp_path)
    assert [one.key for one in found.chapters[0].provisions] == ["taipu", "lakes", ""]


def test_marks_of_another_plan_give_texts_and_no_keys(tmp_path: Path) -> None:
    found = read(write_docx(DOCUMENT, EDITION), tmp_path, plan="OTHER")
    assert [one.key for one in found.chapters[0].provisions] == ["", ""]
    assert found.chapters[0].provisions[0].wording == DOCUMENT.chapters[0].provisions[0].wording


def test_file_names_no_person() -> None:
    with ZipFile(BytesIO(write_docx(DOCUMENT, EDITION))) as archive:
        core = archive.read("docProps/core.xml").decode()
    assert "creator" not in core
    assert "lastModifiedBy" not in core
