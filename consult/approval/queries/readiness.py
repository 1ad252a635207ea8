"""What keeps a plan from being submitted, and through whose hands the request goes."""

from collections.abc import Mapping

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.approval.enums import LetterKind
from consult.approval.models import ApprovalLetter
from consult.approval.procedure import (
    LetterFact,
    forwarding_units,
    suggested_addressees,
    suggested_senders,
)
from consult.approval.queries.dossier import missing_lines
from consult.approval.queries.standing import Standing, get_letter
from plans.register.queries import names_of
from stakeholders.terms.actor import Actor, Role
from stakeholders.terms.duty import Blocker, Text
from stakeholders.terms.errors import Conflict, NotVisible

# Kinds that are corrected by an act of their own.
ELSEWHERE: Mapping[str, Text] = {
    LetterKind.REPLY.value: _("A reply is corrected together with its outcome and conditions."),
}


def what_holds(standing: Standing) -> list[Blocker]:
    """The statement missing or unsigned, and compulsory papers of the dossier that are missing."""
    plan = standing.plan
    page = reverse("identification:statement", args=[plan.key])
    if standing.statement is None:
        text = _("There is no common statement yet: the sign-off comes first.")
        return [Blocker(code="statement.none", text=text, url=page)]
    names = names_of(standing.unsigned)
    unsigned = [
        Blocker(
            code="statement.unsigned",
            text=format_lazy(
                _("{party} has not signed the common statement."), party=names.get(code, code)
            ),
            url=page,
        )
        for code in standing.unsigned
    ]
    papers = [
        Blocker(
            code="dossier.missing",
            text=format_lazy(_("The dossier lacks: {paper}"), paper=line.name),
            url=line.mend_url,
        )
        for line in missing_lines(plan)
    ]
    return [*unsigned, *papers]


def forwarded(standing: Standing, submission: LetterFact) -> set[tuple[str, ...]]:
    """The units that have forwarded the request."""
    return {
        one.senders
        for one in standing.facts.letters
        if one.kind == LetterKind.FORWARDING and one.answers == submission.pk
    }


def may_forward(standing: Standing, actor: Actor) -> bool:
    """Whether the actor speaks for a unit that forwards, or the joint office for it."""
    return actor.role is Role.COORDINATOR or actor.jurisdiction_code in forwarders(standing)


def forwarders(standing: Standing) -> list[str]:
    """The prefectures that the request, or the one to be expected, passes through."""
    facts, request = standing.facts, standing.submission
    return forwarding_units(
        senders=request.senders if request else suggested_senders(facts),
        addressees=request.addressees if request else suggested_addressees(facts),
        facts=facts,
    )


def may_ask(standing: Standing, actor: Actor) -> bool:
    """Whether the actor speaks for an authority the request goes to, or the joint office for it."""
    request = standing.submission
    if actor.role is Role.COORDINATOR:
        return True
    asked = request.addressees if request else suggested_addressees(standing.facts)
    return actor.jurisdiction_code in asked


def notice_of(standing: Standing, pk: int) -> LetterFact:
    """The notice that counts. NotVisible for one that is not there or was corrected."""
    for one in standing.facts.letters:
        if one.pk == pk and one.kind == LetterKind.COMPLETION_ASKED:
            return one
    raise NotVisible


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
