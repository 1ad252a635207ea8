from datetime import date, timedelta
from io import BytesIO
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from docx import Document

from consult.matters.actions import open_matter
from consult.matters.steps import Wording
from consult.meetings import actions
from consult.meetings.queries.proposals import proposals_for
from consult.meetings.standing import Stage
from consult.tasks.steps import create_task
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor, Role
from tests.alike import multiply
from tests.consult.meetings.scene import Scene
from tests.consult.phase4_implementation.ground import lay
from tests.world import JIASHAN, KUNSHAN, QINGPU, WUJIANG, World

PAGE = "/plans/QWJ/meetings/"
ONE = f"{PAGE}1/"


@pytest.fixture(autouse=True)
def _english() -> object:
    with translation.override("en"):
        yield


def browser(scene: Scene, actor: Actor) -> Client:
    client = Client(headers={"accept-language": "en"})
    user = next(m.user for m in scene.world.mandates.values() if m.pk == actor.mandate_id)
    client.force_login(user)
    return client


def send(client: Client, path: str, actor: Actor, **data: object) -> object:
    return client.post(path, {"acting_mandate": actor.mandate_id, **data})


def fields(scene: Scene, **other: object) -> dict[str, object]:
    begins = scene.starts_at + timedelta(hours=8)
    ends = begins + timedelta(hours=2)
    given = {
        "kind": "joint",
        "level": "department",
        "title_zh": "第二次联席会议",
        "starts_at": f"{begins:%Y-%m-%dT%H:%M}",
        "ends_at": f"{ends:%Y-%m-%dT%H:%M}",
        "guests": [QINGPU, WUJIANG],
        "chair": QINGPU,
    }
    return {**given, **other}


def test_plan_by_form_leads_to_the_agenda_and_keeps_what_was_typed(scene: Scene) -> None:
    office = scene.office
    client = browser(scene, office)
    wrong = send(client, f"{PAGE}new/", office, **fields(scene, guests=[QINGPU]))
    assert wrong.status_code == 422
    assert "第二次联席会议" in wrong.content.decode()
    done = send(client, f"{PAGE}new/", office, **fields(scene))
    assert (done.status_code, done["Location"]) == (302, f"{ONE}agenda/")
    assert scene.meeting.starts_at == scene.starts_at


def test_meeting_is_not_there_for_strangers_and_its_acts_are_refused_to_others(
    scene: Scene,
) -> None:
    scene.called()
    stranger = scene.world.actor(KUNSHAN, Role.CONTACT_POINT)
    assert browser(scene, stranger).get(ONE).status_code == 404
    theirs = scene.contact(WUJIANG)
    client = browser(scene, theirs)
    assert client.get(f"{ONE}edit/").status_code == 403
    assert client.get(f"{ONE}agenda/").status_code == 403
    assert send(client, f"{ONE}call/", theirs).status_code == 403


@pytest.mark.parametrize(
    ("stage", "button"),
    [
        ("planned", "Set the agenda"),
        ("called", None),
        ("due", "Enter who was there"),
        ("held", "Put the minutes forward"),
        ("confirming", None),
    ],
)
def test_page_names_the_one_thing_that_is_next(
    scene: Scene, stage: str, button: str | None
) -> None:
    hours = 2
    if stage == "planned":
        scene.set()
    elif stage in ("called", "due"):
        scene.called()
    else:
        scene.held()
        scene.decided()
        scene.written()
        hours = 5
        if stage == "confirming":
            scene.put()
    at = scene.starts_at + timedelta(hours=hours)
    if stage in ("planned", "called"):
        at = scene.starts_at - timedelta(hours=1)
    with clock.stated(at):
        assert scene.board.stage(at=at) is Stage(stage)
        page = browser(scene, scene.office).get(ONE)
    assert page.context["next"] is None if button is None else str(page.context["next"].label)
    if button:
        assert str(page.context["next"].label) == button
        assert button in page.content.decode()


def test_agenda_takes_what_is_open_with_one_click_and_moves_items(scene: Scene) -> None:
    matter = open_matter(
        actor=scene.office,
        plan=scene.plan,
        title=Wording(zh="河流"),
        description=Wording(),
        codes=[QINGPU, WUJIANG],
    )
    scene.set(level="working")
    own = scene.add("自有议题")
    client = browser(scene, scene.office)
    page = client.get(f"{ONE}agenda/")
    assert [one.source_id for one in page.context["proposals"]] == [matter.key]
    took = send(client, f"{ONE}agenda/take/", scene.office, source="matter", source_id=matter.key)
    assert took.status_code == 302
    assert client.get(f"{ONE}agenda/").context["proposals"] == []
    send(client, f"{ONE}agenda/{own.pk}/move/", scene.office, to="down")
    assert [point.item.source for point in scene.board.points] == ["matter", "other"]
    again = send(client, f"{ONE}agenda/take/", scene.office, source="matter", source_id="MT9")
    assert again.status_code == 302
    assert len(scene.board.points) == 2


def test_open_cases_and_late_tasks_are_proposed_with_the_way_to_them(world: World) -> None:
    ground = lay(world)
    office = world.coordinator(ground.plan)
    ground.reads(world.actor(WUJIANG, Role.CONTACT_POINT), "4.3")
    origin = {"origin": "breakdown", "origin_id": "", "title_zh": "贯通", "owner": WUJIANG}
    create_task(plan=ground.plan, actor=office, due_on=date(2020, 1, 1), **origin)
    board = SimpleNamespace(points=[], meeting=SimpleNamespace(level="working"))
    found = proposals_for(actor=office, plan=ground.plan, board=board, at=clock.now())
    assert [(one.source.value, one.source_id, one.url, one.reporter) for one in found] == [
        ("case", "1", "/plans/QWJ/implementation/cases/1/", WUJIANG),
        ("task", "1", "/plans/QWJ/tasks/1/", WUJIANG),
    ]


def test_second_writer_sees_both_texts_and_can_save_then(scene: Scene) -> None:
    scene.held()
    scene.written("甲的文本")
    ours = scene.contact(WUJIANG)
    client = browser(scene, ours)
    lost = send(client, f"{ONE}minutes/edit/", ours, text_zh="乙的文本", edits="0")
    assert lost.status_code == 409
    text = lost.content.decode()
    assert "甲的文本" in text
    assert "乙的文本" in text
    edits = lost.context["form"]["edits"].value()
    saved = send(client, f"{ONE}minutes/edit/", ours, text_zh="乙的文本", edits=edits)
    assert saved.status_code == 302
    assert scene.board.draft is not None
    assert scene.board.draft.text_zh == "乙的文本"


def test_minutes_page_names_who_confirmed_the_edition_left_behind(scene: Scene) -> None:
    scene.put_whole()
    scene.says(QINGPU)
    scene.written("改过的正文")
    page = browser(scene, scene.office).get(f"{ONE}minutes/")
    assert [(number, [u.code for u in units]) for number, units in page.context["former"]] == [
        (1, [QINGPU])
    ]
    assert "Edition 1 was confirmed by:" in page.content.decode()
    ours = scene.contact(WUJIANG)
    refused = send(
        browser(scene, ours), f"{ONE}minutes/confirm/", ours, confirms="yes", edition="1"
    )
    assert refused.status_code == 409
    draft = browser(scene, scene.office).get(f"{ONE}minutes/edit/")
    assert [unit.code for unit in draft.context["confirmed"]] == [QINGPU]


def test_papers_hold_agenda_decisions_and_who_confirmed(scene: Scene) -> None:
    scene.put_whole()
    scene.says(QINGPU)
    client = browser(scene, scene.contact(JIASHAN))
    sheet = Document(BytesIO(client.get(f"{ONE}sheet.docx").content))
    cells = {cell.text for table in sheet.tables for row in table.rows for cell in row.cells}
    assert "太浦河枯水期限排" in cells
    minutes = Document(BytesIO(client.get(f"{ONE}minutes.docx").content))
    assert "会议纪要正文" in {paragraph.text for paragraph in minutes.paragraphs}
    rows = [[c.text for c in row.cells] for table in minutes.tables for row in table.rows]
    assert [row[1] for row in rows if len(row) == 4 and row[1] in ("Confirmed", "No word yet")] == [
        "Confirmed",
        "No word yet",
        "No word yet",
    ]
    assert client.get(f"{ONE}minutes.pdf").content[:5] == b"%PDF-"


def test_calendar_file_has_hours_and_counts_the_calls(scene: Scene) -> None:
    scene.called()
    client = browser(scene, scene.contact())
    text = client.get(f"{ONE}meeting.ics").content.decode()
    assert f"DTSTART:{scene.starts_at:%Y%m%dT%H%M%SZ}" in text
    assert "SEQUENCE:0" in text
    actions.cancel_meeting(
        actor=scene.office, plan=scene.plan, meeting=scene.meeting, reason="台风"
    )
    text = client.get(f"{ONE}meeting.ics").content.decode()
    assert "STATUS:CANCELLED" in text
    assert "SEQUENCE:1" in text


def test_list_filters_sorts_and_is_a_table(scene: Scene) -> None:
    scene.called()
    scene.set(kind="working", guests=(QINGPU, WUJIANG))
    client = browser(scene, scene.contact(JIASHAN))

    def numbers(query: str) -> list[int]:
        return [row["meeting"].number for row in client.get(f"{PAGE}?{query}").context["rows"]]

    assert numbers("sort=number") == [1, 2]
    assert numbers("kind=working") == [2]
    assert numbers(f"unit={JIASHAN}") == [1]
    assert numbers("when=past") == []
    lines = b"".join(client.get(f"{PAGE}table.csv").streaming_content).decode().splitlines()
    assert len(lines) == 3


@pytest.mark.parametrize("most", [8, pytest.param(1_000, marks=pytest.mark.prove)])
def test_list_costs_the_same_for_two_and_for_many(scene: Scene, most: int) -> None:
    client = browser(scene, scene.office)
    for _one in range(2):
        scene.set()
    with CaptureQueriesContext(connection) as few:
        client.get(PAGE)
    for _one in range(6):
        last = scene.set()
    multiply(last, most - 8, number=lambda number: 9 + number)
    with CaptureQueriesContext(connection) as many:
        assert client.get(PAGE).context["page_obj"].paginator.count == most
    assert len(few) == len(many)
