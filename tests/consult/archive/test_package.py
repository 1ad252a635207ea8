"""What is in a package, that its bytes follow from the state alone, and what never is in it."""

import hashlib
import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone, translation

from consult.archive import standalone
from consult.archive.enums import PaperKind
from consult.phase2_preparation.models import Comment
from consult.phase3_identification.actions import close_sign_off, sign_statement
from consult.phase3_identification.receipts import fault_in_receipt
from consult.phase3_identification.steps import Stand
from plans.register import standalone as revision_standalone
from plans.register.models import Plan
from stakeholders.files.enums import Scan
from stakeholders.files.models import StoredFile
from stakeholders.files.storage import place_of
from stakeholders.record.standalone import broken_at
from stakeholders.record.steps import inside_chain
from stakeholders.terms import clock
from tests.consult.archive.making import attach, files, note, package, rows
from tests.consult.phase2_preparation.stage import Scene, build
from tests.consult.phase3_identification.story import Story, tell
from tests.stakeholders.files import samples
from tests.world import QINGPU, WUJIANG, World, in_days

RESERVED = Stand(item="article-2", value="agree_reserved", text="对第二句保留意见。")


@pytest.fixture
def scene(world: World) -> Scene:
    """A plan in joint preparation, one comment of Wujiang with its published disposition."""
    scene = build(world)
    scene.comment(outcome="not_adopted", reason_zh="理由已公布")
    return scene


@pytest.fixture
def signed(world: World) -> Story:
    """Two items agreed with one reservation, the statement signed by one of two parties."""
    story = tell(world, items=2, parties=(WUJIANG,))
    story.open()
    story.say(QINGPU)
    story.say(WUJIANG, "agree", RESERVED)
    close_sign_off(actor=story.coordinator, plan=story.plan)
    sign_statement(actor=story.actor(QINGPU), plan=story.plan)
    return story


def faults(content: bytes, tmp_path: Path) -> list[str]:
    file = tmp_path / "package.zip"
    file.write_bytes(content)
    return standalone.faults_in(file)[1]


def test_a_plan_that_has_just_begun_gives_a_small_package_that_holds(
    world: World, tmp_path: Path
) -> None:
    content = package(world.plan())
    assert faults(content, tmp_path) == []
    made = [name for name in files(content) if name[0] == "0"]
    assert made == [
        "01-organization/parties.csv",
        "01-organization/parties.xlsx",
        "01-organization/invitations.csv",
        "01-organization/invitations.xlsx",
        "03-preparation/rounds.csv",
        "03-preparation/rounds.xlsx",
        "04-matters/matters.csv",
        "04-matters/matters.xlsx",
        "09-record/record.jsonl",
    ]


def test_a_signed_plan_is_checked_with_the_verifiers_of_the_package(signed: Story) -> None:
    held = files(package(signed.plan))
    assert revision_standalone.fault_in(held["02-text/R1/bundle.json"]) == ""
    lines = [json.loads(line) for line in held["09-record/record.jsonl"].splitlines()]
    assert broken_at(lines)[2] == ""
    receipts = [name for name in held if "/declarations/" in name]
    assert [fault_in_receipt(held[name].decode()) for name in receipts] == ["", ""]
    statements = sorted(name for name in held if name.startswith("06-statements/"))
    assert statements == [
        f"06-statements/statement-1/{name}"
        for name in (
            "bundle.json",
            "sign-off-sheet.docx",
            "sign-off-sheet.pdf",
            "statement.docx",
            "statement.pdf",
        )
    ]
    assert "对第二句保留意见。" in held["05-identification/reservations.csv"].decode()
    assert held["05-identification/sign-off-1/ballots.jsonl"].count(b"\n") == 2


def test_the_same_state_gives_the_same_bytes_whatever_hour_zone_and_language(
    signed: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = package(signed.plan)
    for language, zone in (("en", "America/New_York"), ("zh-hans", "Asia/Tokyo")):
        monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
        with translation.override(language), timezone.override(zone):
            assert package(Plan.objects.get(pk=signed.plan.pk), at=in_days(30)) == first


def test_a_small_change_changes_its_files_and_the_catalogue_only(signed: Story) -> None:
    before = files(package(signed.plan))
    person = signed.world.administrator.pk
    attach(signed.plan, person=person, name="图.pdf", title="附图")
    after = files(package(signed.plan))
    added = {name for name in after if name not in before}
    assert [re.sub(r"\d+\.pdf", "N.pdf", name) for name in added] == [
        "02-text/attachments/attachment-N.pdf"
    ]
    changed = sorted(name for name in before if before[name] != after[name])
    # Receipts lead to the end of the record, the bundle of the statement holds all of it.
    assert [name for name in changed if "/declarations/" not in name] == [
        "06-statements/statement-1/bundle.json",
        "09-record/record.jsonl",
        "MANIFEST.sha256",
        "catalogue/catalogue.csv",
        "catalogue/catalogue.docx",
        "catalogue/catalogue.pdf",
    ]


def test_the_catalogue_says_of_each_paper_what_an_archive_asks(signed: Story) -> None:
    content = package(signed.plan)
    held = files(content)
    for row in rows(content):
        path = row["文件 file"]
        assert hashlib.sha256(held[path]).hexdigest() == row["SHA-256"]
        assert len(held[path]) == int(row["字节 bytes"])
    statement = next(row for row in rows(content) if row["文件 file"].endswith("statement.pdf"))
    assert (statement["件号 no."], statement["保管期限 retention"]) == ("06-0002", "永久 permanent")
    assert int(statement["页数 pages"]) >= 2


def test_names_that_lead_astray_and_equal_titles_do_no_harm(world: World, tmp_path: Path) -> None:
    plan, person = world.plan(), world.administrator.pk
    names = ("../../etc/passwd.pdf", "图🗺️.pdf", "长" * 300 + ".pdf", "a.pdf", "a.pdf")
    for name in names:
        attach(plan, person=person, name=name, title="同名附件")
    content = package(plan)
    found = [row for row in rows(content) if row["题名 title"] == "同名附件"]
    assert [row["件号 no."] for row in found] == [f"02-000{n}" for n in range(1, 6)]
    paths = [row["文件 file"] for row in found]
    assert len(set(paths)) == 5
    assert all(re.fullmatch(r"02-text/attachments/attachment-\d+\.pdf", path) for path in paths)
    assert faults(content, tmp_path) == []


def test_files_that_are_gone_damaged_or_infected_are_named_and_left_out(
    world: World, tmp_path: Path
) -> None:
    plan, person = world.plan(), world.administrator.pk
    pdfs = [samples.PDF + b"\n%" + bytes([65 + n]) for n in range(4)]
    gone, damaged, infected, good = (
        attach(plan, person=person, name=f"{n}.pdf", title=f"附件{n}", content=content)
        for n, content in enumerate(pdfs)
    )
    place_of(gone.sha256).unlink()
    place_of(damaged.sha256).write_bytes(b"%PDF-1.4 something else")
    StoredFile.objects.filter(pk=infected.pk).update(scan=Scan.INFECTED)
    content = package(plan)
    said = [row["备注 remarks"].split("；")[0] for row in rows(content)]
    assert [text for text in said if text and "原文件名" not in text] == [
        "文件缺失 / the file is missing in the storage",
        "文件已损坏 / the file does not match its hash",
        "检出病毒，未归档 / left out: a virus was found",
    ]
    assert faults(content, tmp_path) == []
    kept = [name for name in files(content) if "attachments" in name]
    assert len(kept) == 1
    assert files(content)[kept[0]] == place_of(good.sha256).read_bytes()


def test_a_round_is_in_it_with_published_dispositions_only(scene: Scene) -> None:
    comment = Comment.objects.get()
    scene.decide(comment, "adopted", reason_zh="尚未公布")
    held = files(package(scene.plan))
    table = held["03-preparation/rounds/1/comments.csv"].decode()
    assert "意见" in table
    everything = b"".join(held.values()).decode("utf-8", "ignore")
    assert "尚未公布" not in everything
    assert "03-preparation/rounds/1/adoption-table.docx" in held
    assert "03-preparation/rounds/1/adoption-table.xlsx" in held


def test_what_is_inside_a_party_is_never_in_it(scene: Scene) -> None:
    one = scene.open()
    scene.draft(one, WUJIANG, text="只在吴江内部")
    note(scene.plan, "test:1")
    held = files(package(scene.plan))
    assert "只在吴江内部" not in b"".join(held.values()).decode("utf-8", "ignore")
    entries = [
        json.loads(json.loads(line)["payload"])
        for line in held["09-record/record.jsonl"].splitlines()
    ]
    assert {entry["chain"] for entry in entries} == {"plan:QWJ"}
    assert inside_chain(code=WUJIANG, key="QWJ") not in str(held["09-record/record.jsonl"])


def test_a_sealed_round_is_shut_until_its_hour(world: World) -> None:
    scene = build(world)
    one = scene.open(is_sealed=True)
    scene.reply(one, WUJIANG, "aim")
    held = package(scene.plan)
    shut = [row for row in rows(held) if "sealed until" in row["备注 remarks"]]
    assert [(row["题名 title"], row["文件 file"]) for row in shut] == [("第1轮复函与意见", "")]
    assert [name for name in files(held) if "rounds/1" in name] == []
    opened = package(scene.plan, at=one.closes_at)
    assert "03-preparation/rounds/1/comments.csv" in files(opened)


def test_a_round_of_who_has_longer_stays_shut(world: World) -> None:
    scene = build(world)
    one = scene.open(is_sealed=True)
    scene.reply(one, WUJIANG, "aim")
    later = one.closes_at + timedelta(days=5)
    one.invitees.filter(jurisdiction=QINGPU).update(extended_until=later)
    assert [n for n in files(package(scene.plan, at=one.closes_at)) if "rounds/1/" in n] == []
    assert [n for n in files(package(scene.plan, at=later)) if "rounds/1/comments.csv" in n]


def test_a_sealed_sign_off_is_shut_until_its_hour(world: World) -> None:
    story = tell(world, items=2, parties=(WUJIANG,))
    story.open(closes_at=in_days(3), is_sealed=True)
    story.say(QINGPU, "agree", RESERVED)
    before = package(story.plan)
    inside = [name for name in files(before) if name.startswith("05-identification/")]
    assert inside == ["05-identification/sign-offs.csv", "05-identification/sign-offs.xlsx"]
    assert "对第二句保留意见" not in b"".join(files(before).values()).decode("utf-8", "ignore")
    with clock.stated(story.sign_off.closes_at):
        after = package(story.plan)
    assert "05-identification/reservations.csv" in files(after)


def test_every_kind_of_paper_has_a_retention(settings: object) -> None:
    assert set(settings.ARCHIVE_RETENTION) == {kind.value for kind in PaperKind}
