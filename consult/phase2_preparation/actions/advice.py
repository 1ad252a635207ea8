"""Asking a specialist before the decision, and the advice."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.phase2_preparation import steps
from consult.phase2_preparation.enums import NEEDS_REASON, DispositionOutcome
from consult.phase2_preparation.models import Advice, AdviceRequest, Comment
from consult.phase2_preparation.queries import is_past
from consult.phase2_preparation.queries.advice import ADVISERS, Adviser, advisers_of, people_asked
from consult.phase2_preparation.rules import require
from plans.register.models import Plan
from stakeholders.notices.steps import notify
from stakeholders.people.queries import coordinators_of
from stakeholders.record import steps as record
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Invalid, NotVisible


@transaction.atomic
def ask_advice(
    *,
    actor: Actor,
    plan: Plan,
    comment: Comment,
    whom: Adviser,
    question: str = "",
    until: datetime | None = None,
) -> AdviceRequest:
    """Ask a person, a party's planners or a body what to do of a comment. Refused, Invalid.

    Nobody of the commenter's own side is asked.
    """
    require("disposition.ask_advice", actor=actor, plan=plan)
    now, one = clock.now(), comment.reply.round
    if comment.plan_id != plan.pk or (one.is_sealed and not is_past(one, at=now)):
        raise NotVisible
    if until is not None and until <= now:
        raise Invalid({"until": _("This day is past.")})
    if whom.code not in {known.code for known in advisers_of(plan=plan, comment=comment, at=now)}:
        raise Invalid({"whom": _("Choose somebody of this plan, and not the commenter itself.")})
    row = steps.ask_advice(
        comment=comment,
        actor=actor,
        person=whom.person,
        jurisdiction=whom.jurisdiction,
        organization=whom.organization,
        question=question,
        until=until,
    )
    notify(
        people=people_asked(row, at=now),
        kind="advice",
        title=format_lazy(_("Your advice is asked on comment {comment}"), comment=str(comment)),
        url=reverse("preparation:comment", args=[plan.key, comment.number]),
        key=f"advice:{row.pk}",
        plan_key=plan.key,
    )
    record.append(
        chain=record.plan_chain(plan.key),
        actor=actor,
        act="disposition.ask_advice",
        subject=f"comment:{comment}",
        effects={"request": row.pk, "question": canonical.digest(row.question)},
    )
    return row


@transaction.atomic
def give_advice(
    *,
    actor: Actor,
    plan: Plan,
    request: AdviceRequest,
    outcome: str,
    reason_zh: str = "",
    reason_en: str = "",
    wording_zh: str = "",
    wording_en: str = "",
) -> Advice:
    """Say what one would do of the comment; a further advice adds to the former ones.

    `request` was loaded by `get_request`, which knows who was asked. Refused, Invalid.
    """
    require("disposition.give_advice", actor=actor, plan=plan)
    if request.comment.plan_id != plan.pk or actor.role not in ADVISERS:
        raise NotVisible
    if outcome not in DispositionOutcome.values:
        raise Invalid({"outcome": _("Choose one of the values.")})
    if outcome in NEEDS_REASON and not (reason_zh.strip() or reason_en.strip()):
        raise Invalid({"reason_zh": _("Partly or not adopted: the reason is compulsory.")})
    row = steps.give_advice(
        request=request,
        actor=actor,
        outcome=outcome,
        reason_zh=reason_zh,
        reason_en=reason_en,
        wording_zh=wording_zh,
        wording_en=wording_en,
    )
    comment = request.comment
    notify(
        people=set(coordinators_of(plan_key=plan.key, at=clock.now())),
        kind="advice",
        title=format_lazy(_("Advice was given on comment {comment}"), comment=str(comment)),
        url=reverse("preparation:comment", args=[plan.key, comment.number]),
        key=f"advice-given:{row.pk}",
        plan_key=plan.key,
    )
    content = [row.outcome, row.reason_zh, row.reason_en, row.wording_zh, row.wording_en]
    record.append(
        chain=record.plan_chain(plan.key),
        actor=actor,
        act="disposition.give_advice",
        subject=f"comment:{comment}",
        effects={
            "request": request.pk,
            "advice": row.pk,
            "content": canonical.digest_of(content),
        },
    )
    return row
