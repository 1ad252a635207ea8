"""Reading the working draft: chapters, provisions in order, and their places in a revision."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db.models import QuerySet

from plans.register.models import Plan, RevisionItem
from plans.register.queries import entries_of, latest_revision, names_of
from plans.register.reading import Reading, read
from plans.register.steps import Heading, Place, version_content
from plans.text.models import Chapter, Provision
from plans.text.wording import Wording, wording_of
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.terms.errors import NotVisible


@dataclass(frozen=True, kw_only=True)
class Article:
    """A provision of the working draft under the number it would be published with."""

    number: int
    provision: Provision
    wording: Wording

    @property
    def reading(self) -> Reading:
        return read(version_content(self.provision.item.draft), number=str(self.number))


def chapters_of(plan: Plan) -> QuerySet[Chapter]:
    return plan.chapters.order_by("position", "pk")


def get_chapter(plan: Plan, *, key: str) -> Chapter:
    """One chapter of a plan the caller has loaded by `get_plan`. NotVisible when missing."""
    chapter = plan.chapters.filter(key=key).first()
    if chapter is None:
        raise NotVisible
    return chapter


def provisions_of(plan: Plan) -> QuerySet[Provision]:
    """The provisions of the working draft in order, removed ones left out."""
    return (
        Provision.objects.filter(chapter__plan=plan, item__draft__is_removed=False)
        .select_related("chapter", "item__draft")
        .order_by("chapter__position", "chapter_id", "position", "pk")
    )


def get_provision(plan: Plan, *, key: str) -> Provision:
    """One provision by the key of its item, removed or not. NotVisible when missing."""
    provision = (
        Provision.objects.filter(chapter__plan=plan, item__key=key)
        .select_related("chapter", "item__draft", "item__plan")
        .first()
    )
    if provision is None:
        raise NotVisible
    return provision


def articles(plan: Plan) -> list[Article]:
    """The working draft, numbered 1..n through all chapters. One query."""
    return [
        Article(number=number, provision=one, wording=wording_of(one.item.draft))
        for number, one in enumerate(provisions_of(plan), start=1)
    ]


def contents(plan: Plan) -> list[tuple[Chapter, list[Article]]]:
    """Every chapter with its articles, also an empty one. Two queries."""
    held = {
        chapter_id: list(found)
        for chapter_id, found in groupby(articles(plan), lambda a: a.provision.chapter_id)
    }
    return [(chapter, held.get(chapter.pk, [])) for chapter in chapters_of(plan)]


def outline(plan: Plan) -> tuple[list[Heading], list[Place]]:
    """What the next revision would hold of the text: its headings and numbered places."""
    headings = [
        Heading(key=one.key, title_zh=one.title_zh, title_en=one.title_en)
        for one in chapters_of(plan)
    ]
    places = [
        Place(item=one.item, number=str(number), heading=one.chapter.key)
        for number, one in enumerate(provisions_of(plan), start=1)
    ]
    return headings, places


def published_entry(provision: Provision) -> RevisionItem | None:
    """The provision as the latest revision holds it, or None when it was not in it."""
    latest = latest_revision(provision.item.plan)
    return entries_of(latest).filter(item=provision.item).first() if latest else None


def codes_in(contents: Iterable[tuple[Chapter, list[Article]]]) -> set[str]:
    """The codes that the chapters and articles name."""
    codes: set[str] = set()
    for chapter, held in contents:
        codes.update(chapter.drafting)
        codes.update(code for article in held for code in article.wording.concerned)
    return codes


def units(plan: Plan, *, extra: Iterable[str] = ()) -> dict[str, Jurisdiction]:
    """Code -> jurisdiction of the parties and of `extra`, by code. Two queries."""
    parties = plan.parties.filter(left_at__isnull=True).values_list("jurisdiction_id", flat=True)
    found = names_of({*parties, *extra})
    return {code: found[code] for code in sorted(found)}
