"""Reading tasks, programmes and supervision notes, within what the actor may see."""

from consult.tasks.queries.tasks import (
    TaskState,
    get_task,
    own_first,
    standing_at,
    states_of,
    tasks_of,
    visible_tasks,
    with_story,
)

__all__ = [
    "TaskState",
    "get_task",
    "own_first",
    "standing_at",
    "states_of",
    "tasks_of",
    "visible_tasks",
    "with_story",
]
