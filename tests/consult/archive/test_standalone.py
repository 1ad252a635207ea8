"""The verifier of a package, run from an empty folder with Python alone; two processes, one result."""

import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import pytest_django
from django.db import connection, connections

from consult.archive import standalone
from consult.archive.standalone import MANIFEST
from tests.consult.archive.making import package
from tests.consult.phase3_identification.story import Story, tell
from tests.databases import clone_database, drop_database, url_of
from tests.world import WUJIANG, World, build_world

ROOT = Path(__file__).resolve().parents[3]


def run(*arguments: str, folder: Path, **extra: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-I", *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        timeout=120,
    )
    return done.returncode, done.stdout


@pytest.fixture
def unpacked(world: World, tmp_path: Path) -> Path:
    plan = world.plan()
    (tmp_path / "package.zip").write_bytes(package(plan))
    with zipfile.ZipFile(tmp_path / "package.zip") as held:
        held.extractall(tmp_path / "in")
    return tmp_path / "in"


@pytest.fixture
def alone(tmp_path: Path) -> Path:
    """An empty folder with the verifier and nothing else."""
    folder = tmp_path / "alone"
    folder.mkdir()
    (folder / "standalone_archive.py").write_bytes(Path(standalone.__file__).read_bytes())
    return folder


def test_it_is_short_and_holds_for_folder_and_zip(unpacked: Path, alone: Path) -> None:
    assert len(Path(standalone.__file__).read_text("utf-8").splitlines()) <= 130
    for where in (unpacked, unpacked.parent / "package.zip"):
        said = run("standalone_archive.py", str(where), folder=alone)
        assert said == (0, "holds, 20 files\n")
    inside = run("verify/standalone_archive.py", ".", folder=unpacked)
    assert inside == (0, "holds, 20 files\n")


def test_the_record_of_a_package_verifies_from_its_folder(unpacked: Path) -> None:
    said = run("verify/standalone_record.py", "09-record/record.jsonl", folder=unpacked)
    assert (said[0], "entries, head sha256:" in said[1]) == (0, True)


def test_every_changed_missing_and_added_file_is_named(unpacked: Path, alone: Path) -> None:
    changed, missing = unpacked / "README.txt", unpacked / "09-record" / "record.jsonl"
    changed.write_bytes(changed.read_bytes() + b" ")
    missing.unlink()
    (unpacked / "added.txt").write_text("x", "utf-8")
    said = run("standalone_archive.py", str(unpacked), folder=alone)
    assert said == (
        1,
        "missing: 09-record/record.jsonl\nchanged: README.txt\nadded: added.txt\n",
    )


def test_without_its_manifest_nothing_holds(unpacked: Path, alone: Path) -> None:
    (unpacked / MANIFEST).unlink()
    code, text = run("standalone_archive.py", str(unpacked), folder=alone)
    assert (code, text.splitlines()[0]) == (1, f"missing: {MANIFEST}")


@pytest.mark.parametrize("content", [b"", b"no package", b"PK\x03\x04 broken"])
def test_what_is_no_package_is_said(tmp_path: Path, alone: Path, content: bytes) -> None:
    (tmp_path / "x.zip").write_bytes(content)
    code, text = run("standalone_archive.py", str(tmp_path / "x.zip"), folder=alone)
    assert (code, text.startswith("the package cannot be read")) == (1, True)


def test_a_file_twice_in_the_zip_is_named(unpacked: Path, alone: Path) -> None:
    file = unpacked.parent / "package.zip"
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(file, "a") as held:
        held.writestr("README.txt", "another")
    code, text = run("standalone_archive.py", str(file), folder=alone)
    assert (code, text) == (1, "twice: README.txt\nchanged: README.txt\n")


@pytest.fixture
def story(
    django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker
) -> Iterator[Story]:
    """A plan in a database of its own, which other processes can read."""
    name = f"jointplan_archive_{os.getpid()}"
    with django_db_blocker.unblock():
        before = connection.settings_dict["NAME"]
        connection.close()
        clone_database(name)
        connection.settings_dict["NAME"] = name
        try:
            told = tell(build_world(), items=2, parties=(WUJIANG,))
            told.open()
            yield told
        finally:
            connections.close_all()
            connection.settings_dict["NAME"] = before
            drop_database(name)


def test_processes_in_other_zones_and_languages_make_the_same_bytes(
    story: Story, tmp_path: Path
) -> None:
    """A process of its own, and this one, whose hashes have another seed."""
    file = tmp_path / "package.zip"
    language, seed = "de_DE.UTF-8", "2" if os.environ.get("PYTHONHASHSEED") == "1" else "1"
    environment = {
        **os.environ,
        "TZ": "America/St_Johns",
        "LANG": language,
        "LC_ALL": language,
        "PYTHONHASHSEED": seed,
        "DATABASE_URL": url_of(connection.settings_dict["NAME"]),
        "MEDIA_ROOT": str(tmp_path / "media"),
    }
    subprocess.run(
        [sys.executable, "manage.py", "archive", "QWJ", str(file)],
        env=environment,
        cwd=ROOT,
        check=True,
        capture_output=True,
        timeout=120,
    )
    assert package(story.plan) == file.read_bytes()
