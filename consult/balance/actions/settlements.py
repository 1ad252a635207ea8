"""Settling a year: the payer states what was due and paid, the payee confirms it or says no."""

from django.db import transaction
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from consult.balance import steps
from consult.balance.actions.agreements import NO_FIGURE
from consult.balance.enums import YearState
from consult.balance.models import Compensation, QuotaTransfer, Settlement, SettlementAnswer
from consult.balance.queries import (
    Agreed,
    YearRow,
    get_compensation,
    get_settlement,
    get_transfer,
)
from consult.balance.rules import require
from consult.balance.steps import Stated
from consult.balance.sums import is_amount
from plans.register.models import Plan
from plans.register.steps import lock_plan
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Conflict, Invalid, Text


@transaction.atomic
def state_settlement(
    *, actor: Actor, plan: Plan, of: QuotaTransfer | Compensation, stated: Stated
) -> Settlement:
    """State, as the payer, what was due and what was paid for a year. A later one counts instead.

    Refused, Invalid, Conflict (not agreed by both, or the year is settled).
    """
    is_transfer = isinstance(of, QuotaTransfer)
    payer = of.taker_id if isinstance(of, QuotaTransfer) else of.payer_id
    require("settlement.state", actor=actor, plan=plan, sides=(payer,))
    plan = lock_plan(plan)
    row: Agreed = (
        get_transfer(actor=None, plan=plan, number=of.number)
        if is_transfer
        else get_compensation(actor=None, plan=plan, number=of.number)
    )
    if not row.years:
        raise Conflict(_("Nothing is owed: it is not confirmed by both, or has no price."))
    year = next((one for one in row.years if one.year == stated.year), None)
    faults = _faults(year, stated)
    if faults:
        raise Invalid(faults)
    if year is not None and year.state == YearState.SETTLED:
        raise Conflict(_("This year is settled: the payee has confirmed all of it."))
    made = steps.add_settlement(
        actor=actor,
        stated=stated,
        transfer=of if isinstance(of, QuotaTransfer) else None,
        compensation=of if isinstance(of, Compensation) else None,
    )
    _tell(
        plan,
        of,
        made,
        row.payee,
        "settlement.state",
        _("{key}: payment for {year} stated, confirm it"),
    )
    steps.put_on_record(
        actor=actor,
        plan=plan,
        act="settlement.state",
        subject=f"{_kind(of)}:{of}",
        effects={
            "settlement": made.pk,
            "year": stated.year,
            "due": format(stated.amount_due, "f"),
            "paid": format(stated.amount_paid, "f"),
            "paid_on": str(stated.paid_on) if stated.paid_on else None,
            "note": canonical.digest(stated.note) if stated.note else "",
            "file": stated.file.sha256 if stated.file else "",
        },
    )
    return made


def _faults(year: YearRow | None, stated: Stated) -> dict[str, Text]:
    if year is None:
        return {"year": _("This year is not one of those that are to be settled.")}
    faults: dict[str, Text] = {}
    for name in ("amount_due", "amount_paid"):
        if not is_amount(getattr(stated, name)):
            faults[name] = NO_FIGURE
    if faults:
        return faults
    if stated.amount_paid > stated.amount_due:
        faults["amount_paid"] = _("More than is due cannot be settled for the year.")
    if year.agreed is not None and stated.amount_due != year.agreed and not stated.note.strip():
        faults["note"] = _("What is due differs from what was agreed: say why.")
    if stated.amount_paid and stated.paid_on is None:
        faults["paid_on"] = _("Say on what day it was paid.")
    if stated.paid_on is not None and stated.paid_on > localtime(clock.now()).date():
        faults["paid_on"] = _("This day lies ahead.")
    if stated.amount_paid and stated.file is None:
        faults["file"] = _("Attach the proof of payment.")
    return faults


@transaction.atomic
def confirm_settlement(
    *, actor: Actor, plan: Plan, settlement: Settlement, confirms: bool, reason: str = ""
) -> SettlementAnswer:
    """Confirm, as the payee, that it was received as stated, or say no with the reason.

    Refused, Invalid, Conflict (answered already, or stated anew since).
    """
    row, _year = get_settlement(actor=None, plan=plan, pk=settlement.pk)
    require("settlement.confirm", actor=actor, plan=plan, sides=(row.payee,))
    plan = lock_plan(plan)
    row, year = get_settlement(actor=None, plan=plan, pk=settlement.pk)
    newest = year.newest
    if newest is None or newest.pk != settlement.pk:
        raise Conflict(_("The payer has stated this year anew since: answer that."))
    if year.state != YearState.STATED:
        raise Conflict(_("Your side has said its word already."))
    if not confirms and not reason.strip():
        raise Invalid({"reason": _("Say what was not received, or why it is not right.")})
    answer = steps.answer_settlement(
        settlement=newest, actor=actor, confirms=confirms, reason=reason.strip()
    )
    of = newest.transfer or newest.compensation
    if of is None:
        raise ValueError("a settlement is of one agreement")
    title = (
        _("{key}: payment for {year} was confirmed")
        if confirms
        else _("{key}: payment for {year} was not confirmed")
    )
    _tell(plan, of, newest, row.payer, "settlement.confirm", title)
    steps.put_on_record(
        actor=actor,
        plan=plan,
        act="settlement.confirm",
        subject=f"{_kind(of)}:{of}",
        effects={
            "answer": answer.pk,
            "settlement": newest.pk,
            "year": newest.year,
            "confirms": confirms,
            "reason": canonical.digest(answer.reason) if answer.reason else "",
        },
    )
    return answer


def _kind(of: QuotaTransfer | Compensation) -> str:
    return "transfer" if isinstance(of, QuotaTransfer) else "compensation"


def _tell(
    plan: Plan,
    of: QuotaTransfer | Compensation,
    made: Settlement,
    code: str,
    kind: str,
    title: Text,
) -> None:
    steps.tell(
        plan=plan,
        codes=[code],
        kind=kind,
        title=format_lazy(title, key=str(of), year=str(made.year)),
        url=reverse(f"balance:{_kind(of)}", args=[plan.key, of.number]),
        key=f"{kind}:{made.pk}",
    )
