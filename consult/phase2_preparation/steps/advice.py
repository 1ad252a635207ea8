"""Row writes of requests for advice and of the advice."""

from datetime import datetime

from consult.phase2_preparation.models import Advice, AdviceRequest, Comment
from consult.phase2_preparation.steps.replies import mandate_of
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.people.models import Mandate, Organization
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor


def ask_advice(
    *,
    comment: Comment,
    actor: Actor,
    person: Mandate | None,
    jurisdiction: Jurisdiction | None,
    organization: Organization | None,
    question: str,
    until: datetime | None,
) -> AdviceRequest:
    return AdviceRequest.objects.create(
        comment=comment,
        person=person,
        jurisdiction=jurisdiction,
        organization=organization,
        question=question.strip(),
        until=until,
        mandate_id=mandate_of(actor),
        at=clock.now(),
    )


def give_advice(
    *,
    request: AdviceRequest,
    actor: Actor,
    outcome: str,
    reason_zh: str,
    reason_en: str,
    wording_zh: str,
    wording_en: str,
) -> Advice:
    return Advice.objects.create(
        request=request,
        outcome=outcome,
        reason_zh=reason_zh.strip(),
        reason_en=reason_en.strip(),
        wording_zh=wording_zh.strip(),
        wording_en=wording_en.strip(),
        mandate_id=mandate_of(actor),
        at=clock.now(),
    )
