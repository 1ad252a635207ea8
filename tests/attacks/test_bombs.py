"""Files made to overload whoever opens them: refused at every door, in little time and memory.

Each goes through the check at the door and every reader behind it in a process of its own, whose
memory is told; and through the site's upload forms and operations as a person sends it.
"""

import json
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import pytest_django
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from stakeholders.files import archives
from stakeholders.files.archives import Fault, Faulty
from stakeholders.files.enums import Kind
from stakeholders.terms.errors import Invalid
from tests.architecture.rights_world import DONE, PREPARED, Ground, lay
from tests.attacks.bombs import BOMBS, strings, workbook, zeros
from tests.attacks.readers import NO, any_kind, uploads
from tests.attacks.trying import MOST_SECONDS, Tally
from tests.saying import Say
from tests.world import World

MOST_GROWTH = 200  # MiB
# Large, but no more than is kept unopened: the readers refuse or read them.
KEPT_AT_THE_DOOR = {
    "as many texts as are read", "as many cells as are read", "12 MB of texts", "55 MB of texts",
    "250 MB of texts", "11 MB of cells", "55 MB of cells", "250 MB of cells", "deep elements",
    "a column of nothing", "lines of nothing", "an open quote", "one long line", "quotes in quotes",
    "emphasis", "a table without end",
}  # fmt: skip
DOORS = {
    "/files/": ("planner", {}),
    "/api/v1/files/": ("planner", {"kinds": [kind.value for kind in Kind]}),
    f"/plans/{PREPARED}/text/import/": ("planner", {}),
    f"/api/v1/plans/{PREPARED}/imports/": ("planner", {}),
    f"/plans/{PREPARED}/rounds/2/form/": ("planner", {}),
    f"/api/v1/plans/{PREPARED}/rounds/2/forms/": ("planner", {}),
    f"/plans/{PREPARED}/text/standards/import/": ("coordinator", {}),
    f"/plans/{DONE}/implementation/readings/import/": ("contact", {}),
    "/admin/stakeholders/jurisdiction/import/": ("administrator", {}),
    "/admin/stakeholders/mandate/import/": ("administrator", {}),
}


@pytest.fixture
def ground(world: World, tmp_path: Path, settings: pytest_django.Settings) -> Ground:
    settings.MEDIA_ROOT = tmp_path / "media"
    return lay(world, is_implemented=True)


def cost(path: Path, read: object = any_kind) -> float:
    """Seconds of processor time until the refusal."""
    started = time.process_time()
    with pytest.raises(NO):
        read(path)
    return time.process_time() - started


@pytest.mark.parametrize(
    "name",
    [
        "10 GB of zeros, zip",
        "10 GB of zeros, told small",
        "an archive of itself",
        "a million entries, told ten",
        "many objects",
        "many points",
        "deep and closed",
        "no number",
        "beyond numbers",
    ],
)
def test_a_bomb_is_refused_at_the_door(tmp_path: Path, name: str) -> None:
    sent, build = BOMBS[name]
    path = tmp_path / sent
    path.write_bytes(build())
    assert cost(path) < MOST_SECONDS


def test_an_entry_that_unpacks_to_more_than_it_says(tmp_path: Path) -> None:
    """What the directory says is what a later reader makes room for."""
    path = tmp_path / "a.zip"
    path.write_bytes(zeros("a.dbf", gib=1, told=1000))
    with pytest.raises(Faulty) as caught:
        archives.kind_of(path)
    assert caught.value.fault is Fault.UNPACKED


def test_a_workbook_of_many_small_texts_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(strings(11))
    readers = [one for one in uploads() if one.name.endswith(".xlsx") and one.read is not any_kind]
    assert len(readers) == 4
    assert [one.name for one in readers if cost(path, one.read) > MOST_SECONDS] == []


def test_a_workbook_of_few_texts_is_read(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    path.write_bytes(workbook(b"<row><c><v>1</v></c></row>", b"<si><t>a</t></si>"))
    form = next(one for one in uploads() if one.name == "form.xlsx")
    with pytest.raises(Invalid) as caught:
        form.read(path)  # it lacks the headings, and is read to say so
    assert "太多" not in str(caught.value.errors["file"])


@pytest.mark.parametrize("content", [b"\n" * 200_000, b"," * 9_000_000])
def test_a_table_of_nothing_is_not_read_to_its_end(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    readings = next(one for one in uploads() if one.name == "readings.csv")
    with pytest.raises(Invalid) as caught:
        readings.read(path)
    said = str(caught.value.errors["file"])
    assert ("5000" in said) or ("8" in said)


@pytest.mark.parametrize("bomb", ["emphasis", "a table without end"])
def test_a_plan_of_marks_or_bars_alone_is_refused_unread(tmp_path: Path, bomb: str) -> None:
    name, content = BOMBS[bomb]
    path = tmp_path / name
    path.write_bytes(content())
    plan = next(one for one in uploads() if one.name == "plan.md")
    assert cost(path, plan.read) < MOST_SECONDS / 4
    with pytest.raises(Invalid):
        plan.read(path)


@pytest.mark.prove(minutes=1)
def test_every_bomb_costs_little_in_every_reader(say: Say) -> None:
    run = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "tests.attacks.weighing"],
        capture_output=True,
        text=True,
        check=True,
        cwd=settings.BASE_DIR,
        timeout=900,
    )
    lines = [json.loads(line) for line in run.stdout.splitlines()]
    say(
        "bombs in readers",
        {
            "tried": len(lines),
            "slowest": max((one["seconds"], one["bomb"], one["reader"]) for one in lines),
            "largest growth, MiB": max(
                (one["growth"], one["bomb"], one["reader"]) for one in lines
            ),
        },
    )
    assert {one["bomb"] for one in lines} == BOMBS.keys()
    costly = [one for one in lines if one["seconds"] > MOST_SECONDS or one["growth"] > MOST_GROWTH]
    assert costly == [], costly
    assert [one for one in lines if one["said"] == "failed"] == []
    at_the_door = {one["bomb"]: one["said"] for one in lines if one["reader"] == "the door"}
    assert {bomb for bomb, said in at_the_door.items() if said == "taken"} <= KEPT_AT_THE_DOOR


@pytest.mark.prove(minutes=3)
def test_every_bomb_is_refused_by_every_form_and_operation(ground: Ground, say: Say) -> None:
    tally = Tally()
    for bomb, (sent, build) in BOMBS.items():
        content = build()
        for path, (role, fields) in DOORS.items():
            client = ground.clients[role]
            given = {**fields, "file": SimpleUploadedFile(sent, content)}
            send = partial(client.post, path, given)
            response: Any = tally.request(client, f"{bomb} to {path}", send)
            is_refused = response.status_code in (200, 400, 409, 413, 422)
            if bomb not in KEPT_AT_THE_DOOR and not is_refused:
                tally.fail(f"{bomb} to {path}: {response.status_code}", "")
    say("bombs at doors", tally.counts())
    assert tally.failed == {}
    assert tally.calls == len(BOMBS) * len(DOORS)
