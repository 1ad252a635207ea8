"""Reading the indicators of a plan and the reference values beside them."""

from dataclasses import dataclass

from django.db.models import QuerySet

from plans.indicators.measure import Measure, measure_of
from plans.indicators.models import Definition, ReferenceValue
from plans.register.models import Plan
from plans.register.steps import Heading, Place
from stakeholders.terms.errors import NotVisible

HEADING = Heading(key="indicators", title_zh="指标", title_en="Indicators")


@dataclass(frozen=True, kw_only=True)
class Row:
    """An indicator of the working draft under the number it would be published with."""

    number: str
    definition: Definition
    measure: Measure


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
    """The indicators as they stand, numbered I1.. One query."""
    return [
        Row(number=f"I{number}", definition=one, measure=measure_of(one.item.draft))
        for number, one in enumerate(definitions_of(plan), start=1)
    ]


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
    return ReferenceValue.objects.order_by("key", "area_en")
