"""The common opinion of a group of experts: written by the office, signed by each member."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.phase2_preparation.checks import check_person
from consult.phase2_preparation.enums import Asks, OpinionResult, SignedBy
from consult.phase2_preparation.models import (
    CollectiveOpinion,
    ExpertInvitation,
    PanelSignature,
)
from consult.phase2_preparation.queries.experts import is_asked, members_of
from consult.phase2_preparation.rules import require, require_asked
from consult.phase2_preparation.steps import experts as steps
from consult.phase2_preparation.steps import panels
from consult.phase2_preparation.steps.experts import Person, Until
from plans.register.models import Plan
from plans.register.queries import latest_revision
from plans.register.steps import lock_plan
from stakeholders.files.models import StoredFile
from stakeholders.notices.steps import notify
from stakeholders.people.queries import coordinators_of
from stakeholders.record import steps as record
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor, ActorKind
from stakeholders.terms.errors import Conflict, Invalid, NotVisible


@dataclass(frozen=True, kw_only=True)
class Minuted:
    """What a group of experts says in common, and when and where it met."""

    held_on: date
    place: str
    result: str
    text: str
    file: StoredFile | None = None


@transaction.atomic
def write_collective(
    *, actor: Actor, plan: Plan, minuted: Minuted, one: CollectiveOpinion | None = None
) -> CollectiveOpinion:
    """Write the common opinion on the latest revision, or change one that is not finished.

    Signatures given to other words count no more. Refused, Invalid, Conflict.
    """
    require("collective.write", actor=actor, plan=plan)
    plan = lock_plan(plan)
    if minuted.result not in OpinionResult.values:
        raise Invalid({"result": _("Choose one of the values.")})
    if not minuted.text.strip():
        raise Invalid({"text": _("Say it in words.")})
    if not minuted.place.strip():
        raise Invalid({"place": _("Give the place.")})
    if minuted.held_on > timezone.localdate(clock.now()):
        raise Invalid({"held_on": _("The meeting cannot lie after today.")})
    if one is None:
        revision = latest_revision(plan)
        if revision is None:
            raise Invalid({"": _("This needs a published revision of the plan.")})
        one = panels.new_collective(plan=plan, revision=revision)
    else:
        one = _unfinished(plan, one)
    panels.write_minuted(
        one,
        actor=actor,
        held_on=minuted.held_on,
        place=minuted.place.strip(),
        result=minuted.result,
        text=minuted.text.strip(),
        file=minuted.file,
    )
    effects = {
        "revision": one.revision.number,
        "content": one.content,
        "file": one.file.sha256 if one.file else None,
    }
    _append(actor, one, "collective.write", effects)
    return one


@transaction.atomic
def add_member(
    *,
    actor: Actor,
    plan: Plan,
    one: CollectiveOpinion,
    person: Person,
    is_chair: bool,
    until: Until,
) -> ExpertInvitation:
    """Name a member and ask for the signature. Refused, Invalid, Conflict."""
    require("collective.add_member", actor=actor, plan=plan)
    plan = lock_plan(plan)
    one = _unfinished(plan, one)
    check_person(plan, person, until)
    if is_chair and one.members.filter(is_chair=True, revoked_at__isnull=True).exists():
        raise Invalid({"is_chair": _("There is a chair already.")})
    one.members.filter(is_chair=True, revoked_at__isnull=False).update(is_chair=False)
    row = steps.write_invitation(
        plan=plan,
        actor=actor,
        person=person,
        until=until,
        collective=one,
        is_chair=is_chair,
    )
    steps.send(row)
    effects = {
        "member": row.number,
        "chair": is_chair,
        "user": row.user_id,
        "contact": steps.contact_bound(row),
    }
    _append(actor, one, "collective.add_member", effects)
    return row


@transaction.atomic
def sign_collective(*, actor: Actor, row: ExpertInvitation, content: str) -> PanelSignature:
    """Sign the common opinion in the words read (`content`). NotVisible, Refused, Conflict."""
    require_asked("collective.sign", actor=actor, plan=row.plan, is_asked=is_asked(actor, row))
    plan = lock_plan(row.plan)
    row = steps.lock_invitation(row)
    if row.asks != Asks.SIGNATURE or row.collective is None:
        raise NotVisible
    if row.revoked_at is not None or clock.now() >= row.closes_at:
        raise Conflict(_("This invitation has ended."))
    one = _unfinished(plan, row.collective)
    if content != one.content:
        raise Conflict(_("The words were changed meanwhile: read them again."))
    way = SignedBy.LINK if actor.kind is ActorKind.LINK else SignedBy.ACCOUNT
    made = _signed(row, one, way, actor)
    notify(
        people=coordinators_of(plan_key=plan.key, at=clock.now()),
        kind="expert",
        title=format_lazy(_("The common opinion was signed: {who}"), who=row.pseudonym),
        url=reverse("preparation:collective", args=[plan.key, one.number]),
        key=f"collective:{one.pk}:signed:{made.pk}",
        plan_key=plan.key,
    )
    _append(actor, one, "collective.sign", {"member": row.number, "content": one.content})
    return made


@transaction.atomic
def enter_signature(
    *, actor: Actor, plan: Plan, one: CollectiveOpinion, row: ExpertInvitation
) -> PanelSignature:
    """Enter that a member signed on paper; the signed copy lies beside. Refused, Conflict."""
    require("collective.enter_signature", actor=actor, plan=plan)
    plan = lock_plan(plan)
    one = _unfinished(plan, one)
    row = steps.lock_invitation(row)
    if row.collective_id != one.pk or row.revoked_at is not None:
        raise NotVisible
    if one.file is None:
        raise Conflict(_("Add the signed copy first."))
    made = _signed(row, one, SignedBy.PAPER, actor)
    effects = {"member": row.number, "content": one.content, "file": one.file.sha256}
    _append(actor, one, "collective.enter_signature", effects)
    return made


@transaction.atomic
def finish_collective(*, actor: Actor, plan: Plan, one: CollectiveOpinion) -> CollectiveOpinion:
    """Let the common opinion stand. Refused; Conflict without the chair's signature under it."""
    require("collective.finish", actor=actor, plan=plan)
    plan = lock_plan(plan)
    one = _unfinished(plan, one)
    members = members_of(one)
    if not any(member.invitation.is_chair and member.signature for member in members):
        raise Conflict(_("The chair has not signed these words yet."))
    panels.finish(one)
    effects = {
        "content": one.content,
        "file": one.file.sha256 if one.file else None,
        "signed": [m.invitation.number for m in members if m.signature],
        "unsigned": [m.invitation.number for m in members if not m.signature],
    }
    _append(actor, one, "collective.finish", effects)
    return one


def _signed(
    row: ExpertInvitation, one: CollectiveOpinion, way: SignedBy, actor: Actor
) -> PanelSignature:
    if row.signatures.filter(content=one.content).exists():
        raise Conflict(_("This member has signed already."))
    return panels.write_signature(row, content=one.content, way=way, actor=actor)


def _unfinished(plan: Plan, one: CollectiveOpinion) -> CollectiveOpinion:
    """The common opinion, locked. NotVisible in another plan; Conflict once it stands."""
    one = panels.lock_collective(one)
    if one.plan_id != plan.pk:
        raise NotVisible
    if one.finished_at is not None:
        raise Conflict(_("The common opinion is finished."))
    return one


def _append(actor: Actor, one: CollectiveOpinion, act: str, effects: Mapping[str, object]) -> None:
    record.append(
        chain=record.plan_chain(one.plan.key),
        actor=actor,
        act=act,
        subject=f"collective_opinion:{one.number}",
        effects=effects,
    )
