"""Row writes of tasks, programmes and supervision notes."""

from consult.tasks.steps.tasks import (
    ReportText,
    add_change,
    add_report,
    add_strike_off,
    create_task,
)

__all__ = ["ReportText", "add_change", "add_report", "add_strike_off", "create_task"]
