"""Keeping uploads, taking them up, and dropping what nobody uses."""

from collections.abc import Collection
from datetime import datetime
from itertools import islice
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.template.defaultfilters import filesizeformat
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from stakeholders.files import storage
from stakeholders.files.enums import DROP_BATCH, NAME_LENGTH, Kind, Scan
from stakeholders.files.inspecting import FIELD, expected, kind_of
from stakeholders.files.models import StoredFile
from stakeholders.files.names import clean_name, suffix_of
from stakeholders.files.queries import hashes_named, stale, unattached, used_by_person, used_by_plan
from stakeholders.files.rules import require_room, require_room_in_plan
from stakeholders.files.storage import Received, TooLarge, Upload
from stakeholders.terms import clock
from stakeholders.terms.errors import Invalid


def keep(
    *,
    upload: Upload,
    person_id: int | None,
    kinds: Collection[Kind],
    max_size: int | None = None,
    plan_key: str = "",
) -> StoredFile:
    """Keep an upload of a person, unattached; without a person the caller attaches it at once
    and has bounded how many come through its link.

    `kinds` are those taken; `max_size` lowers the limit of a kind; `plan_key` names the plan in
    whose share it counts besides the person's. Invalid ({"file": ...}): empty, too large, wrong
    or dangerous content, no room. Unavailable: disk full. Nothing stays behind then.
    """
    limit = min(max_size or settings.FILE_MAX_SIZE, settings.FILE_MAX_SIZE)
    limit = min(limit, max(kind.max_size for kind in kinds))
    try:
        with storage.received(upload, limit=limit) as arrived:
            return _keep(
                arrived, name=upload.name or "", person_id=person_id, kinds=kinds, plan_key=plan_key
            )
    except TooLarge as error:
        raise _too_large(limit) from error


def _keep(
    arrived: Received, *, name: str, person_id: int | None, kinds: Collection[Kind], plan_key: str
) -> StoredFile:
    if not arrived.size:
        raise Invalid({FIELD: _("The file is empty.")})
    name = clean_name(name, length=NAME_LENGTH)
    kind = kind_of(arrived.path, name=name, kinds=kinds)
    if arrived.size > kind.max_size:
        raise _too_large(kind.max_size)
    with transaction.atomic():
        _require_room(person_id=person_id, plan_key=plan_key, size=arrived.size)
        _lock(f"file:{arrived.sha256}")
        storage.put(arrived)
        now = clock.now()
        return StoredFile.objects.create(
            sha256=arrived.sha256,
            name=_named(name, kind),
            media_type=kind.media_type,
            size=arrived.size,
            scan=_scan_of(arrived.sha256),
            plan_key=plan_key,
            uploaded_by_id=person_id,
            uploaded_at=now,
            touched_at=now,
        )


def keep_made(*, upload: Upload, kind: Kind, person_id: int, limit: int) -> StoredFile:
    """Keep a file that the program made for a person: not looked into as an upload of a stranger
    is, and with a `limit` of its own. It counts in the person's share.

    Invalid: too large, no room. Unavailable: disk full.
    """
    try:
        with storage.received(upload, limit=limit) as arrived, transaction.atomic():
            _require_room(person_id=person_id, plan_key="", size=arrived.size)
            _lock(f"file:{arrived.sha256}")
            storage.put(arrived)
            now = clock.now()
            return StoredFile.objects.create(
                sha256=arrived.sha256,
                name=_named(clean_name(upload.name or "", length=NAME_LENGTH), kind),
                media_type=kind.media_type,
                size=arrived.size,
                scan=_scan_of(arrived.sha256),
                uploaded_by_id=person_id,
                uploaded_at=now,
                touched_at=now,
            )
    except TooLarge as error:
        raise _too_large(limit) from error


def _too_large(limit: int) -> Invalid:
    text = _("The file is too large: at most {size} are taken.")
    return Invalid({FIELD: format_lazy(text, size=filesizeformat(limit))})


def _named(name: str, kind: Kind) -> str:
    if not name:
        return f"file{kind.suffixes[0]}"
    return name if suffix_of(name) else f"{name}{kind.suffixes[0]}"


def _scan_of(sha256: str) -> str:
    """What a check of the same bytes said before: an infected file stays so under a new name."""
    known = StoredFile.objects.filter(sha256=sha256, scan=Scan.INFECTED).exists()
    return Scan.INFECTED if known else Scan.UNSCANNED


def _require_room(*, person_id: int | None, plan_key: str, size: int) -> None:
    """Two uploads at once must not both take the last room: counted under a lock."""
    if person_id is not None:
        _lock(f"files of person:{person_id}")
        used, number = used_by_person(person_id)
        require_room(size=size, used=used, number=number)
    if plan_key:
        _lock(f"files of plan:{plan_key}")
        require_room_in_plan(size=size, used=used_by_plan(plan_key))


def _lock(name: str) -> None:
    """Wait for the others at `name` until the end of the transaction.

    One lock per content stands between an upload that finds its bytes in place and the
    housekeeping about to remove them.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])


@transaction.atomic
def take(
    *,
    pk: UUID,
    person_id: int,
    kinds: Collection[Kind],
    max_size: int | None = None,
    plan_key: str = "",
) -> StoredFile:
    """A person's own unattached upload, about to be attached; housekeeping leaves it for a day.

    Invalid ({"file": ...}) when it is not there, belongs to another, is attached already, is of
    another kind, too large or infected.
    """
    found = unattached().filter(pk=pk, uploaded_by=person_id).values("pk")
    stored = StoredFile.objects.select_for_update(no_key=True).filter(pk__in=found).first()
    if stored is None:
        raise Invalid({FIELD: _("This upload is no longer there. Choose the file again.")})
    if stored.kind not in kinds:
        text = _("This file is not of a kind taken here. It is: {found}. Expected: {kinds}.")
        raise Invalid({FIELD: format_lazy(text, found=stored.kind.label, kinds=expected(kinds))})
    if max_size is not None and stored.size > max_size:
        raise _too_large(max_size)
    if stored.scan == Scan.INFECTED:
        raise Invalid({FIELD: _("A virus was found in this file. Choose another one.")})
    if plan_key and stored.plan_key != plan_key:
        _lock(f"files of plan:{plan_key}")
        require_room_in_plan(size=stored.size, used=used_by_plan(plan_key))
        stored.plan_key = plan_key
    stored.touched_at = clock.now()
    stored.save(update_fields=["plan_key", "touched_at"])
    return stored


def drop(stored: StoredFile) -> bool:
    """Drop one unattached upload and, when nothing names them any more, its bytes.

    False when something points to it meanwhile.
    """
    with transaction.atomic():
        locked = StoredFile.objects.select_for_update(no_key=True).filter(pk=stored.pk)
        if not locked or not unattached().filter(pk=stored.pk).exists():
            return False
        locked.delete()
    drop_bytes(stored.sha256)
    return True


def drop_stale(*, before: datetime, limit: int) -> int:
    """Drop unattached uploads not used since `before`; says how many.

    A form that takes one up moves its `touched_at` first: whoever holds the row's lock wins, and
    the other sees it.
    """
    with transaction.atomic():
        rows = StoredFile.objects.select_for_update(
            skip_locked=True, of=("self",), no_key=True
        ).filter(
            pk__in=list(stale(before=before).values_list("pk", flat=True)[:limit]),
            touched_at__lt=before,
        )
        held = dict(rows.values_list("pk", "sha256"))
        gone = list(unattached().filter(pk__in=held).values_list("pk", flat=True))
        StoredFile.objects.filter(pk__in=gone).delete()
    for sha256 in {held[pk] for pk in gone}:
        drop_bytes(sha256)
    return len(gone)


@transaction.atomic
def drop_bytes(sha256: str) -> bool:
    """Remove bytes no file names. The lock keeps an upload of the same bytes waiting."""
    _lock(f"file:{sha256}")
    if hashes_named([sha256]):
        return False
    storage.remove(sha256)
    return True


def drop_orphans() -> int:
    """Remove bytes that no file names, as a crash leaves them; says how many."""
    count = 0
    hashes = storage.kept_hashes()
    while batch := list(islice(hashes, DROP_BATCH)):
        count += sum(drop_bytes(sha256) for sha256 in set(batch) - hashes_named(batch))
    return count


def note_scan(*, sha256: str, answer: Scan) -> int:
    """Write what the virus check said to every file of these bytes."""
    rows = StoredFile.objects.filter(sha256=sha256, scan=Scan.UNSCANNED)
    return rows.update(scan=answer, scanned_at=clock.now())
