"""The bundle of a statement: what it holds, and that whatever was done to it is found and named."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils.timezone import localtime
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from consult.ballots.steps import Letter
from consult.phase3_identification import standalone, standalone_follows
from consult.phase3_identification.actions import (
    close_early,
    close_sign_off,
    confirm_condition,
    confirm_override,
    lift_reservation,
    number_statement,
    prepare_override,
    report_condition,
    sign_statement,
)
from consult.phase3_identification.bundle import bundle_text
from consult.phase3_identification.models import Condition, Reservation
from consult.phase3_identification.queries import statement_of
from consult.phase3_identification.steps import ReservationText, Stand
from stakeholders.record.models import HeadTold
from stakeholders.record.queries import entries_of
from stakeholders.record.steps import plan_chain
from stakeholders.terms import clock
from stakeholders.terms.actor import Role
from stakeholders.terms.canonical import canonical
from tests.consult.phase3_identification.forging import Change, Data, Forgery, root, spoilt
from tests.consult.phase3_identification.story import Story, tell
from tests.consult.phase3_identification.test_overrides import WITH_OVERRIDE
from tests.world import JIASHAN, QINGPU, WUJIANG, World, in_days

RESERVED = Stand(
    item="article-2",
    value="agree_reserved",
    text="对第二句保留意见。",
    reservation=ReservationText(scope="仅第二句", lifted_if_zh="印发办法"),
)
OBJECTED = Stand(item="article-3", value="object", text="期限过紧")
PRINCIPLE = Stand(item="article-1", value="agree_in_principle", text="补充附表")
LETTER = Letter(number="青府函〔2026〕9号")


def told(story: Story) -> HeadTold:
    """The head of the plan's record as it is mailed."""
    rows = list(entries_of(chain=plan_chain(story.plan.key)))
    last = rows[-1]
    return HeadTold.objects.create(
        chain=last.chain,
        seq=last.seq,
        hash=last.hash,
        root=root([row.hash for row in rows]),
        at=clock.now(),
    )


def meet(story: Story) -> None:
    condition = Condition.objects.get()
    about = {"plan": story.plan, "pk": condition.pk}
    report_condition(actor=story.coordinator, text="附表已补", **about)
    contact = story.actor(JIASHAN, Role.CONTACT_POINT)
    confirm_condition(actor=contact, is_met=True, **about)


@pytest.fixture
def signed(world: World) -> Story:
    """Three articles, three parties: a reservation, an objection, a condition that was met; a head
    told before the close and one after; two signatures."""
    story = tell(world, items=3, parties=(WUJIANG, JIASHAN))
    story.open()
    story.say(QINGPU, "object", text="先看")
    story.say(WUJIANG, "agree", RESERVED, OBJECTED)
    story.say(JIASHAN, "agree", PRINCIPLE)
    story.say(QINGPU)
    meet(story)
    told(story)
    close_sign_off(actor=story.coordinator, plan=story.plan)
    sign_statement(actor=story.actor(QINGPU), plan=story.plan, letter=LETTER)
    sign_statement(actor=story.actor(WUJIANG), plan=story.plan)
    told(story)
    return story


def text_of(story: Story) -> str:
    return bundle_text(plan=story.plan, statement=statement_of(story.sign_off))


KEPT: list[str] = []


@pytest.fixture
def bundle(request: pytest.FixtureRequest) -> str:
    """The bundle of `signed`, made once: most tests need the file alone."""
    if not KEPT:
        KEPT.append(text_of(request.getfixturevalue("signed")))
    return KEPT[0]


def by_command(file: Path, *words: str) -> tuple[int, str]:
    try:
        call_command("statement", "verify", str(file), *words)
    except CommandError as error:
        return 1, str(error)
    return 0, ""


ALONE, FOLLOWS = standalone, standalone_follows


def by_script(file: Path, *words: str, script: ModuleType = ALONE) -> tuple[int, str]:
    """The script alone in an empty folder, with nothing of this project in reach."""
    alone = file.parent / Path(str(script.__file__)).name
    alone.write_bytes(Path(str(script.__file__)).read_bytes())
    run = subprocess.run(
        [sys.executable, "-I", alone.name, file.name, *words],
        capture_output=True,
        text=True,
        check=False,
        cwd=file.parent,
    )
    assert run.stderr == ""
    return run.returncode, run.stdout.strip()


def found(raw: bytes, folder: Path, *words: str, by: ModuleType = ALONE) -> str:
    """What the script `by` finds, and the command with it. What is for the second script passes
    the first: its hashes are in order."""
    file = folder / "bundle.json"
    file.write_bytes(raw)
    if by is FOLLOWS:
        assert by_script(file, *words)[0] == 0
        script = by_script(file, script=FOLLOWS)
    else:
        script = by_script(file, *words)
    assert by_command(file, *words) == script
    assert script[0] == 1
    return script[1]


def fault_in(raw: bytes) -> str:
    """What either of the scripts finds, or "" when both pass."""
    return standalone.fault_in(raw) or standalone_follows.fault_in(raw)


def test_bundle_holds_all_that_the_statement_follows_from(bundle: str) -> None:
    data = json.loads(bundle)
    assert (data["format"], data["algorithm"], data["part"]) == (
        "jointplan-bundle-2",
        "sha256",
        False,
    )
    assert sorted(data) == sorted(standalone.NAMES.split())
    spoken = [json.loads(row["content"]) for row in data["declarations"]]
    assert [one["jurisdiction"] for one in spoken] == [QINGPU, WUJIANG, JIASHAN, QINGPU]
    acts = [json.loads(data["record"][row["entry"] - 1]["payload"]) for row in data["declarations"]]
    assert [act["act"] for act in acts] == ["position.take"] * 4
    assert set(data["mandates"]) == {str(one["mandate"]) for one in spoken}
    assert [row["effect"] for row in data["texts"]] == ["said", "said", "letter", "letter"]
    assert json.loads(data["texts"][2]["text"])["number"] == "青府函〔2026〕9号"
    assert [row["jurisdiction"] for row in data["signatures"]] == [QINGPU, WUJIANG]
    said = json.loads(data["statement"])
    assert [(one["item"], one["party"]) for one in said["reservations"]] == [("article-2", WUJIANG)]
    assert [(one["item"], one["party"]) for one in said["objections"]] == [("article-3", WUJIANG)]
    assert "@" not in bundle


def test_bundle_is_the_same_bytes_each_time(signed: Story) -> None:
    assert text_of(signed) == text_of(signed)


def test_both_verifiers_pass_it_with_every_head_that_was_told(bundle: str, tmp_path: Path) -> None:
    file = tmp_path / "bundle.json"
    file.write_text(bundle, encoding="utf-8")
    data = json.loads(bundle)
    assert by_command(file)[0] == 0
    assert by_script(file) == (0, f"holds, record head {data['head']}")
    assert by_script(file, script=FOLLOWS) == (0, "follows from the positions")
    for row in data["heads"]:
        said = f"holds, record head {data['head']}"
        assert by_script(file, "--head", row["hash"]) == (0, said)
        assert by_command(file, "--head", row["hash"])[0] == 0


def test_a_head_of_another_record_is_named(bundle: str, tmp_path: Path) -> None:
    other = "sha256:" + "0" * 64
    said = found(bundle.encode(), tmp_path, "--head", other)
    assert said == f"record: the head you were sent is not in it, {other}"


def at(*path: Any, change: Callable[[Any], object]) -> Change:
    """The change of one place of a bundle."""

    def apply(data: Data) -> None:
        target: Any = data
        for key in path[:-1]:
            target = target[key]
        target[path[-1]] = change(target[path[-1]])

    return apply


def swap(old: str, new: str) -> Callable[[str], str]:
    def replaced(text: str) -> str:
        assert old in text
        return text.replace(old, new, 1)

    return replaced


def without(number: int) -> Callable[[list[Any]], list[Any]]:
    return lambda rows: [*rows[:number], *rows[number + 1 :]]


def swapped(rows: list[Any]) -> list[Any]:
    return [rows[0], rows[2], rows[1], *rows[3:]]


ZERO = swap("sha256:", "sha256:0")
ODD = "format 'jointplan-bundle-2' (jointplan-bundle-2 is read), missing or added "
# Found by the first script alone.
TAMPERINGS: dict[str, tuple[Change, str]] = {
    "format": (at("format", change=lambda _x: "jointplan-bundle-1"), "format 'jointplan-bundle-1'"),
    "algorithm": (at("algorithm", change=lambda _x: "md5"), "bundle: unknown hash algorithm 'md5'"),
    "a key more": (
        lambda d: d.update(note="x"),
        ODD + "['note']",
    ),
    "a key less": (
        lambda d: d.pop("heads"),
        ODD + "['heads']",
    ),
    "item": (at("items", "article-1", change=swap("条文1", "条文7")), "item article-1: its text"),
    "item removed": (lambda d: d["items"].pop("article-1"), "items: ['article-1'] missing"),
    "item added": (lambda d: d["items"].update(x="{}"), "items: ['x'] missing or added"),
    "items swapped": (
        lambda d: d["items"].update(
            {"article-1": d["items"]["article-2"], "article-2": d["items"]["article-1"]}
        ),
        "item article-1: its text",
    ),
    "statement": (at("statement", change=swap("保留", "撤回")), "statement: its text"),
    "statement's hash": (at("statement_hash", change=ZERO), "statement: its text"),
    "manifest": (at("manifest", change=swap("QWJ", "QWX")), "manifest: its text"),
    "revision's hash": (at("revision_hash", change=ZERO), "manifest: its text"),
    "declaration": (
        at("declarations", 1, "content", change=swap("object", "agree")),
        "position 2: its text does not match its hash",
    ),
    "receipt": (at("declarations", 0, "hash", change=ZERO), "position 1: its text"),
    "declaration's entry": (
        at("declarations", 0, "entry", change=lambda n: n + 1),
        "positions, signatures: not as in the record, from entry 3 on",
    ),
    "nonce": (
        at("declarations", 0, "nonce", change=lambda _x: "0"),
        "position 1: its nonce",
    ),
    "position dropped": (at("declarations", change=without(1)), "positions, signatures: not as"),
    "position forged": (
        lambda d: d["declarations"].append(d["declarations"][0]),
        "positions, signatures: not as in the record, from entry 3 on",
    ),
    "positions swapped": (
        at("declarations", change=swapped),
        "positions, signatures: not as in the record, from entry 4 on",
    ),
    "entry changed": (
        at("record", 1, "payload", change=swap("sign_off.open", "sign_off.oper")),
        "record entry 2: its text does not match its hash",
    ),
    "entry removed": (at("record", change=without(1)), "record entry 2: it does not continue"),
    "first entry removed": (
        at("record", change=without(0)),
        "record entry 1: it does not continue",
    ),
    "last entry removed": (at("record", change=lambda x: x[:-1]), "head at entry 10"),
    "entries swapped": (at("record", change=swapped), "record entry 2: it does not continue"),
    "entry of another plan": (
        at("record", 1, "payload", change=swap('"plan:QWJ"', '"plan:QWX"')),
        "record entry 2: its text does not match its hash",
    ),
    "entry's algorithm": (
        at("record", 1, "payload", change=swap('"sha256"', '"sha512"')),
        "record entry 2: its text does not match its hash",
    ),
    "entry numbered otherwise": (
        at("record", 1, "seq", change=lambda _n: 3),
        "record entry 2: it does not continue",
    ),
    "head": (at("head", change=ZERO), "head at entry 11: the record differs"),
    "head told": (at("heads", 0, "hash", change=ZERO), "head at entry 8: the record"),
    "signature of another": (
        at("signatures", 0, "jurisdiction", change=lambda _x: JIASHAN),
        "positions, signatures: not as in the record, from entry 10 on",
    ),
    "signature under another mandate": (
        at("signatures", 0, "mandate", change=lambda n: n + 900),
        "positions, signatures: not as in the record, from entry 10 on",
    ),
    "signature forged": (
        lambda d: d["signatures"].append({**d["signatures"][0], "jurisdiction": JIASHAN}),
        "positions, signatures: not as in the record, from entry 10 on",
    ),
    "signature counted twice": (
        lambda d: d["signatures"].append(d["signatures"][0]),
        "positions, signatures: not as in the record, from entry 10 on",
    ),
    "signature dropped": (at("signatures", change=without(0)), "positions, signatures: not as"),
    "text of a letter": (
        at("texts", 2, "text", change=swap("青府函", "吴府函")),
        "text of record entry",
    ),
    "text of a report": (at("texts", 0, "text", change=swap("已", "未")), "text of record entry"),
}


@pytest.mark.parametrize("name", TAMPERINGS)
def test_tampering_is_found_and_its_place_named(name: str, bundle: str, tmp_path: Path) -> None:
    change, said = TAMPERINGS[name]
    assert found(spoilt(bundle, change), tmp_path).startswith(said)


# Found by the second script alone, where the digest of the file was computed anew.
BESIDE: dict[str, tuple[Change, str]] = {
    "mandate": (
        lambda d: d["mandates"][next(iter(d["mandates"]))].update(jurisdiction="999999"),
        "position",
    ),
    "root told": (at("heads", 1, "root", change=ZERO), "head told at entry"),
    "entry with a key more": (lambda d: d["record"][1].update(x=1), "record: something is missing"),
    "signature with a key more": (lambda d: d["signatures"][0].update(x=1), "signatures: some"),
}


@pytest.mark.parametrize("name", BESIDE)
def test_what_no_hash_of_the_record_covers_is_found_by_the_second_script(
    name: str, bundle: str, tmp_path: Path
) -> None:
    change, said = BESIDE[name]
    assert found(spoilt(bundle, change), tmp_path, by=FOLLOWS).startswith(said)
    data = json.loads(bundle)
    change(data)  # and by the first, where nobody computed it
    raw = (canonical(data) + "\n").encode()
    assert found(raw, tmp_path) == "bundle: its text does not match its hash"


DUPLICATE = b'{"algorithm":"sha256","algorithm":"sha256",'
FILES: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "empty": (lambda _raw: b"", "the file is no bundle of a statement: JSONDecodeError"),
    "truncated": (lambda raw: raw[: len(raw) // 2], "the file is no bundle"),
    "its last byte cut off": (lambda raw: raw[:-1], "bundle: not the canonical bytes"),
    "not JSON": (lambda _raw: b"hello", "the file is no bundle"),
    "not UTF-8": (
        lambda raw: raw.replace("保留".encode(), b"\xff\xfe"),
        "the file is no bundle of a statement: UnicodeDecodeError",
    ),
    "a list": (lambda _raw: b"[]", "the file is no bundle"),
    "a text": (lambda _raw: b'"x"', "the file is no bundle"),
    "no statement in it": (
        lambda _raw: b'{"format":"jointplan-bundle-2"}',
        ODD + "['algorithm',",
    ),
    "a key twice": (
        lambda raw: raw.replace(b'{"algorithm":"sha256",', DUPLICATE, 1),
        "bundle: not the canonical bytes",
    ),
    "NaN": (lambda raw: raw.replace(b'"part":false', b'"part":NaN'), "bundle: its text"),
    "a float": (lambda raw: raw.replace(b'"part":false', b'"part":0.5'), "bundle: its text"),
    "blanks": (lambda raw: raw.replace(b'"part":', b'"part": '), "bundle: not the canonical bytes"),
    "half a sign": (
        lambda raw: raw.replace(b'"demonstration":null', b'"demonstration":"\\ud800"'),
        "the file is no bundle of a statement: UnicodeEncodeError",
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_what_is_no_bundle_is_refused_without_a_traceback(
    name: str, bundle: str, tmp_path: Path
) -> None:
    change, said = FILES[name]
    assert found(change(bundle.encode()), tmp_path).startswith(said)


def test_two_hundred_megabytes_of_nested_lists_are_refused(tmp_path: Path) -> None:
    said = found(b"[" * 100_000_000 + b"]" * 100_000_000, tmp_path)
    assert said.startswith("the file is no bundle of a statement: RecursionError")


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    status, said = by_command(tmp_path / "none.json")
    assert (status, said.startswith("[Errno 2] No such file")) == (1, True)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.floats(0, 1, exclude_max=True), value=st.integers(0, 255))
@example(place=0.0, value=0)
def test_any_byte_changed_is_found(bundle: str, place: float, value: int) -> None:
    raw = bundle.encode()
    where = int(place * len(raw))
    if raw[where] != value:
        assert standalone.fault_in(raw[:where] + bytes([value]) + raw[where + 1 :])


def cells(said: Data, item: str) -> dict[str, list[str]]:
    row = next(row for row in said["items"] if row["key"] == item)
    parties: dict[str, list[str]] = row["parties"]
    return parties


def agree_for(said: Data) -> None:
    """The statement counts the objecting party among those that agree."""
    row = cells(said, "article-3")
    row["agreed"].append(row.pop("objected")[0])
    said["objections"] = []


WRONG: dict[str, tuple[Change, str]] = {
    "agrees, who objected": (
        agree_for,
        "item article-3, party 320509: agreed; by its positions objected",
    ),
    "a party left out of an item": (
        lambda said: cells(said, "article-1")["agreed"].remove(WUJIANG),
        "item article-1, party 320509: left out; by its positions agreed or stale",
    ),
    "silent, who spoke": (
        lambda said: cells(said, "article-1").update(agreed=[WUJIANG], silent=[QINGPU]),
        "item article-1, party 310118: silent; by its positions agreed or stale",
    ),
    "a party that never spoke": (
        lambda said: cells(said, "article-1")["agreed"].append("999999"),
        "item article-1, party 999999: agreed; by its positions left out or silent",
    ),
    "the general position": (
        lambda said: said["parties"][0].update(general="abstain"),
        "party 310118: its general does not follow from its position",
    ),
    "who signed": (
        lambda said: said["parties"][0].update(signatory="张三"),
        "party 310118: its signatory does not follow from its position",
    ),
    "a reservation left out": (
        lambda said: said.update(reservations=[]),
        "reservation of 320509 on item article-2: its position says otherwise",
    ),
    "a reservation in other words": (
        lambda said: said["reservations"][0].update(scope="全文"),
        "reservation of 320509 on item article-2: its position says otherwise",
    ),
    "an objection left out": (
        lambda said: said.update(objections=[]),
        "objections: [('article-3', '320509')] stand in one place",
    ),
    "an objection in other words": (
        lambda said: said["objections"][0].update(reason="无"),
        "objection of 320509 on item article-3: its position says otherwise",
    ),
    "an item left out": (
        lambda said: said["items"].pop(),
        "item article-3: the statement leaves it out",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_statement_that_does_not_follow_is_found_though_all_is_hashed_anew(
    name: str, bundle: str, tmp_path: Path
) -> None:
    change, said = WRONG[name]
    forgery = Forgery(bundle)
    change(forgery.said)
    assert found(forgery.written(), tmp_path, by=FOLLOWS).startswith(said)


def agree_in_all(forgery: Forgery) -> None:
    """The objection was never made: declaration, statement and record say so alike."""
    del forgery.spoken[1]["exceptions"]["article-3"]
    agree_for(forgery.said)


def drop_signature(forgery: Forgery) -> None:
    """The last act, a signature, never was; whoever was told of it has its head."""
    forgery.acts.pop()
    forgery.data["signatures"].pop()
    forgery.data["texts"].pop()
    forgery.data["heads"].pop()


@pytest.mark.parametrize("change", [agree_in_all, drop_signature])
def test_what_is_rewritten_from_end_to_end_only_a_mailed_head_finds(
    change: Callable[[Forgery], None], bundle: str, tmp_path: Path
) -> None:
    mailed = json.loads(bundle)["heads"]
    forgery = Forgery(bundle)
    change(forgery)
    raw = forgery.written()
    assert fault_in(raw) == ""
    said = found(raw, tmp_path, "--head", mailed[-1]["hash"])
    assert said.startswith("record: the head you were sent is not in it")
    before = standalone.fault_in(raw, mailed[0]["hash"])
    assert before.startswith("record: the head") is (change is agree_in_all)


def test_parts_of_another_plan_are_named(bundle: str, tmp_path: Path) -> None:
    other = Forgery(bundle)
    for act in other.acts:
        act["chain"] = "plan:OTHER"
    assert found(other.written(), tmp_path) == "record entry 1: of another plan"
    forgery = Forgery(bundle)
    forgery.said["plan"]["key"] = "OTHER"
    assert found(forgery.written(), tmp_path) == "manifest: not what the statement names"
    forgery = Forgery(bundle)
    forgery.spoken[0]["plan"] = "OTHER"
    said = "position 1 of 310118: of another mandate or plan"
    assert found(forgery.written(), tmp_path, by=FOLLOWS) == said


def test_a_sealed_sign_off_opens_its_commitments(world: World, tmp_path: Path) -> None:
    story = tell(world, items=1, parties=(WUJIANG,))
    story.open(closes_at=in_days(1), is_sealed=True)
    story.say(QINGPU)
    story.say(WUJIANG)
    close_early(actor=story.coordinator, plan=story.plan)
    text = text_of(story)
    assert fault_in(text.encode()) == ""
    data = json.loads(text)
    assert [bool(row["nonce"]) for row in data["declarations"]] == [True, True]
    raw = spoilt(text, at("declarations", 1, "nonce", change=lambda one: one[1:] + "0"))
    said = "position 2: its nonce does not open its commitment"
    assert found(raw, tmp_path) == said
    raw = spoilt(text, lambda data: data["declarations"][1].update(nonce="", commitment=""))
    assert found(raw, tmp_path).startswith("positions, signatures: not as in the record, from")


def test_a_reservation_lifted_later_stays_in_the_statement_with_its_lift(signed: Story) -> None:
    lift_reservation(
        actor=signed.actor(WUJIANG),
        plan=signed.plan,
        pk=Reservation.objects.get().pk,
        reason="办法已印发",
    )
    text = text_of(signed)
    assert fault_in(text.encode()) == ""
    last = json.loads(text)["texts"][-1]
    assert (last["effect"], last["text"]) == ("reason", "办法已印发")


def test_the_number_of_a_statement_stands_beside_its_entry(signed: Story, tmp_path: Path) -> None:
    number_statement(
        actor=signed.coordinator,
        plan=signed.plan,
        statement=statement_of(signed.sign_off).pk,
        number="青吴嘉联〔2026〕1号",
        dated_on=localtime(clock.now()).date(),
    )
    text = text_of(signed)
    last = json.loads(text)["texts"][-1]
    assert (last["effect"], last["text"]) == ("number", "青吴嘉联〔2026〕1号")
    assert fault_in(text.encode()) == ""
    raw = spoilt(text, at("texts", -1, "text", change=swap("1号", "2号")))
    assert found(raw, tmp_path) == f"text of record entry {last['entry']}: the record holds another"


def test_a_reservation_lifted_before_the_close_is_not_in_it(world: World) -> None:
    story = tell(world, items=2, parties=(WUJIANG,))
    story.open()
    story.say(QINGPU)
    story.say(WUJIANG, "agree", RESERVED)
    pk = Reservation.objects.get().pk
    lift_reservation(actor=story.actor(WUJIANG), plan=story.plan, pk=pk, reason="已解决")
    close_sign_off(actor=story.coordinator, plan=story.plan)
    text = text_of(story)
    assert json.loads(json.loads(text)["statement"])["reservations"] == []
    assert fault_in(text.encode()) == ""


def test_an_override_that_the_record_does_not_hold_is_named(world: World, tmp_path: Path) -> None:
    story = tell(world, items=3, parties=(WUJIANG,), charter=WITH_OVERRIDE)
    story.open(closes_at=in_days(5))
    story.say(QINGPU)
    against = Stand(item="article-3", value="object", text="困难", wording="改为")
    story.say(WUJIANG, "agree", against)
    proposal = prepare_override(
        actor=story.coordinator,
        plan=story.plan,
        item="article-3",
        reason="急需实施",
        signatory_of=QINGPU,
    )
    confirm_override(
        actor=story.actor(QINGPU),
        plan=story.plan,
        item="article-3",
        proposal_hash=proposal.hash,
    )
    close_early(actor=story.coordinator, plan=story.plan)
    text = text_of(story)
    assert fault_in(text.encode()) == ""
    forgery = Forgery(text)
    forgery.said["items"][2]["overridden"]["reason"] = "领导要求"
    said = "override of item article-3: not in the record"
    assert found(forgery.written(), tmp_path, by=FOLLOWS) == said


@pytest.mark.parametrize("items", [2, 20])
def test_queries_of_a_bundle_are_constant(
    world: World, items: int, django_assert_num_queries: Any
) -> None:
    story = tell(world, items=items, parties=(WUJIANG,))
    story.open()
    story.say(QINGPU)
    story.say(WUJIANG, "agree", RESERVED)
    close_sign_off(actor=story.coordinator, plan=story.plan)
    sign_statement(actor=story.actor(QINGPU), plan=story.plan)
    statement = statement_of(story.sign_off)
    with django_assert_num_queries(13):
        bundle_text(plan=story.plan, statement=statement)


def test_the_scripts_are_downloaded_from_the_site(signed: Story, client: Client) -> None:
    client.force_login(signed.world.user(WUJIANG, Role.PLANNER))
    for name, script in (("verify.py", ALONE), ("verify_follows.py", FOLLOWS)):
        answer = client.get(f"/plans/{signed.plan.key}/statement/{name}")
        assert answer["Content-Type"] == "text/x-python; charset=utf-8"
        assert answer.content == Path(str(script.__file__)).read_bytes()
    bundle = client.get(f"/plans/{signed.plan.key}/statement/bundle/").content
    assert fault_in(bundle) == ""
    assert canonical(json.loads(bundle)) + "\n" == bundle.decode()
    page = client.get(f"/plans/{signed.plan.key}/statement/").content.decode()
    assert ("statement/verify.py" in page, "statement/verify_follows.py" in page) == (True, True)
    client.logout()
    for name in ("verify.py", "verify_follows.py"):
        assert client.get(f"/plans/{signed.plan.key}/statement/{name}").status_code == 302
