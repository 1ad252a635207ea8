"""What happened to a task, in the order it happened."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from consult.tasks.models import StrikeOff, TaskChange, TaskReport
from consult.tasks.queries.tasks import TaskState
from stakeholders.people.models import Mandate

GIVEN, CHANGED, REPORTED, CHECKED = "given", "changed", "reported", "checked"


@dataclass(frozen=True, kw_only=True)
class Event:
    """One of: the task given, a change, a report, a strike-off."""

    kind: str
    at: datetime
    mandate: Mandate
    change: TaskChange | None = None
    report: TaskReport | None = None
    word: StrikeOff | None = None


def story_of(state: TaskState) -> Sequence[Event]:
    """The newest first; no query of its own."""
    task = state.task
    events = [Event(kind=GIVEN, at=task.at, mandate=task.mandate)]
    for change in state.changes:
        events.append(Event(kind=CHANGED, at=change.at, mandate=change.mandate, change=change))
    for report in state.reports:
        events.append(Event(kind=REPORTED, at=report.at, mandate=report.mandate, report=report))
        word: StrikeOff | None = getattr(report, "strike_off", None)
        if word is not None:
            events.append(Event(kind=CHECKED, at=word.at, mandate=word.mandate, word=word))
    return sorted(events, key=lambda one: one.at, reverse=True)
