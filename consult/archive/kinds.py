"""The job that makes an archive package: papers in steps, then all of them as one file."""

import hashlib
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any, BinaryIO

from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.archive.catalogue import Line, lost_lines
from consult.archive.enums import SECTIONS, Standing
from consult.archive.package import BLOCK, Made, Spool, assemble, one_language, write_some
from consult.archive.pieces import Piece, State
from consult.archive.queries import gaps, pieces_of, state_of
from plans.register.models import Plan
from plans.register.queries import get_plan
from plans.register.rules import require_draft_sight
from stakeholders.files.enums import Kind
from stakeholders.files.steps import keep_made
from stakeholders.jobs.kinds import Step
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor
from stakeholders.terms.duty import Text
from stakeholders.terms.errors import Conflict, NotVisible

SECONDS = 10.0  # what one step spends on papers
RESTARTS = 50  # how often the plan may move on meanwhile
NAMED = 5  # lost files that the text of the job names


class ArchivePackage:
    """Writes the package and keeps it for who asked; the bytes are the same for everybody."""

    def step(
        self, *, actor: Actor, arguments: Mapping[str, Any], cursor: Mapping[str, Any] | None
    ) -> Step:
        """Some papers at each step; when the plan moved on meanwhile, those it changed anew."""
        plan = seen(actor, arguments)
        if cursor is None:
            cursor = {"spool": Spool().name, "at": clock.now().isoformat(), "seq": 0, "moved": 0}
        state = state_of(plan, at=datetime.fromisoformat(cursor["at"]))
        if state.seq != cursor["seq"]:
            cursor = {**cursor, "seq": state.seq, "moved": cursor["moved"] + 1}
        if cursor["moved"] > RESTARTS:
            Spool(cursor["spool"]).remove()
            raise Conflict(_("The plan changed again and again while the package was made."))
        return _go_on(actor, state, cursor)

    def require_result(self, *, actor: Actor, arguments: Mapping[str, Any]) -> None:
        """Asked at each download: who has left the plan has its package no more. NotVisible."""
        seen(actor, arguments)


def seen(actor: Actor, arguments: Mapping[str, Any]) -> Plan:
    """The plan, for whom its archive is there. NotVisible."""
    plan = get_plan(actor=actor, key=arguments["plan"])
    require_draft_sight(actor=actor, plan=plan)
    return plan


def _go_on(actor: Actor, state: State, cursor: Mapping[str, Any]) -> Step:
    spool = Spool(cursor["spool"])
    with one_language():
        pieces = pieces_of(state)
    written = write_some(pieces, spool, seconds=SECONDS)
    has_moved = state_of(state.plan, at=state.at).seq != state.seq
    if has_moved:  # what was written in this step may hold half of an act that came between
        spool.drop(written)
    total = len(pieces) + 1
    done = len(pieces) - sum(spool.lacks(piece) for piece in pieces)
    if written or has_moved:
        part = _part(written[-1] if written else pieces[0])
        text = format_lazy(_("Writing: {part}"), part=part)
        return Step(cursor=cursor, done=done, total=total, text=text)
    return _finish(actor, state, pieces, spool)


def _part(piece: Piece) -> Text:
    return " ".join(SECTIONS[piece.section])


def _finish(actor: Actor, state: State, pieces: Sequence[Piece], spool: Spool) -> Step:
    if actor.user_id is None:
        raise NotVisible
    with tempfile.TemporaryFile() as file:
        made = put_together(pieces, spool, state=state, target=file)
        file.seek(0)
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        file.seek(0)
        stored = keep_made(
            upload=_Upload(name=package_name(state), file=file),
            kind=Kind.ZIP,
            person_id=actor.user_id,
            limit=settings.ARCHIVE_MAX_SIZE,
        )
    spool.remove()
    total = len(pieces) + 1
    return Step(
        cursor=None,
        done=total,
        total=total,
        text=told(made),
        result=result_of(made, state=state, sha256=sha256),
        file_id=stored.pk,
    )


def put_together(pieces: Sequence[Piece], spool: Spool, *, state: State, target: BinaryIO) -> Made:
    """The package of papers that are all in the spool."""
    with one_language():
        missing = [str(gap.text) for gap in gaps(state.plan)]
    return assemble(pieces, spool, state=state, missing=missing, target=target)


def result_of(made: Made, *, state: State, sha256: str) -> dict[str, object]:
    """What two packages are compared by."""
    sealed = sum(line.standing is Standing.SEALED for line in made.lines)
    return {
        "sha256": sha256,
        "files": made.files,
        "papers": len(made.lines),
        "lost": len(lost_lines(made.lines)),
        "sealed": sealed,
        "seq": state.seq,
        "head": state.head,
    }


def told(made: Made) -> Text:
    """The last words of the job: that it is ready, and which files were not to be had."""
    lost: list[Line] = lost_lines(made.lines)
    if not lost:
        return _("The package is ready.")
    names = "; ".join(f"{line.number} {line.named[:30]}" for line in lost[:NAMED])
    return format_lazy(
        _(
            "The package is ready. Not to be had: {number} files ({names}). The catalogue names all."
        ),
        number=str(len(lost)),
        names=names,
    )


def package_name(state: State) -> str:
    return f"archive-{state.plan.key}-{state.seq}.zip"


@dataclass(kw_only=True)
class _Upload:
    """A file on disk as the storage takes an upload."""

    name: str | None
    file: IO[bytes]

    def chunks(self) -> Iterator[bytes]:
        while block := self.file.read(BLOCK):
            yield block
