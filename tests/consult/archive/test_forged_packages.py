"""Packages that a forger made: each is named, none fills memory, none is taken for whole."""

import hashlib
import os
import resource
import stat
import warnings
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from consult.archive import standalone
from consult.archive.standalone import MANIFEST, faults_in

Files = Sequence[tuple[str, bytes]]
TWO: Files = (("a.txt", b"A"), ("b/c.txt", b"C"))
AROUND = "added: bytes before or after the files of the ZIP, or a comment"
UNREAD = "the package cannot be read: "
ASTRAY = {
    "../evil": "astray: ../evil",
    "b/../../evil": "astray: b/../../evil",
    "/etc/cron.d/x": "astray: /etc/cron.d/x",
    "..\\evil": "astray: ..\\evil",
    "C:/evil": "astray: C:/evil",
    "./a2.txt": "astray: ./a2.txt",
    "d/": "astray: d/",
    "x\u202etxt.exe": "astray: x\\u202etxt.exe",
    "x\u2028y": "astray: x\\u2028y",
    "\x1b[2Jholds": "astray: \\x1b[2Jholds",
}


def listed(files: Files) -> bytes:
    return "".join(f"{hashlib.sha256(held).hexdigest()}  {name}\n" for name, held in files).encode()


def zipped(
    folder: Path,
    files: Files = TWO,
    *,
    manifest: bytes | None = None,
    comment: bytes = b"",
    mode: int = 0o644,
    packed: int = zipfile.ZIP_DEFLATED,
) -> Path:
    """A package whose manifest was made anew, unless another one is given."""
    path = folder / "package.zip"
    lines = listed(files) if manifest is None else manifest
    with warnings.catch_warnings(), zipfile.ZipFile(path, "w", packed) as package:
        warnings.simplefilter("ignore")
        for name, held in files:
            entry = zipfile.ZipInfo(name)
            entry.external_attr, entry.compress_type = mode << 16, packed
            package.writestr(entry, held)
        package.writestr(MANIFEST, lines)
        package.comment = comment
    return path


def test_an_honest_one_holds(tmp_path: Path) -> None:
    assert faults_in(zipped(tmp_path)) == (3, [])


@pytest.mark.parametrize("name", ASTRAY)
def test_a_name_that_leads_elsewhere_is_named(tmp_path: Path, name: str) -> None:
    assert faults_in(zipped(tmp_path, [*TWO, (name, b"E")])) == (4, [ASTRAY[name]])


@pytest.mark.parametrize("other", ["A.TXT", "B/C.txt"])
def test_two_names_of_one_place_are_named(tmp_path: Path, other: str) -> None:
    former = "a.txt" if other == "A.TXT" else "b/c.txt"
    said = faults_in(zipped(tmp_path, [*TWO, (other, b"E")]))
    assert said == (4, [f"in one place: {sorted([other, former])}"])


def test_names_that_look_alike_are_named(tmp_path: Path) -> None:
    composed, split = "caf\u00e9", "cafe\u0301"
    said = faults_in(zipped(tmp_path, [*TWO, (composed, b"1"), (split, b"2")]))
    assert said == (5, [f"in one place: {sorted([composed, split])}"])


def test_a_file_listed_twice_is_named_whichever_line_is_right(tmp_path: Path) -> None:
    false = listed([("a.txt", b"forged")])
    for manifest in (false + listed(TWO), listed(TWO) + listed(TWO[:1])):
        said = faults_in(zipped(tmp_path, manifest=manifest))
        assert said == (3, ["twice in the manifest: a.txt"])


def test_a_name_twice_in_zip_and_manifest_is_named(tmp_path: Path) -> None:
    said = faults_in(zipped(tmp_path, [("a.txt", b"forged"), *TWO]))
    assert said == (3, ["twice: a.txt", "twice in the manifest: a.txt"])


def test_what_stands_around_the_files_is_named(tmp_path: Path) -> None:
    assert faults_in(zipped(tmp_path, comment=b"approved by all")) == (3, [AROUND])
    path = zipped(tmp_path)
    honest = path.read_bytes()
    for bytes_ in (b"#!/bin/sh\n" + honest, honest + b"more"):
        path.write_bytes(bytes_)
        assert faults_in(path) == (3, [AROUND])


@pytest.mark.parametrize("mode", [stat.S_IFLNK | 0o777, stat.S_IFIFO, stat.S_IFCHR])
def test_a_link_or_device_in_the_zip_is_named(tmp_path: Path, mode: int) -> None:
    said = faults_in(zipped(tmp_path, [("l", b"/etc/passwd")], mode=mode))
    assert said == (2, ["no plain file: l", "changed: l"])


def test_links_and_pipes_in_a_folder_are_named_and_not_opened(tmp_path: Path) -> None:
    for name, held in TWO:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(held)
    (tmp_path / MANIFEST).write_bytes(listed(TWO))
    (tmp_path / "etc").symlink_to("/etc")
    (tmp_path / "zero").symlink_to("/dev/zero")
    os.mkfifo(tmp_path / "pipe")
    number, said = faults_in(tmp_path)
    names = ("etc", "pipe", "zero")
    faults = [f"{word}: {name}" for word in ("added", "no plain file") for name in names]
    assert (number, sorted(said)) == (6, faults)


@pytest.mark.parametrize("packed", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_packings_than_its_own_are_not_unpacked(tmp_path: Path, packed: int) -> None:
    number, said = faults_in(zipped(tmp_path, packed=packed))
    assert (number, f"no plain file: {MANIFEST}" in said, "added: a.txt" in said) == (3, True, True)


@pytest.mark.parametrize(
    "manifest",
    [
        b"\xff\xfe",
        listed(TWO)[:-1],
        listed(TWO).replace(b"  ", b"**"),
        listed(TWO).replace(b"\n", b"\r\n", 1) + b"\n",
        listed(TWO).upper(),
        listed(TWO) + b"holds, 9 files\n",
    ],
)
def test_a_manifest_of_another_shape_is_refused(tmp_path: Path, manifest: bytes) -> None:
    number, said = faults_in(zipped(tmp_path, manifest=manifest))
    assert (number, len(said), said[0].startswith(UNREAD)) == (0, 1, True)


def test_a_huge_file_and_a_huge_manifest_fill_no_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, block = tmp_path / "package.zip", b"\0" * 1024 * 1024
    for name in ("a.txt", MANIFEST):
        with (
            zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package,
            package.open(name, "w", force_zip64=True) as file,
        ):
            for _n in range(600):
                file.write(block)
        if name == MANIFEST:
            monkeypatch.setattr(standalone, "LONGEST", 1024)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        number, said = faults_in(path)
        after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        assert after - before < 64 * 1024  # kilobytes
        if name == MANIFEST:
            assert (number, said[0].startswith(UNREAD)) == (0, True)
        else:
            assert said == [f"missing: {MANIFEST}", "added: a.txt"]
