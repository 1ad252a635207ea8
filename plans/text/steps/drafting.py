"""Row writes on chapters and on the places of provisions."""

from collections.abc import Sequence

from django.db.models import Max

from plans.register.models import Item, Plan
from plans.text.models import Chapter, Provision


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


def place_provision(*, item: Item, chapter: Chapter, position: int | None) -> Provision:
    """Give a new provision its place; the end of the chapter without a position."""
    provision = Provision(item=item, chapter=chapter, position=0)
    provision.save()
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
