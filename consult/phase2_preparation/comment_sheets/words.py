"""Headings, types and clauses as people write them, in Chinese and English."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from consult.phase2_preparation.comment_sheets.shape import Column
from plans.text.documents.numbers import value_of

ZH, EN = "zh", "en"
HEADINGS: Mapping[str, Mapping[Column, str]] = {
    ZH: {
        Column.BODY: "意见单位",
        Column.LINE: "行号",
        Column.CLAUSE: "条款",
        Column.PLACE: "段落/图/表",
        Column.TYPE: "意见类型",
        Column.COMMENT: "意见内容（含理由）",
        Column.CHANGE: "修改建议",
        Column.OBSERVATION: "处理意见",
        Column.ID: "行标识（请勿改动）",
        Column.MARK: "校验码（请勿改动）",
    },
    EN: {
        Column.BODY: "Body",
        Column.LINE: "Line number",
        Column.CLAUSE: "Clause",
        Column.PLACE: "Paragraph/Figure/Table",
        Column.TYPE: "Type of comment",
        Column.COMMENT: "Comment (with reason)",
        Column.CHANGE: "Proposed change",
        Column.OBSERVATION: "Observations of the joint office",
        Column.ID: "Row (leave as it is)",
        Column.MARK: "Mark (leave as it is)",
    },
}
# In this order: "type of comment" is no comment, "observations on each comment" neither.
_KNOWN: tuple[tuple[Column, re.Pattern[str]], ...] = tuple(
    (column, re.compile(pattern))
    for column, pattern in (
        (Column.ID, r"行标识|\brow\b.*leave|\brow id\b"),
        (Column.MARK, r"校验码|\bmark\b.*leave"),
        (
            Column.OBSERVATION,
            r"处理意见|处理结果|秘书处|采纳情况|observation|secretariat|disposition",
        ),
        (Column.TYPE, r"意见类型|意见类别|类型|类别|\btype\b"),
        (Column.CHANGE, r"修改建议|建议修改|修改意见|修改为|proposed\s+change|proposed\s+wording"),
        (Column.PLACE, r"段落|图/表|图表|paragraph|figure|table"),
        (Column.LINE, r"行号|行数|\bline\b"),
        (Column.CLAUSE, r"条款|章条|条文|条号|章节|clause|subclause|\barticle\b|\bsection\b"),
        (Column.BODY, r"意见单位|提出单位|反馈单位|单位|\bmb\b|\bmb/nc\b|\bbody\b|member"),
        (Column.COMMENT, r"意见内容|意见|理由|\bcomments?\b"),
    )
)
LONGEST_HEADING = 120
NEEDED = frozenset({Column.COMMENT, Column.TYPE, Column.CLAUSE})

_TYPES: Mapping[str, str] = {
    **dict.fromkeys(
        ("ge", "g", "gen", "general", "一般", "一般性", "总体", "综合", "通用"), "general"
    ),
    **dict.fromkeys(("te", "t", "tech", "technical", "技术", "技术性"), "technical"),
    **dict.fromkeys(
        ("ed", "e", "edit", "editorial", "编辑", "编辑性", "文字", "文字性"), "editorial"
    ),
}
TYPE_WORDS: Mapping[str, Mapping[str, str]] = {
    ZH: {"general": "一般", "technical": "技术", "editorial": "编辑"},
    EN: {"general": "Ge", "technical": "Te", "editorial": "Ed"},
}
_WHOLE = frozenset(
    {"", "general", "whole", "all", "ge", "-", "–", "—", "/", "n/a", "onthewhole"}
    | {"wholedocument", "generalcomment", "全文", "整体", "总体", "通篇", "一般", "全部", "无"}
)
_SIGNS = r"零〇○一二三四五六七八九十百千两"
_ARTICLE = re.compile(rf"第\s*([0-9{_SIGNS}]{{1,20}}|\d+(?:\.\d+)+)\s*条(?:款)?")
_NAMED = re.compile(r"(?:article|art\.?|clause|provision|条款|条)\s*(\d+(?:\.\d+)*)\.?", re.I)
_BARE = re.compile(r"(\d+(?:\.\d+)*)\.?")
_HAN = re.compile(r"[\u3400-\u9fff]")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def normal(text: str) -> str:
    """Full-width digits and letters as plain ones, spaces as one."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def cell_text(text: str) -> str:
    """A text as a cell holds it: plain line ends, no signs that no file format takes."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROLS.sub("", plain).strip()


def has_controls(text: str) -> bool:
    return bool(_CONTROLS.search(text))


def language_of(text: str, *, heading: str) -> str:
    """Chinese where a Chinese character stands; else the language of the form."""
    return ZH if _HAN.search(text) else heading


def column_of(text: str) -> Column | None:
    """The column that a heading names, in either language or both."""
    plain = normal(text).casefold()
    if not plain or len(plain) > LONGEST_HEADING:
        return None
    return next((column for column, known in _KNOWN if known.search(plain)), None)


def type_of(text: str) -> str | None:
    """The type that a cell names: `Te`, `te`, `T`, `技术`, …; None for no known one."""
    plain = normal(text).casefold().strip(" .。:：;；,，()（）")
    plain = plain.removesuffix(" comment").removesuffix("修改").removesuffix("意见")
    return _TYPES.get(plain)


@dataclass(frozen=True, kw_only=True)
class Clause:
    """What a clause cell names: a number, or a key, or neither for the whole."""

    number: str = ""
    key: str = ""
    rest: str = ""

    @property
    def is_whole(self) -> bool:
        return not self.number and not self.key


def clause_of(text: str) -> Clause:
    """What a clause cell says: `第12条`, `第十二条第二款`, `Article 12`, `4.2`, a key, `全文`."""
    plain = normal(text)
    if plain.casefold().replace(" ", "").strip(".。:：") in _WHOLE:
        return Clause()
    if found := _ARTICLE.match(plain):
        number = found[1]
        if not number[0].isascii():
            number = str(value_of(number) or number)
        return Clause(number=number, rest=plain[found.end() :].strip())
    if found := _NAMED.match(plain):
        return Clause(number=found[1], rest=plain[found.end() :].strip())
    if found := _BARE.fullmatch(plain):
        return Clause(number=found[1])
    return Clause(key=plain)


def clause_words(number: str, *, key: str, language: str) -> str:
    """How a form names a provision: 第12条, Article 12; by its key where it has another sign."""
    if not number.isdigit():
        return key
    return f"第{number}条" if language == ZH else f"Article {number}"
