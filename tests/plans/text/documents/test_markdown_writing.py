from hypothesis import given
from hypothesis import strategies as st

from plans.text.documents.edition import EN, ZH, Edition
from plans.text.documents.markdown_writing import read_marked, write_markdown
from plans.text.documents.shape import DocumentChapter, DocumentProvision, PlanDocument
from plans.text.wording import Wording
from tests.plans.text.documents.documents import plan_documents

PROVISION = DocumentProvision(
    key="taipu",
    number="1",
    wording=Wording(
        title_zh="太浦河",
        title_en="Taipu River",
        text_zh="水质按Ⅲ类控制。",
        text_en="Class III.",
        strength="binding",
        concerned=("310118", "320509"),
    ),
)
CHAPTER = DocumentChapter(
    key="water", number="1", title_zh="水环境", title_en="Water", provisions=(PROVISION,)
)
DOCUMENT = PlanDocument(title_zh="规划", title_en="Plan", chapters=(CHAPTER,))


def back(content: bytes) -> PlanDocument:
    found = read_marked(content.decode())
    assert found is not None
    return found.document


@given(document=plan_documents(), languages=st.sampled_from([(ZH, EN), (EN, ZH)]))
def test_reading_gives_what_was_written(document: PlanDocument, languages: tuple[str, ...]) -> None:
    written = write_markdown(document, Edition(plan="QWJ", languages=languages))
    assert back(written) == document


def test_file_reads_like_markdown_of_people() -> None:
    text = write_markdown(DOCUMENT, Edition(plan="QWJ")).decode()
    assert text.partition("\n---\n\n")[2] == (
        "# 第一章　水环境 {#water number=1 title_en=Water}\n\n"
        '## 第一条　太浦河 {#taipu number=1 title_en="Taipu River" strength=binding'
        " competence=county classification=open concerned=310118,320509}\n\n"
        "水质按Ⅲ类控制。\n\n::: {lang=en}\nClass III.\n:::\n"
    )


def test_edited_heading_and_text_count() -> None:
    text = write_markdown(DOCUMENT, Edition(plan="QWJ")).decode()
    text = text.replace("第一条　太浦河", "第一条　太浦河干流").replace("Ⅲ类", "Ⅱ类")
    wording = back(text.encode()).chapters[0].provisions[0].wording
    assert (wording.title_zh, wording.text_zh) == ("太浦河干流", "水质按Ⅱ类控制。")


def test_new_provision_without_attributes_has_no_key() -> None:
    text = write_markdown(DOCUMENT, Edition(plan="QWJ")).decode() + "\n## 第二条　新增\n\n正文。\n"
    new = back(text.encode()).chapters[0].provisions[1]
    assert new == DocumentProvision(wording=Wording(title_zh="新增", text_zh="正文。"))


def test_file_of_one_language_says_so() -> None:
    text = write_markdown(DOCUMENT, Edition(plan="QWJ", languages=(ZH,))).decode()
    found = read_marked(text)
    assert found is not None
    assert (found.plan, found.languages) == ("QWJ", (ZH,))


def test_other_markdown_is_not_ours() -> None:
    assert [read_marked(text) for text in ("", "# 第一章", "---\ntitle: x\n---\n")] == [None] * 3
