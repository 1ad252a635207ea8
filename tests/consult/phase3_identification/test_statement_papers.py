"""The statement and its sign-off sheet as papers: what they hold, in which order, in both languages."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.utils import translation
from django.utils.timezone import localtime
from docx import Document
from pypdf import PdfReader

from consult.phase1_organization.content import default_content
from consult.phase2_preparation.papers.qr_codes import qr_code
from consult.phase3_identification.actions import (
    close_early,
    confirm_override,
    number_statement,
    prepare_override,
    sign_statement,
)
from consult.phase3_identification.models import CommonStatement
from consult.phase3_identification.papers import (
    sheet_docx,
    sheet_pdf,
    statement_docx,
    statement_pdf,
)
from consult.phase3_identification.queries import statement_of
from consult.phase3_identification.stated import short_hash
from consult.phase3_identification.steps import ReservationText, Stand
from plans.register.models import Plan
from plans.register.queries import drafts_of
from plans.register.steps import edit_draft
from stakeholders.terms import clock
from tests.consult.phase3_identification.story import Story, tell
from tests.world import QINGPU, WUJIANG, World, in_days

TABLED = (
    "分担比例如下：\n\n1. 按面积；\n2. 按用水。\n\n| 各方 | 比例 |\n|---|--:|\n| 青浦 | 60% |\n"
)
RESERVED = Stand(
    item="article-2",
    value="agree_reserved",
    text="在三地统一核算办法出台前，对第二句保留意见。",
    reservation=ReservationText(
        scope="仅第二句", lifted_if_zh="印发统一核算办法", review_on=date(2027, 2, 1)
    ),
)
AGAINST = Stand(item="article-3", value="object", text="难以按期完成", wording="改为2028年底前")
CHINESE = [
    "一、认定各方",
    "二、认定依据",
    "三、共同认定的条文",
    "四、经章程特别程序通过的条款",
    "五、尚存的异议和困难",
    "六、保留意见（附件）",
    "七、签署情况",
    "会签单",
]
ENGLISH = [
    "1. Parties to the statement",
    "2. Basis",
    "3. Text recognized in common",
    "4. Items overridden by the charter’s special procedure",
    "5. Objections and difficulties that remain",
    "6. Reservations, annexed",
    "7. Signatures",
    "Sign-off sheet",
]


@pytest.fixture
def story(world: World) -> Story:
    """One item agreed, one with a reservation, one objected to and overridden; one of two signed."""
    charter = replace(default_content(), override="guiding")
    told = tell(world, items=3, parties=(WUJIANG,), charter=charter)
    draft = drafts_of(told.plan).get(item__key="article-1")
    content = {**draft.content, "text": {"zh": TABLED, "en": ""}}
    edit_draft(draft=draft, edits=draft.edits, actor=told.coordinator, changes={"content": content})
    told.publish({"article-1": "text", "article-2": "unchanged", "article-3": "unchanged"})
    told.plan.refresh_from_db()
    told.open(closes_at=in_days(1))
    told.say(QINGPU)
    told.say(WUJIANG, "agree", RESERVED, AGAINST)
    said = {"reason": "急需实施，拖延损失大", "signatory_of": QINGPU}
    made = prepare_override(actor=told.coordinator, plan=told.plan, item="article-3", **said)
    confirm_override(
        actor=told.actor(QINGPU), plan=told.plan, item="article-3", proposal_hash=made.hash
    )
    close_early(actor=told.coordinator, plan=told.plan)
    sign_statement(actor=told.actor(QINGPU), plan=told.plan)
    return told


@pytest.fixture
def statement(story: Story) -> CommonStatement:
    return statement_of(story.sign_off)


def headings(paper: bytes, level: int = 1) -> list[str]:
    rows = Document(BytesIO(paper)).paragraphs
    return [row.text for row in rows if row.style.name == f"Heading {level}"]


def lines(paper: bytes) -> list[str]:
    return [row.text for row in Document(BytesIO(paper)).paragraphs if row.text]


def table(paper: bytes, place: int) -> list[list[str]]:
    return [
        [cell.text for cell in row.cells] for row in Document(BytesIO(paper)).tables[place].rows
    ]


@pytest.mark.parametrize(("language", "expected"), [("zh-hans", CHINESE), ("en", ENGLISH)])
def test_statement_stands_in_the_order_of_offices(
    story: Story, statement: CommonStatement, language: str, expected: list[str]
) -> None:
    with translation.override(language):
        paper = statement_docx(plan=story.plan, statement=statement)
    assert headings(paper) == expected


def test_statement_holds_articles_lists_tables_and_what_each_party_said(
    story: Story, statement: CommonStatement
) -> None:
    with translation.override("zh-hans"):
        paper = statement_docx(plan=story.plan, statement=statement)
    assert headings(paper, 2) == [
        "第1条\u3000第1项安排",
        "第2条\u3000第2项安排",
        "第3条\u3000第3项安排",
        "吴江区，第3条",
        "保留意见1\u3000吴江区，第2条",
    ]
    said = lines(paper)
    assert said[:2] == ["《青吴嘉协同规划》共同认定书", "文号：＿＿＿＿＿＿＿＿＿＿"]
    for once in (
        "1. 按面积；",
        "2. 按用水。",
        "各方一致同意。",
        "同意：青浦区；保留意见：吴江区",
        "在三地统一核算办法出台前，对第二句保留意见。",
        "范围：仅第二句",
        "解除条件：印发统一核算办法",
        "复核日期：2027年2月1日",
        "难以按期完成",
        "可以接受的表述：改为2028年底前",
    ):
        assert said.count(once) == 1, once
    overridden = next(line for line in said if "特别程序通过。" in line)
    assert overridden.endswith("理由：急需实施，拖延损失大")
    assert table(paper, 1) == [["各方", "比例"], ["青浦", "60%"]]
    parties = table(paper, 0)
    assert [row[0] for row in parties] == ["认定方", "青浦区", "吴江区"]
    assert parties[2][1:4] == [
        "同意，附保留意见，附异议",
        "青府函〔2026〕102号\n2026年1月2日",
        "区政府第31次常务会议",
    ]
    signed = table(paper, 2)
    assert [bool(row[4]) for row in signed[1:]] == [True, False]
    assert signed[2][1] == "尚未签署"


def test_demonstration_says_so_below_the_number_and_at_every_foot(
    story: Story, statement: CommonStatement
) -> None:
    Plan.objects.update(is_demonstration=True)
    story.plan.refresh_from_db()
    with translation.override("zh-hans"):
        for paper in (
            statement_docx(plan=story.plan, statement=statement),
            sheet_docx(plan=story.plan, statement=statement),
        ):
            notice = [line for line in lines(paper) if line.startswith("演示数据：")]
            assert len(notice) == 1
            foot = Document(BytesIO(paper)).sections[0].footer.paragraphs[0].text
            assert foot == notice[0]


def test_number_and_date_stand_on_both_papers(story: Story, statement: CommonStatement) -> None:
    day = localtime(clock.now()).date()
    number_statement(
        actor=story.coordinator,
        plan=story.plan,
        statement=statement.pk,
        number="青吴嘉联〔2026〕1号",
        dated_on=day,
    )
    with translation.override("zh-hans"):
        for write in (statement_docx, sheet_docx):
            paper = write(plan=story.plan, statement=CommonStatement.objects.get())
            assert "文号：青吴嘉联〔2026〕1号" in lines(paper)
        dated = lines(statement_docx(plan=story.plan, statement=CommonStatement.objects.get()))
    assert f"{day.year}年{day.month}月{day.day}日" in dated


def pictures(paper: bytes) -> Sequence[bytes]:
    with ZipFile(BytesIO(paper)) as archive:
        names = sorted(name for name in archive.namelist() if name.startswith("word/media/"))
        return [archive.read(name) for name in names]


def test_sheet_has_a_line_per_party_with_its_receipt_and_the_hash_of_the_statement(
    story: Story, statement: CommonStatement
) -> None:
    with translation.override("zh-hans"):
        paper = sheet_docx(plan=story.plan, statement=statement)
    receipts = [row["receipt"] for row in json.loads(statement.content)["parties"]]
    rows = table(paper, 0)
    assert [row[0] for row in rows[1:]] == ["青浦区", "吴江区"]
    assert [row[5].split() for row in rows[1:]] == [short_hash(one).split() for one in receipts]
    assert [bool(row[3]) for row in rows[1:]] == [True, False]
    assert table(paper, 1)[0][:2] == ["认定书校验值", statement.hash]
    key = story.plan.key
    coded = [f"jointplan:{key}:receipt:{one}" for one in receipts]
    coded.append(f"jointplan:{key}:statement:{statement.hash}")
    assert pictures(paper) == [qr_code(text, millimetres=23, told="").png for text in coded]


def test_room_for_a_seal_is_kept_in_every_line(story: Story, statement: CommonStatement) -> None:
    rows = Document(BytesIO(sheet_docx(plan=story.plan, statement=statement))).tables[0].rows
    assert [row.height.mm >= 42.9 for row in rows[1:]] == [True, True]


def test_papers_are_the_same_bytes_for_the_same_state(
    story: Story, statement: CommonStatement
) -> None:
    for write in (statement_docx, statement_pdf, sheet_docx, sheet_pdf):
        made = [write(plan=story.plan, statement=statement) for _again in range(2)]
        assert made[0] == made[1], write.__name__
        kind = b"%PDF" if write.__name__.endswith("pdf") else b"PK"
        assert made[0].startswith(kind)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_pdf_of_the_sheet_is_one_page_for_two_parties(
    story: Story, statement: CommonStatement, language: str
) -> None:
    with translation.override(language):
        sheet = PdfReader(BytesIO(sheet_pdf(plan=story.plan, statement=statement)))
        whole = PdfReader(BytesIO(statement_pdf(plan=story.plan, statement=statement)))
    assert len(sheet.pages) == 1
    assert len(whole.pages) == 3


def test_statement_of_a_part_says_so(story: Story, statement: CommonStatement) -> None:
    part = CommonStatement.objects.create(
        sign_off=statement.sign_off,
        is_part=True,
        revision=statement.revision,
        content=statement.content,
        hash=statement.hash,
        at=statement.at,
    )
    with translation.override("zh-hans"):
        title = "《青吴嘉协同规划》部分条款共同认定书"
        assert lines(statement_docx(plan=story.plan, statement=part))[0] == title
        assert lines(sheet_docx(plan=story.plan, statement=part))[:2] == ["会签单", title]
