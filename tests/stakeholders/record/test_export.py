"""An exported record: whatever is done to it is found without Django, and a mailed head shows where
it was cut off or written anew."""

import json
import subprocess
import sys
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stakeholders.record import standalone
from stakeholders.record.queries import rows_of
from stakeholders.record.steps import append
from stakeholders.terms.actor import SYSTEM
from stakeholders.terms.canonical import canonical, digest

Row = dict[str, object]
KEPT: list[str] = []


@pytest.fixture
def written(db: None) -> str:
    """Two chains of six entries; the export of one."""
    with transaction.atomic():
        for number in range(6):
            for chain in ("plan:QWJ", "site"):
                append(chain=chain, actor=SYSTEM, act="a.b", subject=f"x:{number}", effects={})
    return "".join(line(row) for row in rows_of(chain="plan:QWJ"))


@pytest.fixture
def export(request: pytest.FixtureRequest) -> str:
    if not KEPT:
        KEPT.append(request.getfixturevalue("written"))
    return KEPT[0]


def line(row: Row) -> str:
    return json.dumps(row, ensure_ascii=False) + "\n"


def rows(export: str) -> list[Row]:
    return [json.loads(one) for one in export.splitlines()]


def by_command(file: Path, *words: str) -> tuple[int, str]:
    out = StringIO()
    try:
        call_command("record", "verify", "--file", str(file), *words, stdout=out)
    except CommandError as error:
        return 1, str(error)
    return 0, out.getvalue().strip()


def run(text: bytes, folder: Path, *words: str) -> tuple[int, str]:
    """What the script alone and the command say of an export, which is the same."""
    (folder / "export.jsonl").write_bytes(text)
    (folder / "standalone.py").write_text(
        Path(standalone.__file__).read_text(encoding="utf-8"), encoding="utf-8"
    )
    done = subprocess.run(
        [sys.executable, "-I", "standalone.py", "export.jsonl", *words],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
    )
    assert done.stderr == ""
    assert by_command(folder / "export.jsonl", *words) == (done.returncode, done.stdout.strip())
    return done.returncode, done.stdout.strip()


def test_export_is_verified_alone(export: str, tmp_path: Path) -> None:
    last = rows(export)[-1]["hash"]
    assert run(export.encode(), tmp_path) == (0, f"6 entries, head {last}")
    assert run(export.encode(), tmp_path, "--head", str(last)) == (0, f"6 entries, head {last}")


def payload(row: Row, old: str, new: str) -> Row:
    text = str(row["payload"])
    assert old in text
    return {**row, "payload": text.replace(old, new)}


TAMPERINGS: dict[str, tuple[Callable[[list[Row]], list[Row]], str]] = {
    "removed": (lambda r: [*r[:2], *r[3:]], "entry 3: numbered 4"),
    "first removed": (lambda r: r[1:], "entry 1: numbered 2"),
    "swapped": (lambda r: [r[0], r[2], r[1], *r[3:]], "entry 2: numbered 3"),
    "changed": (
        lambda r: [*r[:2], payload(r[2], "x:2", "x:9"), *r[3:]],
        "entry 3: its text does not match its hash",
    ),
    "hash changed": (
        lambda r: [*r[:2], {**r[2], "hash": r[3]["hash"]}, *r[3:]],
        "entry 3: its text does not match its hash",
    ),
    "of another chain": (
        lambda r: [*r[:2], payload(r[2], "plan:QWJ", "site"), *r[3:]],
        "entry 3: of another chain, site and not plan:QWJ",
    ),
    "numbered otherwise": (lambda r: [*r[:2], {**r[2], "seq": 9}, *r[3:]], "entry 3: numbered 9"),
    "numbered by a float": (
        lambda r: [*r[:2], {**r[2], "seq": 3.0}, *r[3:]],
        "entry 3: numbered 3.0",
    ),
    "numbered by a truth": (
        lambda r: [{**r[0], "seq": True}, *r[1:]],
        "entry 1: numbered True",
    ),
    "unknown algorithm": (
        lambda r: [*r[:2], payload(r[2], '"sha256"', '"sha512"'), *r[3:]],
        "entry 3: unknown hash algorithm sha512, this verifier knows sha256",
    ),
    "twice": (lambda r: [*r[:2], r[1], *r[2:]], "entry 3: numbered 2"),
    "a key more": (
        lambda r: [{**r[0], "note": ""}, *r[1:]],
        "the file is no export of a record: ValueError line 1 is no line of an export",
    ),
    "empty": (lambda _r: [], "the file holds no entry"),
}


@pytest.mark.parametrize("name", TAMPERINGS)
def test_tampering_with_an_export_is_named(name: str, export: str, tmp_path: Path) -> None:
    change, said = TAMPERINGS[name]
    text = "".join(line(row) for row in change(rows(export)))
    assert run(text.encode(), tmp_path) == (1, said)


RAW = {
    "not UTF-8": b"\xff\xfe",
    "cut off": b"{",
    "a list": b"[1]\n",
    "nested": b"[" * 200_000,
    "nothing": b"null\n",
    "no payload": b'{"seq":1}\n',
    "zeros without end": b"\0" * (17 * 1024 * 1024),
}


@pytest.mark.parametrize("name", RAW)
def test_what_is_no_export_is_refused(name: str, tmp_path: Path) -> None:
    status, said = run(RAW[name], tmp_path)
    assert (status, said.partition(":")[0]) == (1, "the file is no export of a record")


def test_a_truncated_tail_is_found_by_a_mailed_head(export: str, tmp_path: Path) -> None:
    short = "".join(line(row) for row in rows(export)[:4])
    last = str(rows(export)[-1]["hash"])
    assert run(short.encode(), tmp_path)[0] == 0
    status, said = run(short.encode(), tmp_path, "--head", last)
    assert (status, said) == (1, standalone.SENT.format(last))


def test_a_chain_written_anew_is_found_by_a_mailed_head(export: str, tmp_path: Path) -> None:
    told = str(rows(export)[2]["hash"])
    previous, anew = "", ""
    for row in rows(export):
        act = {**json.loads(str(row["payload"])), "previous": previous, "act": "a.c"}
        previous = digest(canonical(act))
        anew += line({"seq": row["seq"], "payload": canonical(act), "hash": previous})
    assert run(anew.encode(), tmp_path)[0] == 0
    assert run(anew.encode(), tmp_path, "--head", told)[0] == 1


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.floats(0, 1, exclude_max=True), value=st.integers(0, 255))
def test_any_byte_of_an_export_that_changes_is_found(
    export: str, tmp_path: Path, place: float, value: int
) -> None:
    raw = export.encode()
    where = int(place * len(raw))
    if raw[where] != value:
        (tmp_path / "x.jsonl").write_bytes(raw[:where] + bytes([value]) + raw[where + 1 :])
        assert standalone.verdict(str(tmp_path / "x.jsonl"))[0] == 1


def test_the_database_is_held_against_a_mailed_head(
    written: str, capsys: pytest.CaptureFixture[str]
) -> None:
    told = str(rows(written)[2]["hash"])
    call_command("record", "verify", "--chain", "plan:QWJ", "--head", told)
    assert capsys.readouterr().out.endswith("holds\n")
    with pytest.raises(CommandError, match="broken: site"):
        call_command("record", "verify", "--chain", "site", "--head", told)
    with pytest.raises(CommandError, match="name the chain"):
        call_command("record", "verify", "--head", told)
    with pytest.raises(CommandError, match="no such chain"):
        call_command("record", "export", "plan:NONE")
    capsys.readouterr()
    call_command("record", "export", "plan:QWJ")
    assert capsys.readouterr().out == written
