from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from consult.phase1_organization import actions
from consult.phase1_organization.composing import preset_rule
from consult.phase1_organization.content import default_content
from consult.phase1_organization.models import Charter, Invitation
from plans.register.models import Plan
from stakeholders.people.models import Mandate
from stakeholders.terms.actor import Role
from tests.consult.phase1_organization.composed import posted
from tests.consult.phase1_organization.scene import (
    adopted,
    invited,
    proposed,
    put_to_parties,
    speak,
)
from tests.shown import opened
from tests.world import JIASHAN, KUNSHAN, PASSWORD, QINGPU, SHANGHAI, WUJIANG, World, in_days

LANGUAGES = ["zh-hans", "en"]


def page(name: str, *args: object) -> str:
    return reverse(f"organization:{name}", args=args)


def signed_in(mandate: Mandate, language: str = "en") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(mandate.user)
    return client


def joint_office(world: World, plan: Plan, language: str = "en") -> Client:
    world.coordinator(plan)
    return signed_in(world.mandates[QINGPU, "coordinator", plan.key], language)


def contact(world: World, code: str = KUNSHAN, language: str = "en") -> Client:
    return signed_in(world.mandate(code, Role.CONTACT_POINT), language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_room_shows_parties_invitations_and_charters(world: World, language: str) -> None:
    plan = world.plan()
    invited(world, plan)
    charter = adopted(world, plan)
    client = joint_office(world, plan, language)
    for url in (
        page("home", plan.key),
        page("invite", plan.key),
        page("propose", plan.key),
        page("charter", plan.key, charter.number),
        page("invitations"),
    ):
        answer = client.get(url)
        assert (answer.status_code, answer.content.count(b"<h1")) == (200, 1), url
    shown = client.get(page("home", plan.key)).content.decode()
    assert ("Kunshan City" if language == "en" else "昆山市") in shown


def test_a_stranger_finds_nothing(world: World) -> None:
    plan = world.plan()
    row = invited(world, plan)
    charter = proposed(world, plan)
    client = contact(world, "330400")
    for url in (
        page("home", plan.key),
        page("invite", plan.key),
        page("propose", plan.key),
        page("charter", plan.key, charter.number),
        page("open_ballot", plan.key, charter.number),
        page("invitation", row.pk),
    ):
        assert client.get(url).status_code == 404, url
    assert Client().get(page("home", plan.key)).status_code == 302


def test_a_party_reads_who_may_do_what_and_is_refused_the_rest(world: World) -> None:
    plan = world.plan()
    charter = proposed(world, plan)
    client = contact(world, WUJIANG)
    shown = client.get(page("home", plan.key)).content.decode()
    assert "Propose a charter: done by Joint office (coordinator)" in shown
    for name in ("open_ballot", "close_ballot", "close_without_result", "recall_ballot"):
        assert client.get(page(name, plan.key, charter.number)).status_code == 403
    assert client.get(page("take_position", plan.key, charter.number)).status_code == 403
    assert client.get(page("invite", plan.key)).status_code == 403
    assert client.get(page("charter", plan.key, 9)).status_code == 404


def test_inviting_by_code_and_name(world: World) -> None:
    plan = world.plan()
    client = joint_office(world, plan)
    data = {"others": f"{KUNSHAN}\n上海市", "role": "neighbour", "weight": "1"}
    data["answer_by"] = in_days(20).date().isoformat()
    assert client.post(page("invite", plan.key), data).status_code == 302
    rows = Invitation.objects.values_list("jurisdiction_id", flat=True)
    assert list(rows) == [KUNSHAN, "310000"]
    refused = client.post(page("invite", plan.key), {**data, "others": "北京"})
    assert refused.status_code == 422
    refused = client.post(page("invite", plan.key), data)
    assert (refused.status_code, Invitation.objects.count()) == (422, 2)


def test_the_invite_form_suggests_units_above_the_makers(world: World) -> None:
    plan = world.plan()
    form = joint_office(world, plan).get(page("invite", plan.key)).context["form"]
    assert [code for code, _label in form.fields["suggested"].choices] == [
        SHANGHAI,
        "320000",
        "320500",
        "330000",
        "330400",
    ]


def test_the_invited_answer_on_one_page_and_then_open_the_plan(world: World) -> None:
    plan = world.plan()
    row = invited(world, plan)
    client, url = contact(world), page("invitation", row.pk)
    assert "Send the answer" in client.get(url).content.decode()
    assert str(row.pk) in client.get(page("invitations")).content.decode()
    refused = client.post(url, {"answer": "accept_conditions"})
    assert refused.status_code == 422
    assert "Write down the conditions." in refused.content.decode()
    assert client.post(url, {"answer": "accept"}).status_code == 302
    assert "Go to the plan" in client.get(url).content.decode()
    assert client.get(page("home", plan.key)).status_code == 200


def test_a_planner_of_the_invited_reads_who_answers(world: World) -> None:
    row = invited(world, world.plan())
    client = signed_in(world.mandate(KUNSHAN, Role.PLANNER))
    shown = client.get(page("invitation", row.pk)).content.decode()
    assert "Answered by: Contact point" in shown
    assert client.post(page("invitation", row.pk), {"answer": "accept"}).status_code == 403


def test_the_editor_proposes_with_clauses_and_shows_what_is_refused(world: World) -> None:
    plan = world.plan()
    client = joint_office(world, plan)
    clause = {"clause-0-key": "C1", "clause-0-zh": "召集轮值"}
    data = {**posted(default_content()), **clause}
    refused = client.post(page("propose", plan.key), {**data, "urgent_round_days": 99})
    assert refused.status_code == 422
    assert "An urgent round is not longer" in refused.content.decode()
    assert client.post(page("propose", plan.key), data).status_code == 302
    charter = Charter.objects.get()
    assert [(c.key, c.zh) for c in charter.content.clauses] == [("C1", "召集轮值")]
    assert charter.content == replace(default_content(), clauses=charter.content.clauses)


DOUBLE = {
    "do": "preset:guiding",
    "rule_guiding-preset": "double_majority",
}


def test_a_double_majority_is_composed_read_tried_and_proposed(world: World) -> None:
    plan = world.plan()
    client, url = joint_office(world, plan), page("propose", plan.key)
    shown = client.post(url, {**posted(default_content()), **DOUBLE})
    assert shown.status_code == 200
    assert b'name="weight-0-310118"' in shown.content
    figures = {QINGPU: "127.1", WUJIANG: "154.5", JIASHAN: "64.8"}
    editor = shown.context["editor"]
    data = posted(
        replace(
            default_content(),
            rules={**default_content().rules, "guiding": preset_rule("double_majority", codes=[])},
            weights={"population": {QINGPU: "127.1", WUJIANG: "154.5"}},
        )
    )
    assert [line.chosen for line in editor.rules[1].lines] == ["min_share", "min_share"]
    refused = client.post(url, data)
    assert (refused.status_code, Charter.objects.count()) == (422, 0)
    assert f"which is not given for: {JIASHAN}" in refused.content.decode()
    data[f"weight-0-{JIASHAN}"] = figures[JIASHAN]
    read = client.post(f"{url}?part=read", data).content.decode()
    assert "At least 55 % of the parties concerned agree" in read
    assert "<form" not in read
    tried = client.post(
        f"{url}?part=try", {**data, "do": "ask:one_objects", "try-item_class": "guiding"}
    ).content.decode()
    assert "Passes" in tried
    assert Charter.objects.count() == 0
    assert client.post(url, {**data, "do": "propose"}).status_code == 302
    assert Charter.objects.get().content.weights == {"population": figures}


@pytest.mark.parametrize(("do", "status"), [("read", 200), ("try", 200), ("show", 200)])
def test_a_button_that_only_shows_proposes_nothing(world: World, do: str, status: int) -> None:
    plan = world.plan()
    client = joint_office(world, plan)
    data = {**posted(default_content()), "do": do, "try-item_class": "binding"}
    assert client.post(page("propose", plan.key), data).status_code == status
    assert Charter.objects.count() == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_charter_is_tried_on_its_page_by_links(world: World, language: str) -> None:
    plan = world.plan()
    charter = adopted(world, plan)
    client = contact(world, WUJIANG, language)
    shown = client.get(page("charter", plan.key, charter.number))
    for _text, query in shown.context["questions"]:
        answer = client.get(f"{page('try', plan.key, charter.number)}?{query}")
        assert answer.status_code == 200
        assert answer.context["trial"]["rows"]
    nobody = client.get(page("try", plan.key, charter.number), {"try-item_class": "binding"})
    assert nobody.context["trial"]["tone"] == "danger"


def test_a_change_shows_what_it_changes_clause_by_clause(world: World) -> None:
    plan = world.plan()
    adopted(world, plan)
    content = replace(default_content(), round_days=30, ad_referendum_days=None)
    second = actions.propose_charter(actor=world.coordinator(plan), plan=plan, content=content)
    shown = contact(world, WUJIANG).get(page("charter", plan.key, second.number))
    found = {one.label: (one.before, one.after) for one in shown.context["changes"]}
    until = (
        "It counts once the party has confirmed it, within 10 working days; otherwise it lapses."
    )
    assert found == {
        "Length of a round": (
            "20 working days; urgent 7 working days",
            "30 working days; urgent 7 working days",
        ),
        "Position ad referendum": (until, "Not allowed"),
        "Clause C1": ("Convenor in turn 310118", ""),
    }


def test_the_ballot_on_its_pages_from_opening_to_close(world: World) -> None:
    plan = world.plan()
    charter = proposed(world, plan)
    office, args = joint_office(world, plan), (plan.key, charter.number)
    on = in_days(5).date().isoformat()
    assert office.post(page("open_ballot", *args), {"closes_on": on}).status_code == 302
    early = office.post(page("close_ballot", *args), {"go": "1"})
    assert early.status_code == 422
    for code in (QINGPU, WUJIANG, JIASHAN):
        signatory = signed_in(world.mandate(code, Role.SIGNATORY))
        assert "Take a position" in signatory.get(page("charter", *args)).content.decode()
        signatory.post("/accounts/reauthenticate/", {"password": PASSWORD})
        seen = opened(signatory, page("take_position", *args))
        bare = signatory.post(page("take_position", *args), {**seen, "value": "object"})
        assert bare.status_code == 422
        taken = signatory.post(page("take_position", *args), {**seen, "value": "agree"})
        assert taken.status_code == 302
    assert office.post(page("close_ballot", *args)).status_code == 302
    assert "This charter is in force." in office.get(page("charter", *args)).content.decode()


def test_closing_without_result_and_recalling_on_their_pages(world: World) -> None:
    plan = world.plan()
    charter = proposed(world, plan)
    office, args = joint_office(world, plan), (plan.key, charter.number)
    for name in ("recall_ballot", "close_without_result"):
        put_to_parties(world, charter)
        assert office.get(page(name, *args)).status_code == 200
        assert office.post(page(name, *args), {"reason": ""}).status_code == 422
        assert office.post(page(name, *args), {"reason": "更正"}).status_code == 302


def test_an_objection_shows_with_its_reason(world: World) -> None:
    plan = world.plan()
    charter = proposed(world, plan)
    put_to_parties(world, charter)
    speak(world, charter, JIASHAN, "object", "C5 不得适用于签署环节")
    shown = contact(world, WUJIANG).get(page("charter", plan.key, 1)).content.decode()
    assert "C5 不得适用于签署环节" in shown
