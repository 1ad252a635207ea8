"""Reading invitations, answers and charters.

`charter_in_force` and `rule_for` are what the rounds, the matters and the sign-off ask.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from consult.ballots.enums import Outcome, SubjectKind
from consult.ballots.models import Ballot
from consult.ballots.queries import electors_of
from consult.phase1_organization.enums import (
    ACCEPTING,
    STATE_OF_ANSWER,
    InvitationState,
    ItemClass,
)
from consult.phase1_organization.models import Charter, Invitation, InvitationAnswer
from plans.register.enums import ItemKind, Strength
from plans.register.models import Party, Plan
from plans.register.queries import visible_plans
from stakeholders.jurisdictions.models import Adjacency, Jurisdiction
from stakeholders.people.models import Mandate
from stakeholders.people.queries import claimants
from stakeholders.terms.actor import Actor, ActorKind, Role
from stakeholders.terms.errors import NotVisible


@dataclass(frozen=True, kw_only=True)
class Asked:
    """An invitation, the answer that counts, and where it stands at an instant."""

    invitation: Invitation
    answer: InvitationAnswer | None
    state: InvitationState

    @property
    def is_open(self) -> bool:
        return self.state is InvitationState.OPEN

    @property
    def awaits_mandate(self) -> bool:
        """Answered under a claimed mandate that nobody has confirmed yet: does not count yet."""
        return self.state is InvitationState.UNCONFIRMED


def charter_in_force(plan: Plan) -> Charter | None:
    """The charter the parties adopted last: its ballot ended passed. One query."""
    return charters_in_force([plan]).get(plan.pk)


def charters_in_force(plans: Iterable[Plan]) -> dict[int, Charter]:
    """Plan id -> its charter in force, for many plans in one query."""
    passed = Ballot.objects.filter(
        plan=OuterRef("plan"), subject_kind=SubjectKind.CHARTER, end__outcome=Outcome.PASSED
    ).order_by("-end__pk")
    found = Charter.objects.filter(
        plan__in=[plan.pk for plan in plans], hash=Subquery(passed.values("subject_hash")[:1])
    ).select_related("plan")
    return {charter.plan_id: charter for charter in found}


def named_weights(charter: Charter | None) -> dict[str, dict[str, str]]:
    """Code -> the weights a charter names for it (`weights` of its content, the other way round)."""
    found: dict[str, dict[str, str]] = {}
    for name, by_code in ((charter and charter.content.weights) or {}).items():
        for code, weight in by_code.items():
            found.setdefault(code, {})[name] = weight
    return found


def class_of(*, strength: str, kind: str) -> ItemClass:
    """The class whose rule an item falls under: indicators and map features apart, else by strength."""
    if kind == ItemKind.INDICATOR:
        return ItemClass.INDICATOR
    if kind == ItemKind.MAP_FEATURE:
        return ItemClass.MAP
    return ItemClass.BINDING if strength == Strength.BINDING else ItemClass.GUIDING


def rule_for(charter: Charter, *, strength: str, kind: str) -> dict[str, object]:
    """The consensus rule (silence and requirements) of `charter` for an item."""
    rules = charter.content.rules
    by_kind = class_of(strength=strength, kind=kind).value
    name = by_kind if by_kind in rules else class_of(strength=strength, kind="").value
    found = dict(rules[name])
    # Silence never binds on binding text, of whatever class it is.
    return {**found, "silence": "none"} if strength == Strength.BINDING else found


def get_charter(plan: Plan, *, number: int) -> Charter:
    """One charter of a plan the caller has loaded by `get_plan`. NotVisible when missing."""
    charter = charters_of(plan).filter(number=number).first()
    if charter is None:
        raise NotVisible
    return charter


def charters_of(plan: Plan) -> QuerySet[Charter]:
    return Charter.objects.filter(plan=plan).select_related("plan").order_by("-number")


def ballots_of(plan: Plan) -> QuerySet[Ballot]:
    """The ballots on the plan's charters, newest first, with their ends."""
    return (
        Ballot.objects.filter(plan=plan, subject_kind=SubjectKind.CHARTER)
        .select_related("plan", "end")
        .order_by("-pk")
    )


def open_ballot_on(charter: Charter) -> Ballot | None:
    """The ballot on `charter` that has not ended."""
    return ballots_of(charter.plan).filter(subject_id=charter.version, end__isnull=True).first()


def electorate_of(charter: Charter) -> frozenset[str]:
    """Codes of the parties that count in the newest ballot on `charter`; before it, the co-makers.

    A party that joined after the opening does not count in that ballot.
    """
    ballot = ballots_of(charter.plan).filter(subject_id=charter.version).first()
    if ballot is None:
        return frozenset(party.jurisdiction_id for party in co_makers_of(charter.plan))
    return frozenset(e.jurisdiction_id for e in electors_of([ballot]).get(ballot.pk, []))


def newest_answers(invitations: Iterable[Invitation]) -> dict[int, InvitationAnswer]:
    """Invitation id -> the answer that counts. One query."""
    rows = (
        _standing_answers()
        .filter(invitation__in=[i.pk for i in invitations])
        .order_by("invitation_id", "-pk")
        .distinct("invitation_id")
        .select_related("mandate__user", "letter_file")
    )
    return {row.invitation_id: row for row in rows}


def _standing_answers() -> QuerySet[InvitationAnswer]:
    """All answers but those given under a claimed mandate that was refused."""
    return InvitationAnswer.objects.exclude(
        mandate__needs_second=True,
        mandate__second_by__isnull=True,
        mandate__valid_until__isnull=False,
    )


def answers_to_count() -> list[InvitationAnswer]:
    """Acceptances under a mandate confirmed since, whose jurisdiction is no party yet. Unscoped:
    for the sweep."""
    later = Invitation.objects.filter(
        plan=OuterRef("invitation__plan"), jurisdiction=OuterRef("invitation__jurisdiction")
    ).order_by("-pk")
    parties = Party.objects.filter(
        plan=OuterRef("invitation__plan"), jurisdiction=OuterRef("invitation__jurisdiction")
    )
    newer = InvitationAnswer.objects.filter(
        invitation=OuterRef("invitation"), pk__gt=OuterRef("pk")
    )
    rows = InvitationAnswer.objects.filter(
        ~Exists(parties),
        ~Exists(newer),
        answer__in=ACCEPTING,
        mandate__needs_second=True,
        mandate__second_by__isnull=False,
        invitation=Subquery(later.values("pk")[:1]),
    )
    return list(rows.select_related("invitation__plan", "mandate").order_by("pk"))


def current_invitations(plans: Iterable[Plan]) -> QuerySet[Invitation]:
    """The newest invitation of each jurisdiction in each plan."""
    return (
        Invitation.objects.filter(plan__in=[plan.pk for plan in plans])
        .order_by("plan_id", "jurisdiction_id", "-pk")
        .distinct("plan_id", "jurisdiction_id")
        .select_related("plan", "jurisdiction")
        .defer("jurisdiction__boundary")
    )


def asked(
    invitations: Iterable[Invitation], *, at: datetime, replaced: Collection[int] = ()
) -> list[Asked]:
    """Invitations with their answers and states at `at`. One query besides the given ones."""
    rows = list(invitations)
    answers = newest_answers(rows)
    return [
        Asked(
            invitation=row,
            answer=answers.get(row.pk),
            state=_state(row, answers.get(row.pk), at=at, is_replaced=row.pk in replaced),
        )
        for row in rows
    ]


def _state(
    invitation: Invitation, answer: InvitationAnswer | None, *, at: datetime, is_replaced: bool
) -> InvitationState:
    if answer is not None and answer.mandate.is_pending:
        return InvitationState.UNCONFIRMED
    if answer is not None:
        return STATE_OF_ANSWER[answer.answer]
    if is_replaced:
        return InvitationState.REPLACED
    return InvitationState.LAPSED if at > invitation.answer_by else InvitationState.OPEN


def asked_of_plan(plan: Plan, *, at: datetime) -> list[Asked]:
    """Every invitation of a plan in the order sent, replaced ones included. Two queries."""
    rows = list(
        Invitation.objects.filter(plan=plan)
        .select_related("plan", "jurisdiction", "mandate__user")
        .defer("jurisdiction__boundary")
        .order_by("pk")
    )
    newest = {row.jurisdiction_id: row.pk for row in rows}
    return asked(rows, at=at, replaced={r.pk for r in rows} - set(newest.values()))


def speakers(*, actor: Actor) -> list[Actor]:
    """Under what the actor may read and answer invitations: the mandate it acts under, and each
    claim to be a contact point that awaits confirmation. One query."""
    own = [actor] if actor.kind is ActorKind.MANDATED and actor.jurisdiction_code else []
    return [*own, *claimants(actor=actor)]


def speaker_for(*, actor: Actor, invitation: Invitation) -> Actor:
    """The one of `speakers` who may answer the invitation; else the actor as it is."""
    fitting = [
        s for s in speakers(actor=actor) if s.jurisdiction_code == invitation.jurisdiction_id
    ]
    chosen = [s for s in fitting if s.role is Role.CONTACT_POINT] or fitting
    return chosen[0] if chosen else actor


def invitations_of(plan: Plan) -> QuerySet[Invitation]:
    """The invitations of a plan the caller has loaded by `get_plan`, in the order sent."""
    return Invitation.objects.filter(plan=plan).select_related("plan").order_by("pk")


def invitations_to(*, actor: Actor) -> QuerySet[Invitation]:
    """The invitations sent to the actor's jurisdiction: it sees these before it sees the plan."""
    sight = Q(pk__in=())
    for speaker in speakers(actor=actor):
        limit = Q(plan__key=speaker.plan_key) if speaker.plan_key else Q()
        sight |= Q(jurisdiction=speaker.jurisdiction_code) & limit
    rows = Invitation.objects.filter(sight)
    return rows.select_related("plan", "jurisdiction", "mandate__user").order_by("-pk")


def open_invitations_to(*, actor: Actor, at: datetime) -> QuerySet[Invitation]:
    """Those of `invitations_to` that await an answer: not answered, lapsed or replaced."""
    later = Invitation.objects.filter(
        plan=OuterRef("plan"), jurisdiction=OuterRef("jurisdiction")
    ).order_by("-pk")
    return invitations_to(actor=actor).filter(
        ~Exists(_standing_answers().filter(invitation=OuterRef("pk"))),
        pk=Subquery(later.values("pk")[:1]),
        answer_by__gte=at,
    )


def get_invitation(*, actor: Actor, pk: int) -> Invitation:
    """An invitation to the actor's own jurisdiction. NotVisible for everybody else's."""
    invitation = invitations_to(actor=actor).filter(pk=pk).first()
    if invitation is None:
        raise NotVisible
    return invitation


def get_answer(*, actor: Actor, key: str, pk: int) -> InvitationAnswer:
    """An answer to an invitation of plan `key`: its own jurisdiction and who sees the plan see it.

    NotVisible for everybody else.
    """
    seen = Q(invitation__in=invitations_to(actor=actor).values("pk"))
    seen |= Q(invitation__plan__in=visible_plans(actor=actor).values("pk"))
    rows = InvitationAnswer.objects.filter(seen, invitation__plan__key=key, pk=pk)
    answer = rows.select_related("letter_file").first()
    if answer is None:
        raise NotVisible
    return answer


def is_replaced(invitation: Invitation) -> bool:
    """Whether the same jurisdiction was invited again to the same plan."""
    return Invitation.objects.filter(
        plan=invitation.plan_id, jurisdiction=invitation.jurisdiction_id, pk__gt=invitation.pk
    ).exists()


def co_makers_of(plan: Plan) -> QuerySet[Party]:
    """The parties that make the plan together, in order of code."""
    return (
        plan.parties.co_makers()
        .select_related("jurisdiction")
        .defer("jurisdiction__boundary")
        .order_by("jurisdiction_id")
    )


def without_signatory(plans: Sequence[Plan], *, at: datetime) -> list[Party]:
    """The must-sign parties for which nobody holds a signatory's mandate that counts.

    Two queries for any number of plans.
    """
    parties = list(
        Party.objects.must_sign()
        .filter(plan__in=[plan.pk for plan in plans])
        .select_related("plan", "jurisdiction")
        .defer("jurisdiction__boundary")
        .order_by("plan_id", "jurisdiction_id")
    )
    rows = Mandate.objects.counted(at).filter(
        role=Role.SIGNATORY.value, jurisdiction__in={p.jurisdiction_id for p in parties}
    )
    named = set(rows.values_list("jurisdiction_id", "plan_key"))
    return [
        party
        for party in parties
        if not {(party.jurisdiction_id, ""), (party.jurisdiction_id, party.plan.key)} & named
    ]


def suggested_units(plan: Plan) -> list[Jurisdiction]:
    """Units one would ask next: across the border of a co-maker, or above one; none asked yet."""
    makers = list(co_makers_of(plan))
    codes = {party.jurisdiction_id for party in makers}
    pairs = Adjacency.objects.filter(Q(a__in=codes) | Q(b__in=codes)).values_list("a", "b")
    above = {code for party in makers for code in party.jurisdiction.codes_above}
    known = set(plan.parties.values_list("jurisdiction_id", flat=True))
    known |= set(Invitation.objects.filter(plan=plan).values_list("jurisdiction_id", flat=True))
    near = {code for pair in pairs for code in pair} | above
    return list(
        Jurisdiction.objects.filter(pk__in=near - known)
        .exclude(parent=None)
        .defer("boundary")
        .order_by("code")
    )


def party_roles_of(plan: Plan) -> dict[str, str]:
    """Jurisdiction code -> its role, of the parties that have not left."""
    rows = plan.parties.filter(left_at__isnull=True)
    return dict(rows.values_list("jurisdiction_id", "role"))
