"""Who may act for whom."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from stakeholders.access.queries import group_id_of, group_ids_of
from stakeholders.people.models import ApiToken, Mandate, User
from stakeholders.people.models.mandate import PENDING
from stakeholders.terms.actor import Actor, ActorKind, Role


def mandates_of(*, user_id: int, at: datetime) -> QuerySet[Mandate]:
    """The mandates a person can act under at `at`, with their holders.

    Read at every request: the boundary of a jurisdiction is some kilobytes that no page takes here.
    """
    return (
        Mandate.objects.counted(at)
        .filter(user_id=user_id)
        .select_related("jurisdiction", "organization")
        .defer("jurisdiction__boundary")
        .order_by("pk")
    )


def plans_acted_on(*, people: Iterable[int], at: datetime) -> dict[int, set[str]]:
    """Person -> keys of the plans its mandates that count at `at` are for; "" is any plan.

    Who holds none is not in it. One query; unscoped, for mail.
    """
    rows = Mandate.objects.counted(at).filter(user_id__in=list(people)).order_by()
    found: dict[int, set[str]] = {}
    for person, plan in rows.values_list("user_id", "plan_key").distinct():
        found.setdefault(person, set()).add(plan)
    return found


def actor_of(mandate: Mandate) -> Actor:
    """The Actor a person becomes under `mandate`. The caller has checked that it counts."""
    group_id = group_id_of(holder=mandate.holder, role=mandate.role)
    return _actor(mandate, group_id=group_id)


def actors_of(mandates: Iterable[Mandate]) -> list[Actor]:
    """The Actors a person becomes under several mandates at once. One query."""
    rows = list(mandates)
    groups = group_ids_of(holders=[m.holder for m in rows]) if rows else {}
    return [_actor(m, group_id=groups.get((m.holder, m.role))) for m in rows]


def _actor(mandate: Mandate, *, group_id: int | None) -> Actor:
    return Actor(
        kind=ActorKind.MANDATED,
        user_id=mandate.user_id,
        mandate_id=mandate.pk,
        role=Role(mandate.role),
        jurisdiction_code=mandate.jurisdiction_id,
        organization_id=mandate.organization_id,
        group_id=group_id,
        plan_key=mandate.plan_key,
        acts=None if mandate.acts is None else frozenset(mandate.acts),
        items=None if mandate.items is None else frozenset(mandate.items),
    )


def actor_without_mandate(user: AbstractBaseUser) -> Actor:
    """The Actor of a signed-in person who holds no mandate: an administrator, or the public.

    Staff whose permissions open single tables acts as an administrator there, where they are
    asked, and is the public everywhere else.
    """
    is_administrator = isinstance(user, User) and user.is_administrator
    kind = ActorKind.ADMINISTRATOR if is_administrator else ActorKind.PUBLIC
    return Actor(kind=kind, user_id=user.pk)


def people_of(
    *, codes: Iterable[str], roles: Iterable[Role], at: datetime, plan_key: str = ""
) -> dict[str, list[int]]:
    """Jurisdiction code -> ids of the people who hold one of `roles` for it at `at`."""
    rows = (
        Mandate.objects.counted(at)
        .filter(
            jurisdiction__in=list(codes),
            role__in=[r.value for r in roles],
            plan_key__in=["", plan_key],
        )
        .order_by("pk")
        .values_list("jurisdiction_id", "user_id")
    )
    people: dict[str, list[int]] = {}
    for code, user_id in rows:
        if user_id not in people.setdefault(str(code), []):
            people[str(code)].append(user_id)
    return people


def coordinators_of(*, plan_key: str, at: datetime) -> list[int]:
    """Ids of the people of the joint office of a plan."""
    rows = Mandate.objects.counted(at).filter(role=Role.COORDINATOR.value, plan_key=plan_key)
    return sorted(set(rows.values_list("user_id", flat=True)))


def own_mandate(*, user_id: int, key: str) -> Mandate | None:
    """The person's mandate of that number, also one that counts no more; None for another's."""
    if not (key.isascii() and key.isdecimal() and len(key) < 19):
        return None
    rows = Mandate.objects.filter(user_id=user_id, pk=int(key))
    return rows.select_related("jurisdiction", "organization").first()


def holders_now(mandate: Mandate, *, at: datetime) -> list[User]:
    """Who holds the same role for the same holder and plan at `at`, by name; the person of
    `mandate` itself is left out. One query."""
    held = Mandate.objects.counted(at).filter(
        jurisdiction=mandate.jurisdiction_id,
        organization=mandate.organization_id,
        role=mandate.role,
        plan_key__in=["", mandate.plan_key],
    )
    people = User.objects.filter(pk__in=held.values("user")).exclude(pk=mandate.user_id)
    return list(people.order_by("name_zh"))


def mandates_of_ended_units(*, user_id: int, at: datetime) -> list[Mandate]:
    """The person's mandates that stopped counting because their unit has ended. One query."""
    rows = Mandate.objects.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gt=at),
        user_id=user_id,
        jurisdiction__valid_until__lte=timezone.localtime(at).date(),
    )
    return list(rows.select_related("jurisdiction").order_by("pk"))


def own_tokens(*, actor: Actor) -> QuerySet[ApiToken]:
    """The acting person's API tokens, newest first."""
    rows = ApiToken.objects.filter(user_id=actor.user_id or 0)
    shown: QuerySet[ApiToken] = rows.select_related(
        "mandate__jurisdiction", "mandate__organization"
    ).order_by("-created")
    return shown


def ended_mandates(*, since: datetime, until: datetime) -> list[Mandate]:
    """Unscoped, for the sweep: mandates that counted and ended in between, of open accounts."""
    rows = Mandate.objects.filter(
        valid_until__gt=since, valid_until__lte=until, user__is_active=True
    ).exclude(valid_from__gte=F("valid_until"))
    rows = rows.exclude(PENDING).select_related("user", "jurisdiction", "organization")
    return list(rows.defer("jurisdiction__boundary").order_by("pk"))


def mandates_to_remind(
    *, codes: Iterable[str], organizations: Iterable[int], at: datetime
) -> list[Actor]:
    """The people who hold a mandate for one of the holders, or coordinate a plan, as actors.

    One query; the actors carry no group, so they see nothing: they only say who owes what.
    """
    rows = Mandate.objects.counted(at).filter(
        Q(jurisdiction__in=list(codes))
        | Q(organization__in=list(organizations))
        | Q(role=Role.COORDINATOR.value)
    )
    return [_actor(mandate, group_id=None) for mandate in rows.order_by("pk")]
