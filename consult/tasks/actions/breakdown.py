"""The task breakdown (责任分工表), issued in one act."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from consult.tasks.enums import Origin
from consult.tasks.models import Task
from consult.tasks.queries.breakdown import TITLE_LIMIT, Line, Proposal, proposal_of
from consult.tasks.queries.people import people_of_holders
from consult.tasks.queries.units import Units, holder_key, split_holder
from consult.tasks.rules import require
from consult.tasks.steps import create_task
from consult.tasks.steps.telling import WORKING, put_on_record
from plans.register.models import Plan
from plans.register.steps import lock_plan
from stakeholders.notices.steps import notify
from stakeholders.terms import canonical
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Conflict, Invalid, Text

EVIDENCE_LIMIT = 2_000


@dataclass(frozen=True, kw_only=True)
class LineGiven:
    """One line as the joint office issues it. `owner` is a holder: a code, or `org-` and an id."""

    item: str
    owner: str
    due_on: date | None
    title_zh: str
    title_en: str = ""
    partners: Sequence[str] = ()
    evidence_zh: str = ""
    evidence_en: str = ""


@transaction.atomic
def issue_breakdown(
    *, actor: Actor, plan: Plan, revision: int, lines: Sequence[LineGiven]
) -> list[Task]:
    """Make the lines tasks, and tell each unit of its own; amended texts are issued additionally.

    `revision` is the number of the text in force the lines were made from. Refused; Conflict where
    another text has come into force, or a line was issued meanwhile; Invalid by `item.field`.
    """
    require("breakdown.issue", actor=actor, plan=plan)
    plan = lock_plan(plan)
    proposal = proposal_of(plan)
    if proposal.revision is None:
        raise Conflict(_("No text of the plan is in force."))
    if proposal.revision.number != revision:
        raise Conflict(_("Another text has come into force: look at the lines again."))
    _check(proposal, lines)
    made = [_make(actor, plan, proposal, one) for one in lines]
    _tell(actor, plan, made)
    put_on_record(
        actor=actor,
        plan=plan,
        act="breakdown.issue",
        subject=f"revision:{revision}",
        effects={"tasks": [_effect(task, one) for task, one in zip(made, lines, strict=True)]},
    )
    return made


def _make(actor: Actor, plan: Plan, proposal: Proposal, given: LineGiven) -> Task:
    line = proposal.line(given.item)
    if line is None:
        raise ValueError("the line was checked")
    owner, body = split_holder(given.owner)
    return create_task(
        plan=plan,
        actor=actor,
        origin=Origin.BREAKDOWN,
        origin_id=line.mark,
        item_id=line.item_id,
        title_zh=given.title_zh,
        title_en=given.title_en,
        owner=owner,
        owner_body_id=body,
        due_on=given.due_on,
        partners=given.partners,
        evidence_zh=given.evidence_zh,
        evidence_en=given.evidence_en,
    )


def _effect(task: Task, given: LineGiven) -> dict[str, object]:
    return {
        "number": task.number,
        "item": given.item,
        "wording": task.origin_id,
        "owner": given.owner,
        "partners": sorted(set(given.partners) - {given.owner}),
        "due_on": given.due_on.isoformat() if given.due_on else None,
        "text": canonical.digest_of(
            [given.title_zh, given.title_en, given.evidence_zh, given.evidence_en]
        ),
    }


def _check(proposal: Proposal, lines: Sequence[LineGiven]) -> None:
    if not lines:
        raise Invalid({"": _("Choose at least one line to issue.")})
    faults: dict[str, Text] = {}
    seen: set[str] = set()
    for given in lines:
        line = proposal.line(given.item)
        if line is None or given.item in seen:
            faults[given.item] = _("This is no binding item of the text in force.")
            continue
        seen.add(given.item)
        if not line.is_open:
            raise Conflict(
                _("A line was issued meanwhile. Look at the lines that are left and send again.")
            )
        found = _line_faults(given, line, proposal.units)
        faults |= {f"{given.item}.{name}": text for name, text in found.items()}
    if faults:
        raise Invalid(faults)


def _line_faults(given: LineGiven, line: Line, units: Units) -> dict[str, Text]:
    """What is wrong with one line, by its fields."""
    faults: dict[str, Text] = {}
    if given.owner not in units.holders:
        faults["owner"] = _("Choose who answers for it.")
    if set(given.partners) - set(units.parties):
        faults["partners"] = _("Only parties of the plan take part in a task.")
    if given.due_on is None:
        faults["due_on"] = _("Say until when.")
    if not given.title_zh.strip():
        faults["title_zh"] = _("Say what is to be done.")
    if len(given.title_zh.strip()) > TITLE_LIMIT or len(given.title_en.strip()) > 300:
        faults["title_zh"] = _("At most 200 characters.")
    if max(len(given.evidence_zh), len(given.evidence_en)) > EVIDENCE_LIMIT:
        faults["evidence_zh"] = _("At most 2,000 characters.")
    return faults


def _tell(actor: Actor, plan: Plan, made: Sequence[Task]) -> None:
    """Each unit and body of its own lines, in one notice."""
    counts: dict[str, int] = {}
    for task in made:
        holder = holder_key(task.owner_id, task.owner_body_id)
        counts[holder] = counts.get(holder, 0) + 1
    people: Mapping[str, list[int]] = people_of_holders(plan, holders=counts, roles=WORKING)
    for holder, count in sorted(counts.items()):
        notify(
            people=set(people.get(holder, ())) - {actor.user_id or 0},
            kind="breakdown.issue",
            title=ngettext_lazy(
                "The task breakdown gives your unit %(count)d task",
                "The task breakdown gives your unit %(count)d tasks",
                count,
            )
            % {"count": count},
            url=f"{reverse('tasks:list', args=[plan.key])}?owner={holder}",
            key=f"breakdown.issue:{plan.pk}:{made[0].number}:{holder}",
            plan_key=plan.key,
        )
