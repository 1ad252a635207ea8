"""Under which account a server runs, and where its data and its programs lie.

PostgreSQL refuses to run as root. Root therefore lends it the account `nobody`, which must be
able to reach the data and the programs. Where a parent folder is closed (a checkout below a
home of mode 0700), data and programs go to a folder of the system; no folder of the person is
ever opened up for it.
"""

import hashlib
import importlib.metadata
import importlib.util
import os
import pwd
import secrets
import shutil
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from config.launch.paths import Checkout
from config.launch.terms import ANY_HOME, LaunchError

SYSTEM_HOMES = (Path("/var/lib/jointplan"), Path("/var/tmp/jointplan"))  # noqa: S108 - owner and mode are verified
MEMORY_HOME = Path("/dev/shm")  # noqa: S108 - owner and mode are verified
MEMORY_ROOM, MEMORY_LEFT = 6 * 2**30, 10 * 2**30  # bytes: for the data; for all else that runs
SHORT_HOME = Path("/tmp")  # noqa: S108 - a socket's whole path has at most 107 bytes; owner and mode are verified


@dataclass(frozen=True)
class Account:
    """Who a server runs as."""

    uid: int
    gid: int

    @property
    def is_us(self) -> bool:
        return self.uid == os.geteuid()

    def spawn(self) -> dict[str, Any]:
        """Return the arguments that make subprocess start a program as this account."""
        if self.is_us:
            return {"cwd": ANY_HOME}
        return {"user": self.uid, "group": self.gid, "extra_groups": [], "cwd": ANY_HOME}

    def give(self, path: Path) -> None:
        """Hand `path` over to this account."""
        if not self.is_us:
            os.chown(path, self.uid, self.gid)


def account_for(data: Path) -> Account:
    """Return who serves `data`: we ourselves; in root's place its owner, or nobody."""
    if os.geteuid() != 0:
        return Account(uid=os.geteuid(), gid=os.getegid())
    if data.exists() and data.stat().st_uid != 0:
        return Account(uid=data.stat().st_uid, gid=data.stat().st_gid)
    entry = pwd.getpwnam("nobody")
    return Account(uid=entry.pw_uid, gid=entry.pw_gid)


def can_enter(*, account: Account, folder: Path) -> bool:
    """Say whether `account` can pass through `folder` and all above it, by trying."""
    command = ["/bin/sh", "-c", 'test -x "$0/."', str(folder)]
    return subprocess.run(command, check=False, **account.spawn()).returncode == 0


def system_home() -> Path:
    """Return the folder of the system that root keeps for all its checkouts."""
    for home in SYSTEM_HOMES:
        try:
            home.mkdir(mode=0o755)
            home.chmod(0o755)
        except FileExistsError:
            pass
        except OSError:
            continue
        found = home.lstat()
        if (
            stat.S_ISDIR(found.st_mode)
            and found.st_uid == os.geteuid()
            and not found.st_mode & 0o022
        ):
            return home
    raise LaunchError(
        f"none of {', '.join(map(str, SYSTEM_HOMES))} can be made: run as an ordinary account"
    )


def data_folder(*, checkout: Checkout, kind: str) -> tuple[Path, Account]:
    """Return where the server `kind` keeps its data, and the account it runs as.

    A folder outside the checkout is chosen once and remembered in `var/KIND.location`, so that
    the next start finds the same data, even after the checkout was moved.
    """
    pointer = checkout.var / f"{kind}.location"
    if pointer.exists():
        place, author = pointer.read_text(encoding="utf-8").splitlines()
        if author == str(checkout.root) or not (Path(author) / "var" / pointer.name).exists():
            return Path(place), account_for(Path(place))
    inside = checkout.var / kind
    account = account_for(inside)
    if account.is_us or can_enter(account=account, folder=checkout.var):
        return inside, account
    holder = system_home() / secrets.token_hex(4)
    holder.mkdir(mode=0o711)
    holder.chmod(0o711)
    place = str(holder / kind)
    pointer.write_text(f"{place}\n{checkout.root}\n", encoding="utf-8")
    return Path(place), account


def socket_folder(*, checkout: Checkout, kind: str, account: Account) -> Path:
    """Return a short folder that only `account` (and root) can enter.

    Names in /tmp can be taken by anyone, so a folder that is not ours is passed over.
    """
    return _own_folder(SHORT_HOME / ("jp-" + checkout.digest(kind, str(account.uid))), account)


def memory_folder(*, checkout: Checkout, kind: str) -> tuple[Path, Account] | None:
    """Return a folder in memory for data worth nothing after the run; None where room is scarce.

    Hundreds of databases are made and dropped in a run of the tests, some 800 files each. ext4 looks
    for inodes that were not freed lately, so that such a copy costs it 1.3 s of processor time
    instead of 0.1.
    """
    account = account_for(MEMORY_HOME / kind)
    place = MEMORY_HOME / ("jp-" + checkout.digest(kind, str(account.uid)))
    if not place.exists() and not _is_roomy(MEMORY_HOME):
        return None
    return _own_folder(place, account) / kind, account


def _is_roomy(place: Path) -> bool:
    """Say whether `place`, which is memory, may be filled without pressing what else runs."""
    try:
        free = shutil.disk_usage(place).free
    except OSError:
        return False
    return free >= MEMORY_ROOM and _memory_left() >= MEMORY_ROOM + MEMORY_LEFT


def _memory_left() -> int:
    """Bytes that programs may still take, as Linux reckons them; 0 where it does not say."""
    lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
    found = [line.split()[1] for line in lines if line.startswith("MemAvailable:")]
    return int(found[0]) * 1024 if found else 0


def _own_folder(place: Path, account: Account) -> Path:
    """Return `place`, or the like with a number, as a folder that only `account` can enter."""
    for candidate in (
        place,
        *(place.with_name(f"{place.name}-{number}") for number in range(1, 10)),
    ):
        try:
            candidate.mkdir(mode=0o700)
            account.give(candidate)
        except FileExistsError:
            pass
        found = candidate.lstat()
        if (
            stat.S_ISDIR(found.st_mode)
            and found.st_uid == account.uid
            and not found.st_mode & 0o077
        ):
            return candidate
    raise LaunchError(f"all names like {place} belong to someone else: remove them")


def programs(*, package: str, parts: tuple[str, ...], probe: str, account: Account) -> Path:
    """Return the folder of a wheel's programs that `account` can run.

    `parts` are the folders of site-packages that belong together (libraries are found by
    relative paths), the first one holding `probe`; they are copied when out of reach.
    """
    site = _site_folder(package)
    if account.is_us or _runs(site / probe, account=account):
        return site
    version = importlib.metadata.version(package)
    name = hashlib.sha256(f"{package} {version} {site}".encode()).hexdigest()[:10]
    place = system_home() / f"programs-{name}"
    if not place.exists():
        partial = place.with_name(f"{place.name}.{os.getpid()}")
        for part in parts:
            shutil.copytree(site / part, partial / part, symlinks=True)
        _open_for_reading(partial)
        partial.rename(place)
    if not _runs(place / probe, account=account):
        raise LaunchError(
            f"{place / probe} does not run: is {place} on a file system without programs (noexec)?"
        )
    return place


def _site_folder(package: str) -> Path:
    found = importlib.util.find_spec(package)
    if found is None or not found.submodule_search_locations:
        raise LaunchError(f"the package {package} is not installed: run make install")
    return Path(found.submodule_search_locations[0]).parent


def _runs(program: Path, *, account: Account) -> bool:
    try:
        done = subprocess.run(
            [program, "--version"], check=False, capture_output=True, **account.spawn()
        )
    except OSError:
        return False
    return done.returncode == 0


def _open_for_reading(top: Path) -> None:
    for path in (top, *top.rglob("*")):
        if not path.is_symlink():
            mode = path.stat().st_mode
            path.chmod(0o755 if path.is_dir() or mode & 0o100 else 0o644)
