"""A Word document as an office writes it: what is taken, and what is said."""

from pathlib import Path

import pytest

from plans.text.documents.docx_reading import read_parts
from plans.text.documents.opening import open_word
from plans.text.documents.structure import structure
from tests.plans.text.documents.word_files import body, office_document, packed, paragraph, saved


@pytest.fixture
def office(tmp_path: Path) -> Path:
    return saved(office_document(), tmp_path / "plan.docx")


def test_read_word_counts_numbers_and_keeps_tables(office: Path) -> None:
    blocks = read_parts(open_word(office)).blocks
    assert [(str(b.kind), b.number, b.text) for b in blocks if not b.is_english] == [
        ("title", "", "青吴嘉跨界水体协同规划"),
        ("paragraph", "", "本稿供讨论。"),
        ("heading", "第一章", "总则"),
        ("paragraph", "第一条", "【规划范围】本规划包括青浦区、吴江区、嘉善县。"),
        (
            "paragraph",
            "第二条",
            "**协同目标**\u3000到2035年，水质应当达到Ⅲ类，不得低于Ⅳ类，蓝绿空间占比不低于75%。",
        ),
        ("heading", "第二章", "水体治理"),
        ("paragraph", "第三条", "太浦河沿线宜建设清水绿廊，指标见下表："),
        (
            "table",
            "",
            "| 断面 | 现状 | 目标 |\n| --- | --- | --- |\n| 金泽 | Ⅲ Ⅳ | Ⅱ |\n| 芦墟 |  | Ⅲ |",
        ),
        ("paragraph", "", "（一）岸线宽度不小于30米；"),
        ("paragraph", "", "（二）泵闸联合调度。"),
        ("paragraph", "第四条", "本规划自批准之日起施行。Q=vA"),
        ("paragraph", "", "框内文字"),
    ]
    assert [b.bookmarks for b in blocks if b.bookmarks] == [("jp_last",)]
    assert [b.text for b in blocks if b.is_english] == [
        "Article 1 [Scope] This plan covers three units."
    ]


def test_read_word_says_everything_left_out(office: Path) -> None:
    reading = read_parts(open_word(office))
    assert [(f.kind, f.place, f.quote) for f in reading.findings] == [
        ("comment", 6, "请核实年份"),
        ("inserted", 6, "不得低于Ⅳ类，"),
        ("deleted", 6, "争取"),
        ("merged", 9, ""),
        ("hidden", 12, "暂不公开"),
        ("footnote", 12, "注释内容"),
        ("equation", 12, "Q=vA"),
        ("text_box", 13, "框内文字"),
        ("header", 0, "内部资料"),
    ]
    assert reading.has_changes
    assert "Somebody" not in repr(reading)


def test_read_word_rejects_changes(office: Path) -> None:
    texts = [b.text for b in read_parts(open_word(office), is_accepted=False).blocks]
    assert "**协同目标**\u3000到2035年，水质应当达到Ⅲ类，争取蓝绿空间占比不低于75%。" in texts


DELETED_END = (
    "<w:p><w:pPr><w:rPr><w:del w:id='1' w:author='x'/></w:rPr></w:pPr>"
    "<w:r><w:t>前半</w:t></w:r></w:p><w:p><w:r><w:t>后半。</w:t></w:r></w:p>"
)
ROWS = (
    "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>甲|乙</w:t></w:r></w:p></w:tc>"
    "<w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr><w:p><w:r><w:t>丙</w:t></w:r></w:p></w:tc></w:tr>"
    "<w:tr><w:trPr><w:del w:id='2'/></w:trPr><w:tc><w:p><w:r><w:t>丁</w:t></w:r></w:p></w:tc></w:tr>"
    "<w:tr><w:tc><w:p><w:r><w:t>戊</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
)
PAIRS = "".join(
    f"<w:tr><w:tc>{paragraph(zh)}</w:tc><w:tc>{paragraph(en)}</w:tc></w:tr>"
    for zh, en in (("中文", "English"), ("第一条 【水质】达标。", "Article 1 [Quality] Met."))
)
CONTENTS = (
    "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/>"
    f"</w:docPartObj></w:sdtPr><w:sdtContent>{paragraph('目录一')}</w:sdtContent></w:sdt>"
)
FIELD = (
    "<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText> REF a </w:instrText></w:r>"
    "<w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>第二条</w:t></w:r>"
    "<w:r><w:fldChar w:fldCharType='end'/></w:r><w:r><w:t> 甲</w:t></w:r></w:p>"
)


@pytest.mark.parametrize(
    ("inner", "is_accepted", "texts", "kinds"),
    [
        (DELETED_END, True, ["前半后半。"], []),
        (DELETED_END, False, ["前半", "后半。"], []),
        (
            ROWS,
            True,
            ["| 甲\\|乙 | 丙 |  |\n| --- | --- | --- |\n| 戊 |  |  |"],
            ["merged", "deleted"],
        ),
        (
            ROWS,
            False,
            ["| 甲\\|乙 | 丙 |  |\n| --- | --- | --- |\n| 丁 |  |  |\n| 戊 |  |  |"],
            ["merged", "deleted"],
        ),
        (
            f"<w:tbl>{PAIRS}</w:tbl>",
            True,
            ["第一条 【水质】达标。", "Article 1 [Quality] Met."],
            [],
        ),
        (FIELD, True, ["第二条 甲"], ["field"]),
        (
            f"<w:tbl><w:tr><w:tc>{paragraph('甲')}</w:tc></w:tr></w:tbl>",
            True,
            ["甲"],
            ["unwrapped"],
        ),
        (
            CONTENTS,
            True,
            [],
            ["contents"],
        ),
        (paragraph("*甲* [乙](丙) 1_2 _丁_"), True, ["\\*甲\\* \\[乙](丙) 1_2 \\_丁\\_"], []),
    ],
)
def test_read_word_of_single_cases(
    inner: str, is_accepted: bool, texts: list[str], kinds: list[str], tmp_path: Path
) -> None:
    path = packed(tmp_path / "a.docx", {"word/document.xml": body(inner).encode()})
    reading = read_parts(open_word(path), is_accepted=is_accepted)
    assert [block.text for block in reading.blocks] == texts
    assert [finding.kind for finding in reading.findings] == kinds


def test_structure_of_word_pairs_english(tmp_path: Path) -> None:
    inner = f"{paragraph('第一章 水体')}<w:tbl>{PAIRS}</w:tbl>"
    path = packed(tmp_path / "a.docx", {"word/document.xml": body(inner).encode()})
    rows = structure(read_parts(open_word(path)).blocks).rows
    assert [(r.title_zh, r.text_zh, r.title_en, r.text_en) for r in rows] == [
        ("水体", "", "", ""),
        ("水质", "达标。", "", ""),
        ("", "", "Quality", "Met."),
    ]
