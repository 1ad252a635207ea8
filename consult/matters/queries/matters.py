"""Reading matters: the library is for everybody, a plan's matters for those who see the plan."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Prefetch, Q, QuerySet

from consult.matters.enums import Level, MoveKind, Outcome
from consult.matters.models import Matter, MatterMove, Stand
from plans.register.models import Plan
from plans.register.queries import visible_plans
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.people.models import Mandate
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import NotVisible


@dataclass(frozen=True, kw_only=True)
class Column:
    """One jurisdiction's side of a matter: its stand that counts, and the former ones."""

    jurisdiction: Jurisdiction
    newest: Stand | None
    former: list[Stand] = field(default_factory=list)


def light(matters: QuerySet[Matter]) -> QuerySet[Matter]:
    """With their jurisdictions, but not the outlines of these."""
    units = Jurisdiction.objects.defer("boundary").order_by("code")
    return matters.prefetch_related(Prefetch("jurisdictions", units), "items")


def catalogue(*, text: str = "", theme: str = "") -> QuerySet[Matter]:
    """The library of real matters: `text` in key, titles, descriptions or units; by theme."""
    found = Matter.objects.filter(plan__isnull=True)
    if theme:
        found = found.filter(theme=theme)
    if text:
        units = Jurisdiction.objects.filter(
            Q(name_zh__icontains=text)
            | Q(name_en_unique__icontains=text)
            | Q(code__startswith=text)
        )
        found = found.filter(
            Q(key__iexact=text)
            | Q(title_zh__icontains=text)
            | Q(title_en__icontains=text)
            | Q(description_zh__icontains=text)
            | Q(description_en__icontains=text)
            | Q(
                pk__in=Matter.jurisdictions.through.objects.filter(jurisdiction__in=units).values(
                    "matter"
                )
            )
        )
    return light(found).order_by("key")


def get_library_matter(*, key: str) -> Matter:
    found = catalogue().filter(key=key).first()
    if found is None:
        raise NotVisible
    return found


def visible_matters(*, actor: Actor, plan: Plan) -> QuerySet[Matter]:
    """The matters of one plan, for whoever sees the plan."""
    plans = visible_plans(actor=actor).filter(pk=plan.pk).values("pk")
    return light(Matter.objects.filter(plan__in=plans)).order_by("key")


def get_matter(*, actor: Actor, plan: Plan, key: str) -> Matter:
    """One matter of a plan. NotVisible when it is not there or not for `actor`."""
    found = visible_matters(actor=actor, plan=plan).filter(key=key).first()
    if found is None:
        raise NotVisible
    return found


def stands_of(matter: Matter) -> list[Column]:
    """One column per jurisdiction of the matter, in order of code; one query for the stands."""
    stands: dict[str, list[Stand]] = {}
    rows = Stand.objects.filter(matter=matter).order_by("-pk").select_related("mandate__user")
    for row in rows:
        stands.setdefault(str(row.jurisdiction_id), []).append(row)
    return [
        Column(
            jurisdiction=unit,
            newest=next(iter(stands.get(unit.code, [])), None),
            former=stands.get(unit.code, [])[1:],
        )
        for unit in matter.jurisdictions.all()
    ]


def moves_of(matter: Matter) -> QuerySet[MatterMove]:
    rows = MatterMove.objects.filter(matter=matter).order_by("pk")
    return rows.select_related("mandate__user", "jurisdiction").defer("jurisdiction__boundary")


def opened_by(matter: Matter) -> Mandate | None:
    """Under which mandate the matter was opened."""
    first = MatterMove.objects.filter(matter=matter, kind=MoveKind.OPENED).order_by("pk")
    move = first.select_related("mandate").first()
    return move.mandate if move else None


def withdrawn_at(matter: Matter) -> datetime | None:
    """When a withdrawn matter was withdrawn; none for any other."""
    return matter.closed_at if matter.outcome == Outcome.WITHDRAWN else None


def joinable_units(*, plan: Plan, matter: Matter) -> QuerySet[Jurisdiction]:
    """The parties of the plan that are no party of the matter."""
    held = [unit.code for unit in matter.jurisdictions.all()]
    return party_units(plan=plan).exclude(code__in=held)


def raised_matters(*, plan: Plan) -> list[Matter]:
    """Unscoped, for the gate: open matters that stand above the working level."""
    found = Matter.objects.filter(plan=plan).open().exclude(level=Level.WORKING)
    return list(found.order_by("key"))


def next_key(*, plan: Plan) -> str:
    """The next free key of a plan's matters: MT1, MT2, ... The caller holds the plan's lock."""
    keys: Iterable[str] = Matter.objects.filter(plan=plan).values_list("key", flat=True)
    numbers = [int(key[2:]) for key in keys if key[:2] == "MT" and key[2:].isdigit()]
    return f"MT{max(numbers, default=0) + 1}"


def party_units(*, plan: Plan) -> QuerySet[Jurisdiction]:
    """The jurisdictions that take part in the plan now, in order of code."""
    return (
        Jurisdiction.objects.filter(parties__plan=plan, parties__left_at__isnull=True)
        .defer("boundary")
        .order_by("code")
    )


def taken_up_in(*, actor: Actor, entry: Matter) -> QuerySet[Matter]:
    """The matters of plans the reader sees that were drawn from an entry of the library."""
    plans = visible_plans(actor=actor).order_by().values("pk")
    found = Matter.objects.filter(plan__in=plans, drawn_from=entry).select_related("plan")
    return found.order_by("plan__key", "key")
