"""What a provision says, as one value: checked here, kept as the content of an item's draft."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.utils.translation import gettext_lazy as _

from plans.register.enums import Competence, Strength
from plans.register.models import DraftSave, ItemDraft
from plans.text.characters import forbidden_in
from plans.text.documents.tables import table_fault
from plans.text.enums import (
    EDITORIAL,
    PROVISION_STRENGTHS,
    Classification,
    Demand,
    Function,
    Pillar,
    Theme,
)
from stakeholders.terms.errors import Invalid, Text

LIMIT = 20_000  # characters of a text in one language
TITLE_LIMIT = 200
OPENNESS = [one.value for one in Classification]  # the later, the more closed
LEVELS = [one.value for one in Competence]  # the later, the higher


@dataclass(frozen=True, kw_only=True)
class Wording:
    """A provision with everything consent is given to, and the editor's claim about the change."""

    title_zh: str
    text_zh: str
    title_en: str = ""
    text_en: str = ""
    strength: str = "guiding"
    competence: str = "county"
    theme: str = ""
    pillar: str = ""
    function: str = ""
    demand: tuple[str, ...] = ()
    lead: str = ""  # the unit that answers for a binding provision,
    due: str = ""  # until when (a date, ISO 8601),
    evidence: str = ""  # and what shows that it is done
    links: tuple[str, ...] = ()
    classification: str = "open"
    concerned: tuple[str, ...] = ()
    is_given: bool = False
    given_source: str = ""
    change_claim: str = field(default="", compare=False)

    def content(self) -> dict[str, object]:
        """The content of the item's draft, in the shape of kind `provision`."""
        found: dict[str, object] = {
            "title": {"zh": self.title_zh, "en": self.title_en},
            "text": {"zh": self.text_zh, "en": self.text_en},
            "theme": self.theme,
            "pillar": self.pillar,
            "function": self.function,
            "demand": list(self.demand),
            "lead": self.lead,
            "links": list(self.links),
            "classification": self.classification,
        }
        # Fields newer than the first revisions: an empty one is left out, so that hashes stay.
        newer = {"due": self.due, "evidence": self.evidence}
        return found | {name: value for name, value in newer.items() if value}

    def draft_fields(self) -> dict[str, object]:
        """The fields of ItemDraft this wording sets."""
        return {
            "content": self.content(),
            "strength": self.strength,
            "competence": self.competence,
            "is_given": self.is_given,
            "given_source": self.given_source,
            "concerned": list(self.concerned),
            "change_claim": self.change_claim,
        }


def wording_of(draft: ItemDraft | DraftSave) -> Wording:
    """The wording a draft holds, or one of its saves; fields that an older draft lacks are empty."""
    content: Mapping[str, object] = draft.content
    title, text = _pair(content, "title"), _pair(content, "text")
    return Wording(
        title_zh=title["zh"],
        title_en=title["en"],
        text_zh=text["zh"],
        text_en=text["en"],
        strength=draft.strength,
        competence=draft.competence,
        theme=_word(content, "theme"),
        pillar=_word(content, "pillar"),
        function=_word(content, "function"),
        demand=_words(content, "demand"),
        lead=_word(content, "lead"),
        due=_word(content, "due"),
        evidence=_word(content, "evidence"),
        links=_words(content, "links"),
        classification=_word(content, "classification") or Classification.OPEN.value,
        concerned=tuple(draft.concerned),
        is_given=draft.is_given,
        given_source=draft.given_source,
        change_claim=draft.change_claim,
    )


def merged_wording(wordings: Sequence[Wording]) -> Wording:
    """The wordings as one, titled as the first. Pure."""
    first = wordings[0]
    return replace(
        first,
        text_zh=_joined(one.text_zh for one in wordings),
        # Half a translation would read as a whole one.
        text_en=_joined(one.text_en for one in wordings)
        if all(one.text_en for one in wordings)
        else "",
        strength=Strength.BINDING.value
        if any(one.strength == Strength.BINDING for one in wordings)
        else first.strength,
        competence=max((one.competence for one in wordings), key=LEVELS.index),
        demand=_union(one.demand for one in wordings),
        links=_union(one.links for one in wordings),
        classification=max((one.classification for one in wordings), key=OPENNESS.index),
        concerned=tuple(sorted(_union(one.concerned for one in wordings))),
        is_given=any(one.is_given for one in wordings),
        given_source="；".join(_union((one.given_source,) for one in wordings if one.given_source))[
            :200
        ],
        change_claim="",
    )


def _joined(texts: Iterable[str]) -> str:
    return "\n\n".join(text for text in texts if text)


def _union(many: Iterable[Iterable[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for held in many for one in held))


def _pair(content: Mapping[str, object], name: str) -> dict[str, str]:
    value = content.get(name)
    found = value if isinstance(value, Mapping) else {}
    return {"zh": str(found.get("zh", "")), "en": str(found.get("en", ""))}


def _word(content: Mapping[str, object], name: str) -> str:
    return str(content.get(name) or "")


def _words(content: Mapping[str, object], name: str) -> tuple[str, ...]:
    value = content.get(name)
    return tuple(str(one) for one in value) if isinstance(value, list) else ()


def check(wording: Wording) -> None:
    """Raise Invalid, by field, for what no provision may be."""
    errors = _misfits(wording)
    faults = {name: forbidden_in(getattr(wording, name)) for name in WRITTEN}
    errors |= {name: fault for name, fault in faults.items() if fault is not None}
    for name, allowed in _ALLOWED.items():
        if not set(_values(wording, name)) <= allowed:
            errors[name] = _("This is not one of the choices.")
    if wording.is_given and not wording.given_source.strip():
        errors["given_source"] = _("A given provision names the document that hands it down.")
    if wording.due and not _is_date(wording.due):
        errors["due"] = _("Write the date as year-month-day, for example 2030-12-31.")
    if errors:
        raise Invalid(errors)


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _misfits(wording: Wording) -> dict[str, Text]:
    """Texts that are missing or too long."""
    errors: dict[str, Text] = {}
    for name in ("title_zh", "text_zh"):
        if not getattr(wording, name).strip():
            errors[name] = _("This text must not be empty.")
    for name in ("title_zh", "title_en"):
        if len(getattr(wording, name)) > TITLE_LIMIT:
            errors[name] = _("A title has at most 200 characters.")
    for name, limit in (("lead", 60), ("evidence", 300)):
        if len(getattr(wording, name)) > limit:
            errors[name] = _("This text has at most %(limit)s characters.") % {"limit": limit}
    for name in ("text_zh", "text_en"):
        if len(getattr(wording, name)) > LIMIT:
            errors[name] = _("A text has at most 20,000 characters.")
    return _unshowable(wording) | errors


def _unshowable(wording: Wording) -> dict[str, Text]:
    """Texts with tables that would take seconds to be shown."""
    texts = {name: getattr(wording, name)[: LIMIT + 1] for name in ("text_zh", "text_en")}
    faults = {name: table_fault(text) for name, text in texts.items()}
    return {name: fault for name, fault in faults.items() if fault is not None}


def _values(wording: Wording, name: str) -> tuple[str, ...]:
    value = getattr(wording, name)
    return value if isinstance(value, tuple) else (value,)


WRITTEN = ("title_zh", "text_zh", "title_en", "text_en", "lead", "evidence", "given_source")
_ALLOWED: dict[str, set[str]] = {
    "strength": {one.value for one in PROVISION_STRENGTHS},
    "competence": set(Competence.values),
    "theme": {"", *Theme.values},
    "pillar": {"", *Pillar.values},
    "function": {"", *Function.values},
    "demand": set(Demand.values),
    "classification": set(Classification.values),
    "change_claim": {"", EDITORIAL},
}
