"""What an archive package of a plan holds. Unscoped: the same for all who may have one."""

from collections.abc import Callable, Iterator

from consult.archive.pieces import Piece, State
from consult.archive.queries.approval import approval, statements
from consult.archive.queries.gaps import Gap, gaps
from consult.archive.queries.identification import identification
from consult.archive.queries.implementation import implementation
from consult.archive.queries.matters import matters
from consult.archive.queries.organization import organization
from consult.archive.queries.packages import packages_of
from consult.archive.queries.programme import programme
from consult.archive.queries.record import record
from consult.archive.queries.rounds import preparation
from consult.archive.queries.state import state_of
from consult.archive.queries.texts import texts

# In the order of the catalogue.
PARTS: tuple[Callable[[State], Iterator[Piece]], ...] = (
    organization,
    texts,
    preparation,
    matters,
    identification,
    statements,
    approval,
    programme,
    implementation,
    record,
)


def pieces_of(state: State) -> list[Piece]:
    """Every paper in the order of the catalogue, not yet written."""
    return [piece for part in PARTS for piece in part(state)]


__all__ = ["Gap", "gaps", "packages_of", "pieces_of", "state_of"]
