"""Whether a change of words may be claimed as editorial: what may not change with it. Pure.

Numbers with their units and dates, negations, modal words, words that set a limit, and protected
names must be the same ones in the same order. So "A shall, B may" cannot become "A may, B shall".
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

_UNITS = (
    r"%|‰|°C|个?百分点|平方公里|平方千米|平方米|立方米|公里|千米|厘米|毫米|米|公顷|亩|"
    r"万吨|吨|万元|亿元|元|万人|人次|人|个?工作日|个?月|年|月|日|天|小时|分钟|周|季度|级|类|"
    r"(?:km2|km|m2|m3|mm|cm|m|ha|kg|g|t|mg/L|dB|kWh|MW|GW|kV|per\s?cent|percentage\spoints?|"
    r"kilomet(?:er|re)s?|met(?:er|re)s?|hectares?|mu|tonnes?|tons?|yuan|RMB|"
    r"working\sdays?|days?|weeks?|months?|years?|hours?|minutes?|"
    r"thousand|million|billion)(?![A-Za-z])"
)
_NUMERALS = "〇零一二三四五六七八九十百千万亿半两双倍"
NUMBERS = re.compile(
    rf"(?:(?<![\w.])-)?\d+(?:[.,]\d+)*(?:\s*(?:{_UNITS}))?"
    rf"|[{_NUMERALS}]+(?:分之[{_NUMERALS}]+)?(?:\s*(?:{_UNITS}))?"
    r"|(?<![A-Za-z])(?-i:[IVXLC]+)(?![A-Za-z])"
    r"|\b(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|"
    r"forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|billion|half|third|quarter|"
    r"double|twice|once|first|second|January|February|March|April|June|July|August|September|"
    r"October|November|December)\b",
    re.IGNORECASE,
)
# Negations, modal words, and words that set a limit or say to how many something applies.
WORDS = re.compile(
    r"原则上|不得|不应|不宜|不可|不能|不必|禁止|严禁|应当|必须|可以|允许|准许|一律|"
    r"高于|低于|超过|少于|多于|大于|小于|不足|以上|以下|以内|以外|以前|以后|之前|之后|"
    r"至少|至多|最低|最高|最少|最多|上限|下限|除外|"
    r"应|须|宜|可|能|需|将|不|未|无|非|否|勿|除|或|且|仅|只|均|各|"
    r"\bin\sprinciple\b|\bat\s(?:least|most)\b|n't\b|"
    r"\b(?:shall|should|must|may|might|can|cannot|could|will|would|ought|need|needs|required|"
    r"obliged|entitled|prohibited|forbidden|banned|permitted|allowed|encouraged|not|no|never|none|"
    r"neither|nor|without|unless|except|or|only|all|any|each|every|both|more|less|fewer|above|"
    r"below|before|after|under|over|within|exceeds?|exceeding|minimum|maximum|until)\b",
    re.IGNORECASE,
)


class FaultKind(StrEnum):
    NUMBER = "number"
    WORD = "word"
    NAME = "name"
    ORDER = "order"


@dataclass(frozen=True, kw_only=True)
class Fault:
    """Something protected that went, and what came; empty when it only changed places."""

    kind: FaultKind
    before: str = ""
    after: str = ""


def faults(before: str, after: str, *, names: Iterable[str] = ()) -> list[Fault]:
    """What stands against the claim, one fault a kind; nothing when it may stand."""
    index = _index(names)
    old, new = list(_protected(before, index)), list(_protected(after, index))
    if old == new:
        return []
    went, came = Counter(old) - Counter(new), Counter(new) - Counter(old)
    found = []
    for kind in (FaultKind.NUMBER, FaultKind.WORD, FaultKind.NAME):
        lost, gained = ([word for of, word in side if of is kind] for side in (went, came))
        if lost or gained:
            found.append(Fault(kind=kind, before=", ".join(lost), after=", ".join(gained)))
    return found or [Fault(kind=FaultKind.ORDER)]


def _protected(text: str, names: Mapping[str, list[str]]) -> Iterator[tuple[FaultKind, str]]:
    """Everything protected in `text`, in its order, each in one form ("20 %" is "20%")."""
    plain = unicodedata.normalize("NFKC", text)
    found: list[tuple[int, FaultKind, str]] = []
    for match in NUMBERS.finditer(plain):
        found.append((match.start(), FaultKind.NUMBER, re.sub(r"[\s,]", "", match[0]).lower()))
    for match in WORDS.finditer(plain):
        found.append((match.start(), FaultKind.WORD, " ".join(match[0].lower().split())))
    found += [(at, FaultKind.NAME, name) for at, name in _names_in(plain, names)]
    for _at, kind, word in sorted(found):
        yield kind, word


def _index(names: Iterable[str]) -> dict[str, list[str]]:
    """First two characters -> the names that begin so, the longest first. Thousands of names
    cost one look-up at each character of the text."""
    index: dict[str, list[str]] = {}
    for name in {unicodedata.normalize("NFKC", one).strip() for one in names}:
        if len(name) > 1:
            index.setdefault(name[:2], []).append(name)
    for found in index.values():
        found.sort(key=lambda name: (-len(name), name))
    return index


def _names_in(text: str, names: Mapping[str, list[str]]) -> Iterator[tuple[int, str]]:
    at = 0
    while at < len(text):
        found = next((one for one in names.get(text[at : at + 2], ()) if _is_at(text, at, one)), "")
        if found:
            yield at, found
        at += len(found) or 1


def _is_at(text: str, at: int, name: str) -> bool:
    """Whether `name` stands at this place; one of Latin script as whole words."""
    if not text.startswith(name, at):
        return False
    before, after = text[at - 1 : at] if at else "", text[at + len(name) : at + len(name) + 1]
    is_inside = (name[0].isascii() and before.isascii() and before.isalnum()) or (
        name[-1].isascii() and after.isascii() and after.isalnum()
    )
    return not is_inside
