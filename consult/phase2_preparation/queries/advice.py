"""Reading advice: the joint office sees all of it, an adviser its own, a commenter none of its."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, Q, QuerySet

from consult.phase2_preparation.models import Advice, AdviceRequest, Comment
from consult.phase2_preparation.queries.dispositions import sees_undecided
from consult.phase2_preparation.queries.queue import asked_of_actor
from plans.register.models import Plan
from plans.register.queries import bodies_of, visible_plans
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.people.models import Mandate, Organization
from stakeholders.terms.actor import Actor, Role
from stakeholders.terms.errors import NotVisible

# Who may be asked for advice, as a person or for its party.
ADVISERS = frozenset({Role.DRAFTER, Role.PLANNER, Role.EXPERT})
PERSON, PARTY, BODY = "person", "unit", "body"


@dataclass(frozen=True, kw_only=True)
class Adviser:
    """Whom one may ask: one of the three is given."""

    person: Mandate | None = None
    jurisdiction: Jurisdiction | None = None
    organization: Organization | None = None

    @property
    def code(self) -> str:
        if self.person is not None:
            return f"{PERSON}-{self.person.pk}"
        if self.jurisdiction is not None:
            return f"{PARTY}-{self.jurisdiction.pk}"
        return f"{BODY}-{self.organization.pk if self.organization else ''}"

    def __str__(self) -> str:
        if self.person is not None:
            return f"{self.person.user} ({self.person.get_role_display()})"
        return str(self.jurisdiction or self.organization)


def advisers_of(*, plan: Plan, comment: Comment, at: datetime) -> list[Adviser]:
    """Whom the joint office may ask about a comment: nobody of the commenter's own side.

    The planners of the other parties together, bodies that draft, plan or advise, and their
    people by name. Four queries.
    """
    bodies = [body.organization.pk for body in bodies_of(plan) if Role(body.role) in ADVISERS]
    parties = plan.parties.filter(left_at__isnull=True).values("jurisdiction")
    rows = (
        Mandate.objects.counted(at)
        .filter(
            Q(jurisdiction__in=parties) | Q(organization__in=bodies),
            role__in=[r.value for r in ADVISERS],
            plan_key__in=["", plan.key],
        )
        .select_related("user", "jurisdiction", "organization")
        .prefetch_related("organization__jurisdictions")
        .defer("jurisdiction__boundary")
        .order_by("role", "pk")
    )
    found = [m for m in rows if not _is_own(comment, m)]
    planning = {m.jurisdiction for m in found if m.jurisdiction and m.role == Role.PLANNER.value}
    asked = {m.organization for m in found if m.organization}
    return [
        *(Adviser(jurisdiction=unit) for unit in sorted(planning, key=lambda unit: unit.pk)),
        *(Adviser(organization=body) for body in sorted(asked, key=lambda body: body.key)),
        *(Adviser(person=m) for m in found),
    ]


def _is_own(comment: Comment, mandate: Mandate) -> bool:
    """Whether the mandate is of the commenter's own side; a joint drafter speaks for none."""
    if mandate.role == Role.DRAFTER.value:
        return False
    body, code = mandate.organization, comment.jurisdiction_id
    if body is None:
        return code is not None and mandate.jurisdiction_id == code
    units = {unit.pk for unit in body.jurisdictions.all()}
    return body.pk == comment.reply.organization_id or units == {code}


def visible_requests(*, actor: Actor, plan: Plan) -> QuerySet[AdviceRequest]:
    """The requests for advice the actor may see, with their advices.

    The joint office and the drafting team see all; who was asked sees its own request. What the
    commenter's own jurisdiction asks here is answered with nothing.
    """
    plans = visible_plans(actor=actor).filter(pk=plan.pk).values("pk")
    rows = AdviceRequest.objects.filter(comment__plan__in=plans)
    if not sees_undecided(actor):
        rows = rows.filter(asked_of_actor(actor))
        if actor.jurisdiction_code:
            rows = rows.exclude(comment__jurisdiction=actor.jurisdiction_code)
    units = Jurisdiction.objects.defer("boundary")
    given = Advice.objects.select_related("mandate__user").order_by("pk")
    return (
        rows.select_related("person__user", "organization", "mandate__user", "comment")
        .prefetch_related(Prefetch("jurisdiction", units), Prefetch("advices", given))
        .order_by("pk")
    )


def get_request(*, actor: Actor, plan: Plan, pk: int) -> AdviceRequest:
    """A request that was asked of the actor itself. NotVisible else."""
    found = visible_requests(actor=actor, plan=plan).filter(asked_of_actor(actor), pk=pk).first()
    if found is None:
        raise NotVisible
    return found


def asked_of(*, actor: Actor, requests: Iterable[AdviceRequest]) -> list[AdviceRequest]:
    """Those of the requests that the actor may answer."""
    mine = set(
        AdviceRequest.objects.filter(
            asked_of_actor(actor), pk__in=[r.pk for r in requests]
        ).values_list("pk", flat=True)
    )
    return [one for one in requests if one.pk in mine]


def people_asked(request: AdviceRequest, *, at: datetime) -> set[int]:
    """Unscoped, for the notice: ids of the people a request was put to."""
    if request.person is not None:
        return {request.person.user_id}
    held = Mandate.objects.counted(at).filter(
        role__in=[r.value for r in ADVISERS], plan_key__in=["", request.comment.plan.key]
    )
    if request.organization_id is not None:
        held = held.filter(organization=request.organization_id)
    else:
        held = held.filter(jurisdiction=request.jurisdiction_id, role=Role.PLANNER.value)
    return set(held.values_list("user_id", flat=True))
