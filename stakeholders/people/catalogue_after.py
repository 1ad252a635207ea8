"""The acts of implementation in words: the part of the catalogue after approval."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from stakeholders.terms.errors import Text

AFTER_APPROVAL: tuple[tuple[Text, Mapping[str, Text]], ...] = (
    (
        _("Implementation"),
        {
            "status.report": _("Report on a joint project"),
            "blockage.to_matter": _("Take a blockage up as a matter"),
            "reading.report": _("Report a reading of an indicator"),
            "reading.import": _("Take over a table of readings"),
            "case.answer": _("Answer a case"),
            "case.view": _("Say how a neighbour sees a measure"),
            "case.raise": _("Raise a case to the next level"),
            "case.close": _("Close a case"),
            "breakdown.issue": _("Issue the task breakdown"),
            "programme.issue": _("Issue the programme of a year"),
            "task.change": _("Change or drop a task"),
            "task.report": _("Report on a task"),
            "task.strike_off": _("Strike a task off"),
            "supervision.issue": _("Issue a supervision note"),
            "supervision.reply": _("Reply to a supervision note"),
            "supervision.judge": _("Decide on the reply to a supervision note"),
            "transfer.propose": _("Propose a quota transfer"),
            "transfer.confirm": _("Confirm or refuse a quota transfer"),
            "compensation.propose": _("Propose a compensation"),
            "compensation.confirm": _("Confirm or refuse a compensation"),
            "settlement.state": _("State a payment of a year"),
            "settlement.confirm": _("Confirm or refuse a payment"),
            "duty.oversee": _("See who is late"),
            "reminders.set": _("Set the reminder policy"),
            "duty.nudge": _("Remind who is late"),
        },
    ),
    (
        _("Health checks"),
        {
            "check.open": _("Open a health check"),
            "border.add": _("Ask for a figure on a border"),
            "section.fill": _("Fill in a section of a health check"),
            "border.state": _("State or read again a figure on a border"),
            "finding.state": _("State a finding"),
            "reservation.review": _("Look at a reservation again"),
            "report.open_ballot": _("Put the report of a health check forward"),
            "report.take_position": _("Take a position on the report of a health check"),
            "report.close_ballot": _("Close the ballot on a report"),
            "report.close_without_result": _("Close the ballot on a report without result"),
            "report.recall_ballot": _("Recall the ballot on a report"),
            "finding.to_matter": _("Open a matter for a finding"),
            "check.publish": _("Enter the publication of a report"),
        },
    ),
)
