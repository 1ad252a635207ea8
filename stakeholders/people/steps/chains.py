"""Beginning a run of a jurisdiction's own steps."""

from stakeholders.people.models import ChainRun
from stakeholders.people.queries import chain_for
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor


def begin_run(
    *, actor: Actor, kind: str, plan_key: str, subject_kind: str, subject_id: object
) -> ChainRun | None:
    """A new run for a subject of the actor's jurisdiction; None where no steps are asked for.

    It keeps the chain as it stands now; an earlier run of the subject counts no more.
    """
    chain = chain_for(code=actor.jurisdiction, kind=kind, plan_key=plan_key)
    if chain is None:
        return None
    return ChainRun.objects.create(
        chain=chain,
        subject_kind=subject_kind,
        subject_id=str(subject_id),
        plan_key=plan_key,
        mandate_id=actor.mandate,
        begun_at=clock.now(),
    )
