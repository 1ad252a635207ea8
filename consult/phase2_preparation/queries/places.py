"""Where in the text a comment brought a change: article and the two revisions between which."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from consult.phase2_preparation.enums import EXPLAINS
from consult.phase2_preparation.models import ChangeReason
from consult.phase2_preparation.queries.dispositions import Row
from plans.register.enums import Stage
from plans.register.models import Plan, RevisionItem
from plans.register.queries import whole_revisions
from plans.templatetags.plan_rooms import article_label

Entry = tuple[int, str, int]  # revision number, article, version


@dataclass(frozen=True, kw_only=True)
class Place:
    """Item changed between two revisions; `after` None: no later revision has another wording."""

    article: str
    before: int
    after: int | None
    is_removed: bool = False

    def __str__(self) -> str:
        article = str(article_label(self.article))
        if self.after is None:
            return _("%(article)s: not changed so far") % {"article": article}
        told = {"article": article, "before": self.before, "after": self.after}
        if self.is_removed:
            return _("%(article)s removed (R%(before)s → R%(after)s)") % told
        return _("%(article)s (R%(before)s → R%(after)s)") % told


def first_change(
    entries: Sequence[Entry], *, numbers: Sequence[int], since: int, version: int | None
) -> Place | None:
    """The first revision after number `since` where an item no longer has `version`. Pure.

    `entries` are the item's in the order of revisions; `numbers` all revisions of the plan. With
    `version` None the wording of revision `since` counts. None where the item never stood.
    """
    held = {number: (article, pk) for number, article, pk in entries}
    stood = [number for number in numbers if number in held and number <= since]
    if not stood:
        later = [number for number in numbers if number in held]
        if not later:
            return None
        return Place(article=held[later[0]][0], before=since, after=later[0])
    article, known = held[stood[-1]]
    wanted = version if version is not None else known
    before = since
    for number in (one for one in numbers if one > since):
        if number not in held:
            return Place(article=article, before=before, after=number, is_removed=True)
        article, pk = held[number]
        if pk != wanted:
            return Place(article=article, before=before, after=number)
        before = number
    return Place(article=article, before=before, after=None)


class Places:
    """The wordings of the items that some comments touch; three queries, however many."""

    def __init__(self, plan: Plan, rows: Iterable[Row]) -> None:
        told = [row for row in rows if row.disposition and row.disposition.outcome in EXPLAINS]
        reasons = ChangeReason.objects.filter(
            plan=plan, disposition__comment__in=[row.comment.pk for row in told]
        ).order_by("pk")
        self.named: dict[int, list[int]] = {}
        for comment, item in reasons.values_list("disposition__comment", "item"):
            self.named.setdefault(comment, []).append(item)
        items = {row.comment.item_id for row in told if row.comment.item_id}
        items |= {item for found in self.named.values() for item in found}
        wholes = whole_revisions(plan.revisions.order_by("number"))
        self.numbers = list(wholes.values_list("number", flat=True))
        self.entries: dict[int, list[Entry]] = {}
        stood = RevisionItem.objects.filter(revision__plan=plan, item__in=items).exclude(
            revision__stage=Stage.ADOPTED_PART
        )
        rows_of_items = stood.order_by("revision__number").values_list(
            "item", "revision__number", "number", "version"
        )
        for item, revision, article, version in rows_of_items:
            self.entries.setdefault(item, []).append((revision, article, version))

    def of(self, row: Row, *, since: int) -> list[Place]:
        """Where the comment of `row`, made on revision number `since`, changed the text."""
        comment = row.comment
        if row.disposition is None or row.disposition.outcome not in EXPLAINS:
            return []
        found = []
        for item in dict.fromkeys([comment.item_id, *self.named.get(comment.pk, [])]):
            if item is None:
                continue
            version = comment.version_id if item == comment.item_id else None
            place = first_change(
                self.entries.get(item, []), numbers=self.numbers, since=since, version=version
            )
            if place is not None:
                found.append(place)
        return found
