"""The statement as papers: what they hold, and that one changed byte is found and named."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from consult.phase3_identification import standalone
from consult.phase3_identification.actions import close_early, close_sign_off, sign_statement
from consult.phase3_identification.bundle import bundle_text
from consult.phase3_identification.queries import statement_of
from consult.phase3_identification.steps import Stand
from stakeholders.terms.canonical import canonical
from tests.consult.phase3_identification.story import Story, tell
from tests.world import QINGPU, WUJIANG, World, in_days

RESERVED = Stand(item="article-2", value="agree_reserved", text="对第二句保留意见。")


@pytest.fixture
def signed(world: World) -> Story:
    """Two items agreed with one reservation, signed by one of two parties."""
    story = tell(world, items=2, parties=(WUJIANG,))
    story.open()
    story.say(QINGPU)
    story.say(WUJIANG, "agree", RESERVED)
    close_sign_off(actor=story.coordinator, plan=story.plan)
    sign_statement(actor=story.actor(QINGPU), plan=story.plan)
    return story


@pytest.fixture
def bundle(signed: Story) -> str:
    return bundle_text(plan=signed.plan, statement=statement_of(signed.sign_off))


def test_bundle_holds_with_both_verifiers(bundle: str, tmp_path: Path) -> None:
    file = tmp_path / "statement.json"
    file.write_text(bundle, encoding="utf-8")
    call_command("statement", "verify", str(file))
    alone = tmp_path / "standalone.py"
    alone.write_text(Path(standalone.__file__).read_text(encoding="utf-8"), encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-I", str(alone), str(file)], capture_output=True, text=True, check=False
    )
    head = json.loads(bundle)["head"]
    assert (run.returncode, run.stdout) == (0, f"holds, record head {head}\n")


def test_bundle_with_any_byte_changed_is_found(bundle: str) -> None:
    raw = bundle.encode()
    for at in range(0, len(raw), max(1, len(raw) // 400)):
        changed = raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :]
        assert standalone.fault_in(changed), at


def spoilt(bundle: str, path: list[object], old: str, new: str) -> bytes:
    data = json.loads(bundle)
    target = data
    for key in path[:-1]:
        target = target[key]
    target[path[-1]] = target[path[-1]].replace(old, new)
    return (canonical(data) + "\n").encode()


@pytest.mark.parametrize(
    ("path", "old", "new", "fault"),
    [
        (["items", "article-1"], "条文1", "条文7", "item article-1"),
        (["statement"], "保留", "撤回", "statement"),
        (["manifest"], "QWJ", "QWX", "manifest"),
        (["declarations", 0, "content"], "agree", "objec", "position 1"),
        (["record", 1, "payload"], "sha256:", "sha256:0", "record entry 2"),
        (["signatures", 0, "jurisdiction"], "310118", "320509", "positions, signatures: not as"),
        (["revision_hash"], "sha256:", "sha256:0", "manifest"),
        (["head"], "sha256:", "sha256:0", "head at entry"),
    ],
)
def test_bundle_names_what_was_changed(
    bundle: str, path: list[object], old: str, new: str, fault: str
) -> None:
    assert standalone.fault_in(spoilt(bundle, path, old, new)).startswith(fault)


def test_bundle_with_an_entry_removed_or_swapped_is_named(bundle: str) -> None:
    data = json.loads(bundle)
    entries = data["record"]
    for record in ([entries[0], *entries[2:]], [entries[0], entries[2], entries[1], *entries[3:]]):
        raw = (canonical({**data, "record": record}) + "\n").encode()
        assert standalone.fault_in(raw).startswith("record entry 2")


def test_verify_command_refuses_a_changed_file(bundle: str, tmp_path: Path) -> None:
    file = tmp_path / "statement.json"
    file.write_bytes(spoilt(bundle, ["items", "article-1"], "条文1", "条文7"))
    with pytest.raises(CommandError, match="item article-1"):
        call_command("statement", "verify", str(file))


def test_bundle_of_a_sealed_sign_off_opens_its_commitments(world: World) -> None:
    story = tell(world, items=1, parties=(WUJIANG,))
    story.open(closes_at=in_days(1), is_sealed=True)
    story.say(QINGPU)
    story.say(WUJIANG)
    close_early(actor=story.coordinator, plan=story.plan)
    text = bundle_text(plan=story.plan, statement=statement_of(story.sign_off))
    assert standalone.fault_in(text.encode()) == ""
