"""Asking for demands, writing and handing them in, sorting them and answering that."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.demands import steps
from consult.demands.enums import SortedAs, SortingReply
from consult.demands.models import (
    DemandCall,
    DemandHandIn,
    DemandSorting,
    ListedDemand,
    SortingAnswer,
)
from consult.demands.queries import shown, working_demands
from consult.demands.rules import require
from consult.demands.steps import Entry, hash_of
from consult.matters.models import Matter
from plans.register.models import Plan
from plans.register.queries import carrying_choices, co_maker_codes
from plans.register.steps import lock_plan
from plans.text.enums import Demand, Theme
from stakeholders.notices.steps import notify
from stakeholders.people.queries import coordinators_of, people_of
from stakeholders.record import steps as record
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Actor, Role
from stakeholders.terms.duty import Text
from stakeholders.terms.errors import Conflict, Invalid


@transaction.atomic
def ask_demands(
    *, actor: Actor, plan: Plan, due_at: datetime, note_zh: str = "", note_en: str = ""
) -> DemandCall:
    """Ask the co-makers for their lists until `due_at`; asking again moves the date.

    Refused, Invalid for a date that has passed.
    """
    require("demands.ask", actor=actor, plan=plan)
    if due_at <= clock.now():
        raise Invalid({"due_at": _("The date must lie ahead.")})
    call = steps.add_call(plan=plan, actor=actor, due_at=due_at, note_zh=note_zh, note_en=note_en)
    title = format_lazy(_("Lists of demands are asked for: {plan}"), plan=plan)
    _tell(
        _contacts(plan, co_maker_codes(plan)),
        plan,
        title,
        f"demands:ask:{call.pk}",
        _list_url(plan),
    )
    effects = {"call": call.pk, "due_at": call.due_at}
    _append(actor, plan, "demands.ask", f"plan:{plan.key}", effects)
    return call


@transaction.atomic
def add_demand(*, actor: Actor, plan: Plan, entry: Entry) -> ListedDemand:
    """Write a demand on one's own party's list. Refused, Invalid."""
    require("demand.add", actor=actor, plan=plan)
    _check(entry)
    demand = steps.add_demand(plan=lock_plan(plan), actor=actor, entry=entry)
    effects = {"words": hash_of(demand), "evidence": _evidence(demand)}
    _append(actor, plan, "demand.add", f"demand:{demand}", effects)
    return demand


@transaction.atomic
def edit_demand(
    *, actor: Actor, plan: Plan, demand: ListedDemand, edits: int, entry: Entry
) -> ListedDemand:
    """Change a demand that is not handed in. Refused, Invalid, Conflict."""
    require("demand.edit", actor=actor, plan=plan, code=demand.jurisdiction_id)
    _check(entry)
    demand = steps.lock_demand(demand, edits=edits)
    demand = steps.save_demand(demand=demand, actor=actor, entry=entry)
    effects = {"words": hash_of(demand), "evidence": _evidence(demand)}
    _append(actor, plan, "demand.edit", f"demand:{demand}", effects)
    return demand


@transaction.atomic
def remove_demand(*, actor: Actor, plan: Plan, demand: ListedDemand, edits: int) -> None:
    """Take a demand that is not handed in from the list. Refused, Conflict."""
    require("demand.remove", actor=actor, plan=plan, code=demand.jurisdiction_id)
    row = steps.lock_demand(demand, edits=edits)
    effects = {"words": hash_of(row)}
    subject = f"demand:{row}"
    row.delete()
    _append(actor, plan, "demand.remove", subject, effects)


@transaction.atomic
def hand_in_demands(*, actor: Actor, plan: Plan, is_nil: bool = False) -> DemandHandIn:
    """Hand in what one's party has written, or say that there is no demand.

    What is handed in stands; a later supplement is handed in again. Refused, Invalid.
    """
    require("demands.hand_in", actor=actor, plan=plan)
    plan = lock_plan(plan)
    is_empty = not working_demands(plan=plan, code=actor.jurisdiction).exists()
    if is_empty and not is_nil:
        raise Invalid({"is_nil": _("Nothing is written yet. Say so if there is no demand.")})
    if is_nil and not is_empty:
        raise Invalid({"is_nil": _("Demands are written: hand them in or remove them first.")})
    row, demands = steps.hand_in(plan=plan, actor=actor, is_nil=is_nil)
    title = format_lazy(_("A list of demands was handed in: {party}"), party=row.jurisdiction)
    people = coordinators_of(plan_key=plan.key, at=row.at)
    _tell(people, plan, title, f"demands:hand_in:{row.pk}", _list_url(plan))
    effects = {
        "hand_in": row.pk,
        "nil": is_nil,
        "demands": [[one.number, hash_of(one), _evidence(one)] for one in demands],
    }
    _append(actor, plan, "demands.hand_in", f"plan:{plan.key}", effects)
    return row


@transaction.atomic
def sort_demand(
    *,
    actor: Actor,
    plan: Plan,
    demand: ListedDemand,
    sorted_as: str,
    items: Sequence[str] = (),
    matter: Matter | None = None,
    reason: str = "",
) -> DemandSorting:
    """Put a demand into items of the text, to a matter, or not into this plan; again possible.

    Refused, Invalid, Conflict for a demand that is not handed in.
    """
    require("demand.sort", actor=actor, plan=plan)
    demand = steps.lock_demand(demand)
    if demand.hand_in_id is None:
        raise Conflict(_("This demand was not handed in yet."))
    _check_sorting(plan, sorted_as, items, matter, reason)
    sorting = steps.sort_demand(
        demand=demand,
        actor=actor,
        sorted_as=sorted_as,
        items=items if sorted_as == SortedAs.ITEMS else (),
        matter=matter if sorted_as == SortedAs.MATTER else None,
        reason=reason,
    )
    title = format_lazy(_("Demand {number} was sorted"), number=demand.number)
    people = _contacts(plan, [demand.jurisdiction_id])
    _tell(people, plan, title, f"demand:sort:{sorting.pk}", _url(plan, demand))
    effects = {
        "sorting": sorting.pk,
        "as": sorted_as,
        "items": sorting.items,
        "matter": sorting.matter_id,
        "reason": canonical.digest(sorting.reason) if sorting.reason else "",
    }
    _append(actor, plan, "demand.sort", f"demand:{demand}", effects)
    return sorting


@transaction.atomic
def answer_sorting(
    *, actor: Actor, plan: Plan, demand: ListedDemand, sorting: int, value: str, text: str = ""
) -> SortingAnswer:
    """Accept or not how one's demand was sorted. `sorting` is the one that was read.

    Refused, Invalid, Conflict when it was sorted anew meanwhile or not at all.
    """
    require("demand.answer", actor=actor, plan=plan, code=demand.jurisdiction_id)
    present = shown([steps.lock_demand(demand)])[0].sorting
    if present is None or present.pk != sorting:
        raise Conflict(_("This demand was sorted anew. Read it and answer again."))
    if value not in SortingReply.values:
        raise Invalid({"value": _("Choose one of the values.")})
    if value == SortingReply.NOT_ACCEPTED and not text.strip():
        raise Invalid({"text": _("Say why it is not accepted.")})
    answer = steps.answer_sorting(sorting=present, actor=actor, value=value, text=text)
    title = format_lazy(_("How demand {number} was sorted was answered"), number=demand)
    people = coordinators_of(plan_key=plan.key, at=answer.at)
    _tell(people, plan, title, f"demand:answer:{answer.pk}", _url(plan, demand))
    effects = {
        "answer": answer.pk,
        "sorting": present.pk,
        "value": value,
        "text": canonical.digest(answer.text) if answer.text else "",
    }
    _append(actor, plan, "demand.answer", f"demand:{demand}", effects)
    return answer


def _check(entry: Entry) -> None:
    if not entry.title_zh.strip():
        raise Invalid({"title_zh": _("Name what is demanded.")})
    if entry.kind not in Demand.values:
        raise Invalid({"kind": _("Choose one of the values.")})
    if entry.theme not in Theme.values:
        raise Invalid({"theme": _("Choose one of the values.")})


def _check_sorting(
    plan: Plan, sorted_as: str, items: Sequence[str], matter: Matter | None, reason: str
) -> None:
    if sorted_as not in SortedAs.values:
        raise Invalid({"sorted_as": _("Choose one of the values.")})
    known = {key for key, _title in carrying_choices(plan)}
    if sorted_as == SortedAs.ITEMS and (not items or not set(items) <= known):
        raise Invalid({"items": _("Choose the items of the working draft it went into.")})
    if sorted_as == SortedAs.MATTER and (matter is None or matter.plan_id != plan.pk):
        raise Invalid({"matter": _("Choose a matter of this plan.")})
    if sorted_as == SortedAs.NOT_HERE and not reason.strip():
        raise Invalid({"reason": _("Give the reason why it is not taken up in this plan.")})


def _evidence(demand: ListedDemand) -> str:
    return demand.evidence.sha256 if demand.evidence is not None else ""


def _contacts(plan: Plan, codes: Iterable[str]) -> list[int]:
    found = people_of(codes=codes, roles=[Role.CONTACT_POINT], at=clock.now(), plan_key=plan.key)
    return sorted({pk for ids in found.values() for pk in ids})


def _tell(people: Iterable[int], plan: Plan, title: Text, key: str, url: str) -> None:
    notify(people=people, kind="demands", title=title, url=url, key=key, plan_key=plan.key)


def _list_url(plan: Plan) -> str:
    return reverse("demands:list", args=[plan.key])


def _url(plan: Plan, demand: ListedDemand) -> str:
    return reverse("demands:detail", args=[plan.key, demand.jurisdiction_id, demand.number])


def _append(
    actor: Actor, plan: Plan, act: str, subject: str, effects: Mapping[str, object]
) -> None:
    record.append(
        chain=record.plan_chain(plan.key),
        actor=actor,
        act=act,
        subject=subject,
        effects=effects,
    )
