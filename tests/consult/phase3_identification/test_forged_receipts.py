"""Receipts and bundles that a forger wrote anew, each with a digest of its own."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from consult.management.commands import statement
from consult.phase3_identification import standalone_follows, standalone_receipt
from consult.phase3_identification.actions import close_sign_off
from consult.phase3_identification.bundle import bundle_text
from consult.phase3_identification.models import CommonStatement
from consult.phase3_identification.queries import newest_declarations
from consult.phase3_identification.receipts import fault_in_receipt, receipt_of
from stakeholders.terms import canonical
from tests.consult.phase3_identification.forging import Forgery, spoilt
from tests.consult.phase3_identification.story import Story, tell
from tests.world import QINGPU, WUJIANG, World

Row = dict[str, Any]


@pytest.fixture
def closed(world: World) -> Story:
    story = tell(world, items=2, parties=(WUJIANG,))
    story.open()
    story.say(QINGPU)
    story.say(WUJIANG)
    close_sign_off(actor=story.coordinator, plan=story.plan)
    return story


def sealed_up(row: Row) -> bytes:
    body = {name: value for name, value in row.items() if name != "digest"}
    return (canonical.canonical({**body, "digest": canonical.digest_of(body)}) + "\n").encode()


def respelt(change: Callable[[str], str]) -> Callable[[Row], Row]:
    return lambda row: {**row, "path": [change(row["path"][0]), *row["path"][1:]]}


NO_HASH = "path: what is no hash stands in it"
FORGERIES: dict[str, tuple[Callable[[Row], Row], str]] = {
    "added": (lambda row: {**row, "verdict": "approved"}, "receipt: ['verdict'] missing or added"),
    "taken": (
        lambda row: {name: row[name] for name in row if name != "head"},
        "receipt: ['head'] missing or added",
    ),
    "spaced": (respelt(lambda one: f"{one[:9]} {one[9:]}"), NO_HASH),
    "upper": (respelt(lambda one: one[:7] + one[7:].upper()), NO_HASH),
    "name": (respelt(lambda one: one.replace("sha256", "sha257")), NO_HASH),
    "head": (lambda row: {**row, "head": "approved by all"}, NO_HASH),
    "size": (
        lambda row: {**row, "size": 10**12},
        "path: it has {steps} hashes, entry {index} of 1000000000000 40",
    ),
    "number": (lambda row: {**row, "index": row["index"] + 1}, "index: the record entry is number"),
}


@pytest.mark.parametrize("name", FORGERIES)
def test_a_receipt_spelt_otherwise_is_named(closed: Story, name: str) -> None:
    declaration = newest_declarations(closed.sign_off)[QINGPU]
    text = receipt_of(closed.plan, declaration).text
    assert fault_in_receipt(text) == ""
    row = json.loads(text)
    change, said = FORGERIES[name]
    raw = sealed_up(change(row))
    said = said.format(steps=len(row["path"]), index=row["index"])
    assert standalone_receipt.answer(raw)[0].startswith(said)
    assert fault_in_receipt(raw.decode()).startswith(said)


@pytest.fixture
def bundle(closed: Story) -> str:
    return bundle_text(plan=closed.plan, statement=CommonStatement.objects.get())


def test_a_whole_statement_is_not_passed_off_as_a_part(bundle: str) -> None:
    """Of a part objections and reservations of other items may be missing."""
    assert standalone_follows.fault_in(bundle.encode()) == ""
    for value in (True, 1, 0, "", None):
        said = standalone_follows.fault_in(
            spoilt(bundle, lambda data, v=value: data.update(part=v))
        )
        assert said == "part: the statement says otherwise", value
    forgery = Forgery(bundle)
    forgery.said["part"] = {"of": {"number": 1}, "reason": "x", "at": None}
    assert standalone_follows.fault_in(forgery.written()) == "part: the statement says otherwise"


def test_parties_that_said_the_same_cannot_be_swapped(bundle: str) -> None:
    forgery = Forgery(bundle)
    first, second = forgery.said["parties"]
    first["code"], second["code"] = second["code"], first["code"]
    said = standalone_follows.fault_in(forgery.written())
    assert said == f"party {first['code']}: its mandate does not follow from its position"


def test_a_file_too_large_for_a_bundle_is_not_read_whole(
    bundle: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(statement, "LARGEST", 1000)
    file = tmp_path / "bundle.json"
    with file.open("wb") as held:
        held.truncate(10 * 1024**3)  # a hole: it takes no room
    said = "the file is no bundle of a statement: it is too large for one"
    with pytest.raises(CommandError, match=said):
        call_command("statement", "verify", str(file))
