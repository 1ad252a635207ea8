"""What of the common implementation is in a package: what is settled, and nothing under way."""

import csv
import io
import json
from dataclasses import replace
from datetime import timedelta

from consult.health import actions as checks
from consult.tasks.steps import create_task
from stakeholders.terms import clock
from stakeholders.terms.actor import Role
from tests.consult.archive.making import files, package, rows
from tests.consult.health.scene import ALL, play
from tests.consult.meetings.scene import make
from tests.consult.phase4_implementation.ground import lay
from tests.consult.phase4_implementation.test_case_actions import (
    SAID,
    answer,
    close,
    crossed,
    paper,
)
from tests.consult.phase4_implementation.test_case_actions import contact as contact_in
from tests.world import JIASHAN, QINGPU, WUJIANG, World

PART = "08-programme/"


def names(content: bytes, *folders: str) -> list[str]:
    """Paths of the part that begin with one of the names."""
    begins = tuple(PART + one for one in folders)
    return [name for name in files(content) if name.startswith(begins)]


def table(content: bytes, name: str) -> list[dict[str, str]]:
    text = files(content)[f"{PART}{name}.csv"].decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_minutes_are_in_it_once_all_have_confirmed_them(world: World) -> None:
    scene = make(world)
    edition = scene.put_whole()
    assert names(package(scene.plan), "meetings/") == []
    for code in (QINGPU, WUJIANG, JIASHAN):
        scene.says(code)
    content = package(scene.plan)
    minutes = [f"{PART}meetings/1/minutes.{suffix}" for suffix in ("docx", "pdf", "json")]
    assert names(content, "meetings/") == minutes
    assert files(content)[minutes[2]].decode() == edition.content
    line = next(one for one in rows(content) if one["文件 file"] == minutes[0])
    assert "permanent" in line["保管期限 retention"]
    assert package(scene.plan) == content


def test_a_health_check_is_in_it_once_the_parties_agree_to_its_report(world: World) -> None:
    scene = play(world)
    scene.fill_all()
    scene.put()
    assert names(package(scene.plan), "health-checks/") == []
    for code in ALL:
        scene.speak(code)
    checks.close_report_ballot(actor=scene.office, plan=scene.plan, check=scene.check)
    content = package(scene.plan)
    stem = f"{PART}health-checks/{scene.check.year}-yearly/report"
    assert names(content, "health-checks/") == [f"{stem}.{one}" for one in ("docx", "pdf", "json")]
    said = json.loads(files(content)[f"{stem}.json"])
    assert [one["state"] for one in said["indicators"]] == ["unread", "unread"]
    assert package(scene.plan) == content


def test_closed_cases_with_their_enclosures_and_all_tasks_are_in_it(world: World) -> None:
    ground = lay(world)
    crossed(ground)
    assert names(package(ground.plan), "cases", "tasks") == []
    wujiang = contact_in(ground, WUJIANG)
    answer(ground, said=replace(SAID, file=paper(wujiang)))
    ground.reads(wujiang, "3.8", period="2025-04")
    close(ground)
    content = package(ground.plan)
    assert names(content, "cases", "tasks.csv") == [
        f"{PART}tasks.csv",
        f"{PART}cases.csv",
        f"{PART}cases.xlsx",
        f"{PART}cases/CS1/thread.csv",
        f"{PART}cases/CS1/thread.xlsx",
        f"{PART}cases/CS1/answer-1.pdf",
    ]
    (case,) = table(content, "cases")
    assert (case["编号 number"], case["单位 party"]) == ("CS1", WUJIANG)
    assert [one["编号 number"] for one in table(content, "tasks")] == ["T1"]
    assert package(ground.plan) == content


def test_an_open_task_does_not_change_the_package_when_it_becomes_late(world: World) -> None:
    """The days go by without an act: same state, same bytes."""
    ground = lay(world)
    create_task(
        plan=ground.plan,
        actor=ground.world.actor(QINGPU, Role.CONTACT_POINT),
        origin="breakdown",
        origin_id="",
        title_zh="贯通",
        owner=WUJIANG,
        due_on=(clock.now() + timedelta(days=10)).date(),
    )
    content = package(ground.plan)
    with clock.stated(clock.now() + timedelta(days=30)):
        assert package(ground.plan) == content
