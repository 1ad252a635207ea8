"""Which block is a chapter, a provision, or goes on with the one before."""

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plans.text.documents.assembling import AssembledChapter, assemble, guessed_strength
from plans.text.documents.blocks import Mark, Reading
from plans.text.documents.markdown_reading import read_text
from plans.text.documents.structure import Structured, structure

TYPED = """第一章 总则

第一条　为了共同编制规划，制定本稿。

第二条规定的事项另议。

第二章 水体
第二条　【水质】不得低于Ⅲ类。
（一）金泽；
（二）芦墟。
"""


def outline(text: str) -> list[tuple[str, list[tuple[str, str, str]]]]:
    found = assemble(structure(read_text(text).blocks).rows)
    return shape(found)


def shape(chapters: list[AssembledChapter]) -> list[tuple[str, list[tuple[str, str, str]]]]:
    return [
        (chapter.title_zh, [(p.number, p.title_zh, p.text_zh) for p in chapter.provisions])
        for chapter in chapters
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (  # typed numbers only
            TYPED,
            [
                (
                    "总则",
                    [
                        (
                            "第一条",
                            "为了共同编制规划",
                            "为了共同编制规划，制定本稿。",
                        ),
                        ("第二条", "规定的事项另议", "规定的事项另议。"),
                    ],
                ),
                ("水体", [("第二条", "水质", "不得低于Ⅲ类。\n（一）金泽；\n（二）芦墟。")]),
            ],
        ),
        (  # heading levels; the first titles the document
            "# 规划\n\n## 总则\n\n### 范围\n\n三地全域。\n\n#### 说明\n\n细则。\n\n## 附则\n\n### 施行\n\n即日。",
            [
                ("总则", [("", "范围", "三地全域。\n\n**说明**\n\n细则。")]),
                ("附则", [("", "施行", "即日。")]),
            ],
        ),
        (  # 一、 and （一）; deeper numbers stay text
            "一、目标\n\n（一）水质目标。到2035年达标。\n\n1. 断面\n2. 岸线\n\n二、保障\n\n（一）**机制**：联席会议。",
            [
                (
                    "目标",
                    [
                        (
                            "（一）",
                            "水质目标",
                            "水质目标。到2035年达标。\n\n1. 断面\n2. 岸线",
                        )
                    ],
                ),
                ("保障", [("（一）", "机制", "联席会议。")]),
            ],
        ),
        (  # 1. and 1.1
            "1. 总则\n\n1.1 范围\n\n三地全域均为规划范围。\n\n1.2 期限\n\n至2035年。",
            [
                (
                    "总则",
                    [("1.1", "范围", "三地全域均为规划范围。"), ("1.2", "期限", "至2035年。")],
                )
            ],
        ),
        (  # sections become chapters of their own, and 一、 over articles are chapters
            "第一章 空间\n\n第一节 底线\n\n第一条 【红线】严守。\n\n第二节 格局\n\n第二条 【一环】共建。",
            [
                ("空间 · 底线", [("第一条", "红线", "严守。")]),
                ("空间 · 格局", [("第二条", "一环", "共建。")]),
            ],
        ),
        (
            "一、总则\n\n第一条 【甲】乙。\n\n二、附则\n\n第二条 【丙】丁。",
            [("总则", [("第一条", "甲", "乙。")]), ("附则", [("第二条", "丙", "丁。")])],
        ),
        (  # headings without numbers: each paragraph a provision, tables and lists go on
            "# 水体\n\n共保水质。\n\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n\n- 一项\n- 二项\n\n共建绿廊。",
            [
                (
                    "水体",
                    [
                        (
                            "",
                            "共保水质",
                            "共保水质。\n\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n\n- 一项\n- 二项",
                        ),
                        ("", "共建绿廊", "共建绿廊。"),
                    ],
                )
            ],
        ),
        (  # neither: one chapter
            "共保水质。\n\n共建绿廊。",
            [("正文", [("", "共保水质", "共保水质。"), ("", "共建绿廊", "共建绿廊。")])],
        ),
    ],
)
def test_structure_tells_chapters_and_provisions(
    text: str, expected: list[tuple[str, list[tuple[str, str, str]]]]
) -> None:
    assert outline(text) == expected


def test_structure_says_what_is_odd() -> None:
    found = structure(
        read_text("题记。\n\n第一章 总则\n\n第一条 【甲】乙。\n\n第五条 【丙】丁。").blocks
    )
    assert [(f.kind, f.place, f.quote) for f in found.findings] == [
        ("front", 1, ""),
        ("order", 4, "第五条"),
    ]
    assert [(str(row.kind), row.reason) for row in found.rows] == [
        ("omitted", "front"),
        ("chapter", ""),
        ("provision", ""),
        ("provision", ""),
    ]


def test_structure_reads_attributes_and_english() -> None:
    text = (
        '## 水体 {#water .chapter title_en="Water"}\n\n'
        '### 第一条 水质 {#quality .provision strength=binding concerned="310118 320509" odd=1}\n\n'
        "不得低于Ⅲ类。\n\n::: {lang=en}\nNot below class III.\n\n- Jinze\n:::\n"
    )
    found = structure(read_text(text).blocks)
    [chapter] = assemble(found.rows)
    [one] = chapter.provisions
    assert (chapter.key, chapter.title_zh, chapter.title_en) == ("water", "水体", "Water")
    assert (one.key, one.title_zh, one.text_zh, one.title_en, one.text_en) == (
        "quality",
        "水质",
        "不得低于Ⅲ类。",
        "",
        "Not below class III.\n\n- Jinze",
    )
    assert one.fields == {"strength": "binding", "concerned": ["310118", "320509"]}
    assert [(f.kind, f.quote) for f in found.findings] == [("attribute", "odd=1")]


def test_marks_are_believed_before_styles() -> None:
    blocks = read_text("水体\n\n水质\n\n不得低于Ⅲ类。").blocks
    marked = [
        type(block)(**{**vars(block), "bookmarks": (f"jp_{n}",)}) for n, block in enumerate(blocks)
    ]
    marks = {
        "jp_0": Mark(is_chapter=True, key="water", fields={"title_en": "Water"}),
        "jp_1": Mark(is_chapter=False, key="quality", fields={"strength": "binding"}),
    }
    [chapter] = assemble(structure(marked, marks).rows)
    assert (chapter.key, chapter.title_en) == ("water", "Water")
    assert [(p.key, p.title_zh, p.text_zh, p.fields) for p in chapter.provisions] == [
        ("quality", "水质", "不得低于Ⅲ类。", {"strength": "binding"})
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("水质应当达标。", ("binding", "应当")),
        ("不得降低，宜提升。", ("binding", "不得")),
        ("宜建绿廊，可设驿站。", ("guiding", "宜、可")),
        ("供应能力与响应机制。", ("guiding", "")),
        ("建设绿廊。", ("guiding", "")),
    ],
)
def test_guessed_strength_by_modal_words(text: str, expected: tuple[str, str]) -> None:
    assert guessed_strength(text) == expected


# -- properties ----------------------------------------------------------------------------------

_HAN = "水质岸线绿廊规划共建共保区县目标断面"
_word = st.text(alphabet=_HAN, min_size=2, max_size=12)
_sentence = st.lists(_word, min_size=1, max_size=4).map(lambda words: "，".join(words) + "。")
_latin = st.lists(
    st.text(alphabet=string.ascii_lowercase, min_size=1, max_size=8), min_size=2, max_size=6
).map(" ".join)
_body = st.one_of(
    _sentence,
    _sentence.map(lambda text: f"**{text[:2]}**{text}"),
    st.lists(_word, min_size=1, max_size=3).map(lambda ws: "\n".join(f"- {w}" for w in ws)),
    st.lists(_word, min_size=2, max_size=2).map(
        lambda ws: f"| {ws[0]} | {ws[1]} |\n| --- | --- |\n| {ws[1]} | {ws[0]} |"
    ),
)
_provision = st.tuples(_word, st.lists(_body, min_size=1, max_size=4))
_chapter = st.tuples(_word, st.lists(_provision, min_size=1, max_size=4))
_plan = st.lists(_chapter, min_size=1, max_size=4)
Plan = list[tuple[str, list[tuple[str, list[str]]]]]


def rendered(chapters: list[AssembledChapter]) -> str:
    """A structure as Markdown that says outright what each heading is."""
    out = []
    for chapter in chapters:
        out.append(f"## {chapter.title_zh} {{.chapter}}")
        for one in chapter.provisions:
            out += [f"### {one.title_zh} {{.provision}}", one.text_zh]
            if one.text_en:
                out.append(f"::: {{lang=en}}\n{one.text_en}\n:::")
    return "\n\n".join(out)


@settings(max_examples=80, deadline=None)
@given(_plan)
def test_structure_of_rendered_structure_is_the_same(plan: Plan) -> None:
    number, out = 0, []
    for n, (title, provisions) in enumerate(plan, 1):
        out.append(f"第{n}章 {title}")
        for name, bodies in provisions:
            number += 1
            out += [f"第{number}条 【{name}】{bodies[0]}" if bodies[0][0] not in "-|" else ""]
            out += bodies if bodies[0][0] in "-|" else bodies[1:]
    first = assemble(structure(read_text("\n\n".join(out)).blocks).rows)
    second = assemble(structure(read_text(rendered(first)).blocks).rows)
    assert [(title, [p[1:] for p in inside]) for title, inside in shape(second)] == [
        (title, [p[1:] for p in inside]) for title, inside in shape(first)
    ]


def told(reading: Reading, found: Structured) -> str:
    """Everything that the rows and findings hold."""
    rows = "".join(
        row.number + row.title_zh + row.title_en + row.text_zh + row.text_en for row in found.rows
    )
    return rows + "".join(one.quote for one in (*reading.findings, *found.findings))


_lines = st.one_of(
    _sentence,
    _latin,
    _body,
    st.tuples(st.integers(1, 12), st.sampled_from("章节条"), _word).map(
        lambda t: f"第{t[0]}{t[1]} {t[2]}"
    ),
    st.tuples(st.sampled_from(["一、", "（二）", "3. ", "1.2 ", "（4）"]), _word).map("".join),
    st.tuples(st.integers(1, 4), _word).map(lambda t: f"{'#' * t[0]} {t[1]}"),
    st.text(alphabet=_HAN + "*_`|<>[](){}#-.0123456789 \n，。", max_size=30),
)


@given(st.lists(_lines, max_size=12))
def test_nothing_of_a_document_is_dropped(lines: list[str]) -> None:
    """Every Chinese sign, letter and digit stands in a row or in a finding, at least as often."""
    text = "\n\n".join(lines)
    reading = read_text(text)
    found = structure(reading.blocks)
    kept = told(reading, found)
    for sign in set(text):
        if sign.isalnum():
            assert kept.count(sign) >= text.count(sign)
