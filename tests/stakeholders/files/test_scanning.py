import stat
from pathlib import Path

import pytest
import pytest_django

from stakeholders.files.actions import check_files
from stakeholders.files.enums import DOCUMENTS, Scan
from stakeholders.files.models import StoredFile
from stakeholders.files.steps import keep
from stakeholders.terms.actor import SYSTEM, Role
from stakeholders.terms.errors import Refused
from tests.stakeholders.files import samples
from tests.world import QINGPU, World


@pytest.fixture
def scanner(tmp_path: Path, settings: pytest_django.Settings) -> Path:
    """A scanner that finds the word VIRUS, fails at BROKEN, sleeps at SLOW, and counts its calls."""
    script = tmp_path / "scanner.sh"
    script.write_text(
        "#!/bin/sh\n"
        f'echo "$2" >> {tmp_path}/asked\n'
        '[ "$1" = --one ] || exit 9\n'
        'grep -q SLOW "$2" && sleep 5\n'
        'grep -q BROKEN "$2" && exit 2\n'
        'grep -q VIRUS "$2" && exit 1\n'
        "exit 0\n"
    )
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    settings.FILE_SCAN_COMMAND = [str(script), "--one"]
    settings.FILE_SCAN_SECONDS = 1
    return tmp_path / "asked"


def kept(world: World, word: str) -> StoredFile:
    user = world.user(QINGPU, Role.CONTACT_POINT)
    return keep(
        upload=samples.upload(samples.PDF + word.encode() + b"%%EOF"),
        person_id=user.pk,
        kinds=DOCUMENTS,
    )


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("fine", Scan.CLEAN),
        ("VIRUS", Scan.INFECTED),
        ("BROKEN", Scan.UNSCANNED),
        ("SLOW", Scan.UNSCANNED),
    ],
)
def test_what_the_scanner_says(world: World, scanner: Path, word: str, said: Scan) -> None:
    stored = kept(world, word)
    answered = check_files(actor=SYSTEM)
    stored.refresh_from_db()
    assert (stored.scan, answered, stored.scanned_at is None) == (
        said,
        0 if said is Scan.UNSCANNED else 1,
        said is Scan.UNSCANNED,
    )


def test_equal_bytes_are_asked_once_and_stay_infected(world: World, scanner: Path) -> None:
    kept(world, "VIRUS")
    kept(world, "VIRUS")
    assert check_files(actor=SYSTEM) == 2
    assert len(scanner.read_text().splitlines()) == 1
    assert kept(world, "VIRUS").scan == Scan.INFECTED
    assert check_files(actor=SYSTEM) == 0


def test_without_a_scanner_nothing_is_asked(world: World) -> None:
    stored = kept(world, "VIRUS")
    assert check_files(actor=SYSTEM) == 0
    stored.refresh_from_db()
    assert stored.scan == Scan.UNSCANNED


def test_a_scanner_that_is_not_there(world: World, settings: pytest_django.Settings) -> None:
    settings.FILE_SCAN_COMMAND = ["/nowhere/scanner"]
    kept(world, "fine")
    assert check_files(actor=SYSTEM) == 0


def test_only_the_sweep_checks(world: World) -> None:
    with pytest.raises(Refused):
        check_files(actor=world.actor(QINGPU, Role.PLANNER))
