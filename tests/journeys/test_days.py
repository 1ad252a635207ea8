"""A whole plan hour by hour: what reaches whom by mail, and when. Nothing else does.

The diary says what people do; the sweep runs every hour besides, as the site's processes do every
minute. Receipts in subjects differ from run to run and are cut off. All mails stand in
`days_mails.csv`: after a change that is meant, the failing test writes the list it found beside
it, to be read and put in its place.
"""

import csv
import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path as FilePath

import pytest
import time_machine
from django.core import mail

from consult.desk.actions import sweep
from stakeholders.notices.actions import send_waiting
from stakeholders.terms.actor import SYSTEM
from tests.journeys.diary import BEGIN, DIARY, END, HOUR, at
from tests.journeys.test_path_by_actions import Path
from tests.world import World

MAILS = FilePath(__file__).with_name("days_mails.csv")
Row = tuple[str, ...]
ROUND_IS_OPEN = at("03-13", 0)
RECEIPT = re.compile(r"(sha256:)?[0-9a-f]{16,}")


@pytest.fixture
def path(world: World, settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = str(tmp_path)
    return Path(world)


def test_every_mail_of_a_plan_day_by_day(path: Path, tmp_path) -> None:
    """To the day on which the round opens: each way in which people want their mail has had some.

    Sweeps at the hours that bring mail and at those before, when what is gathered is written; a
    mail too many comes at the next of them and stands out."""
    hours = {row[0] for row in expected(ROUND_IS_OPEN)}

    def is_swept(moment: datetime) -> bool:
        return not hours.isdisjoint(f"{one:%m-%d %H:%M}" for one in (moment, moment + HOUR))

    require_mails(lived(path, is_swept=is_swept, end=ROUND_IS_OPEN), tmp_path, end=ROUND_IS_OPEN)


@pytest.mark.prove
def test_every_mail_of_a_plan_hour_by_hour(path: Path, tmp_path) -> None:
    require_mails(lived(path, is_swept=lambda _moment: True), tmp_path)


def require_mails(found: list[Row], folder: FilePath, *, end: datetime = END) -> None:
    _write(found, folder / MAILS.name)
    assert len({(row[0][:5], *row[1:]) for row in found}) == len(found), "told twice in a day"
    assert found == expected(end), f"the list found: {folder / MAILS.name}"


def expected(end: datetime) -> list[Row]:
    with MAILS.open(encoding="utf-8", newline="") as file:
        return [tuple(row) for row in csv.reader(file) if row[0] < f"{end:%m-%d %H:%M}"]


def lived(path: Path, *, is_swept: Callable[[datetime], bool], end: datetime = END) -> list[Row]:
    """Every mail of the diary's days until `end`: hour, recipient, subject; in the order they left."""
    rows: list[Row] = []
    moment = BEGIN
    while moment < end:
        if moment in DIARY or is_swept(moment):
            rows += sorted(_hour(path, moment))
        moment += HOUR
    return rows


def _hour(path: Path, moment: datetime) -> list[Row]:
    """What people do at this hour, then a sweep and whoever sends; the mails that left."""
    with time_machine.travel(moment, tick=False):
        if moment in DIARY:
            DIARY[moment](path)
        assert -1 not in sweep(actor=SYSTEM).values()
        send_waiting(actor=SYSTEM)
    left = [
        (f"{moment:%m-%d %H:%M}", one.to[0], RECEIPT.sub("…", str(one.subject)))
        for one in mail.outbox
    ]
    mail.outbox.clear()
    return left


def _write(rows: list[Row], to: FilePath) -> None:
    with to.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
