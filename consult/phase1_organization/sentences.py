"""A rule of the charter as a sentence, in both languages; names in the reader's language."""

from collections.abc import Mapping, Sequence
from typing import TypedDict

from django.utils.functional import lazy

from consult.ballots.enums import VALUES
from stakeholders.templatetags.in_language import in_language

# The name of an object kept in two languages, chosen when it is shown: `name_of(plan, "title")`.
name_of = lazy(in_language, str)


class Sentence(TypedDict):
    zh: str
    en: str


NO_BLOCK = Sentence(zh="无任何一方提出附理由的异议", en="no party objects with a reason")
SILENT = Sentence(zh="逾期未表态不视为同意", en="silence never counts as consent")


def rule_sentence(rule: Mapping[str, object]) -> Sentence:
    """The whole rule: what must hold, and what silence means."""
    parts = [requirement_sentence(one) for one in _objects(rule.get("requirements"))]
    silence = str(rule.get("silence", "none"))
    said = SILENT
    if silence != "none":
        zh, en = _value(silence)
        said = Sentence(zh=f"逾期未表态视为“{zh}”", en=f"a silent party is taken to {en}")
    return Sentence(
        zh="，且".join(p["zh"] for p in parts) + "；" + said["zh"] + "。",
        en=_capital(" and ".join(p["en"] for p in parts) + "; " + said["en"] + "."),
    )


def requirement_sentence(one: Mapping[str, object]) -> Sentence:
    """One requirement in the form of the consensus rules."""
    kind = str(one["kind"])
    if kind == "no_block":
        return NO_BLOCK
    if kind in ("any", "all"):
        parts = [requirement_sentence(part) for part in _objects(one["of"])]
        zh, en = ("或者", " or ") if kind == "any" else ("并且", " and ")
        return Sentence(
            zh="（" + f"，{zh}".join(p["zh"] for p in parts) + "）",
            en="(" + en.join(p["en"] for p in parts) + ")",
        )
    if kind == "no_veto":
        by = [str(code) for code in _list(one["by"])]
        zh, en = _values(one["of"])
        return Sentence(zh=f"{'、'.join(by)}均不持“{zh}”", en=f"none of {', '.join(by)} {en}")
    if kind in ("min_count", "max_count"):
        return _count(one)
    return _share(one)


def _count(one: Mapping[str, object]) -> Sentence:
    zh, en = _values(one["of"])
    zh_bound, en_bound = _bound(one)
    return Sentence(zh=f"{zh}的单位{zh_bound}个", en=f"{en_bound} parties {en}")


def _share(one: Mapping[str, object]) -> Sentence:
    zh, en = _values(one["of"])
    over = one.get("over", "electorate")
    weight = one.get("weight")
    zh_by, en_by = (f"（按{weight}加权）", f" (weighed by {weight})") if weight else ("", "")
    if over == "electorate":
        if str(one.get("at_least")) == "1":
            return Sentence(zh=f"有关各方全部{zh}{zh_by}", en=f"all parties concerned {en}{en_by}")
        zh_over, en_over = "有关各方", "the parties concerned"
    else:
        zh_values, en_values = _values(over)
        zh_over, en_over = f"{zh_values}的各方", f"the parties that {en_values}"
    zh_bound, en_bound = _bound(one)
    return Sentence(
        zh=f"{zh_over}中{zh_bound}{zh}{zh_by}", en=f"{en_bound} of {en_over} {en}{en_by}"
    )


def _bound(one: Mapping[str, object]) -> tuple[str, str]:
    strict = bool(one.get("strict"))
    if "at_most" in one:
        written = str(one["at_most"])
        return (
            (f"少于{written}", f"fewer than {written}")
            if strict
            else (
                f"不多于{written}",
                f"at most {written}",
            )
        )
    written = str(one["at_least"])
    return (
        (f"超过{written}", f"more than {written}")
        if strict
        else (
            f"不少于{written}",
            f"at least {written}",
        )
    )


def _value(name: str) -> tuple[str, str]:
    return VALUES.get(name, (name, name))


def _values(names: object) -> tuple[str, str]:
    pairs = [_value(str(name)) for name in _list(names)]
    return "或".join(zh for zh, _en in pairs), " or ".join(en for _zh, en in pairs)


def _list(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else []


def _objects(value: object) -> list[Mapping[str, object]]:
    return [one for one in _list(value) if isinstance(one, Mapping)]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
