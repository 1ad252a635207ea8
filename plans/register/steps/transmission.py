"""Row writes on upper requirements and the answers to an upper plan."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from plans.register.models import Plan, TransmissionAnswer, UpperRequirement
from plans.register.queries import Required
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Conflict


@dataclass(frozen=True, kw_only=True)
class Demanded:
    """A binding content of an upper plan as it is listed by hand."""

    title_zh: str
    source: str
    title_en: str = ""
    value: str = ""

    def fields(self) -> dict[str, str]:
        return {
            "title_zh": self.title_zh.strip(),
            "title_en": self.title_en.strip(),
            "value": self.value.strip(),
            "source": self.source.strip(),
        }


def add_requirement(*, plan: Plan, demanded: Demanded) -> UpperRequirement:
    """The next requirement of the plan's list. The caller holds the plan's row lock."""
    last = plan.upper_requirements.aggregate(last=Max("number"))["last"] or 0
    return UpperRequirement.objects.create(
        plan=plan, number=last + 1, edited_at=clock.now(), **demanded.fields()
    )


def save_requirement(
    *, requirement: UpperRequirement, edits: int, changes: dict[str, object]
) -> UpperRequirement:
    """Save `changes` if nobody saved since `edits` was read, else Conflict."""
    row = UpperRequirement.objects.select_for_update(no_key=True).get(pk=requirement.pk)
    if row.edits != edits:
        raise Conflict(_("Somebody saved this requirement after you opened it."), theirs=row)
    for name, value in changes.items():
        setattr(row, name, value)
    row.edits += 1
    row.edited_at = clock.now()
    row.save()
    return row


def answer_required(
    *,
    plan: Plan,
    actor: Actor,
    required: Required,
    value: str,
    reason: str,
    carried_by: Sequence[str],
) -> TransmissionAnswer:
    """One more answer; it becomes the one that counts."""
    entry = required.entry
    return TransmissionAnswer.objects.create(
        plan=plan,
        item=entry.item if entry is not None else None,
        version=entry.version if entry is not None else None,
        requirement=required.listed,
        wording=required.wording,
        value=value,
        reason=reason,
        carried_by=list(carried_by),
        mandate_id=actor.mandate_id,
        at=clock.now(),
    )
