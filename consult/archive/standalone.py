"""Verify an archive package without Django and without this site.

    python standalone_archive.py PACKAGE.zip      (or the folder it was unpacked into)

Exit status 0 when the files are those of MANIFEST.sha256; 1 with every other, missing, added one,
and with what would be unpacked elsewhere or over another file.
"""

import collections
import hashlib
import os
import re
import sys
import unicodedata
import zipfile
import zlib

MANIFEST, LONGEST = "MANIFEST.sha256", 64 * 1024 * 1024
UNREADABLE = (OSError, ValueError, RuntimeError, EOFError, zipfile.BadZipFile, zlib.error)
KNOWN = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def digest(file):
    found = hashlib.sha256()
    while block := file.read(1024 * 1024):
        found.update(block)
    return found.hexdigest()


def halt(error):
    raise error


def files_in(path):
    """(name, open file) of each file of a folder or a ZIP file; None for what is no plain file."""
    for folder, folders, names in os.walk(path, onerror=halt if os.path.isdir(path) else None):
        for name in [*names, *(one for one in folders if os.path.islink(f"{folder}/{one}"))]:
            place = os.path.join(folder, name)
            said = os.path.relpath(place, path).replace(os.sep, "/")
            if os.path.islink(place) or not os.path.isfile(place):
                yield said, None
                continue
            with open(place, "rb") as file:
                yield said, file
    if not os.path.isdir(path):
        with zipfile.ZipFile(path) as package:
            for one in package.infolist():
                if one.external_attr >> 28 not in (0, 8) or one.compress_type not in KNOWN:
                    yield one.orig_filename, None
                    continue
                with package.open(one) as file:
                    yield one.orig_filename, file


def around(path):
    """What a ZIP file holds besides its files: its reader would not see it unpacked."""
    if os.path.isdir(path):
        return []
    with open(path, "rb") as file, zipfile.ZipFile(file) as package:
        file.seek(-22, os.SEEK_END)
        end, first = file.read(), min([one.header_offset for one in package.infolist()], default=0)
    is_bare = end[:4] == b"PK\5\6" and end[20:] == b"\0\0" and first == 0
    return [] if is_bare else ["added: bytes before or after the files of the ZIP, or a comment"]


def is_astray(name):
    """Whether it names a place outside the package, or is read otherwise than it is."""
    kinds = {unicodedata.category(one) for one in name} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    return bool(kinds or {"", ".", ".."} & set(name.split("/")) or {"\\", ":"} & set(name))


def plain(text):
    """Without what moves the cursor or turns the line."""
    return "".join(one if one.isprintable() else ascii(one)[1:-1] for one in text)


def manifest_of(file):
    """Its lines as (name, hash). ValueError for what is none."""
    text = file.read(LONGEST + 1)
    lines = text.decode().split("\n")
    if len(text) > LONGEST or lines.pop():
        raise ValueError(f"{MANIFEST} is too long, or cut off")
    if odd := [one for one in lines if not re.fullmatch("[0-9a-f]{64}  .+", one)]:
        raise ValueError(f"{MANIFEST}: no line of it: {odd[0][:200]!r}")
    return [(line[66:], line[:64]) for line in lines]


def faults_in(path):
    """(number of files, every difference to the manifest); no difference: the package holds."""
    found: dict[str, str] = {}
    times: collections.Counter[str] = collections.Counter()
    places: dict[str, set[str]] = {}
    lines: list[tuple[str, str]] = []
    faults: list[str] = []
    try:
        for name, file in files_in(path):
            times[name] += 1
            places.setdefault(unicodedata.normalize("NFC", name).casefold(), set()).add(name)
            lines = manifest_of(file) if name == MANIFEST and file else lines
            found[name] = digest(file) if file else "no plain file"
        faults += around(path)
    except UNREADABLE as error:
        return 0, [f"the package cannot be read: {type(error).__name__} {error}"]
    said, listed = dict(lines), collections.Counter(name for name, _hash in lines)
    faults += [f"twice: {name}" for name in times if times[name] > 1]
    faults += [f"twice in the manifest: {name}" for name in listed if listed[name] > 1]
    faults += [f"astray: {name}" for name in found if is_astray(name)]
    faults += [f"in one place: {sorted(names)}" for names in places.values() if len(names) > 1]
    faults += [f"no plain file: {name}" for name in found if found[name] == "no plain file"]
    faults += [f"missing: {name}" for name in [MANIFEST, *said] if name not in found]
    faults += [f"changed: {name}" for name in said if found.get(name, said[name]) != said[name]]
    faults += [f"added: {name}" for name in found if name not in said and name != MANIFEST]
    return len(found), [plain(one) for one in faults]


if __name__ == "__main__":
    number, differences = faults_in(sys.argv[1])
    sys.stdout.write("\n".join(differences or [f"holds, {number} files"]) + "\n")
    sys.exit(1 if differences else 0)
