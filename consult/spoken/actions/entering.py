"""Entering an act for a party: by the joint office on evidence, or by the party ad referendum."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.phase1_organization.sentences import name_of
from consult.spoken import steps
from consult.spoken.checks import check_said
from consult.spoken.content import Said
from consult.spoken.enums import SUBJECTS, ActKind, Standing, confirmer_of
from consult.spoken.models import EnteredAct
from consult.spoken.queries import filtered, visible_entered
from consult.spoken.rules import act_of, binds, require_entering
from consult.spoken.steps import Evidence
from consult.spoken.subjects import Subject, subject_of
from consult.spoken.times import days_to_confirm
from plans.register.models import Plan
from plans.register.steps import lock_plan
from stakeholders.notices.steps import notify
from stakeholders.people.enums import Basis, EvidenceKind
from stakeholders.people.queries import people_of
from stakeholders.people.queries.speaking import confirm_until
from stakeholders.record import steps as record
from stakeholders.templatetags.moment import moment
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor, Role
from stakeholders.terms.duty import Text
from stakeholders.terms.errors import Conflict, Invalid


def enter_for(
    *, actor: Actor, plan: Plan, kind: str, subject: int, code: str, said: Said, evidence: Evidence
) -> EnteredAct:
    """The joint office enters what party `code` said by letter, telephone or in a meeting.

    `subject` is the id of what the act is about. Nothing counts until the party confirms it within
    the charter's days. Raises NotVisible, Refused, Invalid, Conflict.
    """
    return _enter(
        actor=actor,
        plan=plan,
        kind=kind,
        subject=subject,
        code=code,
        said=said,
        evidence=evidence,
        basis=Basis.ON_EVIDENCE,
    )


def enter_ad_referendum(
    *, actor: Actor, plan: Plan, kind: str, subject: int, said: Said, evidence: Evidence
) -> EnteredAct:
    """A person whose mandate does not bind for the act enters it for its own jurisdiction.

    Who can bind (contact point; for positions the signatory) confirms it, within the days of the
    charter. Raises NotVisible, Refused, Invalid, Conflict (where the charter does not allow it).
    """
    return _enter(
        actor=actor,
        plan=plan,
        kind=kind,
        subject=subject,
        code=actor.inside or "",
        said=said,
        evidence=evidence,
        basis=Basis.AD_REFERENDUM,
    )


@transaction.atomic
def _enter(
    *,
    actor: Actor,
    plan: Plan,
    kind: str,
    subject: int,
    code: str,
    said: Said,
    evidence: Evidence,
    basis: Basis,
) -> EnteredAct:
    require_entering(actor=actor, plan=plan, kind=kind, code=code, basis=basis)
    plan = lock_plan(plan)
    require_entering(actor=actor, plan=plan, kind=kind, code=code, basis=basis)
    now = clock.now()
    about = subject_of(plan=plan, kind=kind, pk=subject, at=now)
    _require_speaker(actor=actor, plan=plan, kind=kind, code=code, basis=basis)
    _require_takes(about, code, actor=actor, at=now)
    if basis is Basis.ON_EVIDENCE or evidence.kind:
        _require_evidence(evidence, at=now)
    check_said(about, code, said)
    days = days_to_confirm(plan, about, basis=basis)
    if days is None:
        raise Conflict(_("The charter lets nobody speak ad referendum for a party."))
    act = steps.write_entered(
        actor=actor,
        subject=about,
        code=code,
        basis=basis,
        said=dict(said),
        evidence=evidence,
        at=now,
        confirm_by=confirm_until(at=now, days=days, closes_at=about.cap(code)),
    )
    _tell(act, at=now)
    record.append(
        chain=record.plan_chain(plan.key),
        actor=actor,
        act=act_of(kind, basis),
        subject=f"entered:{act.pk}",
        effects={"commitment": steps.commitment_of(act), "confirm_by": act.confirm_by},
    )
    return act


def _require_speaker(*, actor: Actor, plan: Plan, kind: str, code: str, basis: Basis) -> None:
    """Refuse (Invalid) who would enter where it could or should speak itself."""
    if basis is Basis.ON_EVIDENCE and actor.jurisdiction_code == code:
        text = _("Your own jurisdiction speaks for itself: another coordinator enters it.")
        raise Invalid({"": text})
    if basis is Basis.AD_REFERENDUM and binds(actor=actor, plan=plan, kind=kind, code=code):
        raise Invalid({"": _("Your mandate lets you do this yourself: nobody has to confirm it.")})


def _require_takes(about: Subject, code: str, *, actor: Actor, at: datetime) -> None:
    if code not in about.ends:
        raise Invalid(
            {"": _("This jurisdiction is not asked here: nothing can be entered for it.")}
        )
    if code in about.spoken:
        raise Conflict(_("This jurisdiction has spoken itself: its own act counts."))
    if not about.takes(code, at=at):
        raise Conflict(_("This is closed and takes nothing more."))
    # Of a sealed entry of another nobody learns by trying: the party has then the choice of two.
    field = {SUBJECTS[about.kind]: about.row}
    known = visible_entered(actor=actor).filter(kind=about.kind, jurisdiction=code, **field)
    if filtered(known, standing=Standing.WAITING.value, at=at).exists():
        raise Conflict(_("An act entered for this jurisdiction awaits its confirmation already."))


def _require_evidence(evidence: Evidence, *, at: datetime) -> None:
    errors: dict[str, Text] = {}
    if evidence.kind not in EvidenceKind.values:
        errors["evidence_kind"] = _("Choose one of the values.")
    if not evidence.text.strip():
        errors["evidence_text"] = _("Write down what the letter, the call or the minutes say.")
    if evidence.kind != EvidenceKind.CALL and not evidence.number.strip():
        errors["evidence_number"] = _("Give the number of the letter or of the minutes.")
    if evidence.on is None:
        errors["evidence_on"] = _("Give the date.")
    elif evidence.on > timezone.localdate(at):
        errors["evidence_on"] = _("The evidence cannot be dated after today.")
    if errors:
        raise Invalid(errors)


def _tell(act: EnteredAct, *, at: datetime) -> None:
    """The people who can confirm, and the contact points of the party."""
    code = str(act.jurisdiction_id)
    roles = {confirmer_of(act.kind), Role.CONTACT_POINT}
    people = people_of(codes=[code], roles=sorted(roles), at=at, plan_key=act.plan.key)
    notify(
        people=people.get(code, []),
        kind="spoken.enter",
        title=format_lazy(
            _("{act} was entered for you in {plan}: confirm or refuse it by {date}"),
            act=ActKind(act.kind).label,
            plan=name_of(act.plan, "short"),
            date=moment(act.confirm_by),
        ),
        url=reverse("spoken:detail", args=[act.plan.key, act.pk]),
        key=f"spoken.enter:{act.pk}",
        plan_key=act.plan.key,
    )
