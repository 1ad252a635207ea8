"""Numbers that Chinese official texts and Word put before chapters and provisions."""

import re
from dataclasses import dataclass
from enum import IntEnum

DIGITS = "零一二三四五六七八九"
_VALUES = {sign: n for n, sign in enumerate(DIGITS)} | {"〇": 0, "○": 0, "两": 2}
_VALUES |= {sign: n for n, sign in enumerate("零壹贰叁肆伍陆柒捌玖")}
_UNITS = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
_CN = "零〇○一二三四五六七八九十百千两壹贰叁肆伍陆柒捌玖拾佰仟"
_ANY = f"[{_CN}0-9０-９]+"


class Rank(IntEnum):
    """Kinds of numbers, from the highest: 第一章, 第一节, 第一条, 一、, （一）, 1., 1.1, （1）."""

    CHAPTER = 1
    SECTION = 2
    ARTICLE = 3
    FIRST = 4
    SECOND = 5
    THIRD = 6
    DOTTED = 7
    FOURTH = 8


_PATTERNS: tuple[tuple[Rank, re.Pattern[str]], ...] = (
    (Rank.CHAPTER, re.compile(rf"第\s*({_ANY})\s*[章篇编]")),
    (Rank.SECTION, re.compile(rf"第\s*({_ANY})\s*节")),
    (Rank.ARTICLE, re.compile(rf"第\s*({_ANY})\s*条(?:之[{_CN}]+)?")),
    (Rank.CHAPTER, re.compile(r"Chapter\s+(\d+|[IVXLC]+)\b[.:]?", re.IGNORECASE)),
    (Rank.ARTICLE, re.compile(r"Article\s+(\d+)\b[.:]?", re.IGNORECASE)),
    (Rank.FIRST, re.compile(rf"([{_CN}]+)\s*[、．.]")),
    (Rank.SECOND, re.compile(rf"[（(]\s*([{_CN}]+)\s*[)）]")),
    (Rank.FOURTH, re.compile(r"[（(]\s*([0-9０-９]+)\s*[)）]")),
    (Rank.DOTTED, re.compile(r"([0-9０-９]+(?:[.．][0-9０-９]+)+)[.．、]?(?![0-9０-９%％])")),
    (Rank.THIRD, re.compile(r"([0-9０-９]+)\s*[.．、](?![0-9０-９])")),
)


@dataclass(frozen=True, kw_only=True)
class Numbered:
    """A number at the start of a text: its printed form, its value (0: none), and what follows."""

    rank: Rank
    printed: str
    value: int
    rest: str
    is_apart: bool  # something separates it from what follows


LONGEST = 80  # of a number as it is printed: what is longer is no number


def numbered(text: str) -> Numbered | None:
    """The number a paragraph begins with, or None."""
    lead = text.lstrip(" \t\u3000")
    for rank, pattern in _PATTERNS:
        found = pattern.match(lead)
        if found and len(found[0]) <= LONGEST:
            rest = lead[found.end() :]
            trimmed = rest.lstrip(" \t\u3000")
            apart = rest != trimmed or not rest or trimmed[:1] in "【〔[：:"
            return Numbered(
                rank=rank,
                printed=found.group(0).strip(),
                value=value_of(found.group(1)),
                rest=trimmed,
                is_apart=apart or rank not in {Rank.CHAPTER, Rank.SECTION, Rank.ARTICLE},
            )
    return None


MOST_SIGNS = 20  # of a number; int() itself fails on thousands


def value_of(number: str) -> int:
    """The value of Chinese or Arabic digits (of 1.2 the last part), 0 for what is none."""
    last = re.split(r"[.．]", number)[-1]
    if len(last) > MOST_SIGNS:
        return 0
    if last.isdecimal():
        return int(last)  # full-width digits too
    if not any(sign in _UNITS for sign in last):
        digits = [_VALUES.get(sign, -1) for sign in last]
        return 0 if -1 in digits else int("".join(map(str, digits)) or "0")
    total, digit = 0, 0
    for sign in last:
        if sign in _UNITS:
            total += (digit or 1) * _UNITS[sign]
            digit = 0
        else:
            digit = _VALUES.get(sign, 0)
    return total + digit


def chinese(number: int) -> str:
    """12 -> 十二, 120 -> 一百二十, 305 -> 三百零五 (up to 9999)."""
    if not 0 < number < 10_000:
        return "零" if number == 0 else str(number)
    out, gap = "", False
    for unit, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            out += ("零" if gap and out else "") + DIGITS[digit] + sign
            gap = False
        elif out:
            gap = True
    return out.removeprefix("一") if out.startswith("一十") else out


def _letters(number: int) -> str:
    return chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1) if number > 0 else ""


def _roman(number: int) -> str:
    out = ""
    for value, sign in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"),
        strict=True,
    ):
        count, number = divmod(number, value)
        out += sign * min(count, 20)
    return out


def formatted(number: int, kind: str) -> str:
    """A counter as Word prints it in the number format `kind` (w:numFmt)."""
    if kind in _CHINESE:
        return chinese(number)
    if kind == "ideographDigital":
        return "".join("〇" if d == "0" else DIGITS[int(d)] for d in str(number))
    if kind == "decimalZero":
        return f"{number:02d}"
    if kind.startswith("decimalFullWidth"):
        return "".join(chr(ord("０") + int(d)) for d in str(number))
    if kind.startswith("decimalEnclosedCircle") and 0 < number <= 20:
        return chr(ord("①") + number - 1)
    if kind == "ideographTraditional" and 0 < number <= 10:
        return "甲乙丙丁戊己庚辛壬癸"[number - 1]
    if kind in {"upperLetter", "lowerLetter"}:
        return _letters(number) if kind == "upperLetter" else _letters(number).lower()
    if kind in {"upperRoman", "lowerRoman"}:
        return _roman(number) if kind == "upperRoman" else _roman(number).lower()
    return str(number)


_CHINESE = {
    "chineseCounting",
    "chineseCountingThousand",
    "chineseLegalSimplified",
    "taiwaneseCounting",
    "taiwaneseCountingThousand",
    "japaneseCounting",
    "koreanCounting",
}
