"""Answers and opinions that come by other ways: by letter, from a body, from a meeting."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Exists
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consult.phase2_preparation import steps
from consult.phase2_preparation.checks import check_day, check_letter, written_remarks
from consult.phase2_preparation.enums import ENTERED, Audience, Source
from consult.phase2_preparation.models import Reply, Round, RoundInvitee, Symposium
from consult.phase2_preparation.queries import (
    answers,
    deadline_of,
    entries_by_key,
    is_ahead,
    is_late_at,
    is_past,
    takes_replies,
)
from consult.phase2_preparation.rules import require
from consult.phase2_preparation.steps import Letter, Opinion
from consult.phase2_preparation.steps.rounds import asked_row, named
from consult.phase2_preparation.telling import append
from plans.register.models import Plan
from plans.register.steps import lock_plan
from stakeholders.people.models import Organization
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Conflict, Invalid, Refused
from stakeholders.terms.rights import Reason, Verdict


@dataclass(frozen=True, kw_only=True)
class Said:
    """What was said in one answer: its opinions or none, its letter, when it was received."""

    opinions: Sequence[Opinion] = ()
    is_nil: bool = False
    text: str = ""
    letter: Letter = field(default_factory=Letter)
    received_on: date | None = None


@transaction.atomic
def enter_opinion(
    *,
    actor: Actor,
    plan: Plan,
    one: Round,
    source: str,
    opinions: Sequence[Opinion],
    letter: Letter,
    organization: Organization | None = None,
    text: str = "",
    received_on: date | None = None,
) -> Reply:
    """Enter what an expert, an enterprise or the public said in a round.

    After its close only what was received before it. Refused, Invalid, Conflict.
    """
    require("round.enter_opinion", actor=actor, plan=plan)
    if source not in ENTERED:
        raise Invalid({"source": _("Choose one of the values.")})
    said = Said(opinions=opinions, letter=letter, text=text, received_on=received_on)
    _check_said(said)
    plan, one, now = _locked(plan, one)
    _in_time(one, received_on, one.closes_at, at=now)
    reply, effects = _write(actor, plan, one, said, now, source=source, organization=organization)
    append(actor, plan, "round.enter_opinion", one, effects)
    return reply


@transaction.atomic
def enter_answer(
    *,
    actor: Actor,
    plan: Plan,
    one: Round,
    said: Said,
    code: str | None = None,
    body: str | None = None,
) -> Reply:
    """Enter the answer that a unit or body which is no party gave by letter, with the letter.

    What a party says by letter is entered for it and confirmed by it, not here. Refused, Invalid,
    Conflict.
    """
    require("round.enter_answer", actor=actor, plan=plan)
    _check_said(said)
    check_letter(said.letter)
    plan, one, now = _locked(plan, one)
    invitee = asked_row(one, code=code, body=body)
    if invitee.audience == Audience.PARTY:
        text = _("A party answers itself, or confirms what was entered for it.")
        raise Invalid({"code": text})
    _not_answered(invitee)
    late = False
    if not takes_replies(one, invitee, at=now):
        _in_time(one, said.received_on, deadline_of(one, invitee), at=now)
    else:
        late = is_late_at(one, invitee, at=now)
    reply, effects = _write(
        actor,
        plan,
        one,
        said,
        now,
        source=Source.BODY if invitee.organization_id else Source.PARTY,
        code=invitee.jurisdiction_id,
        organization=invitee.organization,
        is_admitted_late=late,
    )
    append(actor, plan, "round.enter_answer", one, {"for": named(invitee), **effects})
    return reply


@transaction.atomic
def answer_for_body(*, actor: Actor, plan: Plan, one: Round, said: Said) -> Reply:
    """Answer a round for the invited body one acts for. Refused, Invalid, Conflict."""
    require("reply.submit_body", actor=actor, plan=plan)
    _check_said(said)
    plan, one, now = _locked(plan, one)
    rows = one.invitees.select_for_update(of=("self",), no_key=True).select_related("organization")
    invitee = rows.filter(organization=actor.organization_id).first()
    if actor.organization_id is None or invitee is None:
        act = "reply.submit_body"
        verdict = Verdict(allowed=False, reason=Reason.NOT_YOURS, act=act, holders=frozenset())
        raise Refused(verdict, text=_("Your body was not asked in this round."))
    _not_answered(invitee)
    if not takes_replies(one, invitee, at=now):
        raise Conflict(_("This round is closed."))
    if one.is_official:
        check_letter(said.letter)
    reply, effects = _write(
        actor,
        plan,
        one,
        said,
        now,
        source=Source.BODY,
        organization=invitee.organization,
        is_admitted_late=is_late_at(one, invitee, at=now),
    )
    append(actor, plan, "reply.submit_body", one, effects)
    return reply


@transaction.atomic
def enter_symposium(
    *,
    actor: Actor,
    plan: Plan,
    one: Round,
    said: Said,
    held_on: date,
    place: str,
    participants: str,
) -> Reply:
    """Enter the minutes of a symposium held in a round, with the opinions raised there.

    Refused, Invalid, Conflict.
    """
    require("round.enter_symposium", actor=actor, plan=plan)
    _check_said(said)
    needed = {"place": place, "participants": participants}
    missing = {name: _("Fill in this field.") for name, text in needed.items() if not text.strip()}
    if said.letter.file is None:
        missing["letter_file"] = _("Attach the minutes.")
    if missing:
        raise Invalid(missing)
    plan, one, now = _locked(plan, one)
    local = one.opens_at.astimezone(ZoneInfo(one.zone)).date()
    if not local <= held_on <= one.closes_on or held_on > timezone.localdate(now):
        raise Invalid({"held_on": _("The symposium was held while the round was open.")})
    reply, effects = _write(actor, plan, one, said, now, source=Source.SYMPOSIUM)
    Symposium.objects.create(
        reply=reply, held_on=held_on, place=place.strip(), participants=participants.strip()
    )
    append(actor, plan, "round.enter_symposium", one, effects)
    return reply


def _locked(plan: Plan, one: Round) -> tuple[Plan, Round, datetime]:
    """Plan and round locked, and the one instant by which the answer is judged."""
    plan = lock_plan(plan)
    one = steps.lock_round(one)
    now = clock.now()
    if one.recalled_at is not None:
        raise Conflict(_("This round was recalled."))
    if is_ahead(one, at=now):
        raise Conflict(_("This round is not open yet."))
    return plan, one, now


def _check_said(said: Said) -> None:
    if said.is_nil and said.opinions:
        raise Invalid({"is_nil": _("Either there are comments, or the answer is “no comments”.")})
    if not said.is_nil and not said.opinions:
        raise Invalid({"text_zh": _("Say it in words.")})
    now = clock.now()
    check_day(said.letter, at=now)
    if said.received_on is not None and said.received_on > timezone.localdate(now):
        raise Invalid({"received_on": _("This day lies in the future.")})


def _in_time(one: Round, received_on: date | None, end: datetime, *, at: datetime) -> None:
    """Invalid where the round is over and the letter was not received before its end."""
    if not is_past(one, at=at):
        return
    if received_on is None or received_on > end.astimezone(ZoneInfo(one.zone)).date():
        text = _("This round is closed. It takes only what was received before its end.")
        raise Invalid({"received_on": text})


def _not_answered(invitee: RoundInvitee) -> None:
    rows = RoundInvitee.objects.filter(Exists(Reply.objects.filter(answers())), pk=invitee.pk)
    if rows.exists():
        raise Conflict(_("The answer to this round stands already."))


def _write(
    actor: Actor,
    plan: Plan,
    one: Round,
    said: Said,
    now: datetime,
    *,
    source: str,
    organization: Organization | None = None,
    code: str | None = None,
    is_admitted_late: bool = False,
) -> tuple[Reply, dict[str, object]]:
    """The reply with its comments, and what the record holds of it."""
    keys = [o.item_key for o in said.opinions if o.item_key]
    entries = list(entries_by_key(one, keys).values())
    remarks = written_remarks(said.opinions, entries)
    reply = steps.write_reply(
        one=one,
        actor=actor,
        letter=said.letter,
        is_nil=said.is_nil,
        text=said.text,
        source=source,
        organization=organization,
        code=code,
        is_admitted_late=is_admitted_late,
        received_on=said.received_on,
        at=now,
    )
    comments = steps.write_comments(
        reply=reply,
        plan=plan,
        remarks=remarks,
        entries={e.item_id: e for e in entries},
    )
    sealed = one.is_sealed and not is_past(one, at=now)
    return reply, steps.bound(reply, steps.reply_content(reply, comments), is_sealed=sealed)
