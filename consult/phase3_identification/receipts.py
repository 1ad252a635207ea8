"""What a party has in hand of its declaration: the receipt as a file, and its verification."""

import json

from consult.ballots.receipts import Receipt, receipt_in
from consult.phase3_identification.models import Declaration
from consult.phase3_identification.standalone_receipt import answer
from plans.register.models import Plan
from stakeholders.record.queries import entries_of, entry_with
from stakeholders.record.steps import plan_chain
from stakeholders.terms import canonical

DECLARING = ("position.take", "reservation.lift")
FORMER = "jointplan-receipt-1"  # without the record: kept, because such files were handed out


def receipt_of(plan: Plan, declaration: Declaration, *, size: int = 0) -> Receipt:
    """The receipt of a declaration of the plan, up to the head told at `size` or the newest one.

    In a sealed sign-off the record holds a commitment, which the nonce opens. Four queries.
    Raises what `receipt_in` raises. Unscoped: for who may read the declaration.
    """
    effects = {"declaration": declaration.hash}
    nonce = declaration.nonce if declaration.sign_off.is_sealed else ""
    if nonce:
        effects = {"commitment": canonical.commitment(declaration.content, nonce)}
    rows = entries_of(chain=plan_chain(plan.key)).filter(act__in=DECLARING)
    entry = entry_with(rows, effects=effects)
    return receipt_in(entry, plan=plan, content=declaration.content, nonce=nonce, size=size)


def fault_in_receipt(text: str, *, root: str = "") -> str:
    """What does not hold in a receipt file, or "" when all of it does.

    `root`: the one in a mail that was kept; the receipt has to lead to it.
    """
    try:
        if json.loads(text)["format"] == FORMER:
            return _fault_in_former(json.loads(text), root)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        return f"the file is no receipt: {type(error).__name__} {error}"
    return answer(text.encode(), root)[0]


def _fault_in_former(row: dict[str, str], root: str) -> str:
    if row["algorithm"] != canonical.ALGORITHM:
        return "format: unknown format or hash algorithm"
    if canonical.digest(row["content"]) != row["hash"]:
        return "position: its text does not match its hash"
    if "nonce" in row and canonical.commitment(row["content"], row["nonce"]) != row["commitment"]:
        return "commitment: the nonce does not open it"
    return "root: a receipt of the former format leads to none, fetch it again" if root else ""
