"""What a file of the plan text says about itself: which plan, which state, in which languages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from plans.register.enums import Competence, Stage, Strength
from plans.text.documents.numbers import chinese
from plans.text.documents.shape import DocumentChapter, DocumentProvision, PlanDocument
from plans.text.enums import Classification
from plans.text.wording import Wording

ZH, EN = "zh", "en"
LOCALES = {ZH: "zh-hans", EN: "en"}


@dataclass(frozen=True, kw_only=True)
class Edition:
    """The state a file is made from. Texts of a mapping are by language, `zh` and `en`.

    `languages` begins with the authentic one. `units` names codes of jurisdictions. `hash` and
    `number` are empty for a working draft; `is_whole` is false for a chapter or a selection.
    """

    plan: str = ""
    short: Mapping[str, str] = field(default_factory=dict)
    languages: tuple[str, ...] = (ZH, EN)
    stage: str = ""
    number: int | None = None
    hash: str = ""
    at: datetime = datetime(2026, 1, 1, tzinfo=UTC)
    day: str = ""
    units: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    classification: str = Classification.OPEN.value
    selection: Mapping[str, str] = field(default_factory=dict)
    is_draft: bool = False
    is_demonstration: bool = False
    is_whole: bool = True
    has_marks: bool = True

    def name(self, language: str) -> str:
        """The short title, or the plan's key where there is none."""
        return self.short.get(language) or self.short.get(ZH) or self.plan

    def state(self, language: str) -> str:
        """The stage and number of a revision, or that this is the working draft."""
        with translation.override(LOCALES[language]):
            if self.is_draft:
                return _("Working draft")
            stage = str(dict(Stage.choices).get(self.stage, self.stage))
            if self.number is None:
                return stage
            revision = _("Revision %(number)s") % {"number": self.number}
            return f"{stage} · {revision}" if stage else revision

    def notices(self, language: str) -> tuple[str, ...]:
        """What every page has to say of the file: that it is a draft, that it demonstrates."""
        found = []
        with translation.override(LOCALES[language]):
            if self.is_draft:
                found.append(_("Draft, not published"))
            if self.is_demonstration:
                found.append(_("Demonstration data: invented, stands for no government or body"))
        return tuple(found)

    def notice_line(self) -> str:
        """The notices in every language of the file, on one line."""
        return " · ".join(text for one in self.languages for text in self.notices(one))

    def openness(self, language: str) -> str:
        with translation.override(LOCALES[language]):
            label = str(Classification(self.classification).label)
            return _("Classification of this file: %(label)s") % {"label": label}

    def marks_of(self, wording: Wording, language: str) -> str:
        """Strength, competence, whom it concerns and how open it is, on one line."""
        with translation.override(LOCALES[language]):
            openness = str(dict(Classification.choices)[wording.classification])
            if not self.has_marks:
                return openness if wording.classification != Classification.OPEN else ""
            told = [
                str(dict(Strength.choices)[wording.strength]),
                _("Competence: %(level)s")
                % {"level": dict(Competence.choices)[wording.competence]},
            ]
            if wording.concerned:
                comma = pgettext("between names", ", ")
                names = comma.join(self._unit(code, language) for code in wording.concerned)
                told.append(_("Concerned: %(names)s") % {"names": names})
            if wording.is_given:
                told.append(_("Given by: %(source)s") % {"source": wording.given_source})
            told.append(openness)
            return " · ".join(told)

    def _unit(self, code: str, language: str) -> str:
        return self.units.get(code, {}).get(language) or code


def chapter_heading(position: int, title: str, language: str) -> str:
    """第一章　总则, Chapter 1  General provisions."""
    if language == ZH:
        return f"第{chinese(position)}章\u3000{title}"
    return f"Chapter {position}\u2002{title}"


def article_heading(number: str, title: str, language: str) -> str:
    """第一条　规划范围, Article 1  Plan area; a sign that is no number (I1) stands as it is."""
    if language == ZH:
        sign = f"第{chinese(int(number))}条" if _is_count(number) else number
        return f"{sign}\u3000{title}".strip("\u3000")
    sign = f"Article {number}" if _is_count(number) else number
    return f"{sign}\u2002{title}".strip("\u2002")


def _is_count(number: str) -> bool:
    return number.isascii() and number.isdigit()


def title_of(of: PlanDocument | DocumentChapter | Wording, language: str) -> str:
    return of.title_zh if language == ZH else of.title_en


def text_of(wording: Wording, language: str) -> str:
    return wording.text_zh if language == ZH else wording.text_en


def chapter_line(chapter: DocumentChapter, position: int, language: str) -> str:
    """The heading of a chapter; `position` counts where the file gives it no number."""
    number = int(chapter.number) if chapter.number.isdecimal() else position
    return chapter_heading(number, title_of(chapter, language) or missing(language), language)


def article_line(provision: DocumentProvision, language: str) -> str:
    title = title_of(provision.wording, language) or missing(language)
    return article_heading(provision.number, title, language)


def missing(language: str) -> str:
    """What stands where a language has no text."""
    with translation.override(LOCALES[language]):
        return _("[no English text yet]") if language == EN else _("[no Chinese text yet]")


def word(text: str, language: str) -> str:
    """A label of the file itself, in the language of the file."""
    words = {
        "contents": {ZH: "目\u3000录", EN: "Contents"},
        "hash": {ZH: "内容校验值", EN: "Hash of the manifest"},
        "state": {ZH: "文本状态", EN: "State of the text"},
        "day": {ZH: "日期", EN: "Date"},
    }
    return words[text][language]
