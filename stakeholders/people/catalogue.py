"""Every act in people's words, in the groups a mandate's limits are ticked in.

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
            "body.admit": _("Let a body take part"),
            "invitation.send": _("Invite jurisdictions"),
            "invitation.answer": _("Answer an invitation"),
        },
    ),
    (
        _("Charter"),
        {
            "charter.propose": _("Propose a charter"),
            "charter.open_ballot": _("Put a charter to the parties"),
            "charter.take_position": _("Take a position on a charter"),
            "charter.close_ballot": _("Close the ballot on a charter"),
            "charter.close_without_result": _("End the ballot on a charter without a result"),
            "charter.recall_ballot": _("Take the ballot on a charter back"),
        },
    ),
    (
        _("Text, indicators and projects"),
        {
            "chapter.add": _("Add a chapter"),
            "provision.add": _("Add a provision"),
            "provision.edit": _("Edit a provision"),
            "provision.move": _("Move a provision"),
            "provision.remove": _("Remove a provision"),
            "indicator.add": _("Add an indicator"),
            "indicator.edit": _("Edit an indicator"),
            "indicator.remove": _("Remove an indicator"),
            "project.add": _("Add a project"),
            "project.edit": _("Edit a project"),
            "milestone.add": _("Add a milestone"),
            "change.explain": _("Explain a change of the text"),
        },
    ),
    (
        _("Comment rounds"),
        {
            "round.open": _("Open a comment round"),
            "round.extend": _("Extend a comment round"),
            "round.close": _("Close a comment round"),
            "round.enter_opinion": _("Enter an opinion received on paper"),
            "comment.draft": _("Draft a comment"),
            "comment.edit": _("Edit a comment"),
            "comment.delete": _("Delete the draft of a comment"),
            "comment.clear": _("Clear a comment"),
            "comment.send_back": _("Send a comment back to its author"),
            "reply.submit": _("Submit the reply of the jurisdiction"),
            "disposition.decide": _("Decide what becomes of a comment"),
            "disposition.publish": _("Publish what became of the comments"),
            "disposition.answer": _("Answer what became of a comment"),
        },
    ),
    (
        _("Matters"),
        {
            "matter.open": _("Open a matter"),
            "matter.stand": _("State where the jurisdiction stands on a matter"),
            "matter.raise": _("Raise a matter to the next level"),
            "matter.close": _("Close a matter"),
            "matter.reopen": _("Reopen a matter"),
        },
    ),
    (
        _("Sign-off and statement"),
        {
            "sign_off.open": _("Open the sign-off"),
            "sign_off.close": _("Close the sign-off"),
            "sign_off.withdraw": _("Withdraw the sign-off"),
            "position.take": _("Take a position on an item"),
            "statement.sign": _("Sign the common statement"),
        },
    ),
    (
        _("Publishing and phases"),
        {
            "revision.publish": _("Publish a revision"),
            "phase.advance": _("Move the plan to its next phase"),
            "phase.reopen": _("Move the plan back to a phase"),
        },
    ),
    (
        _("Implementation"),
        {
            "status.report": _("Report on a milestone"),
            "reading.report": _("Report a reading of an indicator"),
            "duty.oversee": _("See who owes what"),
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
            "organization.enter": _("Enter an organization"),
            "organization.change": _("Change an organization"),
            "chain.define": _("Lay down the steps inside the jurisdiction"),
            "chain.begin": _("Start on the steps inside the jurisdiction"),
            "chain.pass": _("Pass a step inside the jurisdiction"),
            "chain.send_back": _("Send back inside the jurisdiction"),
        },
    ),
)
WORDS: Mapping[str, Text] = {act: text for _group, acts in GROUPS for act, text in acts.items()}
# They go with granting: a mandate is not limited to them, so nobody ticks them.
BESIDES: Mapping[str, Text] = {
    "account.resend": _("Send an invitation to an account again"),
    "account.withdraw": _("Withdraw an invitation to an account"),
}


def unknown_acts(acts: Iterable[str]) -> list[str]:
    """Those of `acts` that no table knows, in order."""
    return sorted({act for act in acts if act not in WORDS})


def words_of(acts: Iterable[str]) -> list[Text]:
    """The acts in words; a code where an act has gone since."""
    return [WORDS.get(act) or BESIDES.get(act, act) for act in acts]
