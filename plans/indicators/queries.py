"""Reading the indicators of a plan and the reference values beside them."""

import json
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from plans.indicators.measure import Measure, measure_of, measure_worded
from plans.indicators.models import Definition, ReferenceValue
from plans.register.enums import ItemKind
from plans.register.models import Item, Plan
from plans.register.queries import entries_of, latest_revision
from plans.register.steps import Heading, Place
from stakeholders.terms.errors import NotVisible

HEADING = Heading(key="indicators", title_zh="指标", title_en="Indicators")


@dataclass(frozen=True, kw_only=True)
class Row:
    """An indicator under the number it is published with, or would be.

    `edits` is the save number of its draft, None where it is read from a revision.
    """

    number: str
    item: Item
    measure: Measure
    edits: int | None = None
    read_since: datetime | None = None

    @property
    def key(self) -> str:
        return self.item.key

    @property
    def path_text(self) -> str:
        return "; ".join(f"{year}: {value}" for year, value in self.measure.path)


def definitions_of(plan: Plan) -> QuerySet[Definition]:
    """The indicators of the working draft in order, removed ones left out."""
    return (
        Definition.objects.filter(item__plan=plan, item__draft__is_removed=False)
        .select_related("item__draft")
        .order_by("position", "pk")
    )


def get_definition(plan: Plan, *, key: str) -> Definition:
    """One indicator by the key of its item. NotVisible when missing."""
    found = (
        Definition.objects.filter(item__plan=plan, item__key=key)
        .select_related("item__draft")
        .first()
    )
    if found is None:
        raise NotVisible
    return found


def rows(plan: Plan) -> list[Row]:
    """The indicators as they stand in the working draft, numbered I1.. One query."""
    return [
        Row(
            number=f"I{number}",
            item=one.item,
            measure=measure_of(one.item.draft),
            edits=one.item.draft.edits,
            read_since=one.read_since,
        )
        for number, one in enumerate(definitions_of(plan), start=1)
    ]


def published_rows(plan: Plan) -> list[Row]:
    """The indicators of the newest whole revision, for whom the draft is not there. Two queries."""
    revision = latest_revision(plan)
    if revision is None:
        return []
    entries = entries_of(revision).filter(item__kind=ItemKind.INDICATOR)
    return [
        Row(
            number=entry.number,
            item=entry.item,
            measure=measure_worded(json.loads(entry.version.content)),
            read_since=getattr(getattr(entry.item, "indicator", None), "read_since", None),
        )
        for entry in entries.select_related("item__indicator")
    ]


def seen_rows(plan: Plan, *, sees_draft: bool) -> list[Row]:
    """The working draft, or for whom it is not there the newest revision."""
    return rows(plan) if sees_draft else published_rows(plan)


def seen_row(plan: Plan, *, key: str, sees_draft: bool) -> Row:
    """One of them by the key of its item; a removed one as its draft last stood. NotVisible."""
    found = next((row for row in seen_rows(plan, sees_draft=sees_draft) if row.key == key), None)
    if found is not None:
        return found
    if not sees_draft:
        raise NotVisible
    one = get_definition(plan, key=key)
    measure = measure_of(one.item.draft)
    return Row(number="", item=one.item, measure=measure, read_since=one.read_since)


def outline(plan: Plan, start: int = 1) -> tuple[list[Heading], list[Place]]:
    """What the next revision would hold of indicators, numbered I1.. from `start`.

    No heading where there is no indicator.
    """
    places = [
        Place(item=one.item, number=f"I{number}", heading=HEADING.key)
        for number, one in enumerate(definitions_of(plan), start=start)
    ]
    return ([HEADING] if places else []), places


def reference_values() -> QuerySet[ReferenceValue]:
    """All published figures, of two years or of one."""
    return ReferenceValue.objects.order_by("key", "area_en")


def other_values() -> QuerySet[ReferenceValue]:
    """Those published for one year only."""
    return reference_values().filter(other_year__isnull=False)
