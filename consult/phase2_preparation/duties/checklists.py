"""Who owes papers of the checklist: the joint office the paper, another party its confirmation."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.phase2_preparation.checklists import By, papers_of
from consult.phase2_preparation.duties.dispositions import OFFICE, holders_of
from consult.phase2_preparation.duties.rounds import CONTACT
from consult.phase2_preparation.models import PaperEntry, Round
from consult.phase2_preparation.queries import is_past
from consult.phase2_preparation.queries.checklists import (
    Standing,
    facts_of,
    line_of,
    newest_entries,
)
from plans.register.enums import CO_MAKING, Phase
from plans.register.models import Party, Plan
from stakeholders.terms.duty import Duty

Holders = Mapping[str, list[tuple[str | None, int | None]]]


def paper_duties(plans: Sequence[Plan], now: datetime) -> list[Duty]:
    """Papers are due when a round is over and none runs. At most six queries."""
    preparing = [plan for plan in plans if plan.phase == Phase.PREPARATION]
    held: dict[int, bool] = {}
    ids = [plan.pk for plan in preparing]
    for one in Round.objects.filter(plan__in=ids, recalled_at__isnull=True):
        held[one.plan_id] = held.get(one.plan_id, True) and is_past(one, at=now)
    due = [plan for plan in preparing if held.get(plan.pk)]
    if not due:
        return []
    ids = [plan.pk for plan in due]
    entries, facts = newest_entries(ids), facts_of(ids)
    holders = holders_of({plan.pk: plan.key for plan in due}, now)
    found = []
    waiting: list[tuple[Plan, PaperEntry]] = []
    for plan in due:
        missing = 0
        for paper, is_required in papers_of(plan.kind):
            if paper.by is By.NEIGHBOURS:
                continue
            line = line_of(
                paper,
                is_required=is_required,
                entry=entries.get(plan.pk, {}).get(paper.key),
                is_fact=plan.pk in facts.get(paper.by, ()),
            )
            missing += line.blocks and line.standing is Standing.MISSING
            if line.standing is Standing.WAITING and line.entry is not None:
                waiting.append((plan, line.entry))
        if missing:
            found += _office(plan, missing, holders)
    return found + _confirming(waiting)


def _office(plan: Plan, missing: int, holders: Holders) -> list[Duty]:
    return [
        Duty(
            kind="paper.file",
            plan_id=plan.pk,
            subject_id=plan.pk,
            title=format_lazy(
                _("File {count} missing papers of the checklist"), count=str(missing)
            ),
            url=reverse("preparation:checklist", args=[plan.key]),
            holder_code=code,
            organization_id=organization,
            roles=OFFICE,
        )
        for code, organization in holders.get(plan.key, [])
    ]


def _confirming(waiting: Sequence[tuple[Plan, PaperEntry]]) -> list[Duty]:
    """Every other co-making party may confirm; the first that does ends it for all."""
    if not waiting:
        return []
    parties: dict[int, list[str]] = {}
    rows = Party.objects.filter(
        plan__in={plan.pk for plan, _entry in waiting}, role__in=CO_MAKING, left_at__isnull=True
    )
    for plan_id, code in rows.order_by("jurisdiction_id").values_list("plan", "jurisdiction"):
        parties.setdefault(plan_id, []).append(code)
    return [
        Duty(
            kind="paper.confirm",
            plan_id=plan.pk,
            subject_id=entry.pk,
            title=_("Confirm that a paper of the checklist is not needed"),
            url=reverse("preparation:checklist", args=[plan.key]),
            holder_code=code,
            roles=CONTACT,
            since=entry.at,
        )
        for plan, entry in waiting
        for code in parties.get(plan.pk, [])
        if code != entry.mandate.jurisdiction_id
    ]
