"""The figures of the page as tiles: a big figure, its words, its parts, each with its list."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consult.balance.bars import Piece, stack
from consult.dashboard.counts import Carried
from consult.dashboard.queries import Glance
from consult.phase4_implementation.enums import IndicatorState, Progress
from plans.register.models import Plan
from stakeholders.terms.duty import Text


@dataclass(frozen=True, kw_only=True)
class Part:
    """One part of a tile. `look`: its colour in the bar; the word says it, too."""

    key: str
    label: Text
    count: int
    url: str
    look: str = "neutral"


@dataclass(frozen=True, kw_only=True)
class Tile:
    key: str
    title: Text
    figure: int
    words: Text
    url: str
    parts: Sequence[Part] = ()

    @property
    def bar(self) -> Sequence[Piece]:
        return stack([(one.look, one.count) for one in self.parts])


def tiles_of(plan: Plan, found: Glance) -> list[Tile]:
    """The tiles in the order in which a leader asks. No query."""
    return [
        _provisions(plan, found),
        _projects(plan, found),
        _indicators(plan, found),
        _cases(plan, found),
        _tasks(plan, found),
        _programme(plan, found),
        *_reservations(plan, found),
    ]


def _provisions(plan: Plan, found: Glance) -> Tile:
    url = reverse("tasks:list", args=[plan.key])
    labels = {
        Carried.DONE: (pgettext_lazy("provision", "Carried out"), "good"),
        Carried.IN_WORK: (pgettext_lazy("provision", "In work"), "work"),
        Carried.NOT_BEGUN: (pgettext_lazy("provision", "Not begun"), "rest"),
        Carried.WITHOUT: (_("Without task or project"), "none"),
    }
    return Tile(
        key="provisions",
        title=pgettext_lazy("dashboard", "Provisions"),
        figure=found.provisions.get(Carried.DONE, 0),
        words=_("carried out"),
        url=url,
        parts=[
            Part(
                key=state.value,
                label=label,
                count=found.provisions.get(state, 0),
                url=url,
                look=look,
            )
            for state, (label, look) in labels.items()
        ],
    )


def _projects(plan: Plan, found: Glance) -> Tile:
    url = reverse("implementation:wall", args=[plan.key])
    looks = {
        Progress.DONE: "good",
        Progress.ON_TIME: "work",
        Progress.AT_RISK: "warning",
        Progress.LATE: "bad",
    }
    parts = [
        Part(key=one.value, label=one.label, count=found.projects.get(one, 0), url=url, look=look)
        for one, look in looks.items()
    ]
    none = Part(
        key="none", label=_("No report"), count=found.projects.get(None, 0), url=url, look="none"
    )
    behind = found.projects.get(Progress.LATE, 0) + found.projects.get(Progress.AT_RISK, 0)
    return Tile(
        key="projects",
        title=_("Joint projects"),
        figure=behind,
        words=_("late or at risk"),
        url=url,
        parts=[*parts, none],
    )


def _indicators(plan: Plan, found: Glance) -> Tile:
    url = reverse("implementation:indicators", args=[plan.key])
    looks = {
        IndicatorState.REACHED: "good",
        IndicatorState.WITHIN: "work",
        IndicatorState.WARNING: "warning",
        IndicatorState.LIMIT: "bad",
        IndicatorState.UNREAD: "none",
    }
    beyond = sum(
        found.indicators.get(one, 0) for one in (IndicatorState.WARNING, IndicatorState.LIMIT)
    )
    return Tile(
        key="indicators",
        title=pgettext_lazy("dashboard", "Indicators"),
        figure=beyond,
        words=_("beyond a threshold"),
        url=url,
        parts=[
            Part(
                key=one.value,
                label=one.label,
                count=found.indicators.get(one, 0),
                url=f"{url}?state={one.value}",
                look=look,
            )
            for one, look in looks.items()
        ],
    )


def _cases(plan: Plan, found: Glance) -> Tile:
    url = reverse("implementation:cases", args=[plan.key])
    return Tile(
        key="cases",
        title=_("Cases"),
        figure=found.cases_open,
        words=pgettext_lazy("case", "open"),
        url=f"{url}?state=running",
        parts=[
            Part(
                key="in_time",
                label=_("In time"),
                count=found.cases_open - found.cases_late,
                url=f"{url}?state=running",
                look="work",
            ),
            Part(
                key="late",
                label=pgettext_lazy("case", "Overdue"),
                count=found.cases_late,
                url=f"{url}?state=late",
                look="bad",
            ),
        ],
    )


def _tasks(plan: Plan, found: Glance) -> Tile:
    url = reverse("tasks:list", args=[plan.key])
    others = found.tasks - found.tasks_done - found.tasks_late
    parts = (
        ("done", pgettext_lazy("task", "Struck off"), found.tasks_done, "good", "struck_off"),
        ("in_time", _("In time"), others, "work", ""),
        ("late", pgettext_lazy("task", "Late"), found.tasks_late, "bad", "late"),
    )
    return Tile(
        key="tasks",
        title=pgettext_lazy("dashboard", "Tasks"),
        figure=found.tasks_late,
        words=pgettext_lazy("tasks", "late"),
        url=f"{url}?state=late",
        parts=[
            Part(key=key, label=label, count=count, url=f"{url}?state={state}", look=look)
            for key, label, count, look, state in parts
        ],
    )


def _programme(plan: Plan, found: Glance) -> Tile:
    url = reverse("tasks:programmes", args=[plan.key])
    done, lines = found.programme or (0, 0)
    parts = (
        ("done", pgettext_lazy("task", "Struck off"), done, "good"),
        ("rest", _("Not struck off yet"), lines - done, "rest"),
    )
    return Tile(
        key="programme",
        title=_("Programme of the year"),
        figure=done,
        words=_("struck off") if found.programme else _("no programme of this year"),
        url=url,
        parts=[
            Part(key=key, label=label, count=count, url=url, look=look)
            for key, label, count, look in parts
        ]
        if found.programme
        else (),
    )


def _reservations(plan: Plan, found: Glance) -> list[Tile]:
    if found.reservations is None:
        return []
    url = reverse("identification:reservations", args=[plan.key])
    return [
        Tile(
            key="reservations",
            title=_("Reservations"),
            figure=found.reservations,
            words=_("not lifted"),
            url=url,
        )
    ]
