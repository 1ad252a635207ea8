"""Row writes on calls, demands, hand-ins, sortings and answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from consult.demands.models import (
    DemandCall,
    DemandHandIn,
    DemandSorting,
    ListedDemand,
    SortingAnswer,
)
from consult.demands.queries import working_demands
from consult.matters.models import Matter
from plans.register.models import Plan
from stakeholders.files.models import StoredFile
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Conflict


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A demand as it was written."""

    title_zh: str
    kind: str
    theme: str
    title_en: str = ""
    text_zh: str = ""
    text_en: str = ""
    evidence: StoredFile | None = None

    def fields(self) -> dict[str, object]:
        texts = ("title_zh", "title_en", "text_zh", "text_en")
        return {
            **{name: str(getattr(self, name)).strip() for name in texts},
            "kind": self.kind,
            "theme": self.theme,
            "evidence": self.evidence,
        }


def hash_of(demand: ListedDemand) -> str:
    """What the record holds of a demand's words."""
    parts = [demand.title_zh, demand.title_en, demand.text_zh, demand.text_en]
    return canonical.digest_of([*parts, demand.kind, demand.theme])


def add_call(
    *, plan: Plan, actor: Actor, due_at: datetime, note_zh: str, note_en: str
) -> DemandCall:
    """A call for lists; the newest one counts."""
    return DemandCall.objects.create(
        plan=plan,
        due_at=due_at,
        note_zh=note_zh.strip(),
        note_en=note_en.strip(),
        mandate_id=actor.mandate,
        at=clock.now(),
    )


def add_demand(*, plan: Plan, actor: Actor, entry: Entry) -> ListedDemand:
    """The next demand of the actor's list. The caller holds the plan's row lock."""
    own = ListedDemand.objects.filter(plan=plan, jurisdiction=actor.jurisdiction)
    last = own.aggregate(last=Max("number"))["last"] or 0
    return ListedDemand.objects.create(
        plan=plan,
        jurisdiction_id=actor.jurisdiction,
        number=last + 1,
        edited_at=clock.now(),
        edited_mandate_id=actor.mandate_id,
        **entry.fields(),
    )


def lock_demand(demand: ListedDemand, *, edits: int | None = None) -> ListedDemand:
    """The demand's row as it stands now; Conflict when it was saved, handed in or removed meanwhile."""
    # No order: the model's own joins the plan and the jurisdiction and would lock them as well.
    found = ListedDemand.objects.select_for_update(no_key=True).filter(pk=demand.pk).order_by()
    row = next(iter(found), None)
    if row is None:
        raise Conflict(_("Somebody took this demand from the list after you opened it."))
    if edits is None:
        return row
    if row.hand_in_id is not None:
        raise Conflict(_("This demand was handed in and stands as it is."))
    if row.edits != edits:
        raise Conflict(_("Somebody saved this demand after you opened it."), theirs=row)
    return row


def save_demand(*, demand: ListedDemand, actor: Actor, entry: Entry) -> ListedDemand:
    """The entry over a demand that is not handed in; the caller has compared its save number."""
    for name, value in entry.fields().items():
        setattr(demand, name, value)
    demand.edits += 1
    demand.edited_at = clock.now()
    demand.edited_mandate_id = actor.mandate_id
    demand.save()
    return demand


def hand_in(*, plan: Plan, actor: Actor, is_nil: bool) -> tuple[DemandHandIn, list[ListedDemand]]:
    """Hand in what the actor's jurisdiction has written. The caller holds the plan's row lock."""
    demands = list(
        working_demands(plan=plan, code=actor.jurisdiction)
        .select_for_update(no_key=True)
        .order_by("number")
    )
    row = DemandHandIn.objects.create(
        plan=plan,
        jurisdiction_id=actor.jurisdiction,
        is_nil=is_nil,
        mandate_id=actor.mandate,
        at=clock.now(),
    )
    ListedDemand.objects.filter(pk__in=[one.pk for one in demands]).update(hand_in=row)
    return row, demands


def sort_demand(
    *,
    demand: ListedDemand,
    actor: Actor,
    sorted_as: str,
    items: Sequence[str],
    matter: Matter | None,
    reason: str,
) -> DemandSorting:
    """A sorting; the newest one of a demand counts."""
    return DemandSorting.objects.create(
        demand=demand,
        sorted_as=sorted_as,
        items=list(dict.fromkeys(items)),
        matter=matter,
        reason=reason.strip(),
        mandate_id=actor.mandate,
        at=clock.now(),
    )


def answer_sorting(*, sorting: DemandSorting, actor: Actor, value: str, text: str) -> SortingAnswer:
    """What the party of the demand says to a sorting."""
    return SortingAnswer.objects.create(
        sorting=sorting, value=value, text=text.strip(), mandate_id=actor.mandate, at=clock.now()
    )
