"""The job that packs a dossier: it makes its papers step by step, then puts them together."""

import tempfile
import time
from collections.abc import Mapping
from typing import Any, BinaryIO, cast

from django.conf import settings
from django.core.files.base import File
from django.utils import translation
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.approval.dossier_files.merging import Fault, Faulty
from consult.approval.dossier_files.packing import (
    ARCHIVE,
    pack_archive,
    pack_volume,
    prepare,
    wanted_pieces,
)
from consult.approval.dossier_files.pieces import Piece, archive_name, pieces_of, state_digest
from consult.approval.dossier_files.workplace import Workplace
from consult.approval.queries.dossier import Dossier, dossier_state
from consult.approval.queries.dossier_facts import Names
from consult.approval.queries.sight import require_dossier_sight
from plans.register.models import Plan
from plans.register.queries import get_plan
from stakeholders.files.enums import Kind
from stakeholders.files.steps import keep_made
from stakeholders.jobs.kinds import Step
from stakeholders.terms.actor import Actor
from stakeholders.terms.duty import Text
from stakeholders.terms.errors import NotVisible

IN_MEMORY = 4 * 1024 * 1024  # of the package, before it goes on disk
SECONDS = 5.0  # of a step; one paper may take longer
READING = _("The papers are being gathered")


class DossierPackage:
    """Packs the dossier as an archive or a volume and keeps it for who asked."""

    def step(
        self, *, actor: Actor, arguments: Mapping[str, Any], cursor: Mapping[str, Any] | None
    ) -> Step:
        """First how many papers there are, then some of them at each step, then the package. What
        changed meanwhile begins it anew."""
        with translation.override(arguments["language"]):
            dossier = dossier_state(_seen(actor, arguments))
            pieces = wanted_pieces(pieces_of(dossier), form=arguments["form"])
            if cursor is None or cursor["state"] != state_digest(dossier):
                return _begin(dossier, pieces, former=cursor)
            try:
                if cursor["at"] < len(pieces):
                    return _gather(actor, dossier, pieces, arguments["form"], cursor)
                return _pack(actor, dossier, pieces, arguments["form"], cursor)
            except FileNotFoundError:  # what was made before is lost: all anew
                return _begin(dossier, pieces, former=cursor)

    def require_result(self, *, actor: Actor, arguments: Mapping[str, Any]) -> None:
        """Asked at each download: what was visible once need not be any more. NotVisible."""
        _seen(actor, arguments)


def _seen(actor: Actor, arguments: Mapping[str, Any]) -> Plan:
    plan = get_plan(actor=actor, key=arguments["plan"])
    require_dossier_sight(actor=actor, plan=plan)
    return plan


def _begin(dossier: Dossier, pieces: list[Piece], *, former: Mapping[str, Any] | None) -> Step:
    if former is not None:
        Workplace(former["place"]).remove()
    cursor = {
        "place": Workplace.new().name,
        "state": state_digest(dossier),
        "at": 0,
        "faults": {},
        "pages": {},
    }
    return Step(cursor=cursor, done=0, total=len(pieces) + 1, text=READING)


def _gather(
    actor: Actor, dossier: Dossier, pieces: list[Piece], form: str, cursor: Mapping[str, Any]
) -> Step:
    """One paper at least, and further ones while there is time: reading the state costs, too."""
    at = cursor["at"]
    faults, pages = dict(cursor["faults"]), dict(cursor["pages"])
    place = Workplace(cursor["place"])
    until = time.monotonic() + SECONDS
    for piece in pieces[at:]:
        try:
            pages[piece.name] = prepare(
                piece, actor=actor, dossier=dossier, form=form, place=place, number=at
            )
        except Faulty as error:
            faults[piece.name] = error.fault.value
        at += 1
        if time.monotonic() >= until:
            break
    moved = {**cursor, "at": at, "faults": faults, "pages": pages}
    return Step(cursor=moved, done=at, total=len(pieces) + 1, text=READING)


def _pack(
    actor: Actor, dossier: Dossier, pieces: list[Piece], form: str, cursor: Mapping[str, Any]
) -> Step:
    if actor.user_id is None:
        raise NotVisible
    place = Workplace(cursor["place"])
    faults = {name: Fault(value) for name, value in cursor["faults"].items()}
    is_archive = form == ARCHIVE
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as spooled:
        target = cast(BinaryIO, spooled)
        if is_archive:
            pack_archive(dossier, pieces, place=place, faults=faults, target=target)
        else:
            counts = cursor["pages"]
            pack_volume(dossier, pieces, place=place, faults=faults, counts=counts, target=target)
        target.seek(0)
        stored = keep_made(
            upload=File(target, name=archive_name(dossier, form)),
            kind=Kind.ZIP if is_archive else Kind.PDF,
            person_id=actor.user_id,
            limit=settings.ARCHIVE_MAX_SIZE,
        )
    place.remove()
    total = len(pieces) + 1
    return Step(
        cursor=None,
        done=total,
        total=total,
        text=_told(dossier, faults),
        result={
            "missing": [one.key for one in dossier.missing],
            "left_out": [one.key for one in dossier.left_out],
            "faults": cursor["faults"],
        },
        file_id=stored.pk,
    )


def _told(dossier: Dossier, faults: Mapping[str, Fault]) -> Text:
    """Whoever packs an incomplete dossier is told so with the result."""
    if dossier.missing:
        named = [(one.arranged.name_zh, one.arranged.name_en) for one in dossier.missing]
        text = _("The package is ready, but required papers are missing: {names}.")
        return format_lazy(text, names=Names(named))
    if faults:
        return _("The package is ready. Some files could not be taken: see its catalogue.")
    return _("The package is ready. Nothing required is missing.")
