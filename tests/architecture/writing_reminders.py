"""Writing acts on reminders: the policy of a plan."""

from tests.architecture.writing_case import OFFICE, Case

REMINDERS: dict[str, Case] = {
    "reminders.set": Case(
        who=OFFICE,
        page="reminders/",
        call="reminders/",
        data={"every": 3, "office_after": 1, "escalate_after": 10, "hour": "09:00", "base": 0},
        form={"before": "10, 5, 0"},
        body={"before": [10, 5, 0]},
    ),
}
