"""The plan text as a document with its edition, for the files that go out."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from django.utils import translation
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from plans.register.models import Plan, Revision
from plans.register.queries import names_of
from plans.text.documents.edition import EN, LOCALES, ZH, Edition
from plans.text.documents.shape import DocumentChapter, DocumentProvision, PlanDocument
from plans.text.enums import Classification
from plans.text.queries.drafting import contents
from plans.text.queries.published import document_of_revision
from plans.text.wording import Wording
from stakeholders.templatetags.in_language import in_language
from stakeholders.terms import clock

_STRICTNESS = [one.value for one in Classification]  # from open to internal


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What of the text goes out: a chapter, or what fits the filters; empty means all."""

    languages: str = "both"
    chapter: str = ""
    theme: str = ""
    strength: str = ""
    concerned: str = ""
    openness: str = ""  # the most confidential classification that still goes out
    has_marks: bool = True

    def takes(self, wording: Wording) -> bool:
        return (
            self.theme in ("", wording.theme)
            and self.strength in ("", wording.strength)
            and (not self.concerned or self.concerned in wording.concerned)
            and (not self.openness or _rank(wording.classification) <= _rank(self.openness))
        )

    @property
    def is_whole(self) -> bool:
        return not any((self.chapter, self.theme, self.strength, self.concerned, self.openness))


def _rank(classification: str) -> int:
    """0 for open; an unknown one counts as the strictest."""
    known = classification in _STRICTNESS
    return _STRICTNESS.index(classification) if known else len(_STRICTNESS)


def document_of_draft(plan: Plan) -> PlanDocument:
    """The working draft under the numbers it would be published with. Two queries."""
    chapters = [
        DocumentChapter(
            key=chapter.key,
            number=str(position),
            title_zh=chapter.title_zh,
            title_en=chapter.title_en,
            drafting=tuple(chapter.drafting),
            provisions=tuple(
                DocumentProvision(
                    key=one.provision.item.key, number=str(one.number), wording=one.wording
                )
                for one in held
            ),
        )
        for position, (chapter, held) in enumerate(contents(plan), start=1)
    ]
    return PlanDocument(title_zh=plan.title_zh, title_en=plan.title_en, chapters=tuple(chapters))


def exported(
    plan: Plan, *, revision: Revision | None, choice: Choice
) -> tuple[PlanDocument, Edition]:
    """What goes out of a revision, or of the working draft (None), and what the file says of it.

    Whether the reader may have it, the caller has asked. At most four queries.
    """
    whole = document_of_revision(revision) if revision else document_of_draft(plan)
    document = _chosen(whole, choice)
    wordings = [one.wording for chapter in document.chapters for one in chapter.provisions]
    at = revision.published_at if revision else clock.now()
    is_internal = max((_rank(one.classification) for one in wordings), default=0)
    edition = Edition(
        plan=plan.key,
        short={ZH: plan.short_zh, EN: plan.short_en},
        languages=_languages(plan, choice),
        stage=revision.stage if revision else "",
        number=revision.number if revision else None,
        hash=revision.hash if revision else "",
        at=at,
        day=localtime(at).date().isoformat(),
        units=_units(wordings),
        classification=_STRICTNESS[min(is_internal, len(_STRICTNESS) - 1)],
        selection={} if choice.is_whole else _by_language(lambda: _("Selection of the text")),
        is_draft=revision is None,
        is_demonstration=plan.is_demonstration,
        is_whole=choice.is_whole,
        has_marks=choice.has_marks,
    )
    return document, edition


def _languages(plan: Plan, choice: Choice) -> tuple[str, ...]:
    """The languages asked for, the authentic one first."""
    if choice.languages in (ZH, EN):
        return (choice.languages,)
    return (EN, ZH) if plan.authentic_language == EN else (ZH, EN)


def _chosen(document: PlanDocument, choice: Choice) -> PlanDocument:
    """The chapters and provisions of the choice; numbers stay those of the whole text."""
    if choice.is_whole:
        return document
    chapters = []
    for chapter in document.chapters:
        held = tuple(one for one in chapter.provisions if choice.takes(one.wording))
        if choice.chapter in ("", chapter.key) and held:
            chapters.append(replace(chapter, provisions=held))
    return replace(document, chapters=tuple(chapters))


def _units(wordings: Iterable[Wording]) -> dict[str, dict[str, str]]:
    names = names_of(code for one in wordings for code in one.concerned)
    return {code: {ZH: one.name_zh, EN: one.name_en_unique} for code, one in names.items()}


def _by_language(say: Callable[[], str]) -> Mapping[str, str]:
    found = {}
    for language, locale in LOCALES.items():
        with translation.override(locale):
            found[language] = say()
    return found


def chapter_names(plan: Plan, *, revision: Revision | None = None) -> list[tuple[str, str]]:
    """The keys and names of the chapters in order, for a choice: the working draft's, or the
    headings of a revision. One query, none for a revision."""
    if revision is not None:
        headings = json.loads(revision.manifest)["headings"]
        return [
            (key, in_language({"title_zh": zh, "title_en": en}, "title"))
            for key, zh, en in headings
        ]
    return [(one.key, str(one)) for one in plan.chapters.order_by("position", "pk")]
