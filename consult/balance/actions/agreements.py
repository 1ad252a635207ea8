"""Proposing and confirming what two parties agree on: a transfer of quota, a compensation."""

from decimal import Decimal

from django.db import transaction
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.balance import steps
from consult.balance.enums import AgreementState
from consult.balance.models import (
    Compensation,
    CompensationAnswer,
    QuotaTransfer,
    QuotaTransferAnswer,
)
from consult.balance.queries import (
    Agreed,
    codes_of,
    get_compensation,
    get_transfer,
    quoted_in,
    transfers_of,
)
from consult.balance.quotas import Move, fault
from consult.balance.rules import BINDING, require
from consult.balance.steps import CompensationText, TransferText
from consult.balance.sums import is_amount
from plans.register.models import Plan
from plans.register.steps import lock_plan
from stakeholders.terms import canonical
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Conflict, Invalid, Text

YEARS = range(2000, 2101)
NO_FIGURE = _("Enter an amount of at most twelve digits, with at most two decimal places.")
NO_PARTY = _("Choose a party of the plan.")


@transaction.atomic
def propose_transfer(
    *,
    actor: Actor,
    plan: Plan,
    item: str,
    giver: str,
    taker: str,
    amount: Decimal,
    text: TransferText,
) -> QuotaTransfer:
    """Propose that `giver` passes `amount` of the quota of the indicator `item` on to `taker`.

    By one of the two; proposed by who may bind it, it is confirmed by that side at once. Refused,
    Invalid (not that much left, no sum, guarded, no such share).
    """
    require("transfer.propose", actor=actor, plan=plan, sides=(giver, taker))
    plan = lock_plan(plan)
    found = next((one for one in quoted_in(plan) if one.key == item), None)
    if found is None:
        raise Invalid({"item": _("This indicator allots nothing to the parties.")})
    move = Move(giver=giver, taker=taker, amount=amount)
    moves = _moves(plan, found.item_id)
    faults = fault(found.quota, moves=moves, move=move) | _price_fault(text.price)
    if faults:
        raise Invalid(faults)
    transfer = steps.add_transfer(plan=plan, actor=actor, item=found, move=move, text=text)
    answer = None
    if actor.role in BINDING:
        answer = steps.answer_transfer(transfer=transfer, actor=actor, confirms=True)
    _ask(
        actor, plan, transfer, "transfer.propose", _("A quota transfer waits for your word: {key}")
    )
    steps.put_on_record(
        actor=actor,
        plan=plan,
        act="transfer.propose",
        subject=f"transfer:{transfer}",
        effects={
            "transfer": transfer.pk,
            "item": item,
            "version": found.version_hash,
            "giver": giver,
            "taker": taker,
            "amount": format(amount, "f"),
            "price": _plain(text.price),
            "basis": canonical.digest_of([text.basis_zh, text.basis_en]),
            "file": _hash(text.file),
            "confirmed": answer is not None,
        },
    )
    return transfer


@transaction.atomic
def confirm_transfer(
    *, actor: Actor, plan: Plan, transfer: QuotaTransfer, confirms: bool, reason: str = ""
) -> QuotaTransferAnswer:
    """Confirm a transfer for one's own side, or refuse it with the reason; once, for good.

    With both it counts. Refused, Invalid, Conflict (answered, refused, wording changed, or the
    giver has not that much left any more).
    """
    sides = (transfer.giver_id, transfer.taker_id)
    require("transfer.confirm", actor=actor, plan=plan, sides=sides)
    plan = lock_plan(plan)
    row = get_transfer(actor=None, plan=plan, number=transfer.number)
    _check_word(row, actor, confirms, reason)
    if confirms and row.item is not None:
        moves = _moves(plan, row.row.item_id)
        faults = fault(row.item.quota, moves=moves, move=row.move)
        if faults:
            raise Conflict(next(iter(faults.values())))
    answer = steps.answer_transfer(
        transfer=row.row, actor=actor, confirms=confirms, reason=reason.strip()
    )
    words = (
        _("Quota transfer {key} was confirmed")
        if confirms
        else _("Quota transfer {key} was refused")
    )
    _ask(actor, plan, transfer, "transfer.confirm", words)
    _record_word(actor, plan, "transfer.confirm", f"transfer:{transfer}", answer)
    return answer


def _moves(plan: Plan, item_id: int) -> list[Move]:
    return [
        one.move
        for one in transfers_of(actor=None, plan=plan)
        if one.is_in_force and one.row.item_id == item_id
    ]


@transaction.atomic
def propose_compensation(
    *, actor: Actor, plan: Plan, payer: str, payee: str, text: CompensationText
) -> Compensation:
    """Propose that `payer` compensates `payee` each year. By one of the two, as a transfer.

    Refused, Invalid.
    """
    require("compensation.propose", actor=actor, plan=plan, sides=(payer, payee))
    plan = lock_plan(plan)
    faults = _compensation_faults(plan, payer, payee, text)
    if faults:
        raise Invalid(faults)
    made = steps.add_compensation(plan=plan, actor=actor, payer=payer, payee=payee, text=text)
    answer = None
    if actor.role in BINDING:
        answer = steps.answer_compensation(compensation=made, actor=actor, confirms=True)
    _ask(actor, plan, made, "compensation.propose", _("A compensation waits for your word: {key}"))
    steps.put_on_record(
        actor=actor,
        plan=plan,
        act="compensation.propose",
        subject=f"compensation:{made}",
        effects={
            "compensation": made.pk,
            "payer": payer,
            "payee": payee,
            "years": [text.from_year, text.until_year],
            "amount": _plain(text.yearly_amount),
            "item": text.item.key if text.item else None,
            "text": canonical.digest_of([text.title_zh, text.title_en, text.rule_zh, text.rule_en]),
            "file": _hash(text.file),
            "confirmed": answer is not None,
        },
    )
    return made


@transaction.atomic
def confirm_compensation(
    *, actor: Actor, plan: Plan, compensation: Compensation, confirms: bool, reason: str = ""
) -> CompensationAnswer:
    """Confirm a compensation for one's own side, or refuse it with the reason; once, for good.

    Refused, Invalid, Conflict.
    """
    sides = (compensation.payer_id, compensation.payee_id)
    require("compensation.confirm", actor=actor, plan=plan, sides=sides)
    plan = lock_plan(plan)
    row = get_compensation(actor=None, plan=plan, number=compensation.number)
    _check_word(row, actor, confirms, reason)
    answer = steps.answer_compensation(
        compensation=row.row, actor=actor, confirms=confirms, reason=reason.strip()
    )
    words = (
        _("Compensation {key} was confirmed") if confirms else _("Compensation {key} was refused")
    )
    _ask(actor, plan, compensation, "compensation.confirm", words)
    _record_word(actor, plan, "compensation.confirm", f"compensation:{compensation}", answer)
    return answer


def _compensation_faults(
    plan: Plan, payer: str, payee: str, text: CompensationText
) -> dict[str, Text]:
    faults: dict[str, Text] = {}
    known = codes_of(plan)
    for name, code in (("payer", payer), ("payee", payee)):
        if code not in known:
            faults[name] = NO_PARTY
    if payer == payee:
        faults["payee"] = _("Payer and payee are two parties.")
    if not text.title_zh.strip():
        faults["title_zh"] = _("Say what is compensated.")
    if text.from_year not in YEARS or text.until_year not in YEARS:
        faults["from_year"] = _("Enter years between 2000 and 2100.")
    elif text.until_year < text.from_year:
        faults["until_year"] = _("The last year must not lie before the first.")
    if text.yearly_amount is None and not (text.rule_zh.strip() or text.rule_en.strip()):
        faults["yearly_amount"] = _("Name the amount a year, or the rule it follows from.")
    elif text.yearly_amount is not None and (
        not is_amount(text.yearly_amount) or not text.yearly_amount
    ):
        faults["yearly_amount"] = NO_FIGURE
    if text.item is not None and text.item.plan_id != plan.pk:
        faults["item"] = _("Choose an item of this plan.")
    return faults


def _price_fault(price: Decimal | None) -> dict[str, Text]:
    return {} if price is None or is_amount(price) else {"price": NO_FIGURE}


def _check_word(row: Agreed, actor: Actor, confirms: bool, reason: str) -> None:
    if row.state == AgreementState.OVERTAKEN:
        raise Conflict(_("The wording of the indicator changed since: propose it anew."))
    if actor.jurisdiction in {one.jurisdiction_id for one in row.answers}:
        raise Conflict(_("Your side has said its word already."))
    if row.state != AgreementState.PROPOSED:
        raise Conflict(_("This was refused: propose it anew."))
    if not confirms and not reason.strip():
        raise Invalid({"reason": _("Say why it is refused.")})


def _ask(
    actor: Actor, plan: Plan, made: QuotaTransfer | Compensation, kind: str, title: Text
) -> None:
    """Tell the other side."""
    is_transfer = isinstance(made, QuotaTransfer)
    pair = (
        (made.giver_id, made.taker_id)
        if isinstance(made, QuotaTransfer)
        else (made.payer_id, made.payee_id)
    )
    page = "balance:transfer" if is_transfer else "balance:compensation"
    steps.tell(
        plan=plan,
        codes=[code for code in pair if code != actor.jurisdiction],
        kind=kind,
        title=format_lazy(title, key=str(made)),
        url=reverse(page, args=[plan.key, made.number]),
        key=f"{kind}:{made.pk}:{actor.jurisdiction}",
    )


def _record_word(
    actor: Actor,
    plan: Plan,
    act: str,
    subject: str,
    answer: QuotaTransferAnswer | CompensationAnswer,
) -> None:
    steps.put_on_record(
        actor=actor,
        plan=plan,
        act=act,
        subject=subject,
        effects={
            "answer": answer.pk,
            "jurisdiction": answer.jurisdiction_id,
            "confirms": answer.confirms,
            "reason": canonical.digest(answer.reason) if answer.reason else "",
        },
    )


def _plain(figure: Decimal | None) -> str | None:
    return None if figure is None else format(figure, "f")


def _hash(file: object) -> str:
    return str(getattr(file, "sha256", "") or "")
