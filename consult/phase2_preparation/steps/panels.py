"""Row writes of common opinions of experts and of their signatures."""

from datetime import date

from django.db.models import Max

from consult.phase2_preparation.models import (
    CollectiveOpinion,
    ExpertInvitation,
    PanelSignature,
)
from consult.phase2_preparation.steps.replies import mandate_of, mandate_or_link
from plans.register.models import Plan, Revision
from stakeholders.files.models import StoredFile
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor


def new_collective(*, plan: Plan, revision: Revision) -> CollectiveOpinion:
    """The next common opinion of a plan, not saved. The caller holds the plan's row lock."""
    last = CollectiveOpinion.objects.filter(plan=plan).aggregate(last=Max("number"))["last"]
    return CollectiveOpinion(plan=plan, revision=revision, number=(last or 0) + 1)


def write_minuted(
    one: CollectiveOpinion,
    *,
    actor: Actor,
    held_on: date,
    place: str,
    result: str,
    text: str,
    file: StoredFile | None,
) -> None:
    one.held_on, one.place, one.result, one.text = held_on, place, result, text
    one.file, one.mandate_id, one.edited_at = file, mandate_of(actor), clock.now()
    one.save()


def lock_collective(one: CollectiveOpinion) -> CollectiveOpinion:
    """The row, locked until the end of the transaction, as it stands now."""
    locked = CollectiveOpinion.objects.select_for_update(of=("self",), no_key=True)
    return locked.select_related("plan", "revision", "file").get(pk=one.pk)


def write_signature(
    row: ExpertInvitation, *, content: str, way: str, actor: Actor
) -> PanelSignature:
    return PanelSignature.objects.create(
        member=row, content=content, way=way, mandate_id=mandate_or_link(actor), at=clock.now()
    )


def finish(one: CollectiveOpinion) -> None:
    one.finished_at = clock.now()
    one.save(update_fields=["finished_at"])
