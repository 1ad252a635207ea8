"""Row writes on chapters that stand already."""

from collections.abc import Sequence

from plans.text.models import Chapter, Provision


def change_chapter(
    *, chapter: Chapter, title_zh: str, title_en: str, drafting: Sequence[str]
) -> None:
    """Other titles, and other codes of those who draft in it."""
    chapter.title_zh, chapter.title_en = title_zh, title_en
    chapter.drafting = sorted(set(drafting))
    chapter.save(update_fields=["title_zh", "title_en", "drafting"])


def move_chapter(*, chapter: Chapter, position: int) -> None:
    """Put a chapter at `position` (from 1) among all of the plan; the others close up."""
    others = list(chapter.plan.chapters.exclude(pk=chapter.pk).order_by("position", "pk"))
    index = min(max(position - 1, 0), len(others))
    _number([*others[:index], chapter, *others[index:]])


def remove_chapter(*, chapter: Chapter, heir: Chapter | None) -> None:
    """Delete a chapter; places of provisions taken out of the text pass on to `heir`."""
    if heir is not None:
        Provision.objects.filter(chapter=chapter).update(chapter=heir)
    plan = chapter.plan
    chapter.delete()
    _number(list(plan.chapters.order_by("position", "pk")))


def _number(chapters: list[Chapter]) -> None:
    for position, one in enumerate(chapters, start=1):
        one.position = position
    Chapter.objects.bulk_update(chapters, ["position"])
