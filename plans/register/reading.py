"""An item as people read it, whatever its kind: a heading, a text, its force, whom it concerns.

Every kind keeps its heading under `title` or `name` and its text under `text` or `definition`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from plans.register.enums import ChangeKind, Classification, Competence, ItemKind, Strength
from stakeholders.terms.errors import Text


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One item of a revision or of the working draft, ready for a page or the API."""

    key: str
    kind: str
    number: str
    heading: str
    title_zh: str
    title_en: str
    text_zh: str
    text_en: str
    strength: str
    competence: str
    theme: str
    concerned: tuple[str, ...]
    is_given: bool
    given_source: str
    change: str = ""
    function: str = ""
    demand: tuple[str, ...] = ()
    lead: str = ""
    due: str = ""
    evidence: str = ""
    classification: str = ""

    @property
    def competence_label(self) -> Text:
        return Competence(self.competence).label if self.competence else ""

    @property
    def kind_label(self) -> Text:
        return ItemKind(self.kind).label

    @property
    def classification_label(self) -> Text:
        return Classification(self.classification).label if self.classification else ""

    @property
    def strength_label(self) -> Text:
        return Strength(self.strength).label

    @property
    def change_label(self) -> Text:
        return ChangeKind(self.change).label if self.change else ""

    @property
    def is_binding(self) -> bool:
        return self.strength == Strength.BINDING

    @property
    def number_label(self) -> Text:
        """ "Article 16" for a provision; other kinds bear their own signs (I1)."""
        if self.kind != "provision":
            return self.number
        return _("Article %(number)s") % {"number": self.number}


def read(
    wording: Mapping[str, object], *, number: str = "", heading: str = "", change: str = ""
) -> Reading:
    """`wording` is what the hash of a version covers (`steps.version_content`)."""
    content = _mapping(wording.get("content"))
    title = _mapping(content.get("title") or content.get("name"))
    text = _mapping(content.get("text") or content.get("definition"))
    return Reading(
        key=str(wording.get("item", "")),
        kind=str(wording.get("kind", "")),
        number=number,
        heading=heading,
        title_zh=str(title.get("zh", "")),
        title_en=str(title.get("en", "")),
        text_zh=str(text.get("zh", "")),
        text_en=str(text.get("en", "")),
        strength=str(wording.get("strength", "")),
        competence=str(wording.get("competence", "")),
        theme=str(content.get("theme") or ""),
        concerned=_words(wording.get("concerned")),
        is_given=bool(wording.get("given")),
        given_source=str(wording.get("given_source") or ""),
        change=change,
        function=str(content.get("function") or ""),
        demand=_words(content.get("demand")),
        lead=str(content.get("lead") or ""),
        due=str(content.get("due") or ""),
        evidence=str(content.get("evidence") or ""),
        classification=str(content.get("classification") or ""),
    )


def _words(value: object) -> tuple[str, ...]:
    return tuple(str(one) for one in value) if isinstance(value, list | tuple) else ()


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}
