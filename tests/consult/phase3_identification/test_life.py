"""The life of a sign-off: preconditions at once, recall, early, by two, at the second, anew."""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from consult.ballots.enums import SubjectKind
from consult.ballots.steps import Subject, open_ballots
from consult.phase1_organization.content import default_content
from consult.phase1_organization.models import Charter
from consult.phase3_identification.actions import (
    close_early,
    close_sign_off,
    confirm_close,
    end_without_result,
    prepare_close,
    recall_sign_off,
    refuse_prepared_close,
)
from consult.phase3_identification.duties import duties
from consult.phase3_identification.gate import blockers
from consult.phase3_identification.models import Declaration, SignOffEnd
from consult.phase3_identification.queries import (
    ended_sign_offs,
    former_positions,
    life_of,
    readiness,
    restatable,
)
from consult.phase3_identification.tasks import close_due_sign_offs
from plans.register.steps import freeze, set_phase
from stakeholders.notices.models import Notice
from stakeholders.people.models import Mandate
from stakeholders.people.queries import actor_of
from stakeholders.record.models import RecordEntry
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import SYSTEM, Actor, Role
from stakeholders.terms.errors import Blocked, Conflict, Invalid, Refused
from tests.consult.phase3_identification.story import CHARTER, Story, tell
from tests.world import JIASHAN, QINGPU, WUJIANG, World, in_days, person

SHANGHAI_TIME = ZoneInfo("Asia/Shanghai")
BY_TWO = replace(default_content(), two_person=("sign_off.close",))


@pytest.fixture
def small(world: World) -> Story:
    return tell(world, items=2, parties=(WUJIANG,))


@pytest.fixture
def by_two(world: World) -> Story:
    return tell(world, items=1, parties=(WUJIANG,), charter=BY_TWO)


def entry() -> tuple[str, dict[str, object]]:
    row = RecordEntry.objects.order_by("-pk")[0]
    return row.act, json.loads(row.payload)["effects"]


def second_coordinator(story: Story) -> Actor:
    first = Mandate.objects.get(pk=story.coordinator.mandate_id)
    user = person("second@joint.example", "second of the joint office")
    made = Mandate.objects.create(
        user=user,
        jurisdiction=first.jurisdiction,
        organization=first.organization,
        role=first.role,
        plan_key=first.plan_key,
        document="test",
        valid_from=first.valid_from,
        granted_by=story.world.administrator,
    )
    return actor_of(made)


def all_speak(story: Story, *codes: str) -> None:
    for code in codes or (QINGPU, WUJIANG):
        story.say(code)


def test_opening_names_every_hard_precondition_at_once(small: Story) -> None:
    Mandate.objects.filter(role="signatory", jurisdiction=WUJIANG).update(acts=["statement.sign"])
    set_phase(plan=small.plan, phase=2)
    freeze(plan=small.plan, revision=None)
    with pytest.raises(Blocked) as refusal:
        small.open()
    assert [one.code for one in refusal.value.blockers] == ["phase", "frozen", "signatory"]
    assert all(one.url for one in refusal.value.blockers)


def test_a_signatory_limited_to_another_plan_does_not_count(small: Story) -> None:
    Mandate.objects.filter(role="signatory", jurisdiction=WUJIANG).update(plan_key="OTHER")
    ready = readiness(small.plan, charter=CHARTER, at=clock.now())
    assert [one.code for one in ready.blockers] == ["signatory"]
    assert [(str(one.party.jurisdiction_id), one.items) for one in ready.asked] == [
        (QINGPU, 2),
        (WUJIANG, 2),
    ]


def test_a_signatory_whose_articles_are_fewer_than_concern_the_party_does_not_count(
    small: Story,
) -> None:
    rows = Mandate.objects.filter(role="signatory", jurisdiction=WUJIANG)
    keys = list(small.plan.frozen.entries.values_list("item__key", flat=True))
    rows.update(items=keys)
    assert readiness(small.plan, charter=CHARTER, at=clock.now()).blockers == []
    rows.update(items=keys[:1])
    ready = readiness(small.plan, charter=CHARTER, at=clock.now())
    assert [one.code for one in ready.blockers] == ["signatory"]


def test_a_charter_being_decided_is_a_warning(small: Story) -> None:
    charter = Charter.objects.filter(plan=small.plan).latest("pk")
    subject = Subject(
        kind=SubjectKind.CHARTER.value,
        id=str(charter.number),
        hash=charter.hash,
        rule={"silence": "none", "requirements": [{"kind": "no_block"}]},
        electors=[(QINGPU, "1")],
    )
    open_ballots(plan=small.plan, subjects=[subject], charter_version="2", closes_at=None)
    assert readiness(small.plan, charter=CHARTER, at=clock.now()).warnings == [
        "checklist",
        "gate",
        "charter_ballot",
    ]


def test_soft_preconditions_are_named_in_the_record(small: Story) -> None:
    saturday = datetime(2031, 3, 1, 17, 0, tzinfo=SHANGHAI_TIME)
    small.open(closes_at=saturday)
    assert entry()[1]["warnings"] == ["checklist", "gate", "closing.rest_day"]


@pytest.mark.parametrize(
    ("fields", "at"),
    [
        ({"closes_on": "2020-01-02", "closes_hour": "17:00"}, "closes_on"),
        ({"closes_on": "2031-03-03", "closes_hour": "00:00"}, "closes_hour"),
        (
            {"closes_on": "2031-03-30", "closes_hour": "02:30", "zone": "Europe/Berlin"},
            "closes_hour",
        ),
        ({"closes_on": "2031-03-03", "closes_hour": "17:00", "zone": "Mars/Olympus"}, "zone"),
        ({"is_sealed": "on"}, "closes_on"),
    ],
)
def test_form_refuses_a_mistaken_hour(small: Story, fields: dict[str, str], at: str) -> None:
    response = office(small).post(f"/plans/{small.plan.key}/sign-off/open/", fields)
    assert (response.status_code, list(response.context["form"].errors)) == (422, [at])


def test_form_tells_what_the_hour_means_before_anything_opens(small: Story) -> None:
    page = f"/plans/{small.plan.key}/sign-off/open/"
    fields = {"closes_on": "2031-03-01", "closes_hour": "17:00", "zone": "Asia/Shanghai"}
    response = office(small).post(page, {**fields, "check": "1"})
    assert response.context["deadline"]["is_rest"] is True
    assert small.sign_off is None
    assert office(small).post(page, fields).status_code == 302
    assert small.sign_off.closes_at == datetime(2031, 3, 1, 17, 0, tzinfo=SHANGHAI_TIME)


def office(story: Story) -> Client:
    client = Client()
    user = Mandate.objects.get(pk=story.coordinator.mandate_id).user
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_recall_while_nobody_has_spoken_leaves_no_result(small: Story) -> None:
    small.open()
    with pytest.raises(Invalid):
        recall_sign_off(actor=small.coordinator, plan=small.plan, reason=" ")
    end = recall_sign_off(actor=small.coordinator, plan=small.plan, reason="附表有误")
    assert end.outcome == "recalled"
    assert entry() == ("sign_off.recall", {"reason": canonical.digest("附表有误")})
    assert [one.code for one in blockers(plan=small.plan)] == ["sign_off.not_passed"]
    told = Notice.objects.filter(kind="sign_off.recall").values_list("user_id", flat=True)
    wanted = Mandate.objects.filter(role__in=["signatory", "contact_point", "coordinator"])
    assert set(told) == set(wanted.values_list("user_id", flat=True))
    owed = duties(plans=[small.plan], now=clock.now())
    assert [duty.kind for duty in owed] == ["sign_off.open"]
    assert small.open().pk


def test_recall_is_refused_once_somebody_has_spoken_or_the_hour_has_come(small: Story) -> None:
    sign_off = small.open(closes_at=in_days(1))
    with clock.stated(sign_off.closes_at), pytest.raises(Conflict):
        recall_sign_off(actor=small.coordinator, plan=small.plan, reason="更正")
    small.say(QINGPU)
    with pytest.raises(Conflict) as refusal:
        recall_sign_off(actor=small.coordinator, plan=small.plan, reason="更正")
    assert "青浦区" in str(refusal.value.text)


def test_closing_before_the_hour_is_an_act_of_its_own_name(small: Story) -> None:
    small.open(closes_at=in_days(1))
    small.say(QINGPU)
    with pytest.raises(Blocked) as refusal:
        close_early(actor=small.coordinator, plan=small.plan)
    assert [one.code for one in refusal.value.blockers] == ["position"]
    small.say(WUJIANG)
    with pytest.raises(Blocked) as refusal:
        close_sign_off(actor=small.coordinator, plan=small.plan)
    assert [one.code for one in refusal.value.blockers] == ["hour"]
    assert close_early(actor=small.coordinator, plan=small.plan).outcome == "passed"
    assert entry()[0] == "sign_off.close_early"


def test_the_page_of_the_close_leads_to_the_way_that_is_due(small: Story) -> None:
    small.open(closes_at=in_days(1))
    all_speak(small)
    base = f"/plans/{small.plan.key}/sign-off/"
    assert office(small).get(f"{base}close/").url == f"{base}close-early/"
    assert office(small).get(f"{base}close-early/").status_code == 200
    assert office(small).get(base).status_code == 200


def test_early_is_a_conflict_where_no_hour_was_given(small: Story) -> None:
    small.open()
    all_speak(small)
    with pytest.raises(Conflict):
        close_early(actor=small.coordinator, plan=small.plan)


def test_nothing_is_taken_from_the_closing_second_on(small: Story) -> None:
    sign_off = small.open(closes_at=in_days(1))
    with clock.stated(sign_off.closes_at - timedelta(microseconds=1)):
        small.say(QINGPU)
        assert close_due_sign_offs(now=clock.now()) == 0
    with clock.stated(sign_off.closes_at):
        with pytest.raises(Conflict):
            small.say(WUJIANG)
        assert close_due_sign_offs(now=clock.now()) == 1
        with pytest.raises(Conflict):
            small.say(WUJIANG)
    assert SignOffEnd.objects.get().at == sign_off.closes_at
    assert Declaration.objects.count() == 1


def test_where_the_charter_asks_for_two_one_prepares_and_another_confirms(by_two: Story) -> None:
    by_two.open()
    all_speak(by_two)
    with pytest.raises(Blocked) as refusal:
        close_sign_off(actor=by_two.coordinator, plan=by_two.plan)
    assert [one.code for one in refusal.value.blockers] == ["two_persons"]
    proposal = prepare_close(actor=by_two.coordinator, plan=by_two.plan)
    assert [one.code for one in blockers(plan=by_two.plan)] == ["sign_off.open", "close.waiting"]
    with pytest.raises(Refused):
        confirm_close(actor=by_two.coordinator, plan=by_two.plan, proposal_hash=proposal.hash)
    second = second_coordinator(by_two)
    owed = duties(plans=[by_two.plan], now=clock.now())
    assert [duty.user_id for duty in owed if duty.kind == "sign_off.close.second"] == [
        second.user_id
    ]
    with pytest.raises(Conflict):
        confirm_close(actor=second, plan=by_two.plan, proposal_hash="sha256:other")
    end = confirm_close(actor=second, plan=by_two.plan, proposal_hash=proposal.hash)
    act, effects = entry()
    assert (end.outcome, act) == ("passed", "sign_off.confirm_close")
    assert effects["mandates"] == [by_two.coordinator.mandate_id, second.mandate_id]


def test_a_prepared_close_is_sent_back_and_the_hour_needs_no_second(by_two: Story) -> None:
    sign_off = by_two.open(closes_at=in_days(1))
    all_speak(by_two)
    prepare_close(actor=by_two.coordinator, plan=by_two.plan)
    second = second_coordinator(by_two)
    refuse_prepared_close(actor=second, plan=by_two.plan, reason="再等一天")
    assert entry()[0] == "sign_off.refuse_close"
    assert life_of(sign_off, at=clock.now()).waiting_close is None
    with clock.stated(sign_off.closes_at):
        assert close_sign_off(actor=SYSTEM, plan=by_two.plan).outcome == "passed"


def test_one_person_prepares_nothing_where_the_charter_lets_one_close(small: Story) -> None:
    small.open()
    all_speak(small)
    with pytest.raises(Conflict):
        prepare_close(actor=small.coordinator, plan=small.plan)


def test_a_new_sign_off_shows_what_was_said_on_unchanged_wordings_and_counts_none(
    world: World,
) -> None:
    story = tell(world, items=2, parties=(WUJIANG, JIASHAN))
    story.open()
    story.say(QINGPU)
    end_without_result(actor=story.coordinator, plan=story.plan, reason="修改")
    story.rewrite("article-2", "新条文。")
    again = story.open()
    said = former_positions(again, code=QINGPU)
    assert [(one.item_key, one.position.value) for one in said] == [("article-1", "agree")]
    assert former_positions(again, code=WUJIANG) == []
    assert life_of(again, at=clock.now()).spoken == frozenset()
    assert [(row.number, row.end.outcome) for row in ended_sign_offs(story.plan)] == [
        (1, "without_result")
    ]
    assert restatable(again, code=QINGPU)["general"]["value"] == "agree"
    assert restatable(again, code=WUJIANG) == {}
    client = Client()
    client.force_login(
        story.world.user(QINGPU, Role.SIGNATORY),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    page = client.get(f"/plans/{story.plan.key}/sign-off/former/1/")
    assert (page.status_code, page.context["board"].totals["agreed"]) == (200, 2)
    assert page.content.decode().count("<tr data-row>") == len(story.places)
    assert client.get(f"/plans/{story.plan.key}/sign-off/former/2/").status_code == 404
    form = client.get(f"/plans/{story.plan.key}/sign-off/position/?restate=1").context["form"]
    assert form["value"].value() == "agree"
    assert client.get(f"/plans/{story.plan.key}/sign-off/").status_code == 200
