"""A small disk of our own, to be filled to the last byte: in memory, seen by nobody else."""

import ctypes
import errno
import os
from pathlib import Path

NEW_MOUNTS, NEW_USERS = 0x00020000, 0x10000000  # CLONE_NEWNS, CLONE_NEWUSER
ALL_BELOW, OURS_ALONE = 0x4000, 1 << 18  # MS_REC, MS_PRIVATE
DETACH = 2  # MNT_DETACH
PIECE = bytes(64 * 1024)

_libc = ctypes.CDLL(None, use_errno=True)


def mount(place: Path, *, megabytes: int) -> None:
    """Put an empty disk at `place`, for this process and those it starts; it goes with the last.

    An ordinary account does so in a user namespace of its own; PermissionError where the kernel
    allows neither. To be called before the first thread.
    """
    uid, gid = os.geteuid(), os.getegid()
    _done(_libc.unshare(NEW_MOUNTS if uid == 0 else NEW_MOUNTS | NEW_USERS))
    if uid != 0:
        Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
        Path("/proc/self/uid_map").write_text(f"{uid} {uid} 1", encoding="ascii")
        Path("/proc/self/gid_map").write_text(f"{gid} {gid} 1", encoding="ascii")
    _done(_libc.mount(b"none", b"/", None, ALL_BELOW | OURS_ALONE, None))
    told = f"size={megabytes}m,mode=711".encode()
    _done(_libc.mount(b"tmpfs", os.fsencode(place), b"tmpfs", 0, told))


def unmount(place: Path) -> None:
    """Take the disk of `mount` away with all that is on it."""
    _done(_libc.umount2(os.fsencode(place), DETACH))


def _done(status: int) -> None:
    if status != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


class Ballast:
    """A file that takes all the room that is left, again and again, until it is `thrown_off`."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "ballast"

    def take_all(self) -> int:
        """Write until no byte goes in any more; how many bytes went in."""
        taken = 0
        with self._path.open("ab", buffering=0) as file:
            for piece in (PIECE, PIECE[:4096], PIECE[:1]):
                try:
                    while True:
                        taken += file.write(piece)
                except OSError as error:
                    if error.errno != errno.ENOSPC:
                        raise
        return taken

    def throw_off(self) -> None:
        self._path.unlink()
