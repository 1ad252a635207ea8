"""The dossier of 500 items and 41 parties, packed as an archive and as a volume.

Against the sum of its parts: the same papers written one after the other and nothing done with
them. What packing itself costs, and the most memory that Python held meanwhile, is what is left.
"""

import sys
import tempfile
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from time import perf_counter

from django.test import override_settings

from consult.approval.dossier_files.packing import wanted_pieces
from consult.approval.dossier_files.pieces import pieces_of
from consult.approval.dossier_papers.writing import made_file
from consult.approval.kinds import DossierPackage
from consult.approval.queries.dossier import dossier_state
from consult.phase3_identification.board import board
from consult.phase3_identification.models import CommonStatement
from consult.phase3_identification.statement import compose
from stakeholders.people.queries import actor_of
from stakeholders.terms import canonical
from stakeholders.terms.actor import Actor, Role
from tests.bench.harness import Result
from tests.bench.matrix import Bench

ITEMS, PARTIES = 500, 41


def stated(bench: Bench) -> None:
    """A statement of everything the parties said, as the close composes it."""
    content = compose(
        plan=bench.plan,
        sign_off=bench.sign_off,
        revision=bench.revision,
        board=board(sign_off=bench.sign_off, revision=bench.revision),
        declarations={},
        reservations=[],
        closed_at=bench.now,
        head=(1, "sha256:0"),
    )
    CommonStatement.objects.create(
        sign_off=bench.sign_off,
        revision=bench.revision,
        content=content,
        hash=canonical.digest(content),
        at=bench.now,
    )


def packed(bench: Bench, actor: Actor, form: str) -> int:
    """The whole job; says in how many steps."""
    said = {"plan": bench.plan.key, "form": form, "language": "zh-hans"}
    cursor, steps = None, 0
    while True:
        step = DossierPackage().step(actor=actor, arguments=said, cursor=cursor)
        steps += 1
        if step.cursor is None:
            return steps
        cursor = step.cursor


def parts(bench: Bench, actor: Actor, form: str) -> int:
    """Every paper by itself, thrown away."""
    state = dossier_state(bench.plan)
    wanted = wanted_pieces(pieces_of(state), form=form)
    for one in wanted:
        made_file(actor=actor, dossier=state, code=one.document.code, kind=one.kind)
    return len(wanted)


def timed(work: Callable[[], int]) -> tuple[float, int]:
    start = perf_counter()
    said = work()
    return perf_counter() - start, said


def run() -> list[Result]:
    bench = Bench(items=ITEMS, parties=PARTIES)
    stated(bench)
    actor = replace(actor_of(bench.mandate), role=Role.SUPERVISOR)
    results = []
    with (
        tempfile.TemporaryDirectory() as folder,
        override_settings(MEDIA_ROOT=folder, FILE_QUOTA_PERSON=10**12),
    ):
        for form in ("zip", "pdf"):
            packed(bench, actor, form)  # fonts are opened once
            bare, number = timed(lambda form=form: parts(bench, actor, form))
            whole, steps = timed(lambda form=form: packed(bench, actor, form))
            tracemalloc.start()
            packed(bench, actor, form)
            peak = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
            size = max(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file())
            sys.stdout.write(
                f"dossier as {form}: {number} papers in {steps} steps, largest file {size:,} bytes, "
                f"at most {peak / 1e6:.0f} MB of Python objects\n"
            )
            results.append(
                Result(
                    case=f"dossier {form}",
                    size=ITEMS * PARTIES,
                    seconds={"packed": whole, "parts": bare},
                    queries={"packed": 0, "parts": 0},
                )
            )
    return results
