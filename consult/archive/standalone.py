"""Verify an archive package without Django and without this site.

    python standalone_archive.py PACKAGE.zip      (or the folder it was unpacked into)

Exit status 0 when the files are those of MANIFEST.sha256; 1 with every other, missing, added one.
"""

import collections
import hashlib
import os
import sys
import zipfile
import zlib

MANIFEST = "MANIFEST.sha256"
UNREADABLE = (OSError, ValueError, RuntimeError, EOFError, zipfile.BadZipFile, zlib.error)


def digest(file):
    found = hashlib.sha256()
    while block := file.read(1024 * 1024):
        found.update(block)
    return found.hexdigest()


def files_in(path):
    """(name, open file) of each file of a folder or a ZIP file."""
    for folder, _folders, names in os.walk(path):
        for name in names:
            with open(os.path.join(folder, name), "rb") as file:
                yield os.path.relpath(file.name, path).replace(os.sep, "/"), file
    if not os.path.isdir(path):
        with zipfile.ZipFile(path) as package:
            for one in package.infolist():
                with package.open(one) as file:
                    yield one.filename, file


def faults_in(path):
    """(number of files, every difference to the manifest); no difference: the package holds."""
    found, times = {}, collections.Counter()
    lines = ()
    try:
        for name, file in files_in(path):
            times[name] += 1
            lines = file.read().decode().splitlines() if name == MANIFEST else lines
            found[name] = digest(file)
    except UNREADABLE as error:
        return 0, [f"the package cannot be read: {type(error).__name__} {error}"]
    said = {line[66:]: line[:64] for line in lines}
    faults = [f"twice: {name}" for name in times if times[name] > 1]
    faults += [f"missing: {name}" for name in [MANIFEST, *said] if name not in found]
    faults += [f"changed: {name}" for name in said if found.get(name, said[name]) != said[name]]
    faults += [f"added: {name}" for name in found if name not in said and name != MANIFEST]
    return len(found), faults


if __name__ == "__main__":
    number, differences = faults_in(sys.argv[1])
    sys.stdout.write("\n".join(differences or [f"holds, {number} files"]) + "\n")
    sys.exit(1 if differences else 0)
