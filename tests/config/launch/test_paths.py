import stat
from pathlib import Path

import pytest

from config.launch.lock import holder, is_held, only_one
from config.launch.paths import PRIVATE, Checkout
from config.launch.secrets import secret
from config.launch.terms import LaunchError


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_prepare_makes_folders_that_only_we_read(tmp_path: Path) -> None:
    checkout = Checkout(tmp_path)
    checkout.prepare()
    checkout.prepare()
    assert mode(checkout.var) == 0o711
    assert {name: mode(checkout.var / name) for name in PRIVATE} == dict.fromkeys(PRIVATE, 0o700)


def test_secret_is_made_once_and_private(tmp_path: Path) -> None:
    checkout = Checkout(tmp_path)
    checkout.prepare()
    word = secret(checkout=checkout, name="key")
    assert len(word) >= 40
    assert secret(checkout=checkout, name="key") == word
    assert secret(checkout=checkout, name="other") != word
    assert [mode(path) for path in sorted(checkout.secrets.iterdir())] == [0o600, 0o600]


def test_digest_differs_by_checkout_and_kind(tmp_path: Path) -> None:
    one, two = Checkout(tmp_path / "one"), Checkout(tmp_path / "two")
    assert len({one.digest("a"), one.digest("b"), two.digest("a"), two.digest("b")}) == 4
    assert one.digest("a") == Checkout(tmp_path / "one").digest("a")


def test_only_one_second_holder_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    assert not is_held(path)
    with only_one(path=path, doing="make up"):
        assert is_held(path)
        with (
            pytest.raises(
                LaunchError,
                match=rf"^make up already runs in this checkout \(process {holder(path)}\)$",
            ),
            only_one(path=path, doing="make up"),
        ):
            pytest.fail("the lock was given twice")
        assert is_held(path), "the refused one must not free it"
    assert not is_held(path)
    assert holder(path) is None
