"""What an agreed standard says, as one value: checked here, kept as the content of its draft.

The "3 + 1 + X" of a joint plan: the parties' own standards, the national one, further ones to look
up to, and the one agreed upon. Values are text: a figure is read exactly and kept as written.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from plans.register.enums import Competence
from plans.register.models import ItemDraft
from plans.text.enums import PROVISION_STRENGTHS, Choice, SourceKind, Strictness, Theme
from plans.text.figures import Misread, figure, figure_of, read_value
from stakeholders.terms.errors import Invalid, Text

NATIONAL = "national"
MOST_REFERENCES = 10
REFERENCE = re.compile(r"x([1-9]\d?)")
LIMITS = {
    "title_zh": 200,
    "title_en": 200,
    "unit": 60,
    "reason_zh": 1_000,
    "reason_en": 1_000,
    "name_zh": 120,
    "name_en": 160,
    "document": 300,
}


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where a value stands: `key` is the code of a party, `national`, or `x1`, `x2` and so on."""

    key: str
    value: str = ""
    document: str = ""
    name_zh: str = ""
    name_en: str = ""

    @property
    def kind(self) -> SourceKind:
        if self.key == NATIONAL:
            return SourceKind.NATIONAL
        return SourceKind.REFERENCE if REFERENCE.fullmatch(self.key) else SourceKind.PARTY

    @property
    def is_empty(self) -> bool:
        said = [self.value, self.document]
        named = [self.name_zh, self.name_en] if self.kind is SourceKind.REFERENCE else []
        return not any((*said, *named))


@dataclass(frozen=True, kw_only=True)
class Norm:
    """A standard with its sources and the agreed value. An empty `agreed` is not agreed yet."""

    title_zh: str
    unit: str
    title_en: str = ""
    strictness: str = ""
    sources: tuple[Source, ...] = ()
    agreed: str = ""
    choice: str = Choice.OTHER.value
    reason_zh: str = ""
    reason_en: str = ""
    strength: str = "guiding"
    competence: str = "county"
    theme: str = Theme.STANDARDS.value
    concerned: tuple[str, ...] = ()

    def source(self, key: str) -> Source:
        """The source `key`; an empty one where the standard names none."""
        return next((one for one in self.sources if one.key == key), Source(key=key))

    def of_kind(self, kind: SourceKind) -> list[Source]:
        return [one for one in self.sources if one.kind is kind]

    def content(self) -> dict[str, object]:
        """The content of the item's draft, in the shape of kind `standard`.

        The sentence that people read stands in it, so that they consent to what they read.
        """
        return {
            "title": {"zh": self.title_zh, "en": self.title_en},
            "text": sentence(self),
            "theme": self.theme,
            "unit": self.unit,
            "strictness": self.strictness,
            "sources": [
                {
                    "source": one.key,
                    "kind": one.kind.value,
                    "name": {"zh": one.name_zh, "en": one.name_en},
                    "value": one.value,
                    "document": one.document,
                }
                for one in self.sources
            ],
            "agreed": self.agreed,
            "choice": self.choice,
            "reason": {"zh": self.reason_zh, "en": self.reason_en},
        }

    def draft_fields(self) -> dict[str, object]:
        """The fields of ItemDraft this norm sets."""
        return {
            "content": self.content(),
            "strength": self.strength,
            "competence": self.competence,
            "concerned": list(self.concerned),
        }

    @property
    def choice_label(self) -> Text:
        return Choice(self.choice).label

    @property
    def strictness_label(self) -> Text:
        return Strictness(self.strictness).label


def norm_of(draft: ItemDraft) -> Norm:
    """The norm a draft holds."""
    content = draft.content
    return Norm(
        title_zh=content["title"]["zh"],
        title_en=content["title"].get("en", ""),
        unit=content["unit"],
        strictness=content.get("strictness", ""),
        sources=tuple(
            Source(
                key=one["source"],
                value=one["value"],
                document=one["document"],
                name_zh=one["name"]["zh"],
                name_en=one["name"]["en"],
            )
            for one in content["sources"]
        ),
        agreed=content["agreed"],
        choice=content["choice"],
        reason_zh=content["reason"]["zh"],
        reason_en=content["reason"]["en"],
        strength=draft.strength,
        competence=draft.competence,
        theme=content["theme"],
        concerned=tuple(draft.concerned),
    )


def sound(norm: Norm) -> Norm:
    """`norm` with its values read and its sources in order, parties first.

    Raises Invalid by field; a source's field bears its key (`value_310118`, `document_x1`).
    """
    errors = _misfits(norm)
    kept = [_trimmed(one) for one in norm.sources]
    kept = [one for one in kept if not one.is_empty]
    read: dict[str, str] = {}
    for name, text in [("agreed", norm.agreed), *((f"value_{s.key}", s.value) for s in kept)]:
        try:
            read[name] = read_value(text, unit=norm.unit.strip())
        except Misread as error:
            errors[name] = error.text
    if not errors:
        errors = _contradictions(norm, read)
    if errors:
        raise Invalid(errors)
    sources = [replace(one, value=read[f"value_{one.key}"]) for one in kept]
    sources.sort(key=lambda one: (list(SourceKind).index(one.kind), len(one.key), one.key))
    trimmed = {name: getattr(norm, name).strip() for name in LIMITS if hasattr(norm, name)}
    return replace(norm, **trimmed, agreed=read["agreed"], sources=tuple(sources))


def _trimmed(source: Source) -> Source:
    names = ("document", "name_zh", "name_en")
    return replace(source, **{name: getattr(source, name).strip() for name in names})


def _misfits(norm: Norm) -> dict[str, Text]:
    """Texts that are missing or too long, what is no choice, and sources that are misnamed."""
    errors: dict[str, Text] = {}
    for name in ("title_zh", "unit"):
        if not getattr(norm, name).strip():
            errors[name] = _("This text must not be empty.")
    for name, allowed in _ALLOWED.items():
        if getattr(norm, name) not in allowed:
            errors[name] = _("This is not one of the choices.")
    held: list[tuple[str, str, object]] = [(n, n, norm) for n in LIMITS if hasattr(norm, n)]
    for source in norm.sources:
        held += [(n, f"{n}_{source.key}", source) for n in LIMITS if hasattr(source, n)]
    for name, field, holder in held:
        if len(getattr(holder, name)) > LIMITS[name]:
            text = _("This text has at most %(limit)s characters.")
            errors[field] = text % {"limit": LIMITS[name]}
    return errors | _misnamed(norm.sources)


def _misnamed(sources: Sequence[Source]) -> dict[str, Text]:
    """Sources that come twice, or are further ones without a name."""
    errors: dict[str, Text] = {}
    keys = [one.key for one in sources]
    for one in sources:
        is_further = one.kind is SourceKind.REFERENCE and not one.is_empty
        if keys.count(one.key) > 1:
            errors[f"value_{one.key}"] = _("This source is named twice.")
        if is_further and not one.name_zh.strip():
            errors[f"name_zh_{one.key}"] = _("Name this source.")
    return errors


def _contradictions(norm: Norm, read: Mapping[str, str]) -> dict[str, Text]:
    """An agreed value that the rule of choice does not give; another rule without its reason."""
    if norm.choice == Choice.OTHER:
        if read["agreed"] and not norm.reason_zh.strip():
            return {"reason_zh": _("Say why this value was agreed, where neither end was taken.")}
        return {}
    keys = [one.key for one in norm.sources if one.kind is not SourceKind.REFERENCE]
    figures = [f for key in keys if (f := figure_of(read.get(f"value_{key}", ""))) is not None]
    agreed = figure_of(read["agreed"])
    if agreed is None or not figures:
        return {}
    owed = (max if norm.choice == Choice.HIGHEST else min)(figures)
    if agreed == owed:
        return {}
    text = _("By the rule “{rule}” the agreed value is {value}; choose another rule or value.")
    rule = Choice(norm.choice).label
    return {"agreed": format_lazy(text, rule=rule, value=figure(owed))}


_ALLOWED: dict[str, set[str]] = {
    "strictness": set(Strictness.values),
    "choice": set(Choice.values),
    "strength": {one.value for one in PROVISION_STRENGTHS},
    "competence": set(Competence.values),
    "theme": {"", *Theme.values},
}
_WORDS = {
    "zh": {
        "agreed": "统一标准：{value}{rule}。",
        "open": "统一标准：尚未商定。",
        "higher": "数值越大越严格。",
        "lower": "数值越小越严格。",
        "highest": "（就高）",
        "lowest": "（就低）",
        "party": "各方现行标准：{values}。",
        "national": "国家标准：{values}。",
        "reference": "参考标准：{values}。",
        "reason": "理由：{reason}",
        "comma": "；",
        "stop": "。",
    },
    "en": {
        "agreed": "Common standard: {value}{rule}.",
        "open": "Common standard: not agreed yet.",
        "higher": " A higher value is stricter.",
        "lower": " A lower value is stricter.",
        "highest": " (the highest is taken)",
        "lowest": " (the lowest is taken)",
        "party": "The parties' own standards: {values}.",
        "national": "National standard: {values}.",
        "reference": "For reference: {values}.",
        "reason": "Reason: {reason}",
        "comma": "; ",
        "stop": ".",
    },
}


def sentence(norm: Norm) -> dict[str, str]:
    """The standard as people read it in the plan, in both languages. Pure: no locale is asked."""
    return {language: _told(norm, language) for language in _WORDS}


def _told(norm: Norm, language: str) -> str:
    words = _WORDS[language]
    rule = words.get(norm.choice, "")
    first = words["open"]
    if norm.agreed:
        first = words["agreed"].format(value=with_unit(norm.agreed, norm.unit), rule=rule)
    paragraphs = [first + words.get(norm.strictness, "")]
    for kind in SourceKind:
        values = words["comma"].join(
            _valued(one, norm.unit, language) for one in norm.of_kind(kind)
        )
        if values:
            paragraphs.append(words[kind.value].format(values=values))
    reason = norm.reason_en if language == "en" else norm.reason_zh
    if reason:
        end = "" if reason[-1] in "。.!！?？" else words["stop"]
        paragraphs.append(words["reason"].format(reason=reason) + end)
    return "\n\n".join(paragraphs)


def _valued(source: Source, unit: str, language: str) -> str:
    name = (source.name_en if language == "en" else "") or source.name_zh
    if source.kind is SourceKind.NATIONAL:
        name = ""
    value = with_unit(source.value, unit) if source.value else "–"
    if source.document:
        value += f" ({source.document})" if language == "en" else f"（{source.document}）"
    return f"{name} {value}".strip()


def with_unit(value: str, unit: str) -> str:
    """`10 m`, `70%`; words stay as they are."""
    if not value or not any(sign.isdigit() for sign in value[:4]):
        return value
    return f"{value}{unit}" if unit in ("%", "‰") else f"{value} {unit}"
