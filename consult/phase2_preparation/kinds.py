"""The job that makes a large adoption table: it gathers the lines in steps, then writes the file."""

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import IO, Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from consult.phase2_preparation.adoption_table.asked import KINDS, Asked, asked
from consult.phase2_preparation.adoption_table.spool import Spool
from consult.phase2_preparation.adoption_table.table import write
from consult.phase2_preparation.queries.dispositions import sees_undecided
from plans.register.queries import get_plan
from stakeholders.files.steps import keep
from stakeholders.jobs.kinds import Step
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import NotVisible

BLOCK = 1024 * 1024


class AdoptionTableFile:
    """Writes the file and keeps it for who asked."""

    def step(
        self, *, actor: Actor, arguments: Mapping[str, Any], cursor: Mapping[str, Any] | None
    ) -> Step:
        """First how many comments there are, then a piece of them at each step, then the file."""
        with translation.override(arguments["language"]):
            wanted = _wanted(actor, arguments)
            if cursor is None:
                return _begin(wanted)
            try:
                return _gather(wanted, cursor)
            except FileNotFoundError:  # the gathered lines were lost: all anew
                return _begin(wanted)

    def require_result(self, *, actor: Actor, arguments: Mapping[str, Any]) -> None:
        """Asked at each download: what was visible once need not be any more. NotVisible."""
        _wanted(actor, arguments)


def _wanted(actor: Actor, arguments: Mapping[str, Any]) -> Asked:
    """The file as it was asked for. NotVisible to who sees less than it did then."""
    if arguments["internal"] and not sees_undecided(actor):
        raise NotVisible
    said = {
        **arguments["filters"],
        "anonymous": "1" if arguments["anonymous"] else "",
        "answers": "1" if arguments["answers"] else "",
    }
    plan = get_plan(actor=actor, key=arguments["plan"])
    return asked(actor=actor, plan=plan, kind=arguments["kind"], said=said)


def _begin(wanted: Asked) -> Step:
    cursor = {"spool": Spool.new().name, "at": 0, "after": 0, "done": 0}
    return Step(cursor=cursor, done=0, total=_total(wanted.size), text=_("Reading the comments"))


def _total(size: int) -> int:
    """Writing counts as much as a tenth of the reading."""
    return size + max(1, size // 10)


def _gather(wanted: Asked, cursor: Mapping[str, Any]) -> Step:
    spool = Spool(cursor["spool"])
    lines = wanted.piece(after=cursor["after"])
    done = cursor["done"] + len(lines)
    total = _total(max(wanted.size, done))
    if not lines:
        return _write(wanted, spool, done=done)
    at = spool.add(lines, at=cursor["at"])
    return Step(
        cursor={**cursor, "at": at, "after": lines[-1].number, "done": done},
        done=done,
        total=total,
        text=_("Reading the comments"),
    )


def _write(wanted: Asked, spool: Spool, *, done: int) -> Step:
    if wanted.actor.user_id is None:
        raise NotVisible
    with tempfile.TemporaryFile() as file:
        write(wanted.table(spool.lines), kind=wanted.kind, target=file)
        file.seek(0)
        stored = keep(
            upload=_Made(name=wanted.name, file=file),
            person_id=wanted.actor.user_id,
            kinds=frozenset({KINDS[wanted.kind]}),
            plan_key=wanted.plan.key,
        )
    spool.remove()
    total = _total(done)
    text = _("The file is ready")
    return Step(cursor=None, done=total, total=total, text=text, file_id=stored.pk)


@dataclass(kw_only=True)
class _Made:
    """A file on disk as `keep` takes an upload."""

    name: str | None
    file: IO[bytes]

    def chunks(self) -> Iterator[bytes]:
        while block := self.file.read(BLOCK):
            yield block
