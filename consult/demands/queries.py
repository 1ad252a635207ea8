"""Reading lists of demands: what is not handed in is its party's alone."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from consult.demands.enums import UNSORTED, WORKING, SortedAs
from consult.demands.models import (
    DemandCall,
    DemandHandIn,
    DemandSorting,
    ListedDemand,
    SortingAnswer,
)
from plans.register.enums import CO_MAKING
from plans.register.models import Party, Plan
from plans.register.queries import visible_plans
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.terms.actor import Actor, ActorKind
from stakeholders.terms.errors import NotVisible, Text


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A demand with the sorting that counts and the party's answer to it."""

    demand: ListedDemand
    sorting: DemandSorting | None = None
    answer: SortingAnswer | None = None

    @property
    def is_handed_in(self) -> bool:
        return self.demand.hand_in_id is not None

    @property
    def state(self) -> str:
        """working (not handed in), unsorted, or how it was sorted."""
        if not self.is_handed_in:
            return WORKING
        return self.sorting.sorted_as if self.sorting else UNSORTED

    @property
    def label(self) -> Text:
        if self.sorting is not None:
            return SortedAs(self.sorting.sorted_as).label
        return _("Not sorted yet") if self.is_handed_in else _("Not handed in")


@dataclass(frozen=True, kw_only=True)
class PartyList:
    """How far one party's list has come; `working` is told to the party itself only."""

    party: Party
    hand_in: DemandHandIn | None = None
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def unsorted(self) -> int:
        return self.counts.get("", 0)

    @property
    def into_text(self) -> int:
        return self.counts.get(SortedAs.ITEMS.value, 0)

    @property
    def to_matters(self) -> int:
        return self.counts.get(SortedAs.MATTER.value, 0)

    @property
    def not_here(self) -> int:
        return self.counts.get(SortedAs.NOT_HERE.value, 0)


def visible_demands(*, actor: Actor, plan: Plan) -> QuerySet[ListedDemand]:
    """The demands of a plan that `actor` may see, each with `sorted_as` ("" for none)."""
    rows = _sorted(ListedDemand.objects.filter(plan=plan))
    if actor.kind is not ActorKind.SYSTEM:
        plans = visible_plans(actor=actor).filter(pk=plan.pk).values("pk")
        own = Q(jurisdiction=actor.inside) if actor.inside else Q(pk__in=[])
        rows = rows.filter(own | Q(hand_in__isnull=False), plan__in=plans)
    return rows.select_related("jurisdiction", "hand_in", "evidence").defer(
        "jurisdiction__boundary"
    )


def _sorted(rows: QuerySet[ListedDemand]) -> QuerySet[ListedDemand]:
    newest = DemandSorting.objects.filter(demand=OuterRef("pk")).order_by("-pk")
    sorted_as = Coalesce(Subquery(newest.values("sorted_as")[:1]), Value(""))
    return rows.annotate(sorted_as=sorted_as)


def filtered(
    rows: QuerySet[ListedDemand],
    *,
    order: str,
    party: str = "",
    state: str = "",
    kind: str = "",
    theme: str = "",
) -> QuerySet[ListedDemand]:
    """Visible demands of a party, in a state, of a kind and theme; sorted by a column."""
    wanted = {"jurisdiction": party, "kind": kind, "theme": theme}
    rows = rows.filter(**{name: value for name, value in wanted.items() if value})
    if state == WORKING:
        rows = rows.filter(hand_in__isnull=True)
    elif state:
        annotated = {"sorted_as": "" if state == UNSORTED else state}
        rows = rows.filter(hand_in__isnull=False, **annotated)
    column = {"title": "title_zh", "state": "sorted_as"}.get(order.lstrip("-"), order.lstrip("-"))
    first = "jurisdiction_id" if column == "number" else column
    sign = "-" if order.startswith("-") else ""
    return rows.order_by(
        f"{sign}{first}", "jurisdiction_id", f"{sign if column == 'number' else ''}number"
    )


def get_demand(*, actor: Actor, plan: Plan, code: str, number: int) -> ListedDemand:
    """One demand. NotVisible when it is not there or not for `actor`."""
    rows = visible_demands(actor=actor, plan=plan)
    found = rows.filter(jurisdiction=code, number=number).first()
    if found is None:
        raise NotVisible
    return found


def shown(demands: Iterable[ListedDemand]) -> list[Shown]:
    """Demands with what counts of them; two queries however many."""
    rows = list(demands)
    sortings = _newest_sortings(row.pk for row in rows)
    answers = _newest_answers(one.pk for one in sortings.values())
    return [
        Shown(
            demand=row,
            sorting=sortings.get(row.pk),
            answer=answers.get(sortings[row.pk].pk) if row.pk in sortings else None,
        )
        for row in rows
    ]


def _newest_sortings(demands: Iterable[int]) -> dict[int, DemandSorting]:
    rows = DemandSorting.objects.filter(demand__in=list(demands)).order_by()
    newest = rows.values("demand").annotate(last=Max("pk")).values("last")
    found = DemandSorting.objects.filter(pk__in=newest).select_related("matter", "mandate__user")
    return {one.demand_id: one for one in found}


def _newest_answers(sortings: Iterable[int]) -> dict[int, SortingAnswer]:
    rows = SortingAnswer.objects.filter(sorting__in=list(sortings)).order_by()
    newest = rows.values("sorting").annotate(last=Max("pk")).values("last")
    found = SortingAnswer.objects.filter(pk__in=newest).select_related("mandate__user")
    return {one.sorting_id: one for one in found}


def sortings_of(demand: ListedDemand) -> QuerySet[DemandSorting]:
    """All sortings of a demand with the answers to them, the newest first."""
    rows = DemandSorting.objects.filter(demand=demand).select_related("matter", "mandate__user")
    return rows.prefetch_related("answers__mandate__user").order_by("-pk")


def newest_call(plan: Plan) -> DemandCall | None:
    return DemandCall.objects.filter(plan=plan).order_by("-pk").first()


def lists_of(plan: Plan) -> list[PartyList]:
    """The parties that make or are asked about the plan, with how far their lists have come.

    What is not handed in is not counted. Three queries.
    """
    demands = _sorted(ListedDemand.objects.filter(plan=plan, hand_in__isnull=False)).order_by()
    counts: dict[str, dict[str, int]] = {}
    annotated = ("jurisdiction", "sorted_as")
    for code, sorted_as in demands.values_list(*annotated):
        held = counts.setdefault(str(code), {})
        held[sorted_as] = held.get(sorted_as, 0) + 1
    rows = DemandHandIn.objects.filter(plan=plan).order_by("pk")
    given = {one.jurisdiction_id: one for one in rows}
    parties = (
        Party.objects.filter(plan=plan, left_at__isnull=True)
        .select_related("jurisdiction")
        .defer("jurisdiction__boundary")
        .order_by("jurisdiction_id")
    )
    return [
        PartyList(
            party=party,
            hand_in=given.get(party.jurisdiction_id),
            counts=counts.get(str(party.jurisdiction_id), {}),
        )
        for party in parties
        if party.role in CO_MAKING or party.jurisdiction_id in given
    ]


def working_demands(*, plan: Plan, code: str) -> QuerySet[ListedDemand]:
    """Unscoped, for acts of the party: its demands that are not handed in."""
    return ListedDemand.objects.filter(plan=plan, jurisdiction=code, hand_in__isnull=True)


def unsorted_demands(plans: Iterable[int]) -> QuerySet[ListedDemand]:
    """Unscoped, for duties and audits: handed in and not sorted yet."""
    sorting = DemandSorting.objects.filter(demand=OuterRef("pk"))
    rows = ListedDemand.objects.filter(plan__in=list(plans), hand_in__isnull=False)
    return rows.filter(~Exists(sorting))


def lists_owed(plans: Iterable[Plan]) -> list[tuple[Party, DemandCall]]:
    """Unscoped, for duties: co-makers asked for a list who never handed one in, with the
    newest call. Two queries."""
    rows = DemandCall.objects.filter(plan__in=list(plans)).order_by("pk")
    calls = {row.plan_id: row for row in rows}
    given = DemandHandIn.objects.filter(
        plan=OuterRef("plan"), jurisdiction=OuterRef("jurisdiction")
    )
    parties = (
        Party.objects.co_makers()
        .filter(~Exists(given), plan__in=list(calls))
        .select_related("plan")
    )
    return [(party, calls[party.plan_id]) for party in parties.order_by("plan", "jurisdiction_id")]


def units_of(plan: Plan) -> QuerySet[Jurisdiction]:
    """The jurisdictions that take part, for filters."""
    units = Jurisdiction.objects.filter(parties__plan=plan, parties__left_at__isnull=True)
    return units.defer("boundary").order_by("code")
