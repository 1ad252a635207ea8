"""Where two proposed wordings touch the same passage of the text both began from. Pure."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields

from plans.text.differences import TOKENS, edits

# Begin and end in the tokens of the base; both alike where something is only put in.
Span = tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class Texts:
    """What an amendment may change: title and text of a provision in both languages."""

    title_zh: str
    title_en: str = ""
    text_zh: str
    text_en: str = ""

    def as_dict(self) -> dict[str, str]:
        return asdict(self)


FIELDS = tuple(one.name for one in fields(Texts))


def texts_of(content: object) -> Texts:
    """The texts in the content of an item's draft or version; what is missing is empty."""
    values = {}
    for name in FIELDS:
        part, language = name.split("_")
        both = content.get(part) if isinstance(content, Mapping) else None
        text = str(both.get(language) or "") if isinstance(both, Mapping) else ""
        values[name] = text.replace("\r\n", "\n")  # a browser's form sends the former
    return Texts(**values)


def content_with(content: Mapping[str, object], texts: Texts) -> dict[str, object]:
    """The content of a draft with these texts, all else as it was."""
    return {
        **content,
        "title": {"zh": texts.title_zh, "en": texts.title_en},
        "text": {"zh": texts.text_zh, "en": texts.text_en},
    }


def changed(base: Texts, proposed: Texts) -> tuple[str, ...]:
    """The fields that a proposal changes."""
    return tuple(name for name in FIELDS if getattr(base, name) != getattr(proposed, name))


def spans(base: str, proposed: str) -> list[Span]:
    """The runs of tokens of `base` that `proposed` replaces, takes out or puts something into."""
    found = edits(TOKENS.findall(base), TOKENS.findall(proposed))
    return [(begin, end) for begin, end, _now in found]


def touch(one: Span, other: Span) -> bool:
    """Whether two spans share a token, put in at the same point, or one puts into the other."""
    if one[0] == one[1] and other[0] == other[1]:
        return one[0] == other[0]
    return max(one[0], other[0]) < min(one[1], other[1]) or _inside(one, other)


def _inside(one: Span, other: Span) -> bool:
    """Whether one of them is a point strictly between the ends of the other."""
    (a, b), (c, d) = one, other
    return (a == b and c < a < d) or (c == d and a < c < b)


@dataclass(frozen=True, kw_only=True)
class Touched:
    """What one proposal changes: per field the text it began from, and the spans in it."""

    bases: Mapping[str, str]
    spans: Mapping[str, list[Span]]


def change_of(base: Texts, proposed: Texts) -> Touched:
    """What a proposal changes, once for all comparisons."""
    names = changed(base, proposed)
    return Touched(
        bases={name: getattr(base, name) for name in names},
        spans={name: spans(getattr(base, name), getattr(proposed, name)) for name in names},
    )


def collide(one: Touched, other: Touched) -> bool:
    """Whether two proposals touch the same passage of the same text.

    Fields that began from different texts are not compared: at least one of the proposals has
    been overtaken, which its own page says.
    """
    return any(
        touch(a, b)
        for name in one.spans.keys() & other.spans.keys()
        if one.bases[name] == other.bases[name]
        for a in one.spans[name]
        for b in other.spans[name]
    )
