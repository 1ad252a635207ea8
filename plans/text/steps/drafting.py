"""Row writes on chapters and on the places of provisions."""

from collections.abc import Sequence

from django.db.models import Max

from plans.register.enums import ItemKind
from plans.register.models import Plan
from plans.register.steps import create_item
from plans.text.models import Chapter, Provision
from plans.text.wording import Wording
from stakeholders.terms.actor import Actor


def create_chapter(
    *, plan: Plan, key: str, title_zh: str, title_en: str, drafting: Sequence[str]
) -> Chapter:
    """A chapter at the end of the text."""
    last = plan.chapters.aggregate(last=Max("position"))["last"] or 0
    return Chapter.objects.create(
        plan=plan,
        key=key,
        position=last + 1,
        title_zh=title_zh,
        title_en=title_en,
        drafting=sorted(set(drafting)),
    )


def create_provision(
    *,
    plan: Plan,
    key: str,
    wording: Wording,
    chapter: Chapter,
    position: int | None,
    actor: Actor,
) -> Provision:
    """A new item with its first draft, at its place; at the end of the chapter without one."""
    item = create_item(
        plan=plan,
        key=key,
        kind=ItemKind.PROVISION,
        content=wording.content(),
        strength=wording.strength,
        competence=wording.competence,
        is_given=wording.is_given,
        given_source=wording.given_source,
        concerned=wording.concerned,
        actor=actor,
    )
    provision = Provision.objects.create(item=item, chapter=chapter, position=0)
    move(provision=provision, chapter=chapter, position=position)
    return provision


def move(*, provision: Provision, chapter: Chapter, position: int | None) -> None:
    """Put a provision at `position` (from 1) among those of `chapter` that are not removed."""
    move_all(provisions=[provision], chapter=chapter, position=position)


def move_all(*, provisions: Sequence[Provision], chapter: Chapter, position: int | None) -> None:
    """Put provisions, in this order, at `position` (from 1) among the others of `chapter`."""
    others = list(
        Provision.objects.filter(chapter=chapter, item__draft__is_removed=False)
        .exclude(pk__in=[one.pk for one in provisions])
        .order_by("position", "pk")
    )
    index = len(others) if position is None else min(max(position - 1, 0), len(others))
    for one in provisions:
        one.chapter = chapter
    ordered = [*others[:index], *provisions, *others[index:]]
    for place, one in enumerate(ordered, start=1):
        one.position = place
    Provision.objects.bulk_update(ordered, ["chapter", "position"])
