"""The party's word on what was entered for it."""

from collections.abc import Callable, Mapping

from django.db import transaction
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.ballots.seen import seen_of
from consult.matters.actions import take_stand
from consult.phase1_organization.actions import answer_invitation, take_charter_position
from consult.phase1_organization.models import Charter
from consult.phase1_organization.sentences import name_of
from consult.phase2_preparation.actions import submit_reply
from consult.phase3_identification.actions import declare
from consult.phase3_identification.queries import declaration_of
from consult.phase3_identification.steps import Basis
from consult.spoken import content, steps
from consult.spoken.enums import ActKind, Standing
from consult.spoken.models import EnteredAct
from consult.spoken.queries import entered, shown_at
from consult.spoken.rules import require_word
from plans.register.steps import lock_plan
from stakeholders.notices.steps import notify
from stakeholders.record import steps as record
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Actor
from stakeholders.terms.duty import Text
from stakeholders.terms.errors import Conflict, Invalid

OVER: Mapping[Standing, Text] = {
    Standing.CONFIRMED: _("This was confirmed already."),
    Standing.REFUSED: _("This was refused already."),
    Standing.REPLACED: _("Your jurisdiction has spoken itself since: its own act counts."),
    Standing.LAPSED: _("The time to confirm has passed: what was entered has lapsed."),
}


@transaction.atomic
def confirm(*, actor: Actor, act: EnteredAct) -> EnteredAct:
    """Make what was entered the party's own: from now on it counts, as said when it was entered.

    It is done as the act itself, under the mandate of who confirms. Raises NotVisible, Refused
    (also by the rule of the act itself), Invalid, Conflict (lapsed, answered, closed meanwhile).
    """
    act = _locked("spoken.confirm", actor=actor, act=act)
    if actor.user_id == act.mandate.user_id:
        raise Invalid({"": _("Another person confirms what you have entered.")})
    DONE[act.kind](actor, act)
    steps.write_word(actor=actor, act=act, agrees=True, at=clock.now())
    _tell(act, _("{unit} has confirmed what was entered for it in {plan}"), "spoken.confirm")
    _append(actor, "spoken.confirm", act)
    return act


@transaction.atomic
def refuse(*, actor: Actor, act: EnteredAct, reason: str) -> EnteredAct:
    """Say that the party did not say this. It is kept as refused. NotVisible, Refused, Invalid,
    Conflict."""
    act = _locked("spoken.refuse", actor=actor, act=act)
    if not reason.strip():
        raise Invalid({"reason": _("Give the reason.")})
    steps.write_word(actor=actor, act=act, agrees=False, at=clock.now(), reason=reason)
    _tell(act, _("{unit} has refused what was entered for it in {plan}"), "spoken.refuse")
    _append(actor, "spoken.refuse", act, reason=reason)
    return act


def _locked(name: str, *, actor: Actor, act: EnteredAct) -> EnteredAct:
    """Required before and after the plan's row is locked; Conflict unless it is still waiting.

    The lock stands between two who press at once: the second sees the word of the first.
    """
    require_word(name, actor=actor, entered=act)
    lock_plan(act.plan)
    act = entered().get(pk=act.pk)
    require_word(name, actor=actor, entered=act)
    standing = shown_at(act, at=clock.now()).standing
    if standing in OVER:
        raise Conflict(OVER[standing])
    return act


def _answer(actor: Actor, act: EnteredAct) -> None:
    answer_invitation(
        actor=actor,
        invitation=act.subject,
        reply=content.answer_in(
            content.said_in(act),
            number=act.evidence_number,
            on=act.evidence_on,
            file=content.letter_file(act),
        ),
        said_at=act.at,
    )


def _reply(actor: Actor, act: EnteredAct) -> None:
    said = content.said_in(act)
    submit_reply(
        actor=actor,
        plan=act.plan,
        one=act.subject,
        letter=content.reply_letter(act),
        is_nil=bool(said.get("is_nil")),
        text=str(said.get("text") or ""),
        remarks=content.remarks_in(said),
        said_at=act.at,
    )


def _stand(actor: Actor, act: EnteredAct) -> None:
    value, words = content.stand_in(content.said_in(act))
    take_stand(actor=actor, plan=act.plan, matter=act.subject, value=value, text=words)


def _charter(actor: Actor, act: EnteredAct) -> None:
    said = content.general_in(content.said_in(act))
    charter = Charter.objects.select_related("plan").get(
        plan=act.plan, number=act.subject.subject_id
    )
    take_charter_position(
        actor=actor,
        charter=charter,
        value=said.value,
        text=said.text,
        letter=content.ballot_letter(act),
        seen=seen_of(act.subject),
    )


def _position(actor: Actor, act: EnteredAct) -> None:
    said = content.said_in(act)
    former = declaration_of(act.subject, code=str(act.jurisdiction_id))
    declare(
        actor=actor,
        plan=act.plan,
        revision_hash=str(said["revision"]),
        general=content.general_in(said),
        exceptions=content.exceptions_in(said),
        letter=content.ballot_letter(act),
        basis=Basis(body=str(said.get("decided_by") or ""), file=content.letter_file(act)),
        former=former.pk if former else None,
        prepared_by=act.mandate.user_id,
    )


DONE: Mapping[str, Callable[[Actor, EnteredAct], None]] = {
    ActKind.ANSWER.value: _answer,
    ActKind.REPLY.value: _reply,
    ActKind.STAND.value: _stand,
    ActKind.CHARTER.value: _charter,
    ActKind.POSITION.value: _position,
}


def _tell(act: EnteredAct, title: Text, kind: str) -> None:
    """Who entered it learns what became of it; the others learn it from the act itself."""
    notify(
        people=[act.mandate.user_id],
        kind=kind,
        title=format_lazy(title, unit=act.jurisdiction, plan=name_of(act.plan, "short")),
        url=reverse("spoken:detail", args=[act.plan.key, act.pk]),
        key=f"{kind}:{act.pk}",
        plan_key=act.plan.key,
    )


def _append(actor: Actor, name: str, act: EnteredAct, *, reason: str = "") -> None:
    """Of an unsealed entry the commitment is opened; a sealed one names itself only."""
    effects: dict[str, object] = {"reason": canonical.digest(reason.strip())} if reason else {}
    if not act.is_sealed:
        effects["opened"] = [act.nonce, canonical.digest(act.content)]
    record.append(
        chain=record.plan_chain(act.plan.key),
        actor=actor,
        act=name,
        subject=f"entered:{act.pk}",
        effects=effects,
    )
