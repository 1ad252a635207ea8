"""Conditions of an agreement in principle: reported as met, and confirmed by who asked for them."""

from django.db import transaction
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.ballots.seen import require_seen
from consult.phase3_identification.models import (
    Condition,
    ConditionConfirmation,
    ConditionReport,
    SignOff,
)
from consult.phase3_identification.queries import (
    ConditionLine,
    get_line,
    has_ended,
    lines_of,
    may_report,
    report_seen,
)
from consult.phase3_identification.queries.conditions import MET, OPEN, REPORTED
from consult.phase3_identification.rules import ACTS
from consult.phase3_identification.telling import open_one, short_title
from plans.register.models import Plan
from plans.register.rules import require
from plans.register.steps import lock_plan
from stakeholders.files.models import StoredFile
from stakeholders.notices.steps import notify
from stakeholders.people.queries import coordinators_of, people_of
from stakeholders.record import steps as record
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Actor, Role
from stakeholders.terms.duty import Text
from stakeholders.terms.errors import Conflict, Invalid

NOT_OPEN = _("This condition waits for nothing: it was reported or confirmed meanwhile.")
NOT_HELD = _("Its holder has taken another position since: this condition counts no more.")
ROLES = [Role.SIGNATORY, Role.CONTACT_POINT]


@transaction.atomic
def report_condition(
    *, actor: Actor, plan: Plan, pk: int, text: str, file: StoredFile | None = None
) -> ConditionReport:
    """Say that a condition is met and what shows it: the party it names, or the joint office.

    Raises NotVisible (also of a sealed position), Refused, Invalid, Conflict.
    """
    plan = lock_plan(plan)
    line, sign_off = _line(actor, plan, pk)
    require("condition.report", ACTS, actor=actor, plan=plan, own=may_report(line, actor=actor))
    _require_state(line, sign_off, OPEN)
    if not text.strip():
        raise Invalid({"text": _("Say what shows that the condition is met.")})
    report = ConditionReport.objects.create(
        condition=line.condition.restates or line.condition,
        mandate_id=actor.mandate,
        text=text.strip(),
        file=file,
        at=clock.now(),
    )
    title = _("A condition of your agreement in principle is reported as met")
    _tell(plan, line.holder, "condition.report", title, report.pk)
    _append(actor, plan, "condition.report", line.condition, report, {"text": text.strip()})
    return report


@transaction.atomic
def confirm_condition(
    *,
    actor: Actor,
    plan: Plan,
    pk: int,
    is_met: bool,
    reason: str = "",
    seen: str | None = None,
) -> ConditionConfirmation:
    """The holder's word on what was reported: met, or not yet with the compulsory reason.

    `seen`: the report on the page (`report_seen`), None where there was no page. Raises NotVisible,
    Refused, Invalid, Conflict (another report stands by now).
    """
    plan = lock_plan(plan)
    line, sign_off = _line(actor, plan, pk)
    is_own = line.holder == actor.inside
    require("condition.confirm", ACTS, actor=actor, plan=plan, own=is_own)
    _require_state(line, sign_off, REPORTED)
    require_seen(seen, now=report_seen(line))
    if not is_met and not reason.strip():
        raise Invalid({"reason": _("Say what is still missing.")})
    if line.report is None:
        raise Conflict(NOT_OPEN)
    word = ConditionConfirmation.objects.create(
        report=line.report,
        mandate_id=actor.mandate,
        is_met=is_met,
        reason=reason.strip(),
        at=clock.now(),
    )
    title = _("A condition is confirmed as met") if is_met else _("A condition is not yet met")
    by = line.condition.by_id
    _tell(plan, str(by) if by else "", "condition.confirm", title, word.pk)
    effects = {"met": "yes" if is_met else "no", "reason": reason.strip()}
    _append(actor, plan, "condition.confirm", line.condition, line.report, effects)
    return word


def _line(actor: Actor, plan: Plan, pk: int) -> tuple[ConditionLine, SignOff]:
    line = get_line(plan=plan, pk=pk, actor=actor, at=clock.now())
    return line, line.condition.declaration.sign_off


def _require_state(line: ConditionLine, sign_off: SignOff, state: str) -> None:
    """Conflict unless the sign-off is open, the condition counts, and it stands at `state`."""
    current = open_one(sign_off.plan)
    if current.pk != sign_off.pk or has_ended(current):
        raise Conflict(_("The sign-off of this condition has ended."))
    if sign_off.closes_at is not None and clock.now() >= sign_off.closes_at:
        raise Conflict(_("The sign-off of this condition has ended."))
    if line.condition.pk not in {row.condition.pk for row in lines_of([sign_off])}:
        raise Conflict(NOT_HELD)
    if line.state != state:
        raise Conflict(_("This condition is met already.") if line.state == MET else NOT_OPEN)


def _tell(plan: Plan, code: str, kind: str, title: Text, pk: int) -> None:
    """The people of one party; without a code, and besides, the joint office."""
    at = clock.now()
    told = set(coordinators_of(plan_key=plan.key, at=at))
    if code:
        people = people_of(codes=[code], roles=ROLES, at=at, plan_key=plan.key)
        told |= {user for ids in people.values() for user in ids}
    notify(
        people=told,
        kind=kind,
        title=format_lazy("{title} · {plan}", title=title, plan=short_title(plan)),
        url=reverse("identification:conditions", args=[plan.key]),
        key=f"{kind}:{pk}",
        plan_key=plan.key,
    )


def _append(
    actor: Actor,
    plan: Plan,
    act: str,
    condition: Condition,
    report: ConditionReport,
    said: dict[str, str],
) -> None:
    """Ids and the digest of what was said; the texts stay with the rows."""
    record.append(
        chain=record.plan_chain(plan.key),
        actor=actor,
        act=act,
        subject=f"condition:{condition.pk}",
        effects={"report": report.pk, "said": canonical.digest(canonical.canonical(said))},
    )
