import uuid
from io import BytesIO

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from consult.phase2_preparation import actions
from consult.phase2_preparation.models import Comment, CommentDraft, Disposition, Reply, Round
from consult.phase2_preparation.steps import publish
from stakeholders.terms.actor import Role
from tests.consult.phase2_preparation.stage import Scene
from tests.consult.phase2_preparation.test_sight import client_of, office_client
from tests.world import JIASHAN, WUJIANG


def url(name: str, *args: object) -> str:
    return reverse(f"preparation:{name}", args=["QWJ", *args])


def test_round_opens_by_its_form_and_a_past_day_is_shown_beside_the_field(scene: Scene) -> None:
    client = office_client(scene)
    assert client.get(url("open")).status_code == 200
    data = {"kind": "consultation", "closes_hour": "17:00", "codes": [WUJIANG, JIASHAN]}
    refused = client.post(url("open"), {**data, "closes_on": "2020-01-01"})
    assert (refused.status_code, Round.objects.count()) == (422, 0)
    made = client.post(url("open"), data)
    assert made.headers["Location"] == url("round", 1)
    assert Round.objects.get().invitees.count() == 2


def test_comment_goes_from_planner_over_contact_point_to_the_reply(scene: Scene) -> None:
    scene.open()
    planner, contact = client_of(scene, WUJIANG, Role.PLANNER), client_of(scene, WUJIANG)
    key = uuid.uuid4()
    data = {"key": key, "type": "technical", "text_zh": "提高减排比例", "share": "on"}
    target = url("draft_on", 1, "aim")
    assert planner.get(target).status_code == 200
    partial = planner.get(target, headers={"HX-Request": "true"}).content.decode()
    assert "<form" in partial
    assert "<html" not in partial
    for _twice in range(2):
        made = planner.post(target, data)
        assert made.headers["Location"] == url("round", 1) + "?item=aim#aim"
    assert CommentDraft.objects.count() == 1
    assert planner.post(url("clear", 1, key)).status_code == 403
    assert contact.post(url("clear", 1, key)).status_code == 302
    assert contact.get(url("reply", 1)).status_code == 200
    sent = contact.post(url("reply", 1), {"letter_number": "吴政函〔2026〕44号"})
    assert sent.headers["Location"] == url("round", 1)
    again = contact.post(url("reply", 1), {"letter_number": "2"})
    assert (again.status_code, Reply.objects.count(), Comment.objects.count()) == (422, 1, 1)


def test_reply_page_says_how_many_comments_are_left_out(scene: Scene) -> None:
    one = scene.open()
    taken, left = (scene.draft(one, WUJIANG, item="aim", text=text) for text in ("一", "二"))
    contact = scene.actor(WUJIANG)
    actions.clear_comment(actor=contact, plan=scene.plan, draft=taken)
    client = client_of(scene, WUJIANG)
    page = url("reply", 1)
    assert client.get(page).context["left_out"] == 1
    actions.clear_comment(actor=contact, plan=scene.plan, draft=left)
    assert client.get(page).context["left_out"] == 0


def test_nil_return_by_its_button(scene: Scene) -> None:
    scene.open()
    client = client_of(scene, JIASHAN)
    assert "?nil=1" in client.get(url("round", 1)).content.decode()
    assert 'value="True"' in client.get(url("reply", 1) + "?nil=1").content.decode()
    client.post(url("reply", 1), {"is_nil": "True"})
    assert Reply.objects.get().is_nil


def test_send_back_edit_and_delete_by_their_forms(scene: Scene) -> None:
    one = scene.open()
    draft, client = scene.draft(one, WUJIANG, item="aim"), client_of(scene, WUJIANG)
    assert client.get(url("send_back", 1, draft.key)).status_code == 200
    assert client.post(url("send_back", 1, draft.key), {"reason": "补充"}).status_code == 302
    assert "补充" in client.get(url("round", 1)).content.decode()
    assert client.get(url("edit", 1, draft.key)).status_code == 200
    data = {"key": draft.key, "type": "general", "text_zh": "改", "share": "on"}
    assert client.post(url("edit", 1, draft.key), data).status_code == 302
    assert CommentDraft.objects.get().text_zh == "改"
    assert client.post(url("delete", 1, draft.key)).status_code == 302
    assert CommentDraft.objects.count() == 0


def test_dispositions_are_decided_published_and_answered_in_pages(scene: Scene) -> None:
    scene.comment()
    office, contact = office_client(scene), client_of(scene, WUJIANG)
    assert office.get(url("comment", 1)).status_code == 200
    refused = office.post(url("decide", 1), {"outcome": "partly"})
    assert (refused.status_code, Disposition.objects.count()) == (422, 0)
    office.post(url("decide", 1), {"outcome": "partly", "reason_zh": "保留8条"})
    assert contact.post(url("decide", 1), {"outcome": "noted"}).status_code == 403
    assert office.post(url("publish"), {"chosen": "1"}).status_code == 409
    assert office.post(url("publish"), {"chosen": "1", "number": "1"}).status_code == 302
    shown = Disposition.objects.get()
    assert "保留8条" in contact.get(url("comment", 1)).content.decode()
    answered = contact.post(url("answer", 1), {"disposition": shown.pk, "accepts": "no"})
    assert (answered.status_code, shown.answers.count()) == (422, 0)
    contact.post(url("answer", 1), {"disposition": shown.pk, "accepts": "yes"})
    assert [a.accepts for a in shown.answers.all()] == [True]


def test_reason_of_a_change_by_its_form(scene: Scene) -> None:
    client = office_client(scene)
    assert client.get(url("changes")).status_code == 200
    assert client.get(url("explain", "aim")).status_code == 200
    assert client.post(url("explain", "aim"), {}).status_code == 422
    assert client.post(url("explain", "aim"), {"note": "MM1/3"}).status_code == 302
    assert "MM1/3" in client.get(url("changes")).content.decode()


def test_workbook_holds_the_filtered_rows_as_text(scene: Scene) -> None:
    comment = scene.comment()
    scene.decide(comment, "adopted", reason_zh="=1+1")
    response = office_client(scene).get(
        url("adoption_file", "xlsx"), headers={"Accept-Language": "zh-hans"}
    )
    sheet = openpyxl.load_workbook(BytesIO(response.content)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert (rows[-1][0], rows[-1][2], rows[-1][5]) == ("C01", "第1条", "=1+1")
    assert [c.data_type for c in list(sheet.iter_rows())[-1]] == ["s"] * 6 + ["s", "s"]
    none = office_client(scene).get(url("adoption_file", "xlsx") + "?outcome=noted")
    sheet = openpyxl.load_workbook(BytesIO(none.content)).active
    assert "C01" not in [row[0] for row in sheet.iter_rows(values_only=True)]


@pytest.mark.parametrize(("name", "args"), [("rounds", []), ("dispositions", []), ("round", [1])])
def test_stranger_gets_404(scene: Scene, name: str, args: list[int]) -> None:
    scene.open()
    client = client_of(scene, "310000")
    assert client.get(url(name, *args)).status_code == 404


@pytest.mark.parametrize("many", [200, pytest.param(1_000, marks=pytest.mark.prove)])
def test_lists_cost_the_same_for_ten_and_for_many_comments(scene: Scene, many: int) -> None:
    one = scene.open()
    reply = scene.reply(one, WUJIANG, "aim")
    first = reply.comments.get()
    client = office_client(scene)

    def fill(until: int) -> None:
        start = Comment.objects.count() + 1
        made = Comment.objects.bulk_create(
            Comment(
                reply=reply,
                plan=scene.plan,
                number=number,
                jurisdiction_id=WUJIANG,
                item=first.item,
                version=first.version,
                type="general",
                text_zh="意见",
            )
            for number in range(start, until + 1)
        )
        decided = Disposition.objects.bulk_create(
            Disposition(comment=comment, outcome="noted", mandate_id=reply.mandate_id, at=reply.at)
            for comment in made
        )
        publish(dispositions=decided[::2], actor=scene.office)

    client.get(url("rounds"))  # the first request of a session writes its row
    counts: dict[str, list[int]] = {}
    for size in (10, many):
        fill(size)
        for name, args in (("dispositions", []), ("round", [1]), ("adoption_file", ["xlsx"])):
            with CaptureQueriesContext(connection) as captured:
                assert client.get(url(name, *args)).status_code == 200
            counts.setdefault(name, []).append(len(captured))
    assert {name: len(set(numbers)) for name, numbers in counts.items()} == {
        "dispositions": 1,
        "round": 1,
        "adoption_file": 1,
    }
    before_the_view = 4  # session, person, mandates, role group
    assert counts["dispositions"][0] <= 20 + before_the_view  # numbers of the tabs, groups, undo
