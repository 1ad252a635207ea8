"""A paid transfer of land quota, and one compensation for water with its first year settled."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from consult.balance import actions
from consult.balance.models import Compensation, QuotaTransfer, Settlement
from consult.balance.steps import CompensationText, Stated, TransferText
from consult.demonstration.papers import letter_paper
from consult.demonstration.reading import Row, numbered, table
from consult.demonstration.replay.measures import item_key
from consult.demonstration.replay.stage import Scene, Stage, kept
from plans.register.models import Item
from stakeholders.files.models import StoredFile
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.terms.actor import Actor

CHECKPOINT = 430  # the day that is now: its year is the one still open
PROOF = "付款凭证（演示）"


def scenes() -> list[Scene]:
    found = []
    for number, row in enumerate(table("transfers"), start=1):
        found += [
            Scene(day=int(row["proposed_day"]), play=_propose_transfer(row)),
            Scene(day=int(row["confirmed_day"]), play=_confirm_transfer(number, row)),
            Scene(day=int(row["paid_day"]), play=_pay_transfer(number, row)),
            Scene(day=int(row["received_day"]), play=_receive(row["giver"])),
        ]
    for number, row in enumerate(table("compensations"), start=1):
        found += [
            Scene(day=int(row["proposed_day"]), play=_propose_compensation(row)),
            Scene(day=int(row["confirmed_day"]), play=_confirm_compensation(number, row)),
            Scene(day=int(row["paid_day"]), play=_pay_compensation(number, row)),
            Scene(day=int(row["received_day"]), play=_receive(row["payee"])),
        ]
    return found


def _propose_transfer(row: Row) -> Callable[[Stage], None]:
    """By the contact point of the giver, which confirms it for its side at once."""

    def play(stage: Stage) -> None:
        actor = stage.contact(row["giver"])
        actions.propose_transfer(
            actor=actor,
            plan=stage.plan,
            item=item_key(row["indicator"]),
            giver=row["giver"],
            taker=row["taker"],
            amount=Decimal(row["amount"]),
            text=TransferText(
                price=Decimal(row["price"]),
                basis_zh=row["basis_zh"],
                basis_en=row["basis_en"],
                file=_agreement(stage, row, actor, "用地指标有偿调剂协议", row["basis_zh"]),
            ),
        )

    return play


def _agreement(stage: Stage, row: Row, actor: Actor, title: str, text: str) -> StoredFile:
    on = stage.date(int(row["proposed_day"]))
    sides = [row[name] for name in ("giver", "taker", "payer", "payee") if name in row]
    names = Jurisdiction.objects.in_bulk(sides)
    content = letter_paper(
        title=title,
        number=numbered(row["letter_no"], on),
        text=text,
        issuer="、".join(names[code].name_zh for code in sides),
        on=on,
    )
    return kept(stage, actor=actor, name=f"{title}.pdf", content=content)


def _confirm_transfer(number: int, row: Row) -> Callable[[Stage], None]:
    def play(stage: Stage) -> None:
        actions.confirm_transfer(
            actor=stage.contact(row["taker"]),
            plan=stage.plan,
            transfer=QuotaTransfer.objects.get(plan__key=stage.key, number=number),
            confirms=True,
        )

    return play


def _pay_transfer(number: int, row: Row) -> Callable[[Stage], None]:
    """The taker pays the price, which is owed for the year in which both had confirmed."""

    def play(stage: Stage) -> None:
        transfer = QuotaTransfer.objects.get(plan__key=stage.key, number=number)
        year = stage.date(int(row["confirmed_day"])).year
        _pay(stage, of=transfer, code=row["taker"], year=year, amount=row["price"], row=row)

    return play


def _propose_compensation(row: Row) -> Callable[[Stage], None]:
    """By the contact point of the payer, which confirms it for its side at once."""

    def play(stage: Stage) -> None:
        actor, first = stage.contact(row["payer"]), _first_year(stage)
        actions.propose_compensation(
            actor=actor,
            plan=stage.plan,
            payer=row["payer"],
            payee=row["payee"],
            text=CompensationText(
                title_zh=row["title_zh"],
                title_en=row["title_en"],
                rule_zh=row["rule_zh"],
                rule_en=row["rule_en"],
                yearly_amount=Decimal(row["yearly_amount"]),
                item=Item.objects.get(plan__key=stage.key, key=row["item"]),
                from_year=first,
                until_year=first + int(row["years"]) - 1,
                file=_agreement(stage, row, actor, f"{row['title_zh']}协议", row["rule_zh"]),
            ),
        )

    return play


def _first_year(stage: Stage) -> int:
    """The year before now, so that one year is over and one runs, whenever it is loaded."""
    return stage.date(CHECKPOINT).year - 1


def _confirm_compensation(number: int, row: Row) -> Callable[[Stage], None]:
    def play(stage: Stage) -> None:
        actions.confirm_compensation(
            actor=stage.contact(row["payee"]),
            plan=stage.plan,
            compensation=Compensation.objects.get(plan__key=stage.key, number=number),
            confirms=True,
        )

    return play


def _pay_compensation(number: int, row: Row) -> Callable[[Stage], None]:
    def play(stage: Stage) -> None:
        made = Compensation.objects.get(plan__key=stage.key, number=number)
        year, amount = _first_year(stage), row["yearly_amount"]
        _pay(stage, of=made, code=row["payer"], year=year, amount=amount, row=row)

    return play


def _pay(
    stage: Stage,
    *,
    of: QuotaTransfer | Compensation,
    code: str,
    year: int,
    amount: str,
    row: Row,
) -> None:
    """The payer states a year as paid in full, with the proof of payment."""
    actor, on = stage.contact(code), stage.date(int(row["paid_day"]))
    actions.state_settlement(
        actor=actor,
        plan=stage.plan,
        of=of,
        stated=Stated(
            year=year,
            amount_due=Decimal(amount),
            amount_paid=Decimal(amount),
            paid_on=on,
            file=_proof(stage, actor, code=code, year=year, amount=amount, on=on),
        ),
    )


def _proof(
    stage: Stage, actor: Actor, *, code: str, year: int, amount: str, on: date
) -> StoredFile:
    content = letter_paper(
        title=PROOF,
        number="",
        text=f"{year}年度款项{amount}万元已经支付（演示）。",
        issuer=Jurisdiction.objects.get(pk=code).name_zh,
        on=on,
    )
    return kept(stage, actor=actor, name=f"{PROOF}.pdf", content=content)


def _receive(code: str) -> Callable[[Stage], None]:
    """The payee confirms what was stated to it last."""

    def play(stage: Stage) -> None:
        stated = Settlement.objects.filter(answer=None)
        waiting = stated.filter(transfer__plan__key=stage.key) | stated.filter(
            compensation__plan__key=stage.key
        )
        actions.confirm_settlement(
            actor=stage.contact(code), plan=stage.plan, settlement=waiting.get(), confirms=True
        )

    return play
