"""One machine for all ballots: sealed ones, what counts, and a subject that was changed."""

import json
from dataclasses import replace

import pytest
from django.test import Client

from consult.ballots import subjects
from consult.ballots.conduct import content_of
from consult.ballots.models import Ballot, Elector
from consult.ballots.queries import case_of, electors_of, standing, weights_named
from consult.ballots.shown import shown
from consult.ballots.steps import Letter, Stance, Subject, open_ballots, take_positions
from consult.consensus.evaluate import evaluate
from consult.phase1_organization import actions
from plans.register.models import Plan
from stakeholders.notices.models import Notice
from stakeholders.people.models import Mandate
from stakeholders.people.queries import people_of
from stakeholders.record.models import RecordEntry
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Role
from stakeholders.terms.errors import Conflict
from tests.consult.ballots.test_two_persons import second_signatory
from tests.consult.phase1_organization.scene import PARTIES, proposed, put_to_parties, speak
from tests.world import JIASHAN, QINGPU, WUJIANG, World, in_days

POPULATION = {
    "silence": "none",
    "requirements": [
        {
            "kind": "min_share",
            "of": ["agree"],
            "over": "electorate",
            "weight": "population",
            "at_least": "65/100",
        }
    ],
}


def weighed(plan: Plan, *, supporting: tuple[str, ...] = ()) -> Ballot:
    """A ballot by population: Qingpu 70, Wujiang 20, Jiashan 10."""
    named = {QINGPU: "70", WUJIANG: "20", JIASHAN: "10"}
    subject = Subject(
        kind="health_check",
        id="1",
        hash="sha256:x",
        rule=POPULATION,
        electors=[(code, "1") for code in PARTIES],
        weights={code: {"population": figure} for code, figure in named.items()},
        supporting=supporting,
    )
    (ballot,) = open_ballots(plan=plan, subjects=[subject], charter_version="1", closes_at=None)
    return ballot


def say(world: World, ballot: Ballot, code: str, value: str = "agree") -> None:
    take_positions(
        actor=world.actor(code, Role.SIGNATORY),
        stances=[Stance(ballot=ballot, value=value, text="x")],
        letter=Letter(),
    )


def test_a_rule_weighs_by_the_name_the_charter_gives(world: World) -> None:
    ballot = weighed(world.plan())
    say(world, ballot, QINGPU)
    assert standing(ballot, is_closed=True)["state"] == "passed"
    say(world, ballot, QINGPU, "abstain")
    for code in (WUJIANG, JIASHAN):
        say(world, ballot, code)
    result = standing(ballot, is_closed=True)
    assert (result["state"], result["requirements"][0]["have"]) == ("failed", "3/10")
    assert weights_named(json.loads(ballot.rule)) == {"population"}


def test_who_shows_support_only_is_kept_and_does_not_count(world: World) -> None:
    ballot = weighed(world.plan(), supporting=(QINGPU,))
    for code in (WUJIANG, JIASHAN):
        say(world, ballot, code)
    say(world, ballot, QINGPU, "object")
    electors = electors_of([ballot])[ballot.pk]
    assert [e.is_supporting for e in electors] == [e.jurisdiction_id == QINGPU for e in electors]
    case = case_of(
        rule=ballot.rule, electors=electors, positions=ballot.positions.all(), closed=True
    )
    assert [party["id"] for party in case["parties"]] == [WUJIANG, JIASHAN]
    assert evaluate(case)["state"] == "passed"


def test_only_electors_take_positions(world: World) -> None:
    plan = world.plan()
    ballot = weighed(plan)
    elector = Elector.objects.filter(ballot=ballot).first()
    assert elector is not None
    outsider = replace(world.actor(QINGPU, Role.SIGNATORY), jurisdiction_code="320583")
    with pytest.raises(Conflict):
        take_positions(
            actor=outsider, stances=[Stance(ballot=ballot, value="agree")], letter=Letter()
        )


def test_a_sealed_ballot_shows_only_who_answered_until_its_hour(
    world: World, client: Client
) -> None:
    plan = world.plan()
    charter = proposed(world, plan)
    ballot = actions.open_charter_ballot(
        actor=world.coordinator(plan), charter=charter, closes_at=in_days(3), is_sealed=True
    )
    speak(world, charter, QINGPU, "object", "不宜")
    position = ballot.positions.get()
    entry = json.loads(RecordEntry.objects.order_by("-pk")[0].payload)
    sealed = canonical.commitment(content_of(position), position.declaration)
    assert entry["effects"] == {"commitment": sealed, "position": position.pk}
    told = Notice.objects.filter(kind="charter.take_position").get()
    assert (told.title_zh.count("不同意"), told.title_en.count("bject")) == (0, 0)
    other, own = world.actor(WUJIANG, Role.SIGNATORY), world.actor(QINGPU, Role.SIGNATORY)
    for actor, sees in ((other, False), (own, True), (world.coordinator(plan), False)):
        found = shown([ballot], plan=plan, actor=actor, at=clock.now()).rows[0]
        row = next(r for r in found.rows if r.elector.jurisdiction_id == QINGPU)
        assert (row.position is not None, row.has_spoken) == (sees, True)
        assert (found.is_hidden, found.requirements) == (True, [])
    client.force_login(world.user(WUJIANG, Role.CONTACT_POINT))
    page = client.get("/plans/QWJ/organization/charters/1/").content.decode()
    api = client.get("/api/v1/plans/QWJ/charters/1/ballots/").json()["results"][0]
    assert "不宜" not in page
    assert (api["answered"], api["positions"], api["is_sealed"]) == ([QINGPU], [], True)
    with clock.stated(in_days(4)):
        found = shown([ballot], plan=plan, actor=other, at=clock.now()).rows[0]
        assert [r.position is not None for r in found.rows].count(True) == 1
        actions.close_charter_ballot(actor=world.coordinator(plan), charter=charter)
    entry = json.loads(RecordEntry.objects.order_by("-pk")[0].payload)
    (opened,) = entry["effects"]["opened"]
    assert canonical.commitment(opened["content"], opened["nonce"]) == sealed


def test_a_subject_that_was_changed_takes_no_positions(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = world.plan()
    charter = proposed(world, plan)
    ballot = put_to_parties(world, charter)
    stands = shown([ballot], plan=plan, actor=world.coordinator(plan), at=clock.now())
    assert stands.is_changed is False
    other = subjects.Source(hash_now=lambda _plan, _pk: "sha256:other")
    monkeypatch.setitem(subjects._sources, "charter", other)
    stands = shown([ballot], plan=plan, actor=world.coordinator(plan), at=clock.now())
    assert stands.is_changed is True


def test_a_replaced_signatory_leaves_its_position_and_its_successor_may_change_it(
    world: World, client: Client
) -> None:
    """What a jurisdiction said stands; only who signs for it now is asked and told."""
    plan = world.plan()
    charter = proposed(world, plan)
    ballot = put_to_parties(world, charter)
    speak(world, charter, QINGPU)
    former = world.actor(QINGPU, Role.SIGNATORY)
    Mandate.objects.filter(pk=former.mandate_id).update(valid_until=clock.now())
    successor = second_signatory(world)
    assert standing(ballot, is_closed=False)["requirements"][-1]["have"] == "1/3"
    page_reader = world.user(WUJIANG, Role.CONTACT_POINT)
    client.force_login(page_reader)
    page = client.get("/plans/QWJ/organization/charters/1/").content.decode()
    assert "前签署人" in page
    client.force_login(Mandate.objects.get(pk=former.mandate_id).user)
    url = "/plans/QWJ/organization/charters/1/position/"
    answer = client.post(url, {"value": "object", "acting_mandate": former.mandate_id})
    assert answer.status_code == 403
    assert "second signatory" in answer.content.decode()
    assert ballot.positions.count() == 1
    people = people_of(codes=[QINGPU], roles=[Role.SIGNATORY], at=clock.now(), plan_key=plan.key)
    assert people == {QINGPU: [successor.user_id]}
    actions.take_charter_position(actor=successor, charter=charter, value="object", text="理由")
    assert standing(ballot, is_closed=False)["state"] == "open"
    actions.close_without_result(actor=world.coordinator(plan), charter=charter, reason="重新协商")
    told = Notice.objects.filter(kind="charter.close_without_result")
    emails = set(told.values_list("user__email", flat=True))
    assert f"signatory2@{QINGPU}.example" in emails
    assert f"signatory@{QINGPU}.example" not in emails
