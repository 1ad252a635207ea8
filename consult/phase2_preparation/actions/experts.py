"""The joint office asks people outside the parties: inviting, reminding, more time, forgetting."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from consult.phase2_preparation.checks import check_person
from consult.phase2_preparation.enums import SuggestionOutcome
from consult.phase2_preparation.lengths import window_of
from consult.phase2_preparation.models import ExpertInvitation, ExpertSuggestion, Round
from consult.phase2_preparation.queries import is_past
from consult.phase2_preparation.queries.experts import items_in, owed_opinions, signed_at
from consult.phase2_preparation.rules import require, require_erasing
from consult.phase2_preparation.steps import experts as steps
from consult.phase2_preparation.steps.experts import Person, Until
from plans.register.models import Plan
from plans.register.steps import lock_plan
from stakeholders.files.models import StoredFile
from stakeholders.record import steps as record
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor, ActorKind
from stakeholders.terms.errors import Conflict, Invalid, NotVisible, Refused
from stakeholders.terms.rights import Reason, Verdict


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is asked: chapters and provisions by their keys (none: the whole), questions, files."""

    chapters: Sequence[str] = ()
    items: Sequence[str] = ()
    questions: str = ""
    files: Sequence[StoredFile] = ()


@transaction.atomic
def invite_expert(
    *,
    actor: Actor,
    plan: Plan,
    one: Round,
    person: Person,
    asked: Asked,
    until: Until | None = None,
) -> ExpertInvitation:
    """Ask one person for an opinion on the revision of a running round. Refused, Invalid, Conflict.

    Without `until` the round's end counts. Who has no account gets a link by mail, made while
    that mail is sent.
    """
    require("expert.invite", actor=actor, plan=plan)
    plan = lock_plan(plan)
    until = until or Until(at=one.closes_at, zone=one.zone)
    _require_running(plan, one)
    check_person(plan, person, until)
    wanted = items_in(one.revision, chapters=asked.chapters, items=asked.items)
    if (asked.chapters or asked.items) and not wanted:
        raise Invalid({"chapters": _("This is not in the revision of the round.")})
    row = steps.write_invitation(
        plan=plan,
        actor=actor,
        person=person,
        until=until,
        one=one,
        questions=asked.questions,
        items=wanted,
        files=asked.files,
    )
    steps.send(row)
    _append(actor, row, "expert.invite", _invited(row))
    return row


def _require_running(plan: Plan, one: Round) -> None:
    if one.plan_id != plan.pk:
        raise NotVisible
    if is_past(one, at=clock.now()):
        raise Conflict(_("This round is closed."))


def _invited(row: ExpertInvitation) -> Mapping[str, object]:
    """What the record holds of an invitation: no name, no address, a commitment to both."""
    return {
        "round": row.round.number if row.round else None,
        "audience": row.audience,
        "shown_as": row.shown_as,
        "user": row.user_id,
        "items": sorted(row.items.values_list("key", flat=True)),
        "files": sorted(row.files.values_list("stored__sha256", flat=True)),
        "closes_at": row.closes_at,
        "contact": steps.contact_bound(row),
    }


@transaction.atomic
def remind_expert(*, actor: Actor, plan: Plan, row: ExpertInvitation) -> ExpertInvitation:
    """Send the invitation again; the links given so far open no more. Refused, Conflict."""
    require("expert.remind", actor=actor, plan=plan)
    row = _locked(plan, row)
    if row.revoked_at or row.declined_at or row.erased_at:
        raise Conflict(_("This invitation has ended."))
    if row.answered_at is None and signed_at(row) is None and clock.now() >= row.closes_at:
        raise Conflict(_("The time to answer is over: give more time first."))
    if row.user_id is None:
        steps.void_link(row)
    steps.send(row)
    _append(actor, row, "expert.remind", {"closes_at": row.closes_at})
    return row


@transaction.atomic
def revoke_expert(*, actor: Actor, plan: Plan, row: ExpertInvitation) -> ExpertInvitation:
    """End an invitation: its link opens no more. What was said stays. Refused, Conflict."""
    require("expert.revoke", actor=actor, plan=plan)
    row = _locked(plan, row)
    if row.revoked_at is not None:
        raise Conflict(_("This invitation has ended."))
    if row.collective is not None and row.collective.finished_at is not None:
        raise Conflict(_("The common opinion is finished: its members stay."))
    steps.void_link(row)
    steps.note(row, revoked_at=clock.now())
    _append(actor, row, "expert.revoke", {})
    return row


@transaction.atomic
def extend_expert(
    *, actor: Actor, plan: Plan, row: ExpertInvitation, until: Until
) -> ExpertInvitation:
    """Give one invited person more time. Refused, Invalid, Conflict.

    After the end of the round its answer counts as late; that it comes is known to all then.
    """
    require("expert.extend", actor=actor, plan=plan)
    row = _locked(plan, row)
    if row.revoked_at or row.declined_at or row.answered_at:
        raise Conflict(_("This invitation has ended."))
    if until.at <= max(clock.now(), row.closes_at):
        raise Invalid({"closes_on": _("The new end must lie after the present one.")})
    steps.note(
        row, closes_at=until.at, zone=until.zone, longer_until=None, longer_reason="", reminded=""
    )
    steps.send(row)
    _append(actor, row, "expert.extend", {"closes_at": row.closes_at})
    return row


@transaction.atomic
def decide_suggestion(
    *, actor: Actor, plan: Plan, suggestion: ExpertSuggestion, invite: bool
) -> ExpertSuggestion:
    """Invite a suggested person to the same questions, or set the name aside.

    Refused; Conflict when it is decided already; Invalid when the time for these is over.
    """
    require("expert.decide_suggestion", actor=actor, plan=plan)
    plan = lock_plan(plan)
    rows = ExpertSuggestion.objects.select_for_update(of=("self",), no_key=True)
    suggestion = rows.select_related("invitation__round__revision").get(pk=suggestion.pk)
    former = suggestion.invitation
    if former.plan_id != plan.pk or former.round is None:
        raise NotVisible
    if suggestion.outcome or suggestion.erased_at:
        raise Conflict(_("This suggestion is decided already."))
    made = None
    if invite:
        person = Person(
            audience=former.audience,
            name=suggestion.name,
            email=suggestion.email,
            field=suggestion.field,
            shown_as=former.shown_as,
        )
        until = Until(at=former.closes_at, zone=former.zone)
        _require_running(plan, former.round)
        check_person(plan, person, until)
        made = steps.write_invitation(
            plan=plan,
            actor=actor,
            person=person,
            until=until,
            one=former.round,
            questions=former.questions,
            items=former.items.values_list("pk", flat=True),
            files=[f.stored for f in former.files.filter(is_answer=False)],
        )
        steps.send(made)
    outcome = SuggestionOutcome.INVITED if made else SuggestionOutcome.SET_ASIDE
    suggestion.outcome, suggestion.led_to = outcome, made
    suggestion.save(update_fields=["outcome", "led_to"])
    effects = {"suggestion": suggestion.pk, "outcome": outcome.value}
    if made is not None:
        effects |= {"made": made.number, **_invited(made)}
    _append(actor, former, "expert.decide_suggestion", effects)
    return suggestion


@transaction.atomic
def erase_expert(*, actor: Actor, plan: Plan, row: ExpertInvitation) -> ExpertInvitation:
    """Forget name and address of an invited person and of whom it suggested.

    What was asked and said stays, under the number. Refused; Conflict when it was done.
    """
    require_erasing(actor=actor, plan=plan)
    row = _locked(plan, row)
    if row.erased_at is not None:
        raise Conflict(_("Name and address are erased already."))
    if row.answered_at is None and row.revoked_at is None:
        steps.note(row, revoked_at=clock.now())
    steps.erase_contact(row)
    _append(actor, row, "expert.erase", {})
    return row


def remind_due_invitations(*, actor: Actor, now: datetime) -> int:
    """Send the link once more when the last day is near; says how many. Run by the sweep.

    One mail for each invitation, window and deadline. The mail holds another link; who is
    writing on the page stays in.
    """
    if actor.kind is not ActorKind.SYSTEM:
        raise Refused(Verdict(allowed=False, reason=Reason.NO_MANDATE, act="expert.remind"))
    plans = list(Plan.objects.filter(phase=2).values_list("pk", flat=True))
    rows = owed_opinions(plans).filter(
        user__isnull=True, erased_at__isnull=True, sent_at__isnull=False, closes_at__gt=now
    )
    count = 0
    for row in rows:
        key = window_of(closes_at=row.closes_at, now=now)
        if key and key != row.reminded:
            count += _remind_once(row, key)
    return count


@transaction.atomic
def _remind_once(row: ExpertInvitation, key: str) -> int:
    row = steps.lock_invitation(row)
    if row.reminded == key or not row.is_open or signed_at(row) is not None:
        return 0
    steps.note(row, reminded=key)
    steps.queue_link(row)
    return 1


def _locked(plan: Plan, row: ExpertInvitation) -> ExpertInvitation:
    row = steps.lock_invitation(row)
    if row.plan_id != plan.pk:
        raise NotVisible
    return row


def _append(actor: Actor, row: ExpertInvitation, act: str, effects: Mapping[str, object]) -> None:
    record.append(
        chain=record.plan_chain(row.plan.key),
        actor=actor,
        act=act,
        subject=f"expert_invitation:{row.number}",
        effects=effects,
    )
