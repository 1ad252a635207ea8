"""Blockers of joint preparation: papers of the plan's kind, neighbours without an answer."""

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.phase2_preparation.checklists import By
from consult.phase2_preparation.gate.rounds import unit_name
from consult.phase2_preparation.queries.checklists import Line, Standing, checklist
from consult.phase2_preparation.queries.neighbours import neighbour_opinions
from plans.register.models import Plan
from stakeholders.terms.duty import Blocker


def paper_blockers(plan: Plan) -> list[Blocker]:
    """One line for each missing paper, one for each neighbour whose opinion is not answered."""
    lines = [line for line in checklist(plan) if line.blocks]
    page = reverse("preparation:checklist", args=[plan.key])
    found = [_blocker(line, page) for line in lines if line.paper.by is not By.NEIGHBOURS]
    if any(line.paper.by is By.NEIGHBOURS for line in lines):
        found += _neighbour_blockers(plan)
    return found


def _blocker(line: Line, page: str) -> Blocker:
    is_waiting = line.standing is Standing.WAITING
    text = (
        _("That this paper is not needed waits for another party's confirmation: {paper}.")
        if is_waiting
        else _("A paper of the checklist is missing: {paper}.")
    )
    return Blocker(
        code="paper.unconfirmed" if is_waiting else "paper.missing",
        text=format_lazy(text, paper=line.paper.name),
        url=f"{page}#{line.paper.key}",
        grant="draft" if is_waiting else "coordinate",
    )


def _neighbour_blockers(plan: Plan) -> list[Blocker]:
    """Comments made in rounds stand in the gate themselves; so does who has not answered a round."""
    page = reverse("preparation:neighbours", args=[plan.key])
    unasked = _("There is no written opinion of the consulted neighbour {unit}.")
    unanswered = _("A written opinion of the consulted neighbour {unit} is not answered.")
    found = []
    for one in neighbour_opinions(plan):
        filed = [row for row in one.written if row.opinion is not None and not row.is_answered]
        if filed or (one.is_missing and not _is_asked(plan, one.jurisdiction.code)):
            found.append(
                Blocker(
                    code="neighbour.unanswered" if filed else "neighbour.missing",
                    text=format_lazy(
                        unanswered if filed else unasked, unit=unit_name(one.jurisdiction)
                    ),
                    url=f"{page}#{one.jurisdiction.code}",
                    grant="coordinate",
                )
            )
    return found


def _is_asked(plan: Plan, code: str) -> bool:
    """Whether a round waits for it, or none was held yet: then the gate says so already."""
    rounds = plan.rounds.all()
    return rounds.filter(invitees__jurisdiction=code).exists() or not rounds.exists()
