"""Checkouts to start servers in: one that everybody may enter, one below a closed home."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.launch import home
from config.launch.paths import Checkout


@pytest.fixture
def system_home(shared_system_home: Path) -> Path:
    """The folder root keeps for its checkouts."""
    return shared_system_home


@pytest.fixture(scope="module")
def shared_system_home() -> Iterator[Path]:
    """The folder root keeps for its checkouts, thrown away afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="jp-home-"))
    folder.chmod(0o755)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(home, "SYSTEM_HOMES", (folder / "jointplan",))
        yield folder / "jointplan"
    shutil.rmtree(folder)


@pytest.fixture
def checkout(system_home: Path) -> Iterator[Checkout]:
    """A checkout that every account may pass through."""
    yield from open_checkout()


@pytest.fixture(scope="module")
def shared_checkout(shared_system_home: Path) -> Iterator[Checkout]:
    """The same, for all tests of a module: making a database takes longer than using it."""
    yield from open_checkout()


def open_checkout() -> Iterator[Checkout]:
    folder = Path(tempfile.mkdtemp(prefix="jp-checkout-"))
    folder.chmod(0o711)
    made = Checkout(folder)
    made.prepare()
    yield made
    shutil.rmtree(folder)


@pytest.fixture
def closed_checkout(system_home: Path) -> Iterator[Checkout]:
    """A checkout with a path of 120 characters below a folder of mode 0700."""
    folder = Path(tempfile.mkdtemp(prefix="jp-closed-"))
    folder.chmod(0o700)
    root = folder / ("long-" * 40)[: 119 - len(str(folder))]
    root.mkdir()
    made = Checkout(root)
    made.prepare()
    yield made
    shutil.rmtree(folder)
