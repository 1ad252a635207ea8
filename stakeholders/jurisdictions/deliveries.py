"""Uploaded tables: received, checked row by row, confirmed; what a table is, its `Table` says."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from stakeholders.files.actions import upload_file
from stakeholders.files.enums import TABLES
from stakeholders.files.storage import Upload, place_of
from stakeholders.jobs.actions import start_job
from stakeholders.jurisdictions.enums import WRITES, Outcome, TableName
from stakeholders.jurisdictions.models import Delivery
from stakeholders.jurisdictions.reading import Line, RowError
from stakeholders.jurisdictions.reading.sheets import Sheet, read_sheet
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor
from stakeholders.terms.duty import Text
from stakeholders.terms.errors import Conflict, NotVisible

MOST_BYTES = 5 * 1024 * 1024
MOST_TAGS_OF_JOB = 1_500_000  # of a workbook: nobody waits for the job that reads it
NO_ID = str(uuid.UUID(int=0))  # stands for the id of the delivery in the address of its page


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What one row would do, or why it cannot. Rows of a smaller `rank` are entered first."""

    number: int
    outcome: Outcome
    label: str = ""
    rank: int = 0
    column: str = ""
    value: str = ""
    reason_zh: str = ""
    reason_en: str = ""


Examined = Mapping[int, Finding | RowError]


class Unreadable(Exception):
    """The file as a whole cannot be taken; why, in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh, self.en = zh[:500], en[:500]


class Table(Protocol):
    """One kind of table that can be uploaded."""

    name: TableName
    required: Sequence[str]
    optional: Sequence[str]
    examples: Sequence[Sequence[str]]  # rows for the template, in the order of the columns
    at_once: int  # rows entered by one step

    def require(self, actor: Actor) -> None:
        """Refused unless the actor may enter such tables."""
        ...

    def examine(self, sheet: Sheet, *, actor: Actor) -> Examined:
        """By line number: what each row would do, or why it cannot. Writes nothing."""
        ...

    def enter(self, sheet: Sheet, lines: Sequence[Line], *, actor: Actor) -> Mapping[int, Text]:
        """Enter rows that were found good just now; by line number, what stood in the way."""
        ...


@transaction.atomic
def receive(*, actor: Actor, table: Table, upload: Upload, url: str) -> Delivery:
    """Keep an uploaded table and let a job check it; nothing is entered.

    `url` is the page of the delivery with `NO_ID` in the place of its id. Refused; Invalid for a
    file that is empty, too large or no table; Unavailable when the disk is full.
    """
    table.require(actor)
    delivery = Delivery(
        table=table.name,
        file=upload_file(actor=actor, upload=upload, kinds=TABLES, max_size=MOST_BYTES),
        uploaded_by_id=actor.person,
        uploaded_at=clock.now(),
    )
    delivery.check_job = start_job(
        actor=actor,
        kind=f"{table.name.value}.check",
        arguments={"delivery": str(delivery.pk)},
        title=_("Check of an uploaded table"),
        url=url.replace(NO_ID, str(delivery.pk)),
    )
    delivery.save()
    return delivery


@transaction.atomic
def confirm(*, actor: Actor, table: Table, pk: uuid.UUID, url: str) -> Delivery:
    """Let a job enter what the check found good. Refused; NotVisible; Conflict when the check is
    not done, nothing is to be entered, or it was confirmed before and that entry still runs."""
    table.require(actor)
    delivery = locked(table, pk)
    if delivery.checked_at is None or delivery.fault_zh:
        raise Conflict(_("This table has not been checked through."))
    if delivery.entered_at is not None or (delivery.entry_job and delivery.entry_job.is_open):
        raise Conflict(_("This table was confirmed already."))
    if not delivery.rows.filter(outcome__in=WRITES, entered_at=None).exists():
        raise Conflict(_("Nothing in this table is to be entered."))
    delivery.entry_job = start_job(
        actor=actor,
        kind=f"{table.name.value}.enter",
        arguments={"delivery": str(delivery.pk)},
        title=_("Entry of an uploaded table"),
        url=url,
    )
    delivery.save(update_fields=["entry_job"])
    return delivery


@transaction.atomic
def forget_deliveries(*, older_than: timedelta) -> int:
    """Housekeeping: drop uploads and their rows; what was entered stays, with its record."""
    return Delivery.objects.filter(uploaded_at__lt=clock.now() - older_than).delete()[0]


def locked(table: Table, pk: uuid.UUID) -> Delivery:
    """The upload with its row locked. NotVisible when there is none of that table."""
    rows = Delivery.objects.select_for_update(of=("self",), no_key=True).select_related(
        "file", "entry_job"
    )
    delivery = rows.filter(pk=pk, table=table.name).first()
    if delivery is None:
        raise NotVisible
    return delivery


def read(table: Table, delivery: Delivery) -> Sheet:
    """The rows of an upload. RowError where the file as a whole cannot be taken."""
    return read_sheet(
        name=delivery.file.name,
        raw=place_of(delivery.file.sha256).read_bytes(),
        required=table.required,
        known=[*table.required, *table.optional],
        most_tags=MOST_TAGS_OF_JOB,
    )


def findings(table: Table, delivery: Delivery, *, actor: Actor) -> dict[int, Finding]:
    """By line number, what every row would do as things stand now. Unreadable.

    Read once in Chinese and, where anything is wrong, once more in English, so that the reasons
    stand in both languages.
    """
    try:
        sheet, zh = _examined(table, delivery, actor, "zh-hans")
    except RowError as fault:
        raise Unreadable(str(fault), _fault_in_english(table, delivery)) from None
    is_spoilt = any(isinstance(one, RowError) for one in zh.values())
    en = _examined(table, delivery, actor, "en")[1] if is_spoilt else zh
    cells = {line.number: line.cells for line in sheet.lines}
    return {n: _finding(n, one, en[n], cells.get(n, {})) for n, one in zh.items()}


def _examined(
    table: Table, delivery: Delivery, actor: Actor, language: str
) -> tuple[Sheet, Examined]:
    with translation.override(language):
        sheet = read(table, delivery)
        faults = {fault.line: fault for fault in sheet.faults}
        return sheet, {**table.examine(sheet, actor=actor), **faults}


def _fault_in_english(table: Table, delivery: Delivery) -> str:
    try:
        with translation.override("en"):
            read(table, delivery)
    except RowError as fault:
        with translation.override("en"):
            return str(fault)
    return ""


def _finding(
    number: int, zh: Finding | RowError, en: Finding | RowError, cells: Mapping[str, str]
) -> Finding:
    if isinstance(zh, Finding):
        return zh
    return Finding(
        number=number,
        outcome=Outcome.FAULT,
        column=zh.column[:60],
        value=cells.get(zh.column, "")[:200],
        reason_zh=zh.reason[:500],
        reason_en=(en if isinstance(en, RowError) else zh).reason[:500],
    )
