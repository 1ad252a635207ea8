"""Receipts: an entry of the record shown alone, and every tampering named by both verifiers."""

import json
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_django
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consult.ballots.conduct import receipt_of as receipt_number
from consult.ballots.queries import newest_positions
from consult.ballots.receipts import receipt_of_position
from consult.desk.sources import WITNESSED
from consult.phase1_organization.actions import open_charter_ballot
from consult.phase3_identification import standalone_receipt
from consult.phase3_identification.models import Declaration
from consult.phase3_identification.receipts import fault_in_receipt, receipt_of
from consult.phase3_identification.standalone_receipt import answer
from plans.register.actions import tell_heads
from plans.register.models import Plan
from stakeholders.record.models import HeadTold
from stakeholders.record.queries import head_of
from stakeholders.record.steps import append
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import SYSTEM, Role
from stakeholders.terms.errors import NotVisible
from tests.consult.phase1_organization.scene import proposed, speak
from tests.consult.phase3_identification.story import Story, tell
from tests.world import JIASHAN, QINGPU, WUJIANG, World, in_days

EMPTY_TREE = canonical.digest("")


@pytest.fixture
def small(world: World) -> Story:
    """Two items, three signing parties."""
    return tell(world, items=2, parties=(WUJIANG, JIASHAN))


def tell_now(plan: Plan) -> HeadTold:
    tell_heads(
        actor=SYSTEM,
        now=clock.now() + timedelta(days=1),
        acts={*WITNESSED, "position.take", "charter.take_position"},
    )
    return HeadTold.objects.filter(chain=f"plan:{plan.key}").latest("seq")


def sealed_up(row: dict[str, object]) -> bytes:
    """A receipt whose forger has made its digest and its bytes right again."""
    body = {name: value for name, value in row.items() if name != "digest"}
    return (canonical.canonical(body | {"digest": canonical.digest_of(body)}) + "\n").encode()


def faults(raw: bytes, root: str = "") -> set[str]:
    """What the command and the standalone program say: one and the same."""
    return {answer(raw, root)[0], fault_in_receipt(raw.decode(errors="replace"), root=root)}


def test_before_a_head_was_told_the_way_leads_to_the_present_end(small: Story) -> None:
    small.open()
    declaration = small.say(WUJIANG)
    receipt = receipt_of(small.plan, declaration)
    chain = f"plan:{small.plan.key}"
    assert receipt.told is None
    assert (receipt.size, receipt.head) == head_of(chain=chain)
    assert json.loads(receipt.text)["told_at"] is None
    assert "not yet in a head that was told" in answer(receipt.text.encode())[1]


def test_the_newest_head_told_covers_it_and_an_older_mail_can_be_asked_for(small: Story) -> None:
    small.open()
    declaration = small.say(WUJIANG)
    first = tell_now(small.plan)
    small.say(QINGPU)
    second = tell_now(small.plan)
    later = small.say(JIASHAN)
    newest, former = (receipt_of(small.plan, declaration, size=n) for n in (0, first.seq))
    assert (newest.size, newest.root, newest.told) == (second.seq, second.root, second)
    assert (former.size, former.root, former.told) == (first.seq, first.root, first)
    assert answer(newest.text.encode(), second.root)[0] == ""
    assert answer(former.text.encode(), first.root)[0] == ""
    assert faults(newest.text.encode(), first.root) == {
        f"root: this receipt leads to another, {second.root}"
    }
    assert receipt_of(small.plan, later).told is None
    with pytest.raises(NotVisible):
        receipt_of(small.plan, later, size=first.seq)


@pytest.mark.parametrize("is_sealed", [False, True])
def test_every_forgery_is_named_by_both_verifiers(small: Story, is_sealed: bool) -> None:
    small.open(closes_at=in_days(5), is_sealed=is_sealed)
    first, other = small.say(WUJIANG, "object", text="理由"), small.say(QINGPU)
    small.say(JIASHAN)
    told = tell_now(small.plan)
    row = json.loads(receipt_of(small.plan, first).text)
    theirs = json.loads(receipt_of(small.plan, other).text)
    alien = row["entry"].replace(f"plan:{small.plan.key}", "plan:OTHER")
    entry_of_other = {name: theirs[name] for name in ("entry", "entry_hash", "index", "path")}
    path = row["path"]
    index = row["index"]
    forgeries = {
        "position: its text does not match its hash": {
            "content": row["content"].replace("理由", "理中")
        },
        "record entry: it does not match its hash": {"entry": row["entry"].replace("T", "S", 1)},
        "record entry: it is of another plan, plan:OTHER": {
            "entry": alien,
            "entry_hash": canonical.digest(alien),
        },
        f"record entry: it is of another plan, plan:{small.plan.key}": {"plan": "OTHER"},
        f"record entry: it holds another position, of {QINGPU}": entry_of_other,
        f"index: the record entry is number {index}, not {index + 1}": {"index": index + 1},
        f"path: it has {len(path) - 1} hashes, entry {index} of {told.seq} {len(path)}": {
            "path": path[1:]
        },
        f"path: it has {len(path) + 1} hashes, entry {index} of {told.seq} {len(path)}": {
            "path": [*path, EMPTY_TREE]
        },
        "path: it does not lead to the root": {"path": [path[1], path[0], *path[2:]]},
        f"index: there is no entry {index} among {index - 1}": {"size": index - 1},
        "format: unknown format or hash algorithm": {"algorithm": "md5"},
    }
    for fault, changed in forgeries.items():
        assert faults(sealed_up(row | changed)) == {fault}
    root = canonical.digest("another")
    assert faults(sealed_up(row | {"root": root})) == {"path: it does not lead to the root"}
    assert faults(receipt_of(small.plan, first).text.encode(), root) == {
        f"root: this receipt leads to another, {told.root}"
    }
    taken = {"content": theirs["content"], "hash": theirs["hash"]}
    bare = {name: value for name, value in row.items() if name != "nonce"}
    if is_sealed:
        assert faults(sealed_up(bare | taken)) == {"commitment: the nonce does not open it"}
        shut = {"nonce": canonical.new_nonce()}
        assert faults(sealed_up(row | shut)) == {"commitment: the nonce does not open it"}


def test_a_path_through_another_tree_does_not_lead_to_the_root(small: Story) -> None:
    """Each single hash of the path, replaced by another that is as well formed."""
    small.open()
    row = json.loads(receipt_of(small.plan, small.say(WUJIANG)).text)
    for at in range(len(row["path"])):
        path = [*row["path"][:at], EMPTY_TREE, *row["path"][at + 1 :]]
        assert faults(sealed_up(row | {"path": path})) == {"path: it does not lead to the root"}


@pytest.fixture
def raw(small: Story) -> bytes:
    small.open(closes_at=in_days(5), is_sealed=True)
    first = small.say(WUJIANG, "object", text="理由")
    tell_now(small.plan)
    return receipt_of(small.plan, first).text.encode()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_one_changed_byte_anywhere_is_found(raw: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(raw) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda value: value != raw[at]))
    changed = raw[:at] + bytes([byte]) + raw[at + 1 :]
    assert answer(changed)[0] != ""
    assert answer(raw[:at] + raw[at + 1 :])[0] != ""
    assert answer(raw[:at] + bytes([byte]) + raw[at:])[0] != ""


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[]",
        "null",
        "1",
        '{"format": 1}',
        "[" * 100_000,
        '{"format":"jointplan-receipt-2"',
    ],
)
def test_what_is_no_receipt_is_refused(text: str) -> None:
    assert answer(text.encode())[0].startswith(("the file is no receipt: ", "format: "))
    assert fault_in_receipt(text).startswith(("the file is no receipt: ", "format: "))


@pytest.mark.parametrize("size", ["1e999", "true", '"9"', "9.0", "-4", "null", str(10**400)])
def test_asize_that_is_none_ends_and_is_refused(raw: bytes, size: str) -> None:
    row = json.loads(raw)
    text = raw.replace(f'"size":{row["size"]}'.encode(), f'"size":{size}'.encode())
    assert answer(text)[0] != ""


def test_the_program_runs_from_an_empty_folder_with_python_alone(
    raw: bytes, tmp_path: Path
) -> None:
    shutil.copy(standalone_receipt.__file__, tmp_path / "verify_receipt.py")
    (tmp_path / "receipt.json").write_bytes(raw)
    told = HeadTold.objects.latest("seq")

    def run(*options: str) -> tuple[int, str]:
        done = subprocess.run(
            [sys.executable, "-I", "verify_receipt.py", "receipt.json", *options],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
            env={"PYTHONIOENCODING": "utf-8"},
        )
        return done.returncode, done.stdout + done.stderr

    row = json.loads(raw)
    held = f"holds, receipt {row['hash']}, entry {row['index']} of {told.seq}, {row['told_at']}"
    assert run("--root", told.root) == (0, f"{held}, root {told.root}\n")
    assert run("--root", EMPTY_TREE) == (
        1,
        f"root: this receipt leads to another, {told.root}\n",
    )
    (tmp_path / "receipt.json").write_bytes(raw.replace("理由".encode(), "理中".encode()))
    assert run() == (1, "position: its text does not match its hash\n")
    source = (tmp_path / "verify_receipt.py").read_text(encoding="utf-8")
    assert len([line for line in source.splitlines() if line.strip()]) <= 75


def test_the_command_verifies_against_a_mail(
    raw: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, told = tmp_path / "receipt.json", HeadTold.objects.latest("seq")
    file.write_bytes(raw)
    call_command("receipt", str(file), root=told.root)
    assert capsys.readouterr().out.endswith(f"root {told.root}\n")
    with pytest.raises(CommandError, match="root: this receipt leads to another"):
        call_command("receipt", str(file), root=EMPTY_TREE)


def test_a_receipt_of_the_former_format_is_still_verified() -> None:
    content = canonical.canonical({"general": {"value": "agree"}})
    row = {
        "format": "jointplan-receipt-1",
        "algorithm": "sha256",
        "content": content,
        "hash": canonical.digest(content),
    }
    assert fault_in_receipt(json.dumps(row)) == ""
    assert fault_in_receipt(json.dumps(row | {"content": "{}"})) == (
        "position: its text does not match its hash"
    )
    assert fault_in_receipt(json.dumps(row), root=EMPTY_TREE).startswith("root: ")


def test_a_sealed_receipt_shows_no_other_party(small: Story, client: Client) -> None:
    """The way up is hashes of the whole record; the others' words and nonces are in none of it."""
    small.open(closes_at=in_days(5), is_sealed=True)
    mine, other = small.say(WUJIANG), small.say(QINGPU, "object", text="理由")
    tell_now(small.plan)
    client.force_login(small.world.user(WUJIANG, Role.SIGNATORY))
    page = f"/plans/{small.plan.key}/sign-off/receipts"
    text = client.get(f"{page}/{mine.pk}/file/").content.decode()
    for secret in (other.hash, other.nonce, "理由", QINGPU):
        assert secret not in text
    sealed = canonical.commitment(other.content, other.nonce)
    assert (sealed in text, answer(text.encode())[0]) == (False, "")
    for suffix in ("", "file/"):
        assert client.get(f"{page}/{other.pk}/{suffix}").status_code == 404


@pytest.mark.parametrize("is_sealed", [False, True])
def test_a_position_on_the_charter_has_a_receipt_of_the_same_kind(
    world: World, client: Client, is_sealed: bool
) -> None:
    plan = world.plan()
    charter = proposed(world, plan)
    ballot = open_charter_ballot(
        actor=world.coordinator(plan), charter=charter, closes_at=in_days(3), is_sealed=is_sealed
    )
    speak(world, charter, WUJIANG)
    speak(world, charter, QINGPU)
    told = tell_now(plan)
    held = newest_positions([ballot])
    mine, other = held[ballot.pk, WUJIANG], held[ballot.pk, QINGPU]
    client.force_login(world.user(WUJIANG, Role.SIGNATORY))
    room = f"/plans/{plan.key}/organization/positions"
    assert client.get(f"{room}/{other.pk}/receipt/").status_code == 404
    raw = client.get(f"{room}/{mine.pk}/receipt/").content
    row, theirs = json.loads(raw), json.loads(receipt_of_position(plan, other).text)
    assert (faults(raw, told.root), row["commitment"][7:23]) == ({""}, receipt_number(mine))
    swapped = {name: theirs[name] for name in ("entry", "entry_hash", "index", "path")}
    assert faults(sealed_up(row | swapped)) == {
        f"record entry: it holds another position, of {QINGPU}"
    }
    objects = row["content"].replace('"agree"', '"object"')
    lie = {"content": objects, "hash": canonical.digest(objects)}
    lie["commitment"] = canonical.commitment(objects, row["nonce"])
    assert faults(sealed_up(row | lie)) == {
        f"record entry: it holds another position, of {WUJIANG}"
    }
    page = client.get(f"/plans/{plan.key}/organization/charters/{charter.number}/")
    assert page.content.decode().count(f"{room}/") == 1


def test_the_page_says_where_it_stands_and_offers_file_and_program(
    small: Story, client: Client
) -> None:
    small.open()
    declaration = small.say(WUJIANG)
    client.force_login(small.world.user(WUJIANG, Role.SIGNATORY))
    room = f"/plans/{small.plan.key}/sign-off/receipts"
    page = client.get(f"{room}/{declaration.pk}/").content.decode()
    assert ("已告知各方的末端哈希尚未涵盖本条" in page, f"{room}/verifier/" in page) == (True, True)
    first = tell_now(small.plan)
    small.say(QINGPU)
    second = tell_now(small.plan)
    page = client.get(f"{room}/{declaration.pk}/").content.decode()
    assert (f"涵盖前 {second.seq} 条记录" in page, second.root in page) == (True, True)
    client.post("/i18n/setlang/", {"language": "en"})
    page = client.get(f"{room}/{declaration.pk}/").content.decode()
    assert f"The head over {second.seq} entries, which was mailed to all parties" in page
    file = f"{room}/{declaration.pk}/file/"
    for told, root in (("", second.root), (first.seq, first.root), ("x", second.root)):
        assert answer(client.get(file, {"told": told}).content, root)[0] == ""
    assert client.get(file, {"told": second.seq + 1}).status_code == 404
    program = client.get(f"{room}/verifier/")
    assert program.content == Path(standalone_receipt.__file__).read_bytes()
    assert 'filename="verify_receipt.py"' in program["Content-Disposition"]


@pytest.mark.parametrize("many", [200, pytest.param(1_000, marks=pytest.mark.prove)])
def test_a_receipt_costs_the_same_for_ten_and_for_many_entries(
    small: Story, django_assert_num_queries: pytest_django.DjangoAssertNumQueries, many: int
) -> None:
    small.open()
    declaration = small.say(WUJIANG)
    for size in (10, many):
        with transaction.atomic():
            while head_of(chain=f"plan:{small.plan.key}")[0] < size:
                append(
                    chain=f"plan:{small.plan.key}", actor=SYSTEM, act="x", subject="x:1", effects={}
                )
        declaration = Declaration.objects.select_related("sign_off").get(pk=declaration.pk)
        with django_assert_num_queries(4):
            receipt = receipt_of(small.plan, declaration)
        assert (receipt.size, answer(receipt.text.encode())[0]) == (size, "")
