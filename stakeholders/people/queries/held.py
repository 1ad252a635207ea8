"""Mandates as lists and pages show them: one's own, those one keeps, those to be confirmed."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet

from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.people.enums import MandateAct, Standing
from stakeholders.people.models import Mandate, MandateEvent, User
from stakeholders.people.models.mandate import PENDING
from stakeholders.people.queries.independence import behind, first_word_of
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor, ActorKind, Role
from stakeholders.terms.errors import NotVisible

# What one who may answer an invitation under a pending mandate may do, and nothing else.
CLAIMANTS_ACTS = frozenset({"invitation.answer"})
ORDERS = {
    "person": "user__name_zh",
    "role": "role",
    "plan": "plan_key",
    "from": "valid_from",
    "until": "valid_until",
    "standing": "standing",
}


def own_mandates(*, actor: Actor) -> QuerySet[Mandate]:
    """Every mandate of the acting person, also pending and ended ones, newest first."""
    return _shown(Mandate.objects.filter(user_id=actor.user_id or 0))


def held_mandates(*, actor: Actor) -> QuerySet[Mandate]:
    """The mandates of the jurisdiction or organization whose contact point the actor is, and of the
    departments of that jurisdiction."""
    return _shown(Mandate.objects.filter(_held(actor)))


def _held(actor: Actor) -> Q:
    none = Q(pk__in=())
    if not actor.speaks or actor.role not in (Role.CONTACT_POINT, Role.COORDINATOR):
        return none
    code = actor.jurisdiction_code
    if code is None:
        rows = Q(organization_id=actor.organization_id or 0)
    elif actor.role is Role.CONTACT_POINT:
        bodies = Jurisdiction.objects.filter(pk=code).values("organizations")
        rows = Q(jurisdiction_id=code) | Q(organization__in=bodies)
    else:
        rows = Q(jurisdiction_id=code)
    return rows & Q(plan_key=actor.plan_key) if actor.plan_key else rows


def pending_mandates(*, actor: Actor, at: datetime) -> QuerySet[Mandate]:
    """The mandates that wait for a second person the actor may be: the site's administrators all,
    a contact point those it keeps and the claims in units below. Not those of the actor itself,
    nor those of whom its own mandate comes from.
    """
    rows = Mandate.objects.filter(PENDING)
    if actor.kind is not ActorKind.ADMINISTRATOR:
        rows = rows.filter(_held(actor) | _claims_below(actor))
    rows = rows.exclude(first_word_of(behind(actor)))
    return _shown(rows).exclude(Q(("standing", Standing.ENDED.value)))


def _claims_below(actor: Actor) -> Q:
    if not actor.speaks or actor.role is not Role.CONTACT_POINT or actor.plan_key:
        return Q(pk__in=())
    code = actor.jurisdiction_code or "-"
    return Q(
        granted_by__isnull=True,
        role=Role.CONTACT_POINT.value,
        jurisdiction__path__contains=f"{code}/",
    ) & ~Q(jurisdiction=code)


def visible_mandates(*, actor: Actor) -> QuerySet[Mandate]:
    """Mandates whose page the actor may open: its own, those it keeps or confirms; an administrator
    all. The letter behind a mandate is seen by the same people."""
    if actor.kind is ActorKind.ADMINISTRATOR:
        return _shown(Mandate.objects.all())
    own = Q(user_id=actor.user_id or 0)
    return _shown(Mandate.objects.filter(own | _held(actor) | _claims_below(actor)))


def get_mandate(*, actor: Actor, pk: int) -> Mandate:
    """One visible mandate. NotVisible for any other."""
    return _one(visible_mandates(actor=actor), pk)


def get_held_mandate(*, actor: Actor, pk: int) -> Mandate:
    """One mandate the actor keeps. NotVisible for any other."""
    return _one(held_mandates(actor=actor), pk)


def shown_mandate(mandate: Mandate) -> Mandate:
    """A mandate the caller has just written, as lists show it: with its standing."""
    return _shown(Mandate.objects.filter(pk=mandate.pk)).get()


def _one(rows: QuerySet[Mandate], pk: int) -> Mandate:
    mandate = rows.filter(pk=pk).first()
    if mandate is None:
        raise NotVisible
    return mandate


def choose(
    rows: QuerySet[Mandate], *, text: str, role: str, plan: str, standing: str, order: str
) -> QuerySet[Mandate]:
    """`rows` filtered and in order (a key of ORDERS, "-" for descending; else newest first)."""
    if text:
        rows = rows.filter(
            Q(user__name_zh__icontains=text)
            | Q(user__name_en__icontains=text)
            | Q(document__icontains=text)
        )
    if role:
        rows = rows.filter(role=role)
    if plan:
        rows = rows.filter(plan_key=plan)
    if standing:
        rows = rows.filter(Q(("standing", standing)))
    name = ORDERS.get(order.removeprefix("-"))
    if name:
        return rows.order_by(f"-{name}" if order.startswith("-") else name, "-pk")
    return rows


def plan_keys_of(rows: QuerySet[Mandate]) -> list[str]:
    """The plans to which some of `rows` are limited."""
    keys = rows.exclude(plan_key="").order_by().values_list("plan_key", flat=True)
    return sorted(set(keys))


def history_of(mandate: Mandate) -> QuerySet[MandateEvent]:
    """What happened to a mandate, in order."""
    people = ("by", "under__jurisdiction", "under__organization")
    return mandate.events.select_related(*people).defer("under__jurisdiction__boundary")


def substitutions_of(mandate: Mandate) -> QuerySet[Mandate]:
    """Who stood or stands in for the holder of a mandate, newest first."""
    return _shown(Mandate.objects.filter(stands_in_for=mandate))


def members_of(mandate: Mandate) -> list[str]:
    """The codes of the jurisdictions of the organization a mandate is for, in order."""
    if mandate.organization_id is None:
        return []
    rows = Jurisdiction.objects.filter(organizations=mandate.organization_id)
    return sorted(rows.values_list("pk", flat=True))


def said_yes(mandate: Mandate) -> set[str]:
    """The jurisdictions whose contact points granted or confirmed a mandate of a joint team."""
    rows = mandate.events.filter(act__in=[MandateAct.GRANT.value, MandateAct.CONFIRM.value])
    codes = rows.values_list("under__jurisdiction_id", flat=True)
    return {code for code in codes if code}


def has_contact_point(*, code: str, at: datetime) -> bool:
    """Whether somebody counts as contact point of a jurisdiction in every plan."""
    rows = Mandate.objects.counted(at).filter(jurisdiction=code, plan_key="")
    return rows.filter(role=Role.CONTACT_POINT.value).exists()


def confirmers_of(mandate: Mandate, *, at: datetime) -> list[int]:
    """Ids of the people who may confirm a claimed mandate: administrators, superiors' contact
    points; not who stands in for the claimant or was named by it."""
    above = mandate.jurisdiction.codes_above if mandate.jurisdiction else []
    rows = Mandate.objects.counted(at).filter(
        jurisdiction__in=above, role=Role.CONTACT_POINT.value, plan_key=""
    )
    own = Q(granted_by=mandate.user_id) | Q(stands_in_for__user=mandate.user_id)
    rows = rows.exclude(own)
    office = User.objects.filter(is_superuser=True, is_staff=True, is_active=True)
    above_or_office = {
        *rows.values_list("user_id", flat=True),
        *office.values_list("pk", flat=True),
    }
    return sorted(above_or_office - {mandate.user_id})


def claimants(*, actor: Actor) -> list[Actor]:
    """The actor under each of its pending claims: may answer invitations, sees nothing else.

    Without a role group and limited to one act, so that a claim opens no plan and no inside.
    """
    if actor.user_id is None:
        return []
    rows = Mandate.objects.filter(
        PENDING,
        user_id=actor.user_id,
        user__is_active=True,
        role=Role.CONTACT_POINT.value,
        granted_by__isnull=True,
        valid_until__isnull=True,
    )
    return [
        Actor(
            kind=ActorKind.MANDATED,
            user_id=row.user_id,
            mandate_id=row.pk,
            role=Role.CONTACT_POINT,
            jurisdiction_code=row.jurisdiction_id,
            plan_key=row.plan_key,
            acts=CLAIMANTS_ACTS,
        )
        for row in rows.order_by("pk")
    ]


def counting(ids: Iterable[int], *, at: datetime) -> set[int]:
    """Which of the mandates `ids` count at `at`. One query."""
    return set(Mandate.objects.counted(at).filter(pk__in=set(ids)).values_list("pk", flat=True))


def _shown(rows: QuerySet[Mandate]) -> QuerySet[Mandate]:
    holders = ("user", "jurisdiction", "organization", "granted_by", "second_by")
    more = ("document_file", "stands_in_for__user")
    shown: QuerySet[Mandate] = (
        rows.with_standing(clock.now())  # type: ignore[attr-defined]
        .select_related(*holders, *more)
        .defer("jurisdiction__boundary")
        .order_by("-pk")
    )
    return shown
