"""Every kind of duty: what it is called in filters and tables, and the part of the work it is of.

A source of duties names only kinds of this table (a test compares both ways); a kind whose name
ends in `.second` is the word of the second person on an act of that name. docs/duties.md says who
owes each, and from when until when.
"""

from collections.abc import Mapping

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from stakeholders.terms.duty import Text


class DutyGroup(TextChoices):
    """The parts of the work that a list of duties is filtered by."""

    ORGANIZATION = "organization", _("Common organization")
    PREPARATION = "preparation", _("Joint preparation")
    MATTERS = "matters", _("Coordination matters")
    IDENTIFICATION = "identification", _("Common identification")
    APPROVAL = "approval", _("Submission and approval")
    IMPLEMENTATION = "implementation", _("Common implementation")
    MEETINGS = "meetings", _("Joint meetings")


_LABELS: Mapping[DutyGroup, Mapping[str, Text]] = {
    DutyGroup.ORGANIZATION: {
        "invitation.answer": _("Answer an invitation"),
        "charter.take_position": _("Take a position on the charter"),
        "base.take_position": _("Take a position on base map and base figures"),
        "accession.take_position": _("Take a position on an accession"),
        "signatory.name": _("Name a signatory"),
        "party.leave": _("Settle the leaving of a party"),
        "party.succeed": _("Settle who takes an ended unit’s place"),
        "spoken.confirm": _("Confirm an act entered for you"),
    },
    DutyGroup.PREPARATION: {
        "demands.hand_in": _("Hand in the list of demands"),
        "demand.sort": _("Sort listed demands"),
        "chapter.draft": _("Draft a chapter"),
        "claim.answer": _("Answer an editorial claim"),
        "round.answer": _("Answer a comment round"),
        "reply.letter": _("Send the letter to an answer"),
        "comment.clear": _("Clear comments"),
        "disposition.decide": _("Decide on comments"),
        "disposition.publish": _("Publish dispositions"),
        "disposition.answer": _("Answer a disposition"),
        "disposition.advise": _("Give advice on a comment"),
        "paper.file": _("File papers of the checklist"),
        "paper.confirm": _("Confirm that a paper is not needed"),
        "opinion.submit": _("Give an expert opinion"),
        "collective.sign": _("Sign an opinion of experts"),
        "expert.decide_suggestion": _("Decide on suggested experts"),
        "expert.extend": _("Decide on more time for an expert"),
    },
    DutyGroup.MATTERS: {
        "matter.stand": _("Take a stand on a matter"),
        "option.answer": _("Answer the options of a matter"),
        "agreement.answer": _("Answer a draft agreement"),
        "matter.close": _("Bring a matter to a result"),
        "matter.reopen": _("Look at a reserved difference again"),
        "commitment.report": _("Keep a commitment"),
        "commitment.confirm": _("Confirm a commitment as kept"),
    },
    DutyGroup.IDENTIFICATION: {
        "position.draft": _("Prepare a position"),
        "chain.pass": _("Pass an own step"),
        "position.take": _("Take a position in the sign-off"),
        "position.renew": _("Renew a stale consent"),
        "position.take.second": _("Confirm a position as the second person"),
        "condition.report": _("Report a condition as met"),
        "condition.confirm": _("Confirm a condition as met"),
        "reopening.answer": _("Answer a request to reopen articles"),
        "sign_off.open": _("Open another sign-off"),
        "sign_off.close": _("Close the sign-off"),
        "sign_off.close.second": _("Confirm the close as the second person"),
        "sign_off.override.second": _("Confirm an override as the second person"),
        "statement.sign": _("Sign the common statement"),
    },
    DutyGroup.APPROVAL: {
        "approval.submit": _("Submit for approval"),
        "approval.forward": _("Forward the request for approval"),
        "approval.complete": _("Complete papers of the request"),
        "approval.reopen": _("Take returned items back"),
        "approval.sign_off": _("Open a sign-off after a return"),
        "approval.take_up": _("Take up conditions of the reply"),
        "approval.approved": _("Publish the approved text"),
        "approval.acknowledge": _("Acknowledge the reply's changes"),
        "approval.publish": _("Publish the approved plan"),
        "approval.file": _("File the approved plan"),
    },
    DutyGroup.IMPLEMENTATION: {
        "milestone.report": _("Report on a milestone"),
        "reading.report": _("Report readings of indicators"),
        "change.answer": _("Answer a change of the text in force"),
        "change.finish": _("Finish a change of the text in force"),
        "case.answer": _("Answer a case"),
        "case.close": _("Close a case"),
        "breakdown.issue": _("Issue the task breakdown"),
        "programme.issue": _("Issue the programme of a year"),
        "task.report": _("Report on a task"),
        "task.strike_off": _("Strike a task off"),
        "supervision.reply": _("Reply to a supervision note"),
        "supervision.judge": _("Decide on the reply to a supervision note"),
    },
    DutyGroup.MEETINGS: {
        "attendance.answer": _("Answer the call of a meeting"),
        "attendance.note": _("Enter who was at a meeting"),
        "decision.take_position": _("Take a position at a meeting"),
        "minutes.put_forward": _("Put minutes forward"),
        "minutes.confirm": _("Confirm minutes"),
        "minutes.reply": _("Answer comments on minutes"),
        "transfer.confirm": _("Answer a quota transfer"),
        "compensation.confirm": _("Answer a compensation"),
        "settlement.state": _("Settle a year"),
        "settlement.confirm": _("Confirm a payment"),
        "check.open": _("Open a health check"),
        "section.fill": _("Fill in a part of a health check"),
        "border.state": _("State figures on the border"),
        "reservation.review": _("Look at reservations again"),
        "report.open_ballot": _("Put the report of a health check forward"),
        "report.take_position": _("Take a position on the report of a health check"),
        "check.publish": _("Publish the report of a health check"),
    },
}

# Kind -> its words, and its group.
DUTY_KINDS: Mapping[str, tuple[Text, DutyGroup]] = {
    kind: (label, group) for group, labels in _LABELS.items() for kind, label in labels.items()
}


# Kinds that are not named like the act that does them: a mandate limited to acts is asked for these.
_DONE_BY: Mapping[str, frozenset[str]] = {
    "signatory.name": frozenset({"mandate.grant"}),
    "party.succeed": frozenset({"invitation.send", "accession.propose"}),
    "chapter.draft": frozenset({"provision.add", "text.import"}),
    "round.answer": frozenset({"reply.submit", "reply.submit_body"}),
    "change.answer": frozenset({"correction.answer", "adjustment.answer"}),
    "change.finish": frozenset({"change.put_forward", "change.enforce", "change.withdraw"}),
    "reply.letter": frozenset({"reply.add_letter"}),
    "disposition.advise": frozenset({"disposition.give_advice"}),
    "position.draft": frozenset({"position.draft", "position.hand_up"}),
    "position.renew": frozenset({"position.take"}),
    "position.take.second": frozenset({"position.take", "position.send_back"}),
    "reopening.answer": frozenset({"reopening.accept", "reopening.refuse"}),
    "sign_off.close": frozenset(
        {"sign_off.close", "sign_off.close_early", "sign_off.prepare_close"}
    ),
    "sign_off.close.second": frozenset({"sign_off.confirm_close", "sign_off.refuse_close"}),
    "sign_off.override.second": frozenset({"override.confirm", "override.refuse"}),
    "spoken.confirm": frozenset({"spoken.confirm", "spoken.refuse"}),
    "approval.reopen": frozenset({"phase.reopen"}),
    "approval.sign_off": frozenset({"sign_off.open"}),
    "approval.take_up": frozenset({"provision.edit"}),
    "approval.approved": frozenset({"revision.publish"}),
    "milestone.report": frozenset({"status.report"}),
}


def acts_of(kind: str) -> frozenset[str]:
    """The acts any of which does a duty of the kind; its own name where that is an act."""
    return _DONE_BY.get(kind, frozenset({kind}))


def label_of(kind: str) -> Text:
    """What duties of the kind are called. ValueError for one that stands in no table."""
    return _of(kind)[0]


def group_of(kind: str) -> DutyGroup:
    """The part of the work duties of the kind belong to. ValueError as in `label_of`."""
    return _of(kind)[1]


def _of(kind: str) -> tuple[Text, DutyGroup]:
    try:
        return DUTY_KINDS[kind]
    except KeyError:
        raise ValueError(f"no such kind of duty: {kind}") from None
