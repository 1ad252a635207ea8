import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Barrier
from uuid import uuid4

import pytest
import pytest_django
from django.db import connection, connections
from django.utils import translation

from stakeholders.files.actions import tidy_files
from stakeholders.files.enums import DOCUMENTS, LETTERS, MAX_SIZES, Kind, Scan
from stakeholders.files.models import StoredFile
from stakeholders.files.steps import drop_bytes, drop_orphans, keep, take
from stakeholders.people.models import User
from stakeholders.terms import clock
from stakeholders.terms.actor import SYSTEM, Role
from stakeholders.terms.errors import Invalid, Unavailable
from tests.databases import clone_database, drop_database
from tests.stakeholders.files import samples
from tests.world import QINGPU, WUJIANG, World, person


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def one(world: World) -> User:
    return world.user(QINGPU, Role.CONTACT_POINT)


def kept(user: User, content: bytes = samples.PDF, name: str = "letter.pdf") -> StoredFile:
    return keep(upload=samples.upload(content, name), person_id=user.pk, kinds=DOCUMENTS)


def place(media: Path, stored: StoredFile) -> Path:
    return media / stored.sha256[:2] / stored.sha256[2:4] / stored.sha256


def nothing_kept(media: Path) -> bool:
    files = [path for path in media.rglob("*") if path.is_file()]
    return not files and not StoredFile.objects.exists()


def age(stored: StoredFile, *, hours: float) -> None:
    at = clock.now() - timedelta(hours=hours)
    StoredFile.objects.filter(pk=stored.pk).update(touched_at=at)


def test_keep_puts_the_bytes_below_their_hash(one: User, media: Path) -> None:
    stored = kept(one, name="复函 青浦.pdf")
    assert (stored.name, stored.media_type, stored.size, stored.scan) == (
        "复函 青浦.pdf",
        "application/pdf",
        len(samples.PDF),
        Scan.UNSCANNED,
    )
    assert place(media, stored).read_bytes() == samples.PDF
    assert place(media, stored).stat().st_mode & 0o777 == 0o640
    assert list((media / "incoming").iterdir()) == []


def test_keep_gives_a_nameless_file_its_suffix(one: User) -> None:
    assert (kept(one, name="复函").name, kept(one, name="\u202e").name) == ("复函.pdf", "file.pdf")


def test_equal_uploads_share_their_bytes(one: User, world: World, media: Path) -> None:
    first, second = kept(one), kept(world.user(WUJIANG, Role.CONTACT_POINT), name="other.pdf")
    assert (first.sha256, first.pk == second.pk) == (second.sha256, False)
    assert len([path for path in media.rglob("*") if path.is_file()]) == 1


def test_an_empty_file(one: User, media: Path) -> None:
    with pytest.raises(Invalid) as caught:
        kept(one, b"")
    assert str(caught.value.errors["file"]) == "The file is empty."
    assert nothing_kept(media)


@pytest.mark.parametrize(("limit", "said"), [(1024, "1.0\xa0KB"), (10, "10\xa0bytes")])
def test_a_file_beyond_the_limit_is_not_read_on(
    one: User, media: Path, limit: int, said: str
) -> None:
    upload = samples.upload(samples.PDF * 100)
    with pytest.raises(Invalid) as caught:
        keep(upload=upload, person_id=one.pk, kinds=LETTERS, max_size=limit)
    assert str(caught.value.errors["file"]) == f"The file is too large: at most {said} are taken."
    assert nothing_kept(media)


def test_the_limit_of_the_kind_found(
    one: User, media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(MAX_SIZES, "png", 20)
    with pytest.raises(Invalid):
        kept(one, samples.png(), "seal.png")
    assert nothing_kept(media)


def test_the_share_of_a_person(one: User, settings: pytest_django.Settings, world: World) -> None:
    settings.FILE_QUOTA_PERSON = len(samples.PDF) + 10
    kept(one)
    with pytest.raises(Invalid) as caught:
        kept(one, samples.PDF + b"%%EOF")
    assert str(caught.value.errors["file"]) == (
        "Your uploads would exceed your share: 45\xa0bytes of 55\xa0bytes are used."
    )
    kept(world.user(WUJIANG, Role.CONTACT_POINT), samples.PDF + b"%%EOF")


def test_the_number_of_files_of_a_person(one: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stakeholders.files.rules.MOST_FILES", 1)
    kept(one)
    with pytest.raises(Invalid) as caught:
        kept(one)
    assert str(caught.value.errors["file"]).startswith("You keep 1 files here")


def test_the_share_of_a_plan(one: User, settings: pytest_django.Settings, world: World) -> None:
    settings.FILE_QUOTA_PLAN = len(samples.PDF) + 10
    first = kept(one)
    take(pk=first.pk, person_id=one.pk, kinds=LETTERS, plan_key="QWJ")
    other = world.user(WUJIANG, Role.CONTACT_POINT)
    second = kept(other)
    with pytest.raises(Invalid) as caught:
        take(pk=second.pk, person_id=other.pk, kinds=LETTERS, plan_key="QWJ")
    assert str(caught.value.errors["file"]) == (
        "The files of this plan would exceed its share: 45\xa0bytes of 55\xa0bytes are used."
    )
    take(pk=first.pk, person_id=one.pk, kinds=LETTERS, plan_key="QWJ")  # counted already


def test_take_refuses_what_is_not_ones_own(one: User, world: World) -> None:
    stored = kept(one)
    for pk in (stored.pk, uuid4()):
        with pytest.raises(Invalid) as caught:
            take(pk=pk, person_id=world.user(WUJIANG, Role.PLANNER).pk, kinds=LETTERS)
        assert str(caught.value.errors["file"]) == (
            "This upload is no longer there. Choose the file again."
        )


def test_take_refuses_another_kind_and_an_infected_file(one: User) -> None:
    stored = kept(one)
    with pytest.raises(Invalid) as caught:
        take(pk=stored.pk, person_id=one.pk, kinds={Kind.XLSX})
    assert str(caught.value.errors["file"]) == (
        "This file is not of a kind taken here. It is: PDF document. "
        "Expected: Excel workbook (.xlsx)."
    )
    StoredFile.objects.update(scan=Scan.INFECTED)
    with pytest.raises(Invalid) as caught:
        take(pk=stored.pk, person_id=one.pk, kinds=LETTERS)
    assert str(caught.value.errors["file"]).startswith("A virus was found")


@pytest.mark.parametrize("broken", ["mkstemp", "fsync", "replace"])
def test_a_full_disk_leaves_nothing(
    one: User, media: Path, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    def fail(*_given: object, **_named: object) -> None:
        raise OSError(28, "No space left on device")

    name = {
        "mkstemp": "stakeholders.files.storage.tempfile.mkstemp",
        "fsync": "stakeholders.files.storage.os.fsync",
        "replace": "pathlib.Path.replace",
    }[broken]
    with monkeypatch.context() as patch:
        patch.setattr(name, fail)
        with pytest.raises(Unavailable) as caught:
            kept(one)
    assert str(caught.value.text).startswith("The site cannot keep files at the moment.")
    assert nothing_kept(media)


def test_housekeeping_drops_what_nobody_used_for_a_day(one: User, media: Path) -> None:
    old, young, again = kept(one), kept(one, samples.png(), "a.png"), kept(one, b"text", "a.txt")
    for stored, hours in ((old, 25), (young, 23), (again, 25)):
        age(stored, hours=hours)
    take(pk=again.pk, person_id=one.pk, kinds=DOCUMENTS)
    assert tidy_files(actor=SYSTEM) == 1
    assert set(StoredFile.objects.all()) == {young, again}
    assert (place(media, old).exists(), place(media, young).exists()) == (False, True)


def test_housekeeping_keeps_bytes_another_upload_shares(one: User, media: Path) -> None:
    old, _young = kept(one), kept(one)
    age(old, hours=25)
    assert tidy_files(actor=SYSTEM) == 1
    assert place(media, old).exists()


def test_housekeeping_drops_orphan_bytes_and_half_written_ones(one: User, media: Path) -> None:
    stored = kept(one)
    orphan = media / "ab" / "cd" / ("abcd" + "0" * 60)
    orphan.parent.mkdir(parents=True)
    orphan.write_bytes(b"left by a crash")
    partial = media / "incoming" / "tmp1"
    partial.write_bytes(b"half")
    long_ago = clock.now().timestamp() - 7 * 3600
    os.utime(partial, (long_ago, long_ago))
    fresh = media / "incoming" / "tmp2"
    fresh.write_bytes(b"being written")
    assert tidy_files(actor=SYSTEM) == 2
    assert (orphan.exists(), partial.exists(), fresh.exists()) == (False, False, True)
    assert place(media, stored).exists()
    assert drop_orphans() == 0


@pytest.fixture
def own_database(
    django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker
) -> Iterator[User]:
    """A database of its own, so that what threads commit is dropped with it."""
    name = f"jointplan_files_{os.getpid()}"
    with django_db_blocker.unblock():
        before = connection.settings_dict["NAME"]
        connection.close()
        clone_database(name)
        connection.settings_dict["NAME"] = name
        try:
            yield person("one@site.example", "one")
        finally:
            connection.close()
            connection.settings_dict["NAME"] = before
            drop_database(name)


def at_once(*acts: Callable[[], object]) -> None:
    """Run every act at the same moment on a connection of its own."""
    start = Barrier(len(acts))

    def run(act: Callable[[], object]) -> None:
        try:
            connection.ensure_connection()
            start.wait(timeout=20)
            act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        list(pool.map(run, acts))


def test_an_upload_while_its_bytes_are_dropped_loses_nothing(
    own_database: User, media: Path
) -> None:
    """The old upload goes and the same bytes come again: whichever is first, they lie there."""
    for turn in range(15):
        content = samples.PDF + f"%{turn}\n%%EOF".encode()
        old = kept(own_database, content)
        age(old, hours=25)
        at_once(
            lambda: tidy_files(actor=SYSTEM),
            lambda content=content: kept(own_database, content),
            lambda old=old: drop_bytes(old.sha256),
        )
        assert StoredFile.objects.filter(sha256=old.sha256).count() == 1
        assert place(media, old).read_bytes() == content


def test_a_form_taking_up_an_upload_while_it_is_dropped(own_database: User, media: Path) -> None:
    """Either the form has it and it stays, or the person is told and it is gone: never half."""
    for turn in range(15):
        old = kept(own_database, samples.PDF + f"%{turn}\n%%EOF".encode())
        age(old, hours=25)
        came: list[str] = []

        def form(old: StoredFile = old, came: list[str] = came) -> None:
            try:
                take(pk=old.pk, person_id=own_database.pk, kinds=LETTERS)
                came.append("taken")
            except Invalid:
                came.append("told")

        at_once(form, lambda: tidy_files(actor=SYSTEM))
        there = StoredFile.objects.filter(pk=old.pk).exists()
        assert (there, place(media, old).exists()) == (
            (True, True) if came == ["taken"] else (False, False)
        )


def test_two_uploads_at_once_do_not_both_take_the_last_room(
    own_database: User, settings: pytest_django.Settings
) -> None:
    settings.FILE_QUOTA_PERSON = len(samples.PDF) + 10

    def upload() -> None:
        try:
            kept(own_database)
        except Invalid:
            return

    at_once(upload, upload, upload)
    assert StoredFile.objects.count() == 1
