"""The pages and operations of the reply: rows without JavaScript, what each reader finds."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation

from consult.approval.actions.replies import acknowledge
from consult.approval.enums import LetterKind
from consult.approval.models import ApprovalReply
from consult.approval.queries.replies import reply_state
from plans.register.enums import PartyRole
from plans.register.models import Plan
from plans.register.steps import add_party
from stakeholders.people.actions import make_token
from stakeholders.people.queries import actor_of
from stakeholders.terms.actor import Role
from tests.consult.approval.reply_scene import (
    JIASHAN,
    PROVINCES,
    QINGPU,
    REPORT,
    SHANGHAI,
    WHOLE,
    WUJIANG,
    answer,
    approve,
    letter,
    reword,
    submitted,
    today,
)
from tests.world import KUNSHAN, World

PAGE = "/plans/QWJ/approval/"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def enter(client: Client, world: World, code: str, role: Role, plan_key: str = "") -> Client:
    client.force_login(world.mandate(code, role, plan_key=plan_key).user)
    return client


def office(client: Client, world: World) -> Client:
    return enter(client, world, QINGPU, Role.COORDINATOR, "QWJ")


def typed(**more: object) -> dict[str, object]:
    return {
        "outcome": "with_conditions",
        "senders": list(PROVINCES),
        "number": "沪苏浙联批〔2026〕2号",
        "dated_on": today().isoformat(),
        "conditions": "2",
        "condition-0-item": "2",
        "condition-0-text_zh": "体检报告每年3月31日前报送。",
        "condition-0-text_en": "",
        "condition-1-item": "",
        "condition-1-text_zh": "",
        "condition-1-text_en": "",
        **more,
    }


@pytest.fixture
def plan(world: World) -> Plan:
    return submitted(world)


def test_form_offers_the_items_submitted(client: Client, world: World, plan: Plan) -> None:
    page = office(client, world).get(PAGE + "reply/")
    assert page.status_code == 200
    assert page.context["items"] == ["1 第1项安排", "2 第2项安排", "3 第3项安排"]
    assert page.context["form"].count == 2


def test_a_row_more_enters_nothing_and_loses_nothing(
    client: Client, world: World, plan: Plan
) -> None:
    stamped = SimpleUploadedFile("批复.pdf", PDF, content_type="application/pdf")
    page = office(client, world).post(
        PAGE + "reply/", typed(more="condition", file=stamped, **{"condition-1-text_zh": "二"})
    )
    form = page.context["form"]
    assert (page.status_code, form.count, form.is_bound) == (200, 3, False)
    assert form["condition-1-text_zh"].value() == "二"
    assert form["number"].value() == "沪苏浙联批〔2026〕2号"
    assert form["outcome"].value() == "with_conditions"
    assert form["file"].value().name == "批复.pdf"
    assert ApprovalReply.objects.count() == 0


def test_errors_stand_at_their_rows_and_the_text_stays(
    client: Client, world: World, plan: Plan
) -> None:
    more = {"condition-1-item": "第99条", "condition-1-text_zh": "改。"}
    page = office(client, world).post(PAGE + "reply/", typed(**more))
    form = page.context["form"]
    assert page.status_code == 422
    assert list(form.errors) == ["condition-1-item"]
    assert form["condition-1-text_zh"].value() == "改。"
    assert "第99条" in page.content.decode()


def test_reply_is_entered_and_its_page_tells_it(client: Client, world: World, plan: Plan) -> None:
    page = office(client, world).post(PAGE + "reply/", typed(), follow=True)
    assert page.redirect_chain == [(PAGE + "conditions/", 302)]
    assert [one.before.key for one in page.context["lines"]] == ["a2"]
    again = client.post(PAGE + "reply/", typed())
    assert (again.status_code, ApprovalReply.objects.count()) == (409, 1)


def test_page_says_why_no_reply_can_be_entered(client: Client, world: World) -> None:
    world.plan(parties=(WUJIANG, JIASHAN))
    Plan.objects.filter(key="QWJ").update(phase=3)
    assert office(client, world).get(PAGE + "reply/").context["submission"] is None


def test_completion_owed_is_shown(client: Client, world: World, plan: Plan) -> None:
    letter(world, plan, LetterKind.COMPLETION_ASKED, answers=plan.approval_letters.get())
    assert office(client, world).get(PAGE + "reply/").context["awaits_completion"] is True


def test_correction_is_filled_with_what_stands(client: Client, world: World, plan: Plan) -> None:
    answer(world, plan, "with_conditions", REPORT, WHOLE)
    page = office(client, world).get(PAGE + "reply/correct/")
    form = page.context["form"]
    assert [form[f"condition-{n}-item"].value() for n in (0, 1)] == ["2", ""]
    assert form["condition-1-text_zh"].value() == WHOLE.text_zh
    sent = {**typed(outcome="approved", reason="录错"), "condition-0-item": ""}
    sent["condition-0-text_zh"] = ""
    assert client.post(PAGE + "reply/correct/", sent).status_code == 302
    assert reply_state(plan).outcome == "approved"


def test_a_reply_taken_up_offers_no_correction(client: Client, world: World, plan: Plan) -> None:
    answer(world, plan, "with_conditions", REPORT, WHOLE)
    visitor = office(client, world)
    assert PAGE + "reply/correct/" in visitor.get(PAGE).content.decode()
    reword(world, plan, 2, "按要求修改。")
    approve(world, plan, note_zh="监督措施已列入。")
    assert PAGE + "reply/correct/" not in visitor.get(PAGE).content.decode()
    page = visitor.get(PAGE + "reply/correct/")
    with translation.override("en"):
        assert str(page.context["told"]).startswith("The approved text is published")
    assert visitor.post(PAGE + "reply/correct/", typed(reason="录错")).status_code == 422


def test_the_page_of_a_changed_item_says_that_positions_stand(
    client: Client, world: World, plan: Plan
) -> None:
    answer(world, plan, "with_conditions", REPORT, WHOLE)
    reword(world, plan, 2, "按要求修改。")
    approve(world, plan, note_zh="监督措施已列入。")
    visitor = office(client, world)
    changed = visitor.get("/plans/QWJ/matrix/a2/").context["approved"]
    assert changed.revision.stage == "approved"
    assert visitor.get("/plans/QWJ/matrix/a1/").context["approved"] is None


def test_draft_of_a_condition_is_shown_to_who_reads_the_draft(
    client: Client, world: World, plan: Plan
) -> None:
    answer(world, plan, "with_conditions", REPORT)
    reword(world, plan, 2, "按要求修改。")
    (line,) = office(client, world).get(PAGE + "conditions/").context["lines"]
    assert (line.taken_up, line.difference.new.text_zh) == ("in_draft", "按要求修改。")
    upper = enter(client, world, SHANGHAI, Role.CONTACT_POINT)
    (line,) = upper.get(PAGE + "conditions/").context["lines"]
    assert line.difference is None
    approve(world, plan)
    (line,) = upper.get(PAGE + "conditions/").context["lines"]
    assert (line.taken_up, line.difference.new.text_zh) == ("in_text", "按要求修改。")


def test_neighbours_find_nothing_of_it(client: Client, world: World, plan: Plan) -> None:
    add_party(plan=plan, code=KUNSHAN, role=PartyRole.NEIGHBOUR, must_sign=False)
    answer(world, plan, "with_conditions", REPORT)
    neighbour = enter(client, world, KUNSHAN, Role.CONTACT_POINT)
    assert neighbour.get("/plans/QWJ/").status_code == 200
    found = [neighbour.get(PAGE + name).status_code for name in ("conditions/", "reply/file/")]
    assert found == [404, 404]
    assert neighbour.get(PAGE + "acknowledge/").status_code == 403


def test_publishing_offers_the_approved_text_alone(
    client: Client, world: World, plan: Plan
) -> None:
    answer(world, plan, "with_conditions", REPORT, WHOLE)
    page = office(client, world).get("/plans/QWJ/publish/")
    form = page.context["form"]
    assert list(form.fields) == ["stage", "note_zh", "note_en"]
    assert [value for value, _label in form.fields["stage"].choices] == ["approved"]
    assert [one.code for one in page.context["blockers"]] == ["imposed.unchanged"]
    sent = {"stage": "approved", "note_zh": "监督措施已列入。"}
    assert client.post("/plans/QWJ/publish/", sent).status_code == 422
    reword(world, plan, 2, "按要求修改。")
    page = client.post("/plans/QWJ/publish/", {"stage": "approved"})
    assert list(page.context["form"].errors) == ["note_zh"]
    assert client.post("/plans/QWJ/publish/", sent).status_code == 302
    assert client.get("/plans/QWJ/impact/").status_code == 200


def test_same_text_is_published_as_the_approved_one(
    client: Client, world: World, plan: Plan
) -> None:
    answer(world, plan, "approved")
    assert office(client, world).get("/plans/QWJ/publish/").status_code == 200
    assert client.post("/plans/QWJ/publish/", {"stage": "approved"}).status_code == 302
    assert client.get("/plans/QWJ/publish/").status_code == 403


def test_returned_items_are_named_where_they_are_taken_back(
    client: Client, world: World, plan: Plan
) -> None:
    answer(world, plan, "returned", REPORT)
    page = office(client, world).get("/plans/QWJ/reopen/")
    assert page.context["returned"].returned == ("a2",)
    assert "沪苏浙联批〔2026〕2号" in page.context["form"]["reason"].value()
    sent = {"reason": page.context["form"]["reason"].value()}
    assert client.post("/plans/QWJ/reopen/", sent).status_code == 302
    plan.refresh_from_db()
    assert (plan.phase, plan.frozen) == (2, None)


def test_acknowledging_shows_the_change_and_takes_one_button(
    client: Client, world: World, plan: Plan
) -> None:
    answer(world, plan, "with_conditions", REPORT)
    party = enter(client, world, WUJIANG, Role.CONTACT_POINT)
    assert party.get(PAGE + "acknowledge/").context["is_due"] is False
    reword(world, plan, 2, "按要求修改。")
    approve(world, plan)
    page = party.get(PAGE + "acknowledge/")
    assert page.context["is_due"] is True
    assert "体检报告每年3月31日前报送并公布。" in page.content.decode()
    assert party.post(PAGE + "acknowledge/", {}).status_code == 302
    assert reply_state(plan).acknowledged == (WUJIANG,)
    assert party.post(PAGE + "acknowledge/", {}).status_code == 422


def test_operations(client: Client, world: World, plan: Plan) -> None:
    mandate = world.mandate(QINGPU, Role.COORDINATOR, plan_key="QWJ")
    _row, token = make_token(actor=actor_of(mandate), user=mandate.user, name="t", days=1)
    key = {"authorization": f"Token {token}"}
    url = "/api/v1/plans/QWJ/approval/reply/"
    assert client.get(url, headers=key).status_code == 404
    body = {
        "outcome": "with_conditions",
        "number": "2",
        "dated_on": today().isoformat(),
        "senders": list(PROVINCES),
        "conditions": [{"item": "99", "text_zh": "改。"}],
    }

    def post(data: dict[str, object]) -> object:
        return client.post(url, data, content_type="application/json", headers=key)

    assert post(body).status_code == 400
    body["conditions"] = [{"item": "article 2", "text_zh": "改。"}]
    found = post(body)
    assert found.status_code == 201, found.content
    said = found.json()
    assert [(one["item"], one["taken_up"]) for one in said["conditions"]] == [("a2", "not_yet")]
    assert (said["outcome"], said["approved"], said["outstanding"]) == ("with_conditions", "", [])
    assert post(body).status_code == 409


def test_page_costs_the_same_for_many_conditions(
    client: Client, world: World, django_assert_max_num_queries: object
) -> None:
    plan = submitted(world, articles=20)
    rows = [type(REPORT)(item=str(n), text_zh="改。") for n in range(1, 21)]
    answer(world, plan, "with_conditions", *rows)
    for number in range(1, 21):
        reword(world, plan, number, f"按要求修改{number}。")
    approve(world, plan)
    for code in (WUJIANG, JIASHAN):
        acknowledge(actor=world.actor(code, Role.CONTACT_POINT), plan=plan)
    office(client, world).get(PAGE + "conditions/")
    with django_assert_max_num_queries(60):
        assert len(client.get(PAGE + "conditions/").context["lines"]) == 20


def test_day_of_the_letter_is_checked(client: Client, world: World, plan: Plan) -> None:
    ahead = (today() + timedelta(days=2)).isoformat()
    page = office(client, world).post(PAGE + "reply/", typed(dated_on=ahead))
    assert list(page.context["form"].errors) == ["dated_on"]
