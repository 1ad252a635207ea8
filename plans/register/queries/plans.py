"""Reading plans and revisions, within what the actor may see."""

from collections.abc import Collection, Iterable

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from plans.register.models import Party, Plan, Revision
from plans.register.queries.revisions import whole_revisions
from stakeholders.access.queries import (
    with_any_grant,
    with_grant,
)
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.terms.actor import Actor, ActorKind
from stakeholders.terms.errors import NotVisible


def visible_plans(*, actor: Actor) -> QuerySet[Plan]:
    """The plans `actor` may see: one set-based condition, used by every surface."""
    plans = Plan.objects.all()
    if actor.kind is ActorKind.SYSTEM:
        return plans
    plans = with_grant(plans, group_id=actor.group_id, grant="view")
    return plans.filter(key=actor.plan_key) if actor.plan_key else plans


def visible_to_any(*, actors: Iterable[Actor]) -> QuerySet[Plan]:
    """The plans a person sees under one or another of its mandates. One condition for all.

    It ignores the plan a mandate is limited to: the caller asks `may_touch_plan`.
    """
    groups = {actor.group_id for actor in actors if actor.group_id is not None}
    return with_any_grant(Plan.objects.all(), group_ids=groups, grant="view")


def light_plans(plans: QuerySet[Plan]) -> QuerySet[Plan]:
    """`plans` with their regions and the revisions they stand at, without the lists of whole texts."""
    plans = plans.select_related("region", "frozen", "in_force")
    return plans.defer("frozen__manifest", "in_force__manifest")


def get_plan(*, actor: Actor, key: str) -> Plan:
    """One plan by its key. NotVisible when it is not there or not for `actor`."""
    plan = light_plans(visible_plans(actor=actor)).filter(key=key).first()
    if plan is None:
        raise NotVisible
    return plan


def plan_rows(*, actor: Actor) -> QuerySet[Plan]:
    """The plans `actor` may see, each with `size` (parties), `last_number` and `last_stage` (revision)."""
    last = whole_revisions(Revision.objects.filter(plan=OuterRef("pk"))).order_by("-number")
    parties = Party.objects.filter(plan=OuterRef("pk")).order_by().values("plan")
    size = Coalesce(Subquery(parties.values(n=Count("pk"))), 0)
    return (
        light_plans(visible_plans(actor=actor))
        .annotate(
            size=size,
            last_number=Subquery(last.values("number")[:1]),
            last_stage=Subquery(last.values("stage")[:1]),
        )
        .order_by("key")
    )


def parties_of(plan: Plan) -> QuerySet[Party]:
    """The parties with their jurisdictions, outlines included, those who left at the end."""
    return plan.parties.select_related("jurisdiction").order_by("left_at", "jurisdiction_id")


def co_maker_codes(plan: Plan) -> tuple[str, ...]:
    """The codes of the parties that make the plan together, in order. One query."""
    return tuple(plan.parties.co_makers().values_list("jurisdiction_id", flat=True))


def names_of(codes: Iterable[str]) -> dict[str, Jurisdiction]:
    """Code -> jurisdiction, without its outline. One query."""
    return Jurisdiction.objects.defer("boundary").in_bulk(set(codes))


def unknown_codes(codes: Iterable[str]) -> list[str]:
    """Those of `codes` that are no jurisdiction's, in order. One query."""
    wanted = set(codes)
    return sorted(wanted - set(names_of(wanted)))


def short_titles(keys: Collection[str]) -> dict[str, tuple[str, str]]:
    """Key -> (Chinese, English) short title of the plans with these keys. One query; unscoped, for
    notices, which only reach who was told of the plan."""
    rows = Plan.objects.filter(key__in=list(keys)).values_list("key", "short_zh", "short_en")
    return {key: (zh, en or zh) for key, zh, en in rows}


def demonstrations_among(keys: Collection[str]) -> set[str]:
    """Which of the plans with these keys are demonstrations. One query; unscoped, for mail."""
    rows = Plan.objects.filter(key__in=list(keys), is_demonstration=True)
    return set(rows.values_list("key", flat=True))
