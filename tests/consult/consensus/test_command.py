"""`manage.py consensus`: the same contract from a file or standard input."""

import io
import json
import sys
from pathlib import Path

import pytest

from consult.consensus import evaluate
from consult.management.commands.consensus import Command

CASE = json.loads(
    (Path(__file__).parent / "cases" / "eu_three_large_cannot_block.json").read_text("utf-8")
)["case"]


def run(source: str) -> int:
    """Run the command as manage.py does and return its exit code."""
    try:
        Command().run_from_argv(["manage.py", "consensus", source])
    except SystemExit as stop:
        return int(str(stop.code))
    return 0


def test_command_prints_answer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "case.json"
    path.write_text("\ufeff" + json.dumps(CASE), encoding="utf-8")
    assert run(str(path)) == 0
    assert json.loads(capsys.readouterr().out) == evaluate(CASE)


def test_command_reads_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(json.dumps(CASE).encode())))
    assert run("-") == 0
    assert json.loads(capsys.readouterr().out)["state"] == "passed"


@pytest.mark.parametrize(
    ("raw", "answer"),
    [
        (
            json.dumps(CASE | {"closed": "yes"}).encode(),
            {"error": "must be true or false", "at": "closed"},
        ),
        (b"\xff\xfe", {"error": "is not UTF-8", "at": ""}),
        (
            b"{",
            {
                "error": "is no JSON: Expecting property name enclosed in double quotes: line 1 column 2 (char 1)",
                "at": "",
            },
        ),
    ],
)
def test_bad_case_exits_2_and_prints_error_on_stdout(
    raw: bytes, answer: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "case.json"
    path.write_bytes(raw)
    assert run(str(path)) == 2
    assert json.loads(capsys.readouterr().out) == answer


def test_missing_file_exits_2_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(str(tmp_path / "none.json")) == 2
    assert "cannot read" in capsys.readouterr().err
