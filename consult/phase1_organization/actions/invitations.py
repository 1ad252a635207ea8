"""Inviting jurisdictions, and answering."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation

from django.db import transaction
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.phase1_organization.checks import check_reply
from consult.phase1_organization.enums import ACCEPTING, Answer
from consult.phase1_organization.models import Invitation, InvitationAnswer
from consult.phase1_organization.queries import (
    answers_to_count,
    asked,
    current_invitations,
    is_replaced,
    newest_answers,
    party_roles_of,
    speaker_for,
)
from consult.phase1_organization.rules import ACTS, require_answer
from consult.phase1_organization.sentences import name_of
from consult.phase1_organization.steps import Asking, Reply, write_answer, write_invitations
from plans.register.enums import CO_MAKING, PartyRole, Phase
from plans.register.models import Party, Plan
from plans.register.rules import require
from plans.register.steps import add_party, lock_plan
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.notices.steps import notify
from stakeholders.people.queries import coordinators_of, counting, people_of
from stakeholders.record import steps as record
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Actor, Role
from stakeholders.terms.duty import Text
from stakeholders.terms.errors import Conflict, Invalid


@transaction.atomic
def invite(*, actor: Actor, plan: Plan, invitations: Sequence[Asking]) -> list[Invitation]:
    """The joint office asks jurisdictions to take part. Raises NotVisible, Refused, Invalid.

    The convenor, a party since the plan was opened, may be asked to confirm; another party is not
    asked again. Who declined, lapsed or wants another role may be; the newer invitation counts.
    """
    require("invitation.send", ACTS, actor=actor, plan=plan)
    plan = lock_plan(plan)
    require("invitation.send", ACTS, actor=actor, plan=plan)
    now = clock.now()
    _require_askable(plan=plan, askings=invitations, at=now)
    rows = write_invitations(actor=actor, plan=plan, askings=invitations)
    people = people_of(
        codes=[row.jurisdiction_id for row in rows],
        roles=[Role.CONTACT_POINT],
        at=now,
        plan_key=plan.key,
    )
    for row in rows:
        notify(
            people=people.get(row.jurisdiction_id, []),
            kind="invitation.send",
            title=format_lazy(_("Invitation to take part: {plan}"), plan=name_of(plan, "short")),
            url=reverse("organization:invitation", args=[row.pk]),
            key=f"invitation.send:{row.pk}",
            plan_key=plan.key,
        )
    record.append(
        chain=record.plan_chain(plan.key),
        actor=actor,
        act="invitation.send",
        subject=f"plan:{plan.key}",
        effects={
            "invitations": [
                [r.pk, r.jurisdiction_id, r.role, r.must_sign, str(r.weight), r.answer_by]
                for r in rows
            ]
        },
    )
    return rows


def _require_askable(*, plan: Plan, askings: Sequence[Asking], at: datetime) -> None:
    """Refuse (Invalid) what cannot be asked; the texts name the codes."""
    codes = [asking.code for asking in askings]
    if not codes:
        raise Invalid({"jurisdictions": _("Name at least one jurisdiction.")})
    if len(set(codes)) < len(codes):
        raise Invalid({"jurisdictions": _("A jurisdiction is named twice.")})
    day = at.date()
    known = set(Jurisdiction.objects.current(day).filter(pk__in=codes).values_list("pk", flat=True))
    roles = party_roles_of(plan)
    current = current_invitations([plan]).filter(jurisdiction__in=codes)
    waiting = {
        a.invitation.jurisdiction_id for a in asked(current, at=at) if a.is_open or a.awaits_mandate
    }
    for asking in askings:
        _require_asking(asking, plan=plan, at=at)
        if asking.code not in known:
            raise _about(asking.code, _("{code}: no such jurisdiction."))
        if asking.code in waiting:
            raise _about(asking.code, _("{code}: an invitation awaits its answer."))
        if (roles.get(asking.code) == PartyRole.CONVENOR) != (asking.role == PartyRole.CONVENOR):
            raise _about(asking.code, _("{code}: only the convenor itself takes part as convenor."))
        if asking.code in roles and asking.role != PartyRole.CONVENOR:
            raise _about(asking.code, _("{code}: takes part already."))


def _require_asking(asking: Asking, *, plan: Plan, at: datetime) -> None:
    if asking.answer_by <= at:
        raise Invalid({"answer_by": _("The time to answer lies in the past.")})
    if asking.role not in PartyRole.values:
        raise Invalid({"role": _("Choose one of the values.")})
    if asking.must_sign and asking.role not in CO_MAKING:
        raise Invalid({"must_sign": _("Only co-making parties sign.")})
    if asking.role in CO_MAKING and plan.phase != Phase.ORGANIZATION:
        raise Invalid({"role": _("Co-making parties join in the first phase.")})
    try:
        weight = Decimal(asking.weight)
    except InvalidOperation:
        weight = Decimal(0)
    if not (weight.is_finite() and 0 < weight < 1_000_000):
        raise Invalid({"weight": _("A weight is a number above zero.")})


def _about(code: str, text: Text) -> Invalid:
    return Invalid({"jurisdictions": format_lazy(text, code=code)})


@transaction.atomic
def answer_invitation(
    *, actor: Actor, invitation: Invitation, reply: Reply, said_at: datetime | None = None
) -> InvitationAnswer:
    """The contact point answers for its jurisdiction; accepting makes it a party of the plan.

    A newer answer replaces a former one until acceptance: then leaving is a withdrawal, which the
    charter governs. An answer under a claimed mandate is kept and counts when the mandate is
    confirmed. `said_at`: when it was entered for the jurisdiction that now confirms it; that
    instant counts for the time to answer. Raises NotVisible, Refused, Invalid, Conflict (lapsed,
    replaced, accepted).
    """
    actor = speaker_for(actor=actor, invitation=invitation)
    require_answer(actor=actor, invitation=invitation)
    plan = lock_plan(invitation.plan)
    invitation = Invitation.objects.select_related("plan").get(pk=invitation.pk)
    require_answer(actor=actor, invitation=invitation)
    check_reply(reply, invitation=invitation)
    _require_answerable(invitation, said_at=said_at)
    answer = write_answer(actor=actor, invitation=invitation, reply=reply)
    counts = bool(counting([actor.mandate], at=answer.at))
    joins = counts and reply.answer in ACCEPTING
    party = _join(plan=plan, invitation=invitation) if joins else None
    notify(
        people=coordinators_of(plan_key=plan.key, at=answer.at),
        kind="invitation.answer",
        title=format_lazy(
            _("{who} answers the invitation: {answer}"),
            who=invitation.jurisdiction,
            answer=Answer(answer.answer).label,
        ),
        url=reverse("organization:home", args=[plan.key]),
        key=f"invitation.answer:{answer.pk}",
        plan_key=plan.key,
    )
    record.append(
        chain=record.plan_chain(plan.key),
        actor=actor,
        act="invitation.answer",
        subject=f"invitation:{invitation.pk}",
        effects={
            "answer": [answer.pk, answer.answer, answer.role_asked],
            "text": canonical.digest(answer.text),
            "letter": canonical.digest_of([answer.letter_number, answer.letter_on, answer.issuer]),
            **({"letter_file": answer.letter_file.sha256} if answer.letter_file else {}),
            "party": [party.pk, party.role, party.must_sign] if party else None,
            "counts": counts,
        },
    )
    return answer


@transaction.atomic
def count_answer(*, actor: Actor, answer: InvitationAnswer) -> Party:
    """Let an acceptance count whose claimed mandate has been confirmed: its jurisdiction joins.

    Raises Conflict when it joined meanwhile, or the plan has left its first phases.
    """
    invitation = answer.invitation
    require("invitation.count", ACTS, actor=actor, plan=invitation.plan)
    plan = lock_plan(invitation.plan)
    late = invitation.role in CO_MAKING and plan.phase != Phase.ORGANIZATION
    if late or answer.pk not in {one.pk for one in answers_to_count()}:
        raise Conflict(_("This answer does not count, or does already."))
    party = _join(plan=plan, invitation=invitation)
    notify(
        people=[*coordinators_of(plan_key=plan.key, at=clock.now()), answer.mandate.user_id],
        kind="invitation.count",
        title=format_lazy(
            _("{who} takes part now: its mandate is confirmed"), who=party.jurisdiction
        ),
        url=reverse("organization:home", args=[plan.key]),
        key=f"invitation.count:{answer.pk}",
        plan_key=plan.key,
    )
    record.append(
        chain=record.plan_chain(plan.key),
        actor=actor,
        act="invitation.count",
        subject=f"invitation:{invitation.pk}",
        effects={
            "answer": answer.pk,
            "mandate": answer.mandate_id,
            "party": [party.pk, party.role, party.must_sign],
        },
    )
    return party


def _join(*, plan: Plan, invitation: Invitation) -> Party:
    return add_party(
        plan=plan,
        code=invitation.jurisdiction_id,
        role=invitation.role,
        must_sign=invitation.must_sign,
        weight=str(invitation.weight),
    )


def _require_answerable(invitation: Invitation, *, said_at: datetime | None) -> None:
    former = newest_answers([invitation]).get(invitation.pk)
    if former and former.answer in ACCEPTING and not former.mandate.is_pending:
        raise Conflict(_("This invitation was accepted. Leaving the plan is a withdrawal."))
    if is_replaced(invitation):
        raise Conflict(_("A later invitation replaced this one: answer that."))
    if (said_at or clock.now()) > invitation.answer_by:
        raise Conflict(_("The time to answer has passed. Ask the joint office to invite again."))
    late = clock.now() > invitation.answer_by and invitation.plan.phase != Phase.ORGANIZATION
    if late and invitation.role in CO_MAKING:
        raise Conflict(_("Co-making parties join in the first phase."))
