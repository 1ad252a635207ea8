"""A missing variable stops the start with its name."""

import os
import subprocess
import sys

import pytest

from config import env

PRODUCTION = {
    "SECRET_KEY": "x" * 50,
    "DATABASE_URL": "postgres://application:none@127.0.0.1:1/none",
    "BROKER_URL": "redis://127.0.0.1:1/0",
    "SITE_URL": "https://jointplan.example",
    "EMAIL_HOST": "127.0.0.1",
}


def start(environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "import config.settings"],
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("name", PRODUCTION)
def test_missing_variable_stops_the_start_with_its_name(name: str) -> None:
    result = start({k: v for k, v in PRODUCTION.items() if k != name})
    said = f"the environment variable {name} is missing"
    assert (result.returncode, said in result.stderr) == (1, True), result.stderr


def test_whole_production_environment_starts() -> None:
    assert start(PRODUCTION).returncode == 0


@pytest.mark.parametrize("url", ["mysql://a@b/c", "postgres://a@b/", "postgres", "postgres:///"])
def test_wrong_database_url_is_named(url: str) -> None:
    result = start({**PRODUCTION, "DATABASE_URL": url})
    assert (result.returncode, "DATABASE_URL must read" in result.stderr) == (1, True)


def test_retention_changes_single_kinds() -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KEPT", "jobs=10, sessions=0")
        assert env.days("KEPT", {"jobs": 30, "sessions": 1, "tokens": 2}) == {
            "jobs": 10,
            "sessions": 0,
            "tokens": 2,
        }


@pytest.mark.parametrize(
    "word", ["notices=10", "jobs=-1", "jobs=", "jobs", "jobs=1.5", "jobs=40000"]
)
def test_retention_that_makes_no_sense_stops_the_start(word: str) -> None:
    result = start({**PRODUCTION, "RETENTION": word})
    assert (result.returncode, "RETENTION: " in result.stderr) == (1, True), result.stderr
