"""A jurisdiction's own steps: seen by its people only."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from stakeholders.people.models import Chain, ChainPass, ChainRun, ChainStep, Mandate, User
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor, Role
from stakeholders.terms.errors import NotVisible

# Who of a jurisdiction works inside it; its experts, observers and supervisors do not.
INSIDERS = frozenset({Role.CONTACT_POINT, Role.DEPUTY, Role.PLANNER, Role.SIGNATORY})


@dataclass(frozen=True, kw_only=True)
class Running:
    """Where a run stands: what is passed since it was last sent back, and what comes next."""

    steps: Sequence[ChainStep]
    done: frozenset[int]
    current: tuple[ChainStep, ...]

    @property
    def is_through(self) -> bool:
        return not self.current


def standing_of(steps: Sequence[ChainStep], passes: Iterable[ChainPass]) -> Running:
    """Fold the passes in their order. Pure.

    Steps of one position run side by side and are all needed; sending back to a position undoes
    every step from there on.
    """
    at = {step.pk: step.position for step in steps}
    done: set[int] = set()
    for one in passes:
        if one.back_to is None:
            done.add(one.step_id)
        else:
            back_to = one.back_to
            done = {pk for pk in done if at[pk] < back_to}
    missing = [step for step in steps if step.pk not in done]
    first = min((step.position for step in missing), default=0)
    current = tuple(step for step in missing if step.position == first)
    return Running(steps=steps, done=frozenset(done), current=current)


def visible_chains(*, actor: Actor) -> QuerySet[Chain]:
    """The chains of the actor's own jurisdiction: nobody else's, whoever asks. The one definition
    of who sees a chain, its runs and its passes; the joint office and administrators see none.
    """
    if actor.inside is None or actor.role not in INSIDERS or actor.acts is not None:
        return Chain.objects.none()
    rows = Chain.objects.filter(jurisdiction=actor.inside)
    return rows.filter(plan_key__in=["", actor.plan_key]) if actor.plan_key else rows


def newest_chains(*, actor: Actor) -> QuerySet[Chain]:
    """The chain that counts for each kind and plan, with its steps."""
    return (
        visible_chains(actor=actor)
        .order_by("kind", "plan_key", "-pk")
        .distinct("kind", "plan_key")
        .prefetch_related("steps")
    )


def get_chain(*, actor: Actor, kind: str, plan_key: str) -> Chain | None:
    """The newest chain of the actor's jurisdiction for exactly this kind and plan."""
    rows = visible_chains(actor=actor).filter(kind=kind, plan_key=plan_key)
    return rows.prefetch_related("steps").order_by("-pk").first()


def chain_for(*, code: str, kind: str, plan_key: str) -> Chain | None:
    """The chain that counts for a jurisdiction's outward act in a plan: the plan's own before the
    one for all plans; None where none has steps. Unscoped: for actions."""
    rows = Chain.objects.filter(jurisdiction=code, kind=kind, plan_key__in=["", plan_key])
    newest: dict[str, Chain] = {}
    for chain in rows.prefetch_related("steps").order_by("pk"):
        newest[chain.plan_key] = chain
    chosen = newest.get(plan_key) or newest.get("")
    return chosen if chosen is not None and chosen.steps.all() else None


def chains_of(*, codes: Iterable[str], kind: str) -> Callable[[str, str], Chain | None]:
    """`chain_for` over many jurisdictions: (code, plan key) -> the chain that counts. Two queries.
    Unscoped: for duties."""
    newest: dict[tuple[str, str], Chain] = {}
    rows = Chain.objects.filter(jurisdiction__in=list(codes), kind=kind)
    for chain in rows.prefetch_related("steps").order_by("pk"):
        newest[str(chain.jurisdiction_id), chain.plan_key] = chain

    def chosen(code: str, plan_key: str) -> Chain | None:
        chain = newest.get((code, plan_key)) or newest.get((code, ""))
        return chain if chain is not None and chain.steps.all() else None

    return chosen


def current_steps(
    *, subject_kind: str, subject_ids: Iterable[object]
) -> dict[str, tuple[ChainStep, ...]]:
    """Subject -> the steps that come next in its newest run, none where it is through. Three
    queries. Unscoped: for duties."""
    rows = (
        ChainRun.objects.filter(
            subject_kind=subject_kind, subject_id__in=[str(one) for one in subject_ids]
        )
        .order_by("subject_id", "-pk")
        .distinct("subject_id")
        .select_related("chain")
        .prefetch_related("chain__steps", "passes")
    )
    return {
        run.subject_id: standing_of(
            list(run.chain.steps.all()), sorted(run.passes.all(), key=lambda one: one.pk)
        ).current
        for run in rows
    }


def visible_runs(*, actor: Actor) -> QuerySet[ChainRun]:
    """The runs of `visible_chains`."""
    rows = ChainRun.objects.filter(chain__in=visible_chains(actor=actor))
    if actor.plan_key:
        rows = rows.filter(plan_key=actor.plan_key)
    return rows.select_related("chain__jurisdiction", "mandate__user").order_by("-pk")


def get_run(*, actor: Actor, pk: int) -> ChainRun:
    """One run of the actor's jurisdiction. NotVisible for any other."""
    run = visible_runs(actor=actor).filter(pk=pk).first()
    if run is None:
        raise NotVisible
    return run


def newest_run(*, code: str, kind: str, subject_kind: str, subject_id: object) -> ChainRun | None:
    """The run that counts for a subject of a jurisdiction. Unscoped: for actions."""
    rows = ChainRun.objects.filter(
        chain__jurisdiction=code,
        chain__kind=kind,
        subject_kind=subject_kind,
        subject_id=str(subject_id),
    )
    return rows.order_by("-pk").first()


def passes_of(run: ChainRun) -> QuerySet[ChainPass]:
    """The passes of a run in order, with who made them."""
    return ChainPass.objects.filter(run=run).select_related("step", "mandate__user").order_by("pk")


def state_of(run: ChainRun) -> Running:
    """Where a run stands. Two queries."""
    return standing_of(list(run.chain.steps.all()), passes_of(run))


def current_step(run: ChainRun) -> tuple[ChainStep, ...]:
    """The steps that come next; several where they run side by side, none when it is through."""
    return state_of(run).current


def is_through(
    *, code: str, kind: str, plan_key: str, subject_kind: str, subject_id: object
) -> bool:
    """Whether the jurisdiction may do its outward act: it asks for no steps, or all are passed."""
    if chain_for(code=code, kind=kind, plan_key=plan_key) is None:
        return True
    run = newest_run(code=code, kind=kind, subject_kind=subject_kind, subject_id=subject_id)
    return run is not None and state_of(run).is_through


@dataclass(frozen=True, kw_only=True)
class OwnSteps:
    """The steps before an outward act of a jurisdiction, for the page of that act."""

    run: ChainRun | None
    is_through: bool


def own_steps(
    *, actor: Actor, kind: str, plan_key: str, subject_kind: str, subject_id: object
) -> OwnSteps | None:
    """Where the actor's jurisdiction stands with its steps for a subject; None where it has none."""
    code = actor.inside
    if code is None or chain_for(code=code, kind=kind, plan_key=plan_key) is None:
        return None
    run = newest_run(code=code, kind=kind, subject_kind=subject_kind, subject_id=subject_id)
    return OwnSteps(run=run, is_through=run is not None and state_of(run).is_through)


def colleagues_of(*, actor: Actor) -> list[User]:
    """The people who hold a mandate of the actor's jurisdiction now, by name."""
    rows = Mandate.objects.counted(clock.now()).filter(jurisdiction=actor.inside)
    people = User.objects.filter(pk__in=rows.values("user"))
    return list(people.order_by("name_zh"))


def names_of(steps: Iterable[ChainStep]) -> dict[int, User]:
    """The people named in `steps`, by id. One query."""
    return User.objects.in_bulk({pk for step in steps for pk in step.user_ids})
