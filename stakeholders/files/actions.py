"""Uploading, taking back, checking and tidying.

An upload says nothing to anybody until it is attached, so it is no act and stands in no chain of
the record; the act that attaches it names its hash among its effects.
"""

import time
from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from stakeholders.files import scanning, steps, storage
from stakeholders.files.enums import (
    DROP_BATCH,
    PARTIAL_AGE,
    SCAN_BATCH,
    SCAN_SECONDS,
    Kind,
    Scan,
)
from stakeholders.files.inspecting import FIELD
from stakeholders.files.models import StoredFile
from stakeholders.files.queries import awaiting_scan, get_own_file
from stakeholders.files.rules import require_person, require_system
from stakeholders.files.storage import Upload
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Conflict, Invalid


def upload_file(
    *,
    actor: Actor,
    upload: Upload,
    kinds: Collection[Kind],
    max_size: int | None = None,
    plan_key: str = "",
) -> StoredFile:
    """Keep a file of the acting person, seen by nobody else until it is attached.

    Refused without a person; Invalid for what is not taken; Unavailable when the disk is full.
    """
    person = require_person(actor=actor, act="file.upload")
    return steps.keep(
        upload=upload, person_id=person, kinds=kinds, max_size=max_size, plan_key=plan_key
    )


def take_upload(
    *,
    actor: Actor,
    pk: UUID,
    kinds: Collection[Kind],
    max_size: int | None = None,
    plan_key: str = "",
    field: str = FIELD,
) -> StoredFile:
    """The acting person's own unattached upload by its id, for an act that attaches it.

    `field` is what the caller calls it. Refused without a person; Invalid ({field: ...}) when it
    cannot be attached here.
    """
    person = require_person(actor=actor, act="file.upload")
    try:
        return steps.take(
            pk=pk, person_id=person, kinds=kinds, max_size=max_size, plan_key=plan_key
        )
    except Invalid as error:
        raise Invalid({field: error.errors[FIELD]}) from error


def remove_upload(*, actor: Actor, pk: UUID) -> None:
    """Take back an upload of one's own. NotVisible; Conflict once it is attached."""
    stored = get_own_file(actor=actor, pk=pk)
    if not steps.drop(stored):
        raise Conflict(_("This file belongs to something that was handed in: it stays."))


def tidy_files(*, actor: Actor) -> int:
    """Housekeeping: drop unattached uploads nobody used for a day, half-written ones, and bytes
    no file names; says how many. Nothing attached is ever dropped.
    """
    require_system(actor=actor, act="file.tidy")
    now = clock.now()
    unused = now - timedelta(hours=settings.FILE_UNATTACHED_HOURS)
    count = steps.drop_stale(before=unused, limit=DROP_BATCH)
    count += storage.remove_partial(before=(now - PARTIAL_AGE).timestamp())
    return count + steps.drop_orphans()


def check_files(*, actor: Actor) -> int:
    """Ask the scanner about files it has not seen, the oldest first; says how many it answered.

    Without a scanner nothing is asked, and the files stay unscanned. Equal bytes are asked once.
    """
    require_system(actor=actor, act="file.check")
    if not settings.FILE_SCAN_COMMAND:
        return 0
    count, end = 0, time.monotonic() + SCAN_SECONDS
    hashes = awaiting_scan().values_list("sha256", flat=True)[:SCAN_BATCH]
    for sha256 in dict.fromkeys(hashes):
        if time.monotonic() > end:
            break
        answer = scanning.scan(storage.place_of(sha256))
        if answer is not Scan.UNSCANNED:
            count += steps.note_scan(sha256=sha256, answer=answer)
    return count
