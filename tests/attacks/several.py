"""Acts that may be written as often as they were sent at once. Of all others one is written.

An act comes in here only with its reason: it does not say by itself that it may be done twice.
"""

# Each adds something of its own, with a number of its own: another answer, proposal, paper, note.
EACH_ADDS = frozenset((
    "accession.propose", "account.resend", "adjustment.answer", "agenda.add", "agreement.answer",
    "agreement.propose", "amendment.propose", "attachment.add", "body.admit", "border.add",
    "case.view", "chain.begin", "chain.send_back", "charter.propose", "comment.note",
    "commitment.propose", "commitment.report", "compensation.propose", "correction.answer",
    "decision.note", "demand.add", "demand.answer", "demands.ask", "disposition.answer",
    "disposition.ask_advice", "disposition.give_advice", "dossier.file", "expert.invite",
    "expert.remind", "finding.state", "matter.fact", "matter.open", "meeting.add_paper",
    "meeting.plan", "milestone.add", "minutes.comment", "neighbour.answer", "neighbour.file",
    "option.answer", "option.propose", "paper.file", "requirement.add", "revision.publish",
    "round.enter_opinion", "round.enter_symposium", "round.open", "settlement.state",
    "status.report", "supervision.issue", "task.report", "text_block.add", "transfer.propose",
    "transmission.answer",
))  # fmt: skip
# Each sets anew what stands: any may do so at any time, the last one stands, and the record tells
# every one of them.
LAST_STANDS = frozenset((
    "accession.take_position", "agenda.edit", "agenda.move", "attendance.answer",
    "attendance.note", "base.take_position", "border.state", "chain.define", "change.explain",
    "chapter.edit", "chapter.move", "charter.take_position", "collective.add_member",
    "collective.write", "decision.take_position", "demand.sort", "display.write",
    "matter.reschedule", "milestone.link", "option.revise", "organization.change", "paper.waive",
    "party.change", "plan.set_parent", "position.prepare", "provision.move", "provisions.move",
    "report.take_position", "reservation.review", "resolution.assign", "text_block.edit",
    "workdays.enter",
))  # fmt: skip
