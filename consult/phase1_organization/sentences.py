"""A rule of the charter as one sentence in both languages, as an office would write it."""

from collections.abc import Mapping, Sequence
from typing import TypedDict

from django.utils.functional import lazy

from consult.ballots.enums import VALUES
from consult.phase1_organization.composing import ELECTORATE, GROUPS, SHARES, UPPER
from consult.phase1_organization.content import PLAIN_WEIGHT
from stakeholders.templatetags.in_language import in_language

# The name of an object kept in two languages, chosen when it is shown: `name_of(plan, "title")`.
name_of = lazy(in_language, str)
# Code of a party -> its name in each language.
PartyNames = Mapping[str, Mapping[str, str]]


class Sentence(TypedDict):
    zh: str
    en: str


SILENCES = {
    "none": ("逾期未表态不视为同意", "silence never counts as consent"),
    "agree": ("逾期未表态视为同意", "a silent party is taken to agree"),
    "abstain": ("逾期未表态视为暂不表态", "a silent party is taken to hold no position"),
    "recused": ("逾期未表态的不计入表态范围", "a silent party is left out of the count"),
}
WEIGHTS = {
    PLAIN_WEIGHT: ("权重", "weight"),
    "population": ("人口", "population"),
    "area": ("面积", "area"),
    "gdp": ("地区生产总值", "gross domestic product"),
}
PARTS = {
    "1/2": ("二分之一", "half"),
    "1/3": ("三分之一", "one third"),
    "2/3": ("三分之二", "two thirds"),
    "1/4": ("四分之一", "a quarter"),
    "3/4": ("四分之三", "three quarters"),
    "3/5": ("五分之三", "three fifths"),
    "4/5": ("五分之四", "four fifths"),
}
NO_BLOCK = Sentence(zh="无任何一方提出附理由的异议", en="no party objects with a reason")
HUNDREDTHS = {str(10**places): places - 2 for places in range(2, 12)}


def rule_sentence(rule: Mapping[str, object], names: PartyNames | None = None) -> Sentence:
    """The whole rule: what must hold, and what silence means. `names`: code -> name of a party."""
    known = names or {}
    parts = [requirement_sentence(one, known) for one in _objects(rule.get("requirements"))]
    silence = str(rule.get("silence", "none"))
    zh, en = _value(silence)
    zh_said, en_said = SILENCES.get(
        silence, (f"逾期未表态视为“{zh}”", f"a silent party is taken to {en}")
    )
    if not parts:
        return Sentence(zh="尚无要求。", en="No requirement yet.")
    return Sentence(
        zh="，且".join(p["zh"] for p in parts) + "；" + zh_said + "。",
        en=_capital(_joined(parts) + "; " + en_said + "."),
    )


def _joined(parts: Sequence[Sentence]) -> str:
    return ", and ".join(part["en"] for part in parts)


def requirement_sentence(one: Mapping[str, object], names: PartyNames | None = None) -> Sentence:
    """One requirement in the form of the consensus rules."""
    kind, known = str(one.get("kind", "")), names or {}
    if kind == "no_block":
        return NO_BLOCK
    if kind in GROUPS:
        parts = [requirement_sentence(part, known) for part in _objects(one.get("of"))]
        zh, en = ("，或者", ", or ") if kind == "any" else ("，并且", ", and ")
        lead_zh, lead_en = ("满足之一", "either") if kind == "any" else ("同时满足", "both")
        if len(parts) != 2:
            lead_en = "one of" if kind == "any" else "all of"
        return Sentence(
            zh=f"{lead_zh}（{zh.join(p['zh'] for p in parts)}）",
            en=f"{lead_en} ({en.join(p['en'] for p in parts)})",
        )
    if kind == "no_veto":
        return _veto(one, known)
    if kind in SHARES:
        return _quorum(one) if kind == "quorum" else _share(one)
    return _count(one)


def _veto(one: Mapping[str, object], names: PartyNames) -> Sentence:
    codes = [str(code) for code in _list(one.get("by"))]
    zh_by = "、".join(names.get(code, {}).get("zh") or code for code in codes)
    en_by = _listed([names.get(code, {}).get("en") or code for code in codes])
    zh, en = _values(one.get("of"))
    zh_all = "均" if len(codes) > 1 else ""
    if len(codes) == 1:
        return Sentence(zh=f"{zh_by}不持“{zh}”", en=f"{en_by} does not {en}")
    return Sentence(zh=f"{zh_by}{zh_all}不持“{zh}”", en=f"none of {en_by} {en}")


def _count(one: Mapping[str, object]) -> Sentence:
    zh, en = _values(one.get("of"))
    number = str(one.get("at_most", one.get("at_least", "")))
    zh_edge, en_edge = _edge(one, is_number=True)
    parties = "party" if number == "1" else "parties"
    return Sentence(zh=f"{zh}的{zh_edge}{number}方", en=f"{en_edge} {number} {parties} {en}")


def _quorum(one: Mapping[str, object]) -> Sentence:
    """Taking part is what a quorum counts; the values that count as it follow in brackets."""
    zh, en = _values(one.get("of"))
    zh_over, en_over = _over(one)
    zh_edge, en_edge = _edge(one)
    zh_part, en_part = _part(one)
    zh_by, en_by = _by(one)
    return Sentence(
        zh=f"{zh_over}{zh_by}{zh_edge}{zh_part}参加表态（{zh}）",
        en=f"{en_edge} {en_part} of {en_over}{en_by} take part ({en})",
    )


def _share(one: Mapping[str, object]) -> Sentence:
    zh, en = _values(one.get("of"))
    zh_over, en_over = _over(one)
    zh_by, en_by = _by(one)
    is_all = one.get("kind") == "min_share" and _is_whole(one) and one.get("strict") is not True
    if is_all:
        return Sentence(
            zh=f"{zh_over}全部{zh}{zh_by and '（' + zh_by + '）'}",
            en=f"all {_bare(en_over)} {en}{en_by}",
        )
    zh_edge, en_edge = _edge(one)
    zh_part, en_part = _part(one)
    if one.get("over", ELECTORATE) != ELECTORATE:
        return Sentence(
            zh=f"在{zh_over}中{zh_by}{zh_edge}{zh_part}{zh}",
            en=f"of {en_over}, {en_edge} {en_part}{en_by} {en}",
        )
    return Sentence(
        zh=f"{zh_over}{zh_by or '中'}{zh_edge}{zh_part}{zh}",
        en=f"{en_edge} {en_part} of {en_over}{en_by} {en}",
    )


def _over(one: Mapping[str, object]) -> tuple[str, str]:
    over = one.get("over", ELECTORATE)
    if over == ELECTORATE:
        return "有关各方", "the parties concerned"
    zh, en = _values(over)
    return f"表态为{zh}的各方", f"the parties that {en}"


def _by(one: Mapping[str, object]) -> tuple[str, str]:
    weight = one.get("weight")
    if not weight:
        return "", ""
    zh, en = WEIGHTS.get(str(weight), (str(weight), str(weight)))
    return f"按{zh}计", f" (counted by {en})"


def _edge(one: Mapping[str, object], *, is_number: bool = False) -> tuple[str, str]:
    if one.get("kind") in UPPER:
        if one.get("strict") is True:
            return "少于", "fewer than" if is_number else "less than"
        return "不超过", "at most"
    return ("超过", "more than") if one.get("strict") is True else ("不少于", "at least")


def _is_whole(one: Mapping[str, object]) -> bool:
    return str(one.get("at_least")) in ("1", "100/100", "1/1")


def _part(one: Mapping[str, object]) -> tuple[str, str]:
    """A share in words where there are any, as a percentage where it is written as one."""
    written = str(one.get("at_most", one.get("at_least", "")))
    if written in PARTS:
        return PARTS[written]
    above, _slash, below = written.partition("/")
    if below in HUNDREDTHS:
        places = HUNDREDTHS[below]
        digits = above.rjust(places + 1, "0")
        number = f"{digits[:-places]}.{digits[-places:]}" if places else digits
        return f"{number}%", f"{number} %"
    return written, written


def _value(name: str) -> tuple[str, str]:
    return VALUES.get(name, (name, name))


def _values(names: object) -> tuple[str, str]:
    pairs = [_value(str(name)) for name in _list(names)]
    zh = "、".join(zh for zh, _en in pairs[:-1])
    last = pairs[-1][0] if pairs else ""
    return (f"{zh}或{last}" if zh else last), _listed([en for _zh, en in pairs], "or")


def _listed(names: Sequence[str], last: str = "and") -> str:
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {last} {names[-1]}"


def _bare(text: str) -> str:
    return text.removeprefix("the ")


def _list(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else []


def _objects(value: object) -> list[Mapping[str, object]]:
    return [one for one in _list(value) if isinstance(one, Mapping)]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
