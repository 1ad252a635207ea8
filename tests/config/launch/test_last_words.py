"""What `make up` says once the site is ready: the accounts, or the way into an empty site."""

import subprocess
import sys
from pathlib import Path

import pytest

from config.launch import environment, site, supervisor
from config.launch.paths import Checkout

SERVERLESS = environment.Servers(postgres=None, broker=None)


@pytest.mark.parametrize(
    ("demonstration", "command"), [(True, "load_demonstration --accounts"), (False, "way_in")]
)
def test_the_line_below_ready_is_that_of_the_site(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    demonstration: bool,
    command: str,
) -> None:
    def nothing(*_: object, **__: object) -> None:
        return None

    def stop(**_: object) -> None:
        raise supervisor.StopRequested

    def echo(*, arguments: tuple[str, ...], **_: object) -> "subprocess.Popen[str]":
        program = f"print({' '.join(arguments)!r})"
        return subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)

    monkeypatch.setattr(supervisor.environment.Servers, "of", lambda *, checkout: SERVERLESS)
    monkeypatch.setattr(supervisor.probes, "require_free", nothing)
    monkeypatch.setattr(supervisor, "children_of", lambda **_: [])
    monkeypatch.setattr(supervisor, "wait_for_ready", nothing)
    monkeypatch.setattr(supervisor, "_watch", stop)
    for name in ("update", "load_demonstration"):
        monkeypatch.setattr(site, name, nothing)
    monkeypatch.setattr(site, "manage", echo)
    supervisor.up(checkout=Checkout(tmp_path), port=8123, demonstration=demonstration)
    assert capsys.readouterr().out == f"ready http://localhost:8123\n{command}\n"
