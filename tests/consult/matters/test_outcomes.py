"""How a matter ends, options and commitments, each act allowed and refused with its reason."""

from datetime import date, timedelta

import pytest

from consult.matters import actions, queries
from consult.matters.duties import duties
from consult.matters.models import Commitment, Matter, MatterOption
from consult.matters.queries import commitments_of, options_of
from consult.matters.steps import Wording
from plans.register.models import Plan
from stakeholders.record.models import RecordEntry
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor, Role
from stakeholders.terms.errors import Conflict, Invalid, Refused
from stakeholders.terms.rights import Reason
from tests.world import JIASHAN, QINGPU, WUJIANG, World

TEXT = Wording(zh="三级限排")
LATER = date(2099, 12, 31)


@pytest.fixture
def plan(world: World) -> Plan:
    return world.plan()


@pytest.fixture
def matter(world: World, plan: Plan) -> Matter:
    return actions.open_matter(
        actor=world.coordinator(plan),
        plan=plan,
        title=Wording(zh="太浦河枯水期限排"),
        description=Wording(),
        codes=[QINGPU, WUJIANG],
        theme="water",
    )


def contact(world: World, code: str) -> Actor:
    return world.actor(code, Role.CONTACT_POINT)


def last_entry() -> tuple[str, str]:
    row = RecordEntry.objects.order_by("-pk").first()
    return row.act, row.subject


def kinds(plan: Plan) -> list[tuple[str, str | None]]:
    found = duties(plans=[plan], now=clock.now())
    return sorted((d.kind, d.holder_code) for d in found if d.kind != "matter.stand")


def test_a_matter_is_agreed_only_when_every_party_has_confirmed(
    world: World, plan: Plan, matter: Matter
) -> None:
    here = {"plan": plan, "matter": matter}
    draft = actions.propose_agreement(actor=world.coordinator(plan), text=TEXT, **here)
    assert kinds(plan) == [("agreement.answer", QINGPU), ("agreement.answer", WUJIANG)]
    with pytest.raises(Invalid):
        actions.answer_agreement(
            actor=contact(world, QINGPU), agreement=draft, confirms=False, **here
        )
    actions.answer_agreement(
        actor=contact(world, WUJIANG), agreement=draft, confirms=False, reason="先定补偿", **here
    )
    after = actions.answer_agreement(
        actor=contact(world, QINGPU), agreement=draft, confirms=True, **here
    )
    assert after.is_open
    after = actions.answer_agreement(
        actor=contact(world, WUJIANG), agreement=draft, confirms=True, **here
    )
    assert (after.outcome, last_entry()) == ("agreed", ("agreement.answer", "matter:MT1"))
    assert kinds(plan) == []
    with pytest.raises(Conflict):
        actions.answer_agreement(
            actor=contact(world, QINGPU), agreement=draft, confirms=True, **here
        )


def test_a_newer_draft_takes_the_place_and_answers_to_the_former_do_not_count(
    world: World, plan: Plan, matter: Matter
) -> None:
    here = {"plan": plan, "matter": matter}
    first = actions.propose_agreement(actor=contact(world, QINGPU), text=TEXT, **here)
    actions.answer_agreement(actor=contact(world, QINGPU), agreement=first, confirms=True, **here)
    second = actions.propose_agreement(actor=contact(world, WUJIANG), text=TEXT, **here)
    with pytest.raises(Conflict):
        actions.answer_agreement(
            actor=contact(world, WUJIANG), agreement=first, confirms=True, **here
        )
    after = actions.answer_agreement(
        actor=contact(world, WUJIANG), agreement=second, confirms=True, **here
    )
    assert after.is_open


def test_who_is_no_party_of_the_matter_neither_confirms_nor_answers(
    world: World, plan: Plan, matter: Matter
) -> None:
    here = {"plan": plan, "matter": matter}
    draft = actions.propose_agreement(actor=world.coordinator(plan), text=TEXT, **here)
    with pytest.raises(Refused) as refusal:
        actions.answer_agreement(
            actor=contact(world, JIASHAN), agreement=draft, confirms=True, **here
        )
    assert refusal.value.verdict.reason is Reason.NOT_YOURS
    with pytest.raises(Refused) as refusal:
        actions.answer_agreement(
            actor=world.coordinator(plan), agreement=draft, confirms=True, **here
        )
    assert refusal.value.verdict.reason is Reason.WRONG_ROLE


def test_a_party_joins_with_a_reason_and_its_word_is_needed_then(
    world: World, plan: Plan, matter: Matter
) -> None:
    here = {"plan": plan, "matter": matter}
    with pytest.raises(Invalid):
        actions.join_matter(actor=contact(world, JIASHAN), note="", **here)
    actions.join_matter(actor=contact(world, JIASHAN), note="下游取水", **here)
    with pytest.raises(Invalid):
        actions.join_matter(actor=contact(world, JIASHAN), note="再", **here)
    assert sorted(u.code for u in matter.jurisdictions.all()) == [QINGPU, WUJIANG, JIASHAN]
    draft = actions.propose_agreement(actor=world.coordinator(plan), text=TEXT, **here)
    for code in (QINGPU, WUJIANG):
        after = actions.answer_agreement(
            actor=contact(world, code), agreement=draft, confirms=True, **here
        )
    assert after.is_open
    with pytest.raises(Conflict):
        actions.leave_matter(actor=contact(world, JIASHAN), note="无关", **here)


def test_a_party_leaves_only_itself_and_never_the_last_but_one(
    world: World, plan: Plan, matter: Matter
) -> None:
    here = {"plan": plan, "matter": matter}
    with pytest.raises(Conflict):
        actions.leave_matter(actor=contact(world, QINGPU), note="无关", **here)
    with pytest.raises(Refused):
        actions.leave_matter(actor=contact(world, JIASHAN), note="无关", **here)
    actions.join_matter(actor=world.coordinator(plan), note="下游", code=JIASHAN, **here)
    actions.leave_matter(actor=contact(world, JIASHAN), note="无关", **here)
    assert sorted(u.code for u in matter.jurisdictions.all()) == [QINGPU, WUJIANG]
    moves = list(matter.moves.values_list("kind", "jurisdiction"))
    assert moves[1:] == [("joined", JIASHAN), ("left", JIASHAN)]


def test_reserved_keeps_the_views_and_comes_up_again(
    world: World, plan: Plan, matter: Matter
) -> None:
    here = {"plan": plan, "matter": matter}
    office = world.coordinator(plan)
    with pytest.raises(Invalid) as error:
        actions.close_matter(actor=office, note="各自保留", **here)
    assert list(error.value.errors) == ["review_on"]
    stand = actions.take_stand(
        actor=contact(world, WUJIANG), value="against", text=Wording(zh="先定补偿"), **here
    )
    soon = queries.day_of(clock.now() + timedelta(days=3))
    actions.close_matter(actor=office, note="各自保留", review_on=soon, **here)
    payload = RecordEntry.objects.order_by("-pk").first().payload
    assert f'"stands":[{stand.pk}]' in payload
    assert kinds(plan) == [("matter.reopen", None)]


def test_only_who_opened_withdraws_and_a_party_objects_in_time(
    world: World, plan: Plan, matter: Matter
) -> None:
    here = {"plan": plan, "matter": matter}
    with pytest.raises(Refused):
        actions.withdraw_matter(actor=contact(world, QINGPU), note="已解决", **here)
    gone = actions.withdraw_matter(actor=world.coordinator(plan), note="已解决", **here)
    assert gone.outcome == "withdrawn"
    back = actions.object_to_withdrawal(actor=contact(world, WUJIANG), note="未解决", **here)
    assert back.is_open
    actions.withdraw_matter(actor=world.coordinator(plan), note="已解决", **here)
    Matter.objects.update(closed_at=clock.now() - timedelta(days=60))
    with pytest.raises(Conflict):
        actions.object_to_withdrawal(actor=contact(world, WUJIANG), note="晚", **here)


def test_facts_are_corrected_by_new_rows_once(world: World, plan: Plan, matter: Matter) -> None:
    here = {"plan": plan, "matter": matter, "actor": contact(world, QINGPU)}
    with pytest.raises(Invalid) as error:
        actions.state_fact(text=TEXT, source=" ", **here)
    assert list(error.value.errors) == ["source"]
    first = actions.state_fact(text=TEXT, source="监测年报", **here)
    second = actions.state_fact(text=Wording(zh="更正"), source="月报", corrects=first, **here)
    assert (second.number, second.corrects) == (2, first)
    with pytest.raises(Conflict):
        actions.state_fact(text=TEXT, source="x", corrects=first, **here)
    thread = queries.thread_of(plan, matter)
    assert [e.is_void for e in thread if e.kind == "fact"] == [True, False]


def test_an_option_is_answered_reworded_and_asked_again(
    world: World, plan: Plan, matter: Matter
) -> None:
    here = {"plan": plan, "matter": matter}
    effects = {WUJIANG: Wording(zh="损失大")}
    option = actions.propose_option(
        actor=contact(world, QINGPU), text=TEXT, effects=effects, **here
    )
    assert kinds(plan) == [("option.answer", QINGPU), ("option.answer", WUJIANG)]
    said = {"actor": contact(world, WUJIANG), "option": option, **here}
    with pytest.raises(Invalid):
        actions.answer_option(value="not_acceptable", text=Wording(), **said)
    actions.answer_option(value="not_acceptable", text=Wording(zh="损失大"), version=1, **said)
    assert kinds(plan) == [("option.answer", QINGPU)]
    with pytest.raises(Refused) as refusal:
        actions.revise_option(
            actor=contact(world, WUJIANG), option=option, text=TEXT, effects={}, **here
        )
    assert refusal.value.verdict.reason is Reason.NOT_YOURS
    actions.revise_option(
        actor=contact(world, QINGPU), option=option, text=Wording(zh="改"), effects={}, **here
    )
    (row,) = options_of(matter)
    assert (row.newest.number, row.said[WUJIANG].is_outdated) == (2, True)
    assert kinds(plan) == [("option.answer", QINGPU), ("option.answer", WUJIANG)]
    with pytest.raises(Conflict):
        actions.answer_option(value="acceptable", text=Wording(), version=1, **said)
    actions.withdraw_option(actor=contact(world, QINGPU), option=option, reason="另议", **here)
    with pytest.raises(Conflict):
        actions.answer_option(value="acceptable", text=Wording(), **said)
    assert kinds(plan) == []
    assert MatterOption.objects.get().label == "A"


def test_an_effect_for_a_stranger_or_too_long_is_refused(
    world: World, plan: Plan, matter: Matter
) -> None:
    here = {"plan": plan, "matter": matter, "actor": contact(world, QINGPU), "text": TEXT}
    for effects in ({JIASHAN: TEXT}, {QINGPU: Wording(zh="长" * 301)}):
        with pytest.raises(Invalid) as error:
            actions.propose_option(effects=effects, **here)
        assert list(error.value.errors) == ["effects"]


def _pair(world: World, plan: Plan, matter: Matter) -> tuple[Commitment, Commitment]:
    """Qingpu pays if Wujiang limits, and the other way round."""
    here = {"plan": plan, "matter": matter, "actor": world.coordinator(plan)}
    today = queries.day_of(clock.now())
    pays = actions.propose_commitment(
        holder=QINGPU, text=Wording(zh="缴存补偿资金"), due_on=today, **here
    )
    limits = actions.propose_commitment(
        holder=WUJIANG,
        text=Wording(zh="落实限排"),
        due_on=today + timedelta(days=30),
        needs=[pays.number],
        needed_by=[pays.number],
        **here,
    )
    return pays, limits


def states(matter: Matter, *, days: int = 0) -> list[str]:
    at = clock.now() + timedelta(days=days)
    return [str(row.worth.state) for row in commitments_of(matter, at=at)]


def test_a_package_binds_when_all_gave_it_and_the_matter_is_agreed(
    world: World, plan: Plan, matter: Matter
) -> None:
    here = {"plan": plan, "matter": matter}
    pays, limits = _pair(world, plan, matter)
    office = world.coordinator(plan)
    with pytest.raises(Refused):
        actions.give_commitment(actor=contact(world, WUJIANG), commitment=pays, **here)
    actions.give_commitment(actor=contact(world, QINGPU), commitment=pays, **here)
    assert states(matter) == ["conditional", "proposed"]
    with pytest.raises(Invalid):  # half of a ring
        actions.propose_agreement(actor=office, text=TEXT, commitments=[1], **here)
    draft = actions.propose_agreement(actor=office, text=TEXT, commitments=[1, 2], **here)
    actions.answer_agreement(actor=contact(world, QINGPU), agreement=draft, confirms=True, **here)
    with pytest.raises(Conflict, match="C1, C2"):
        actions.answer_agreement(
            actor=contact(world, WUJIANG), agreement=draft, confirms=True, **here
        )
    actions.give_commitment(actor=contact(world, WUJIANG), commitment=limits, **here)
    assert states(matter) == ["given", "given"]
    matter = actions.answer_agreement(
        actor=contact(world, WUJIANG), agreement=draft, confirms=True, **here
    )
    assert states(matter) == ["in_force", "in_force"]
    assert kinds(plan) == [("commitment.report", QINGPU), ("commitment.report", WUJIANG)]
    assert states(matter, days=2) == ["lapsed", "in_force"]
    later = commitments_of(matter, at=clock.now() + timedelta(days=2))
    assert [one.number for one in later[1].broken_by] == [1]


def test_kept_is_confirmed_by_the_other_side_never_by_the_holder(
    world: World, plan: Plan, matter: Matter
) -> None:
    here = {"plan": plan, "matter": matter}
    pays, limits = _pair(world, plan, matter)
    for code, one in ((QINGPU, pays), (WUJIANG, limits)):
        actions.give_commitment(actor=contact(world, code), commitment=one, **here)
    with pytest.raises(Conflict):  # not in force yet
        actions.report_commitment(
            actor=contact(world, QINGPU), commitment=pays, note="已缴", **here
        )
    draft = actions.propose_agreement(
        actor=world.coordinator(plan), text=TEXT, commitments=[1, 2], **here
    )
    for code in (QINGPU, WUJIANG):
        actions.answer_agreement(actor=contact(world, code), agreement=draft, confirms=True, **here)
    matter.refresh_from_db()
    here["matter"] = matter
    with pytest.raises(Conflict):  # the matter is closed, the others rely on it
        actions.take_back_commitment(
            actor=contact(world, QINGPU), commitment=pays, note="后悔", **here
        )
    actions.report_commitment(actor=contact(world, QINGPU), commitment=pays, note="已缴", **here)
    assert ("commitment.confirm", WUJIANG) in kinds(plan)
    with pytest.raises(Refused) as refusal:
        actions.confirm_commitment(actor=contact(world, QINGPU), commitment=pays, **here)
    assert refusal.value.verdict.reason is Reason.NOT_YOURS
    actions.confirm_commitment(actor=contact(world, WUJIANG), commitment=pays, **here)
    assert states(matter) == ["fulfilled", "in_force"]


def test_what_was_given_is_taken_back_before_it_binds_and_bound_to_no_more(
    world: World, plan: Plan, matter: Matter
) -> None:
    here = {"plan": plan, "matter": matter}
    pays, _limits = _pair(world, plan, matter)
    actions.give_commitment(actor=contact(world, QINGPU), commitment=pays, **here)
    with pytest.raises(Conflict):
        actions.propose_commitment(
            actor=world.coordinator(plan), holder=WUJIANG, text=TEXT, needed_by=[1], **here
        )
    actions.take_back_commitment(
        actor=contact(world, QINGPU), commitment=pays, note="资金未落实", **here
    )
    assert states(matter) == ["taken_back", "proposed"]
    actions.give_commitment(actor=contact(world, QINGPU), commitment=pays, **here)
    assert states(matter) == ["conditional", "proposed"]
