"""The archive package of 500 items and 41 parties, against writing its papers bare: each once into
nothing, without spool, hashes, catalogue and ZIP."""

import io

from consult.archive.kinds import put_together
from consult.archive.package import Spool, one_language, write_some
from consult.archive.pieces import Piece
from consult.archive.queries import pieces_of, state_of
from plans.register.models import Plan
from stakeholders.terms import clock
from tests.bench.harness import Result, compare
from tests.bench.matrix import ITEMS, Bench


def pieces(plan: Plan) -> list[Piece]:
    with one_language():
        return pieces_of(state_of(plan, at=clock.now()))


def whole(plan: Plan) -> int:
    """Number of papers written, with everything a package is."""
    found, spool = pieces(plan), Spool()
    while write_some(found, spool, seconds=600):
        pass
    state = state_of(plan, at=clock.now())
    put_together(found, spool, state=state, target=io.BytesIO())
    spool.remove()
    return len(found)


def bare(plan: Plan) -> int:
    """The same papers, one after the other."""
    found = pieces(plan)
    with one_language():
        for piece in found:
            if piece.write is not None:
                piece.write(io.BytesIO())
    return len(found)


def run() -> list[Result]:
    plan = Bench().plan
    ways = {"package": lambda: whole(plan), "bare papers": lambda: bare(plan)}
    return [compare(case="archive", size=ITEMS, ways=ways, rounds=3)]
