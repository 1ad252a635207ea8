"""Reminders by the clock and by hand, the policy behind them, and the sweep that does what the hour
asks for."""

from consult.desk.actions.farewells import say_farewell
from consult.desk.actions.nudging import Nudged, nudge
from consult.desk.actions.policies import set_reminders
from consult.desk.actions.reminding import remind_due
from consult.desk.actions.sweeping import sweep, sweep_if_late, work_if_idle
from consult.desk.actions.visiting import Visit, visit

__all__ = [
    "Nudged",
    "Visit",
    "nudge",
    "remind_due",
    "say_farewell",
    "set_reminders",
    "sweep",
    "sweep_if_late",
    "visit",
    "work_if_idle",
]
