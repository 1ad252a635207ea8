"""What one cell opens: who said what, when, under which mandate, on which wording, and since."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from consult.ballots.enums import PositionValue
from consult.phase3_identification.board import BoardCell, BoardRow, spoken
from consult.phase3_identification.consent_matrix.looks import LOOKS, Look, look_of, word_of
from consult.phase3_identification.consent_matrix.owing import counting_reasons
from consult.phase3_identification.queries import ConditionLine, Said, lines_of, said_on, sees
from plans.register.models import Plan
from plans.text.comparing import between_versions
from plans.text.shown import ItemDifference, differences_of, for_reader
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.terms.actor import Actor


@dataclass(frozen=True, kw_only=True)
class Opened:
    """One cell. `said` is what counts now, `former` what came before it; both empty when sealed.

    `difference`: between the wording it was said on and the present one, where they differ.
    """

    row: BoardRow
    party: Jurisdiction
    cell: BoardCell
    look: Look
    word: str
    why: str
    reasons: Sequence[str]
    is_sealed: bool
    said: Said | None = None
    former: Sequence[Said] = ()
    difference: ItemDifference | None = None
    conditions: Sequence[ConditionLine] = ()


def opened(*, plan: Plan, row: BoardRow, party: Jurisdiction, actor: Actor, at: datetime) -> Opened:
    """The cell as `actor` may read it. Four queries, and two more for a wording that changed."""
    cell = next(cell for cell in row.cells if cell.code == party.code)
    current = row.ballot.sign_off
    is_sealed = not sees(current, actor=actor, at=at)(party.code)
    seen = [
        said
        for said in said_on(row.ballot.item, code=party.code)
        if sees(said.ballot.sign_off, actor=actor, at=at)(party.code)
    ]
    own = next((said for said in seen if said.ballot.sign_off_id == current.pk), None)
    return Opened(
        row=row,
        party=party,
        cell=cell,
        look=LOOKS[look_of(cell)],
        word=word_of(cell),
        why=spoken(cell.why),
        reasons=counting_reasons(row, cell),
        is_sealed=is_sealed,
        said=own,
        former=[said for said in seen if said is not own],
        difference=_since(plan, row, own),
        conditions=_asked_for(own, row, party),
    )


def _asked_for(said: Said | None, row: BoardRow, party: Jurisdiction) -> list[ConditionLine]:
    """The conditions of the party's agreement in principle on the item, with where they stand: the
    item's own, else those of its general agreement. No query for another position."""
    if said is None or said.position.value != PositionValue.AGREE_IN_PRINCIPLE.value:
        return []
    lines = [line for line in lines_of([row.ballot.sign_off]) if line.holder == party.code]
    own = [line for line in lines if line.condition.item_id == row.ballot.item_id]
    return own or [line for line in lines if line.condition.item_id is None]


def _since(plan: Plan, row: BoardRow, said: Said | None) -> ItemDifference | None:
    """What changed of the wording since the party spoke on it."""
    if said is None or said.ballot.version_id == row.ballot.version_id:
        return None
    change = between_versions(
        said.ballot.version, row.ballot.version, authentic=plan.authentic_language
    )
    found = differences_of([change])
    return for_reader(found[0], authentic=plan.authentic_language) if found else None
