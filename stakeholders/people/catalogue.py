"""Every act in people's words, in the groups a mandate's limits are ticked in: the one source of
these words, also for the page that says who may do what.

A test compares it with the tables of all slices: an act that is missing here, or gone, fails.
"""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext_lazy as _

from stakeholders.terms.errors import Text

GROUPS: tuple[tuple[Text, Mapping[str, Text]], ...] = (
    (
        _("Plan and parties"),
        {
            "plan.create": _("Open a plan"),
            "body.admit": _("Admit a body"),
            "body.dismiss": _("Dismiss a body"),
            "party.change": _("Change the signature or weight of a party"),
            "plan.set_parent": _("Set the upper plan"),
            "requirement.add": _("List an upper requirement"),
            "requirement.edit": _("Change an upper requirement"),
            "requirement.remove": _("Remove an upper requirement"),
            "transmission.answer": _("Answer an upper plan"),
            "invitation.send": _("Invite jurisdictions"),
            "invitation.answer": _("Answer an invitation"),
        },
    ),
    (
        _("Lists of demands"),
        {
            "demands.ask": _("Ask for the lists of demands"),
            "demand.add": _("Add a demand"),
            "demand.edit": _("Change a demand"),
            "demand.remove": _("Remove a demand"),
            "demands.hand_in": _("Hand in the list of demands"),
            "demand.sort": _("Sort a demand"),
            "demand.answer": _("Answer how a demand was sorted"),
        },
    ),
    (
        _("Charter"),
        {
            "charter.propose": _("Propose a charter"),
            "charter.open_ballot": _("Put the charter to the parties"),
            "charter.take_position": _("Take a position on the charter"),
            "charter.close_ballot": _("Close the ballot on the charter"),
            "charter.close_without_result": _("End the ballot on the charter without result"),
            "charter.recall_ballot": _("Recall the ballot on the charter"),
        },
    ),
    (
        _("Base map and base figures"),
        {
            "base.open_ballot": _("Put the base map and base figures to the parties"),
            "base.take_position": _("Take a position on the base map and base figures"),
            "base.close_ballot": _("Close the ballot on the base"),
            "base.close_without_result": _("End the ballot on the base without result"),
        },
    ),
    (
        _("Text, indicators and projects"),
        {
            "attachment.add": _("Attach a file"),
            "attachment.remove": _("Take an attachment out"),
            "concern.declare": _("Declare oneself concerned by an item"),
            "concern.renounce": _("Renounce being concerned by an item"),
            "chapter.add": _("Add a chapter"),
            "chapter.edit": _("Edit a chapter"),
            "chapter.move": _("Move a chapter"),
            "chapter.remove": _("Take a chapter out"),
            "provision.add": _("Add a provision"),
            "provision.edit": _("Edit a provision"),
            "provision.move": _("Move a provision"),
            "provision.remove": _("Take a provision out"),
            "standard.add": _("Add a common standard"),
            "standard.edit": _("Edit common standards"),
            "standard.remove": _("Take a common standard out"),
            "standard.import": _("Import common standards from a workbook"),
            "item.split": _("Split an article"),
            "item.merge": _("Merge articles"),
            "item.replace": _("Replace an article"),
            "claim.answer": _("Confirm or refuse that a change is editorial"),
            "term.add": _("Define a term"),
            "term.remove": _("Take a defined term out"),
            "provisions.move": _("Move several provisions"),
            "note.add": _("Write an internal note"),
            "note.resolve": _("Resolve an internal note"),
            "amendment.propose": _("Propose a wording"),
            "amendment.apply": _("Adopt a proposed wording"),
            "amendment.decline": _("Decline a proposed wording"),
            "amendment.withdraw": _("Withdraw a proposed wording"),
            "text.import": _("Import the text from a file"),
            "indicator.add": _("Define an indicator"),
            "indicator.edit": _("Edit an indicator"),
            "indicator.remove": _("Take an indicator out"),
            "project.add": _("Enter a joint project"),
            "project.edit": _("Edit a joint project"),
            "milestone.add": _("Add a milestone"),
            "change.explain": _("Give the reason of a change"),
        },
    ),
    (
        _("Comment rounds"),
        {
            "round.open": _("Open a comment round"),
            "round.extend": _("Extend a comment round"),
            "round.close": _("Close a comment round"),
            "round.enter_opinion": _("Enter an opinion received"),
            "comment.draft": _("Write a comment"),
            "comment.edit": _("Edit a comment"),
            "comment.delete": _("Delete a comment not yet submitted"),
            "comment.clear": _("Clear a comment"),
            "comment.send_back": _("Send a comment back"),
            "reply.submit": _("Submit the reply to a round"),
            "disposition.decide": _("Decide what becomes of a comment"),
            "disposition.publish": _("Publish dispositions"),
            "disposition.answer": _("Answer a disposition"),
        },
    ),
    (
        _("Matters"),
        {
            "matter.open": _("Open a matter"),
            "matter.stand": _("Take a stand on a matter"),
            "matter.raise": _("Raise a matter to the next level"),
            "matter.close": _("Close a matter with its difference reserved"),
            "matter.reopen": _("Reopen a matter"),
            "matter.reschedule": _("Move the due date of a matter"),
            "matter.fact": _("State a fact on a matter"),
            "matter.link": _("Name the provisions of a matter"),
            "matter.withdraw": _("Withdraw a matter"),
            "matter.object": _("Object to the withdrawal of a matter"),
            "matter.ask_raise": _("Ask for the next level of a matter"),
            "matter.join": _("Join a matter"),
            "matter.leave": _("Leave a matter"),
            "option.propose": _("Propose an option"),
            "option.revise": _("Reword an option"),
            "option.withdraw": _("Withdraw an option"),
            "option.answer": _("Answer an option"),
            "commitment.propose": _("Propose a commitment"),
            "commitment.give": _("Give a commitment"),
            "commitment.take_back": _("Take a commitment back"),
            "commitment.report": _("Report a commitment as kept"),
            "commitment.confirm": _("Confirm a commitment as kept"),
            "agreement.propose": _("Propose an agreement on a matter"),
            "agreement.answer": _("Confirm or refuse an agreement on a matter"),
        },
    ),
    (
        _("Sign-off and statement"),
        {
            "sign_off.open": _("Open the sign-off"),
            "sign_off.close": _("Close the sign-off"),
            "sign_off.withdraw": _("End the sign-off without result"),
            "position.take": _("Take a position on the text"),
            "statement.sign": _("Sign the common statement"),
        },
    ),
    (
        _("Acts entered for a party"),
        {
            "answer.enter_for": _("Enter a party’s answer to an invitation"),
            "reply.enter_for": _("Enter a party’s reply to a round"),
            "stand.enter_for": _("Enter a party’s stand on a matter"),
            "position.enter_for": _("Enter a party’s position"),
            "answer.ad_referendum": _("Answer an invitation ad referendum"),
            "reply.ad_referendum": _("Reply to a round ad referendum"),
            "stand.ad_referendum": _("Take a stand on a matter ad referendum"),
            "position.ad_referendum": _("Take a position ad referendum"),
            "spoken.confirm": _("Confirm what was entered for one’s jurisdiction"),
            "spoken.refuse": _("Refuse what was entered for one’s jurisdiction"),
        },
    ),
    (
        _("Publishing and phases"),
        {
            "revision.publish": _("Publish a revision"),
            "phase.advance": _("Enter the next phase"),
            "phase.reopen": _("Reopen joint preparation"),
        },
    ),
    (
        _("Implementation"),
        {
            "status.report": _("Report on a joint project"),
            "reading.report": _("Report a reading of an indicator"),
            "duty.oversee": _("See who is late"),
        },
    ),
    (
        _("People and organizations"),
        {
            "mandate.grant": _("Grant a mandate"),
            "mandate.substitute": _("Name a substitute"),
            "mandate.confirm": _("Confirm a mandate as the second person"),
            "mandate.refuse": _("Refuse a mandate"),
            "mandate.end": _("End a mandate"),
            "mandate.claim": _("Claim to be a contact point"),
            "account.resend": _("Send an account invitation again"),
            "account.withdraw": _("Withdraw an account invitation"),
            "organization.enter": _("Enter an organization"),
            "organization.change": _("Change an organization"),
            "chain.define": _("Lay down the steps inside the jurisdiction"),
            "chain.begin": _("Start on the steps inside the jurisdiction"),
            "chain.pass": _("Pass a step inside the jurisdiction"),
            "chain.send_back": _("Send back inside the jurisdiction"),
        },
    ),
)
# No mandate does these: administrators, the site's keepers or its clock.
BY_SITE: Mapping[str, Text] = {
    "jurisdictions.import": _("Import jurisdictions"),
    "regions.import": _("Import regions"),
    "jurisdiction.rename": _("Rename a jurisdiction"),
    "jurisdiction.succeed": _("Let jurisdictions follow others"),
    "workdays.enter": _("Enter working days and holidays"),
    "matters.import": _("Import the library of matters"),
    "invitation.count": _("Count an acceptance whose mandate was confirmed"),
}
# What a mandate may be limited to.
LIMITS: Mapping[str, Text] = {act: text for _group, acts in GROUPS for act, text in acts.items()}
WORDS: Mapping[str, Text] = {**LIMITS, **BY_SITE}


def unknown_acts(acts: Iterable[str]) -> list[str]:
    """Those of `acts` that no mandate does, in order."""
    return sorted({act for act in acts if act not in LIMITS})


def words_of(acts: Iterable[str]) -> list[Text]:
    """The acts in words; a code where an act has gone since."""
    return [WORDS.get(act, act) for act in acts]
