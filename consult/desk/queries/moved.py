"""What moved in plans since somebody last looked: a page may tell it to whoever sees the plan."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import BigIntegerField, CharField, F, QuerySet, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.phase2_preparation.models import Round
from consult.phase3_identification.models import SignOff, SignOffEnd
from consult.workflow.models import PhaseStep
from plans.register.enums import Phase
from plans.register.models import Plan, Revision
from stakeholders.terms.duty import Text

MOVES = 200  # at most, the newest
TOLD = 6  # of one plan


@dataclass(frozen=True, kw_only=True)
class Move:
    """One thing that happened to a plan."""

    title: Text
    url: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Moved:
    """What happened to one plan, the newest first."""

    plan: Plan
    moves: list[Move]

    @property
    def shown(self) -> list[Move]:
        return self.moves[:TOLD]

    @property
    def hidden(self) -> int:
        return len(self.moves) - len(self.shown)


def moved_since(*, plans: Sequence[Plan], since: datetime, now: datetime) -> list[Moved]:
    """Revisions published, phases moved, rounds opened and closed, sign-offs opened and closed
    after `since`. One query over plans that the reader was found to see; what they tell stands on
    pages that everybody who sees the plan may open.
    """
    if not plans:
        return []
    keys = {plan.pk: plan.key for plan in plans}
    first, *others = [_fresh(source, list(keys), since) for source in _sources(now)]
    rows = first.union(*others, all=True).order_by("-moved_at")[:MOVES]
    found: dict[int, list[Move]] = defaultdict(list)
    for what, plan_id, number, at in rows:
        found[plan_id].append(_move(what, keys[plan_id], number, at))
    return [Moved(plan=plan, moves=found[plan.pk]) for plan in plans if plan.pk in found]


@dataclass(frozen=True)
class _Source:
    """Rows that each are a move, and where they hold the plan, a number and the time."""

    what: str
    rows: QuerySet[Any]
    number: str
    at: str
    plan: str = "plan"


def _sources(now: datetime) -> list[_Source]:
    """A round is over when its hour has come, closed by the sweep or not yet."""
    steps = PhaseStep.objects.all()
    held = Round.objects.filter(recalled_at__isnull=True, opens_at__lte=now)
    over = held.filter(closed_at__isnull=True, closes_at__lte=now)
    return [
        _Source("revision", Revision.objects.all(), "number", "published_at"),
        _Source("phase", steps.filter(to_phase__gt=F("from_phase")), "to_phase", "at"),
        _Source("phase_back", steps.filter(to_phase__lt=F("from_phase")), "to_phase", "at"),
        _Source("round_opened", held, "number", "opens_at"),
        _Source("round_closed", over, "number", "closes_at"),
        _Source("round_closed", held.filter(closed_at__isnull=False), "number", "closed_at"),
        _Source("sign_off_opened", SignOff.objects.all(), "pk", "opened_at"),
        _Source("sign_off_closed", SignOffEnd.objects.all(), "pk", "at", "sign_off__plan"),
    ]


def _fresh(source: _Source, plans: list[int], since: datetime) -> QuerySet[Any]:
    """(what, plan, number, time) of what is newer than `since`."""
    rows = source.rows.filter(**{f"{source.plan}__in": plans, f"{source.at}__gt": since})
    fresh: QuerySet[Any] = (
        rows.order_by()
        .annotate(
            moved_what=Value(source.what, output_field=CharField()),
            moved_plan=F(f"{source.plan}_id"),
            moved_number=Cast(source.number, BigIntegerField()),
            moved_at=F(source.at),
        )
        .values_list("moved_what", "moved_plan", "moved_number", "moved_at")
    )
    return fresh


def _move(what: str, key: str, number: int, at: datetime) -> Move:
    """In words, with the page that shows it."""
    page = "identification:overview"
    args: list[str | int] = [key]
    title: Text
    match what:
        case "revision":
            title = format_lazy(_("Revision R{number} was published"), number=str(number))
            page, args = "register:revision", [key, number]
        case "phase":
            title = format_lazy(_("The plan moved to phase {phase}"), phase=Phase(number).label)
            page = "register:detail"
        case "phase_back":
            title = format_lazy(_("The plan went back to phase {phase}"), phase=Phase(number).label)
            page = "register:detail"
        case "round_opened":
            title = format_lazy(_("Comment round {number} opened"), number=str(number))
            page, args = "preparation:round", [key, number]
        case "round_closed":
            title = format_lazy(_("Comment round {number} closed"), number=str(number))
            page, args = "preparation:round", [key, number]
        case "sign_off_opened":
            title = _("The sign-off opened")
        case _:
            title = _("The sign-off closed")
    return Move(title=title, url=reverse(page, args=args), at=at)
