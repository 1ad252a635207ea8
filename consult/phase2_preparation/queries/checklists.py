"""The checklist of a plan: what is done, by what, and what is missing."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from consult.phase2_preparation.checklists import By, Paper, papers_of
from consult.phase2_preparation.models import PaperConfirmation, PaperEntry
from consult.phase2_preparation.queries.displays import finished_displays
from consult.phase2_preparation.queries.experts import finished_collectives
from consult.phase2_preparation.queries.neighbours import neighbour_opinions
from plans.register.models import Plan
from stakeholders.files.models import StoredFile
from stakeholders.terms.errors import NotVisible


class Standing(StrEnum):
    DONE = "done"
    BY_FACT = "by_fact"  # the platform itself knows it
    WAIVED = "waived"
    WAITING = "waiting"  # said not to be needed, not yet confirmed
    MISSING = "missing"


DONE = frozenset({Standing.DONE, Standing.BY_FACT, Standing.WAIVED})


@dataclass(frozen=True, kw_only=True)
class Line:
    """One paper of a plan's checklist; `entry` is the newest that was filed."""

    paper: Paper
    is_required: bool
    standing: Standing
    entry: PaperEntry | None = None

    @property
    def is_done(self) -> bool:
        return self.standing in DONE

    @property
    def blocks(self) -> bool:
        return self.is_required and not self.is_done


def checklist(plan: Plan) -> list[Line]:
    """The checklist of a plan the caller has loaded by `get_plan`. At most ten queries."""
    entries = newest_entries([plan.pk]).get(plan.pk, {})
    facts = facts_of([plan.pk])
    neighbours = neighbour_opinions(plan)
    answered = all(one.is_answered and not one.is_missing for one in neighbours)
    return [
        line_of(
            paper,
            is_required=is_required,
            entry=entries.get(paper.key),
            is_fact=answered if paper.by is By.NEIGHBOURS else plan.pk in facts.get(paper.by, ()),
        )
        for paper, is_required in papers_of(plan.kind)
    ]


def facts_of(plans: Collection[int]) -> dict[By, set[int]]:
    """What the platform itself knows -> the plans that have it; not of neighbours. Two queries."""
    return {By.DISPLAY: finished_displays(plans), By.EXPERTS: finished_collectives(plans)}


def line_of(paper: Paper, *, is_required: bool, entry: PaperEntry | None, is_fact: bool) -> Line:
    """How one paper stands; facts count before what was filed. Pure."""
    if is_fact:
        standing = Standing.BY_FACT
    elif entry is None:
        standing = Standing.MISSING
    elif not entry.is_waiver:
        standing = Standing.DONE
    else:
        answer = confirmation_of(entry)
        agreed = answer is not None and answer.agrees
        standing = Standing.WAIVED if agreed else Standing.WAITING
        if answer is not None and not agreed:
            standing = Standing.MISSING
    return Line(paper=paper, is_required=is_required, standing=standing, entry=entry)


def confirmation_of(entry: PaperEntry) -> PaperConfirmation | None:
    return getattr(entry, "confirmation", None)


def newest_entries(plans: Collection[int]) -> dict[int, dict[str, PaperEntry]]:
    """Plan id -> paper -> its newest entry. One query."""
    rows = (
        PaperEntry.objects.filter(plan__in=plans)
        .order_by("plan_id", "paper", "-pk")
        .distinct("plan_id", "paper")
        .select_related("confirmation__jurisdiction", "mandate__user", "file")
        .defer("confirmation__jurisdiction__boundary")
    )
    found: dict[int, dict[str, PaperEntry]] = {}
    for row in rows:
        found.setdefault(row.plan_id, {})[row.paper] = row
    return found


def get_entry(plan: Plan, *, pk: int) -> PaperEntry:
    """One entry of a plan loaded by `get_plan`. NotVisible else."""
    rows = PaperEntry.objects.filter(plan=plan, pk=pk).select_related("mandate", "file")
    found = rows.first()
    if found is None:
        raise NotVisible
    return found


def get_document(plan: Plan, *, pk: int) -> StoredFile:
    """The file of an entry. NotVisible where there is none."""
    file = get_entry(plan, pk=pk).file
    if file is None:
        raise NotVisible
    return file
