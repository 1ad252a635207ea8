"""The plan's own chain of the record, the heads told to the parties, and the steps of phases."""

import json
from collections.abc import Iterator
from functools import partial
from typing import BinaryIO

from consult.archive.enums import PaperKind, Section
from consult.archive.pieces import Piece, State, Table, instant, table_pieces
from consult.workflow.models import PhaseStep
from stakeholders.record.models import HeadTold
from stakeholders.record.queries import entries_of
from stakeholders.record.steps import plan_chain

SECTION = Section.RECORD


def record(state: State) -> Iterator[Piece]:
    """Never the chains of what a party does inside."""
    if state.seq:
        yield Piece(
            section=SECTION,
            path=f"{SECTION}/record.jsonl",
            title=("规划过程记录", "The record of the plan"),
            kind=PaperKind.RECORD,
            day=state.day,
            number=f"#{state.seq}",
            write=partial(_entries, state),
            stamp=state.head,
        )
    yield from _told(state)
    yield from _phases(state)


def _entries(state: State, target: BinaryIO) -> None:
    """Line by line as `standalone_record.py` reads it, up to the entry that dates the package."""
    rows = entries_of(chain=plan_chain(state.plan.key)).filter(seq__lte=state.seq)
    for seq, payload, digest in rows.values_list("seq", "payload", "hash").iterator():
        line = json.dumps({"seq": seq, "payload": payload, "hash": digest}, ensure_ascii=False)
        target.write(line.encode() + b"\n")


def _told(state: State) -> Iterator[Piece]:
    """Without those of later entries, which no entry of this package follows."""
    found = HeadTold.objects.filter(chain=plan_chain(state.plan.key), seq__lte=state.seq)

    def rows() -> Iterator[tuple[str, ...]]:
        for one in found.order_by("seq"):
            yield (str(one.seq), one.hash, one.root, instant(one.at))

    if found.exists():
        yield from table_pieces(
            state=state,
            section=SECTION,
            stem="heads-told",
            title=("已告知各方的记录末端", "Heads told to the parties"),
            stamp=str(state.told),
            kind=PaperKind.RECORD,
            table=Table(headings=("条目数 seq", "哈希 hash", "树根 root", "时间 at"), rows=rows),
        )


def _phases(state: State) -> Iterator[Piece]:
    found = PhaseStep.objects.filter(plan=state.plan)

    def rows() -> Iterator[tuple[str, ...]]:
        for one in found.order_by("pk"):
            yield (
                one.get_from_phase_display(),
                one.get_to_phase_display(),
                one.reason,
                instant(one.at),
            )

    if found.exists():
        yield from table_pieces(
            state=state,
            section=SECTION,
            stem="phases",
            title=("阶段推进情况", "Steps from phase to phase"),
            kind=PaperKind.RECORD,
            table=Table(headings=("自 from", "至 to", "理由 reason", "时间 at"), rows=rows),
        )
