"""Whose move it is on the comments of a plan, as tabs: each role has its own."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import BooleanField, Count, ExpressionWrapper, Q, QuerySet

from consult.phase2_preparation.enums import QueueState as S
from consult.phase2_preparation.enums import QueueTab
from consult.phase2_preparation.models import Comment
from consult.phase2_preparation.queries.queue import Conditions, states, to_advise, to_write
from consult.phase2_preparation.queries.rounds import own_code
from plans.register.models import Plan
from plans.register.rules import READS_DRAFT, sees_draft
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor, ActorKind, Role
from stakeholders.terms.rights import Facts

Tabs = Mapping[QueueTab, tuple[S, ...]]
OFFICE: Tabs = {
    QueueTab.OPEN: (S.TO_DECIDE, S.TO_PUBLISH, S.NOT_ACCEPTED),
    QueueTab.WAITING: (S.RUNNING, S.TO_BE_ANSWERED, S.WAITING_ADVICE),
    QueueTab.DONE: (S.SETTLED,),
}
PARTY: Tabs = {
    QueueTab.OPEN: (S.OURS_TO_ANSWER,),
    QueueTab.WAITING: (S.OURS_UNDECIDED, S.OURS_NOT_ACCEPTED),
    QueueTab.DONE: (S.OURS_SETTLED,),
}
DRAFTER: Tabs = {QueueTab.OPEN: (S.TO_WRITE,), QueueTab.WAITING: (S.UNDISPOSED,)}
ADVICE: Tabs = {QueueTab.ADVICE: (S.TO_ADVISE,)}
TEXT: Tabs = {QueueTab.TEXT: (S.TO_WRITE,)}
_OURS = frozenset({S.OURS_TO_ANSWER, S.OURS_UNDECIDED, S.OURS_NOT_ACCEPTED, S.OURS_SETTLED})
# States that a comment has beside another one: a tab shows them and does not count them twice.
BESIDE = frozenset({S.WAITING_ADVICE})
# States that are no combination of the marks of a comment but conditions of their own.
_APART = frozenset({S.TO_WRITE, S.WAITING_ADVICE, S.TO_ADVISE})
OWN, SIZE = "is_own", "size"
_ADVISERS = frozenset({Role.PLANNER, Role.DRAFTER, Role.EXPERT})
_OF_PARTIES = frozenset({Role.CONTACT_POINT, Role.DEPUTY, Role.PLANNER, Role.SIGNATORY})


@dataclass(frozen=True, kw_only=True)
class Desk:
    """What of the work on comments is `actor`'s, and the conditions of its states."""

    plan: Plan
    actor: Actor
    code: str | None
    tabs: Tabs
    conditions: Conditions = field(repr=False)

    @property
    def states(self) -> frozenset[S]:
        """The states this role may ask for; that of the gate is everyone's who sees the gate."""
        return frozenset({S.UNDISPOSED, *(s for group in self.tabs.values() for s in group)})

    def condition(self, state: str) -> Q:
        if state == S.TO_WRITE:
            return to_write(self.plan)
        if state in (S.WAITING_ADVICE, S.TO_ADVISE):
            return to_advise(self.plan, actor=self.actor if state == S.TO_ADVISE else None)
        found = self.conditions.of(state)
        return found & Q(jurisdiction=self.code) if state in _OURS else found

    def of_tab(self, tab: str) -> Q:
        found = Q(pk__in=[])
        for state in set(self.tabs.get(QueueTab(tab), ())) - BESIDE:
            found |= self.condition(state)
        return found

    def counts(self, comments: QuerySet[Comment]) -> dict[str, int]:
        """State -> how many of `comments` are in it, and "" -> how many there are. One query,
        and three more for who sees the working draft."""
        marks = {
            **self.conditions.marks,
            **{s.value: self.condition(s) for s in self.states & _APART},
            OWN: Q(jurisdiction=self.code),
        }
        groups = _grouped(comments, marks)
        sets = {
            mark: sum(1 << place for place, row in enumerate(groups) if row[mark]) for mark in marks
        }
        found = states(sets)
        counts = {"": sum(row[SIZE] for row in groups)}
        for state in self.states:
            held = sets[state.value] if state in _APART else found[state]
            held &= sets[OWN] if state in _OURS else ~0
            counts[state.value] = sum(
                row[SIZE] for place, row in enumerate(groups) if held >> place & 1
            )
        return counts


def _grouped(comments: QuerySet[Comment], marks: Mapping[str, Q]) -> list[dict[str, Any]]:
    """Which combinations of marks there are, and how many comments have each: every condition
    stands in the query once."""
    told = {name: ExpressionWrapper(mark, BooleanField()) for name, mark in marks.items()}
    return list(comments.order_by().values(**told).annotate(**{SIZE: Count("pk")}))


def desk_of(*, actor: Actor, plan: Plan, given: Facts | None = None) -> Desk:
    """The tabs of the actor's role. Two queries, none with the facts `given`."""
    if given is None:
        reads_draft = sees_draft(actor=actor, plan=plan)
    else:
        reads_draft = actor.kind is ActorKind.SYSTEM or bool(given.grants & READS_DRAFT)
    return Desk(
        plan=plan,
        actor=actor,
        code=own_code(actor),
        tabs=_tabs(actor, reads_draft=reads_draft),
        conditions=Conditions([plan.pk], clock.now()),
    )


def _tabs(actor: Actor, *, reads_draft: bool) -> Tabs:
    advice = ADVICE if actor.role in _ADVISERS else {}
    if actor.role is Role.DRAFTER:
        return {**DRAFTER, **advice}
    text = {**advice, **(TEXT if reads_draft else {})}
    if actor.kind is ActorKind.SYSTEM or actor.role is Role.COORDINATOR:
        return {**OFFICE, **text}
    if actor.role in _OF_PARTIES and own_code(actor):
        return {**PARTY, **text}
    return text
