"""After the reply: publication and filing, and letters corrected at any time."""

from collections.abc import Mapping
from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from consult.approval.checks import check_letter
from consult.approval.enums import LetterKind, ReplyOutcome
from consult.approval.models import ApprovalLetter
from consult.approval.procedure import LetterFact
from consult.approval.queries.standing import Standing, get_letter, standing_of
from consult.approval.rules import ACTS
from consult.approval.steps.letters import LetterText
from consult.approval.steps.recording import put_on_record
from plans.register.models import Plan
from plans.register.rules import require
from plans.register.steps import lock_plan
from stakeholders.terms.actor import Actor
from stakeholders.terms.duty import Text
from stakeholders.terms.errors import Conflict, Invalid

# Kinds that are corrected by an act of their own.
ELSEWHERE: Mapping[str, Text] = {
    LetterKind.REPLY.value: _("A reply is corrected together with its outcome and conditions."),
}


@transaction.atomic
def publish_plan(*, actor: Actor, plan: Plan, said: LetterText) -> ApprovalLetter:
    """Put on file where and when the approved plan was published.

    Refused; Conflict before an approving reply, after a returned one, before the text as the
    reply changed it, and a second time; Invalid.
    """
    require("approval.publish", ACTS, actor=actor, plan=plan)
    standing = standing_of(lock_plan(plan))
    reply = _approving(standing)
    if _has(standing, LetterKind.PUBLICATION, reply):
        raise Conflict(_("The publication is on file already: correct it if it is wrong."))
    check_letter(LetterKind.PUBLICATION, said, standing=standing, answers=reply)
    return put_on_record(standing, actor, LetterKind.PUBLICATION, said, answers=reply.pk)


@transaction.atomic
def file_plan(*, actor: Actor, plan: Plan, said: LetterText) -> ApprovalLetter:
    """Put on file with whom the approved plan is filed. Several filings are possible.

    Refused; Conflict as for the publication, and for the same letter number twice; Invalid.
    """
    require("approval.file", ACTS, actor=actor, plan=plan)
    standing = standing_of(lock_plan(plan))
    reply = _approving(standing)
    check_letter(LetterKind.FILING, said, standing=standing, answers=reply)
    for row in standing.rows.values():
        if row.kind == LetterKind.FILING and row.number == said.number.strip():
            raise Conflict(_("A filing with this number is on file already."))
    return put_on_record(standing, actor, LetterKind.FILING, said, answers=reply.pk)


@transaction.atomic
def correct_letter(
    *, actor: Actor, plan: Plan, letter: int, said: LetterText, reason: str
) -> ApprovalLetter:
    """Put another letter in the place of one entered wrongly; what answers it answers the new one.

    Without a file the former's stays. Refused; NotVisible for no letter of the plan; Conflict for
    one that is corrected already, belongs to a former statement, or is a reply; Invalid.
    """
    require("approval.correct", ACTS, actor=actor, plan=plan)
    standing = standing_of(lock_plan(plan))
    former = correctable(standing, letter)
    if not reason.strip():
        raise Invalid({"reason": _("Say why the letter is corrected.")})
    kind = LetterKind(former.kind)
    said = replace(said, file=said.file or former.file)
    facts = {one.pk: one for one in standing.facts.letters}
    above = facts[former.pk].answers
    answers = facts[above] if above else None
    by_office = bool(former.number)  # an authority's own notice may bear none
    check_letter(kind, said, standing=standing, answers=answers, former=former, by_office=by_office)
    _check_other(standing, former, said, answers)
    return put_on_record(
        standing,
        actor,
        kind,
        said,
        answers=answers.pk if answers else None,
        corrects=former,
        reason=reason,
    )


def correctable(standing: Standing, pk: int) -> ApprovalLetter:
    """The letter to be corrected. NotVisible, Conflict as `correct_letter`."""
    found = get_letter(standing.plan, pk=pk)
    if hasattr(found, "corrected_by"):
        raise Conflict(_("This letter was corrected already: correct the newer one."))
    if found.kind in ELSEWHERE:
        raise Conflict(ELSEWHERE[found.kind])
    if pk not in standing.rows:
        raise Conflict(_("This letter belongs to a former statement: it stays as it is."))
    return standing.rows[pk]


def _check_other(
    standing: Standing, former: ApprovalLetter, said: LetterText, answers: LetterFact | None
) -> None:
    """No two forwardings of one unit."""
    if former.kind != LetterKind.FORWARDING or answers is None:
        return
    for one in standing.facts.letters:
        same = one.kind == LetterKind.FORWARDING and one.senders == tuple(said.senders)
        if same and one.pk != former.pk and one.answers == answers.pk:
            raise Conflict(_("This unit has forwarded the request already."))


def _has(standing: Standing, kind: LetterKind, reply: LetterFact) -> bool:
    return any(one.kind == kind and one.answers == reply.pk for one in standing.facts.letters)


def _approving(standing: Standing) -> LetterFact:
    """The reply that approves, with the text as it changed it. Conflict else."""
    reply = standing.reply
    if reply is None:
        raise Conflict(_("The request has not been replied to."))
    if reply.outcome == ReplyOutcome.RETURNED:
        raise Conflict(_("The plan was returned: there is nothing approved."))
    if reply.outcome == ReplyOutcome.WITH_CONDITIONS and standing.facts.approved_on is None:
        raise Conflict(_("Publish the text as the reply changes it first."))
    return reply
