"""What keeps a plan from being submitted, and through whose hands the request goes."""

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.approval.enums import LetterKind
from consult.approval.procedure import (
    LetterFact,
    forwarding_units,
    suggested_addressees,
    suggested_senders,
)
from consult.approval.queries.dossier import missing_lines
from consult.approval.queries.standing import Standing
from plans.register.queries import names_of
from stakeholders.terms.actor import Actor, Role
from stakeholders.terms.duty import Blocker


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
