"""The way up: the joint request, its forwarding, papers asked for and completed."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from consult.approval.checks import check_letter
from consult.approval.enums import LetterKind, ReplyOutcome
from consult.approval.models import ApprovalLetter
from consult.approval.procedure import LetterFact, answered
from consult.approval.queries.readiness import forwarded, may_ask, may_forward, what_holds
from consult.approval.queries.standing import Standing, standing_of
from consult.approval.rules import ACTS
from consult.approval.steps.letters import LetterText
from consult.approval.steps.recording import put_on_record
from plans.register.models import Plan
from plans.register.rules import require
from plans.register.steps import lock_plan
from stakeholders.terms.actor import Actor, Role
from stakeholders.terms.errors import Blocked, Conflict, NotVisible

NOT_SUBMITTED = _("The plan has not been submitted for approval.")
REPLIED = _("The request has been replied to.")


@transaction.atomic
def submit_plan(*, actor: Actor, plan: Plan, said: LetterText) -> ApprovalLetter:
    """Put the joint request for approval on file.

    Refused; Blocked while the statement is missing or unsigned, or a compulsory paper of the
    dossier is missing; Conflict while a request is open, after approval, and with the wording that
    was returned; Invalid.
    """
    require("approval.submit", ACTS, actor=actor, plan=plan)
    plan = lock_plan(plan)
    standing = standing_of(plan)
    held = what_holds(standing)
    if held:
        raise Blocked(held)
    _check_first(standing)
    check_letter(LetterKind.SUBMISSION, said, standing=standing)
    return put_on_record(standing, actor, LetterKind.SUBMISSION, said)


def _check_first(standing: Standing) -> None:
    """One request at a time; after approval none, after a return only on another wording."""
    submission, reply = standing.submission, standing.reply
    if submission is None:
        return
    if reply is None:
        raise Conflict(_("A request is open already: correct it, or wait for the reply."))
    if reply.outcome != ReplyOutcome.RETURNED:
        raise Conflict(_("The plan is approved already."))
    row = standing.rows[reply.pk].reply
    if row.conditions.filter(item__isnull=False).exists():
        raise Conflict(_("Items were returned: change them and sign a new common statement first."))


@transaction.atomic
def forward_plan(*, actor: Actor, plan: Plan, said: LetterText) -> ApprovalLetter:
    """Put on file that a prefecture examined the request and forwarded it: by its own contact
    point, or by the joint office with its letter, whatever its day.

    Refused; Conflict before the request and where this unit has forwarded it; Invalid.
    """
    standing = standing_of(plan)
    require("approval.forward", ACTS, actor=actor, plan=plan, own=may_forward(standing, actor))
    standing = standing_of(lock_plan(plan))
    submission = _running(standing)
    by_office = actor.role is Role.COORDINATOR
    if not by_office and list(said.senders) != [actor.jurisdiction_code]:
        raise NotVisible
    check_letter(
        LetterKind.FORWARDING, said, standing=standing, answers=submission, by_office=by_office
    )
    if tuple(said.senders) in forwarded(standing, submission):
        raise Conflict(_("This unit has forwarded the request already."))
    return put_on_record(standing, actor, LetterKind.FORWARDING, said, answers=submission.pk)


@transaction.atomic
def ask_completion(*, actor: Actor, plan: Plan, said: LetterText) -> ApprovalLetter:
    """Put on file that an authority asks for papers: what is missing, by which day. Several may
    be asked for; the same twice may not.

    Refused; Conflict before the request, after the reply, and for the same notice; Invalid.
    """
    standing = standing_of(plan)
    own = may_ask(standing, actor)
    require("approval.ask_completion", ACTS, actor=actor, plan=plan, own=own)
    standing = standing_of(lock_plan(plan))
    submission = _running(standing)
    by_office = actor.role is Role.COORDINATOR
    if not by_office and list(said.senders) != [actor.jurisdiction_code]:
        raise NotVisible
    check_letter(
        LetterKind.COMPLETION_ASKED,
        said,
        standing=standing,
        answers=submission,
        by_office=by_office,
    )
    for row in standing.rows.values():
        same = (row.kind, row.senders, row.dated_on, row.text) == (
            LetterKind.COMPLETION_ASKED,
            sorted(said.senders),
            said.dated_on,
            said.text.strip(),
        )
        if same:
            raise Conflict(_("This notice is on file already."))
    return put_on_record(standing, actor, LetterKind.COMPLETION_ASKED, said, answers=submission.pk)


@transaction.atomic
def complete_papers(*, actor: Actor, plan: Plan, notice: int, said: LetterText) -> ApprovalLetter:
    """Hand in what a notice asked for. Refused; NotVisible for no notice of the request;
    Conflict for one that is answered, and after the reply; Invalid."""
    require("approval.complete", ACTS, actor=actor, plan=plan)
    standing = standing_of(lock_plan(plan))
    asked = notice_of(standing, notice)
    if answered(standing.facts.letters, asked.pk):
        raise Conflict(_("This notice is answered already."))
    _running(standing)
    check_letter(LetterKind.COMPLETION, said, standing=standing, answers=asked)
    return put_on_record(standing, actor, LetterKind.COMPLETION, said, answers=asked.pk)


def notice_of(standing: Standing, pk: int) -> LetterFact:
    """The notice that counts. NotVisible for one that is not there or was corrected."""
    for one in standing.facts.letters:
        if one.pk == pk and one.kind == LetterKind.COMPLETION_ASKED:
            return one
    raise NotVisible


def _running(standing: Standing) -> LetterFact:
    """The open request. Conflict before and after it."""
    if standing.submission is None:
        raise Conflict(NOT_SUBMITTED)
    if standing.reply is not None:
        raise Conflict(REPLIED)
    return standing.submission
