"""Reading acts entered for a party. `visible_entered` is the one definition of who sees which."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet

from consult.ballots.models import Position
from consult.matters.models import Stand
from consult.phase1_organization.models import Invitation, InvitationAnswer
from consult.phase2_preparation.models import Reply
from consult.phase3_identification.models import Declaration
from consult.spoken.enums import TONES, Standing, confirmer_of
from consult.spoken.models import EnteredAct
from plans.register.models import Plan
from plans.register.queries import visible_plans
from stakeholders.people.enums import Basis
from stakeholders.terms.actor import Actor, ActorKind, Role
from stakeholders.terms.errors import NotVisible
from stakeholders.terms.reading import read_once
from stakeholders.terms.speaking import standing


def plan_to_speak_in(*, actor: Actor, key: str) -> Plan:
    """The plan that `actor` sees, or that its jurisdiction was invited to and does not see yet.

    NotVisible where it is neither, by the same one query as where there is no plan.
    """
    known = Q(pk__in=visible_plans(actor=actor).values("pk"))
    if actor.inside:
        invited = Invitation.objects.filter(jurisdiction=actor.inside)
        known |= Q(pk__in=invited.values("plan"))
    plans = Plan.objects.select_related("frozen").filter(known, key=key)
    plan = plans.first() if actor.may_touch_plan(key) else None
    if plan is None:
        raise NotVisible
    return plan


@dataclass(frozen=True, kw_only=True)
class Shown:
    """An entered act and where it stands at an instant."""

    act: EnteredAct
    standing: Standing
    confirmer: Role

    @property
    def tone(self) -> str:
        return TONES[self.standing.value]

    @property
    def is_waiting(self) -> bool:
        return self.standing is Standing.WAITING


def _own_since() -> Q:
    """That the party did the act itself after it was entered."""
    own = {"jurisdiction": OuterRef("jurisdiction"), "at__gte": OuterRef("at")}
    answer = InvitationAnswer.objects.filter(
        invitation=OuterRef("invitation"), at__gte=OuterRef("at")
    )
    reply = Reply.objects.filter(round=OuterRef("round"), **own)
    stand = Stand.objects.filter(matter=OuterRef("matter"), **own)
    position = Position.objects.filter(ballot=OuterRef("ballot"), **own)
    declaration = Declaration.objects.filter(sign_off=OuterRef("sign_off"), **own)
    return (
        Q(Exists(answer))
        | Q(Exists(reply))
        | Q(Exists(stand))
        | Q(Exists(position))
        | Q(Exists(declaration))
    )


def entered() -> QuerySet[EnteredAct]:
    """Unscoped, for actions and duties: with all that their standing is computed from."""
    since = ExpressionWrapper(_own_since(), output_field=BooleanField())
    return (
        EnteredAct.objects.annotate(spoke_itself=since, agrees=F("word__agrees"))
        .select_related(
            "plan",
            "jurisdiction",
            "mandate__user",
            "mandate__jurisdiction",
            "mandate__organization",
            "word__mandate__user",
            "evidence_file",
            "invitation",
            "round",
            "matter",
            "ballot",
            "sign_off",
        )
        .defer("jurisdiction__boundary", "mandate__jurisdiction__boundary")
        .order_by("pk")
    )


def shown_at(act: EnteredAct, *, at: datetime) -> Shown:
    """A row of `entered` with its standing at `at`. No query."""
    stands = standing(
        agrees=act.agrees,  # type: ignore[attr-defined]
        spoke_itself=act.spoke_itself,  # type: ignore[attr-defined]
        confirm_by=act.confirm_by,
        at=at,
    )
    return Shown(act=act, standing=Standing(stands.value), confirmer=confirmer_of(act.kind))


def waiting(*, at: datetime) -> QuerySet[EnteredAct]:
    """Unscoped: those that can still be confirmed at `at`."""
    return filtered(entered(), standing=Standing.WAITING.value, at=at)


def visible_entered(*, actor: Actor) -> QuerySet[EnteredAct]:
    """What `actor` may know of: all that was entered for its own jurisdiction; the joint office
    besides what was entered in its plans, but of sealed ones only what that person entered itself.
    Nobody else learns of an act that does not count.
    """
    if actor.kind is not ActorKind.MANDATED:
        return entered().none()
    sight = Q(pk__in=[])
    if actor.inside:
        sight = Q(jurisdiction=actor.inside)
    elif actor.role is Role.COORDINATOR:
        plans = visible_plans(actor=actor).values("pk")
        mine = Q(mandate__user=actor.user_id, basis=Basis.ON_EVIDENCE)
        sight = Q(plan__in=plans) & (Q(is_sealed=False) | mine)
    rows = entered().filter(sight)
    return rows.filter(plan__key=actor.plan_key) if actor.plan_key else rows


def get_entered(*, actor: Actor, key: str, pk: int) -> EnteredAct:
    """One entered act of the plan. NotVisible when it is not there or not for `actor`."""
    found = visible_entered(actor=actor).filter(plan__key=key, pk=pk).first()
    if found is None:
        raise NotVisible
    return found


def entered_on(*, actor: Actor, plan: Plan, field: str, pk: int) -> QuerySet[EnteredAct]:
    """The entered acts on one subject that `actor` may know of, newest first."""
    return visible_entered(actor=actor).filter(plan=plan, **{field: pk}).order_by("-pk")


def shown(rows: Iterable[EnteredAct], *, at: datetime) -> list[Shown]:
    return [shown_at(row, at=at) for row in rows]


def filtered(rows: QuerySet[EnteredAct], *, standing: str, at: datetime) -> QuerySet[EnteredAct]:
    """Rows of one standing; an unknown one filters nothing."""
    open_ = Q(word__isnull=True)
    conditions: dict[str, Q] = {
        Standing.WAITING.value: open_ & Q(spoke_itself=False, confirm_by__gt=at),
        Standing.CONFIRMED.value: Q(word__agrees=True),
        Standing.REFUSED.value: Q(word__agrees=False),
        Standing.REPLACED.value: open_ & Q(spoke_itself=True),
        Standing.LAPSED.value: open_ & Q(spoke_itself=False, confirm_by__lte=at),
    }
    return rows.filter(conditions[standing]) if standing in conditions else rows


@read_once
def is_any_waiting(*, at: datetime) -> bool:
    """Unscoped, to spare the reading of nothing: whether an act of any plan can be confirmed."""
    return EnteredAct.objects.filter(word__isnull=True, confirm_by__gt=at).exists()


def waiting_of(plans: Sequence[Plan], *, at: datetime) -> QuerySet[EnteredAct]:
    """Unscoped, for the duties. One query."""
    return waiting(at=at).filter(plan__in=[plan.pk for plan in plans])


def waiting_for(*, actor: Actor, at: datetime) -> QuerySet[EnteredAct]:
    """What waits for the word of the actor's own jurisdiction, also in plans it cannot see yet."""
    if not actor.inside:
        return waiting(at=at).none()
    rows = waiting(at=at).filter(jurisdiction=actor.inside)
    return rows.filter(plan__key=actor.plan_key) if actor.plan_key else rows
