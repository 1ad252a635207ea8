"""Row writes of the balance, the people told, and the entry on record."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Max

from consult.balance.models import (
    Compensation,
    CompensationAnswer,
    QuotaTransfer,
    QuotaTransferAnswer,
    Settlement,
    SettlementAnswer,
)
from consult.balance.queries import Quoted
from consult.balance.quotas import Move
from plans.register.models import Item, Plan
from stakeholders.files.models import StoredFile
from stakeholders.notices.steps import notify
from stakeholders.people.queries import people_of
from stakeholders.record import steps as record
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor, Role
from stakeholders.terms.errors import Text


@dataclass(frozen=True, kw_only=True)
class TransferText:
    """What a transfer says besides who gives whom how much."""

    price: Decimal | None = None
    basis_zh: str = ""
    basis_en: str = ""
    file: StoredFile | None = None


@dataclass(frozen=True, kw_only=True)
class CompensationText:
    """What a compensation says besides who pays whom. `yearly_amount` None: by the rule."""

    title_zh: str
    from_year: int
    until_year: int
    title_en: str = ""
    rule_zh: str = ""
    rule_en: str = ""
    yearly_amount: Decimal | None = None
    item: Item | None = None
    file: StoredFile | None = None


@dataclass(frozen=True, kw_only=True)
class Stated:
    """What the payer says of one year."""

    year: int
    amount_due: Decimal
    amount_paid: Decimal
    paid_on: date | None = None
    note: str = ""
    file: StoredFile | None = None


def _next(model: type[QuotaTransfer | Compensation], plan: Plan) -> int:
    """The number after the last; the plan's row is locked by the action."""
    found = model._default_manager.filter(plan=plan).aggregate(last=Max("number"))["last"]
    return int(found or 0) + 1


def add_transfer(
    *, plan: Plan, actor: Actor, item: Quoted, move: Move, text: TransferText
) -> QuotaTransfer:
    return QuotaTransfer.objects.create(
        plan=plan,
        number=_next(QuotaTransfer, plan),
        item_id=item.item_id,
        version_hash=item.version_hash,
        giver_id=move.giver,
        taker_id=move.taker,
        amount=move.amount,
        mandate_id=actor.mandate,
        at=clock.now(),
        **vars(text),
    )


def answer_transfer(
    *, transfer: QuotaTransfer, actor: Actor, confirms: bool, reason: str = ""
) -> QuotaTransferAnswer:
    return QuotaTransferAnswer.objects.create(
        transfer=transfer,
        jurisdiction_id=actor.jurisdiction,
        confirms=confirms,
        reason=reason,
        mandate_id=actor.mandate,
        at=clock.now(),
    )


def add_compensation(
    *, plan: Plan, actor: Actor, payer: str, payee: str, text: CompensationText
) -> Compensation:
    return Compensation.objects.create(
        plan=plan,
        number=_next(Compensation, plan),
        payer_id=payer,
        payee_id=payee,
        mandate_id=actor.mandate,
        at=clock.now(),
        **vars(text),
    )


def answer_compensation(
    *, compensation: Compensation, actor: Actor, confirms: bool, reason: str = ""
) -> CompensationAnswer:
    return CompensationAnswer.objects.create(
        compensation=compensation,
        jurisdiction_id=actor.jurisdiction,
        confirms=confirms,
        reason=reason,
        mandate_id=actor.mandate,
        at=clock.now(),
    )


def add_settlement(
    *,
    actor: Actor,
    stated: Stated,
    transfer: QuotaTransfer | None = None,
    compensation: Compensation | None = None,
) -> Settlement:
    return Settlement.objects.create(
        transfer=transfer,
        compensation=compensation,
        mandate_id=actor.mandate,
        at=clock.now(),
        **vars(stated),
    )


def answer_settlement(
    *, settlement: Settlement, actor: Actor, confirms: bool, reason: str = ""
) -> SettlementAnswer:
    return SettlementAnswer.objects.create(
        settlement=settlement,
        confirms=confirms,
        reason=reason,
        mandate_id=actor.mandate,
        at=clock.now(),
    )


def tell(*, plan: Plan, codes: Iterable[str], kind: str, title: Text, url: str, key: str) -> None:
    """A notice to who may bind the parties named."""
    roles = [Role.CONTACT_POINT, Role.SIGNATORY]
    people = people_of(codes=codes, roles=roles, at=clock.now(), plan_key=plan.key)
    notify(
        people=sorted({pk for ids in people.values() for pk in ids}),
        kind=kind,
        title=title,
        url=url,
        key=key,
        plan_key=plan.key,
    )


def put_on_record(
    *, actor: Actor, plan: Plan, act: str, subject: str, effects: Mapping[str, object]
) -> None:
    record.append(
        chain=record.plan_chain(plan.key), actor=actor, act=act, subject=subject, effects=effects
    )
