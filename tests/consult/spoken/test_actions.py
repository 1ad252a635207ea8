"""Entering, confirming and refusing; what is not confirmed counts on no surface."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation

from consult.ballots.queries import newest_positions
from consult.ballots.queries import standing as rule_standing
from consult.matters.actions import take_stand
from consult.matters.models import Matter
from consult.matters.queries import stands_of
from consult.matters.steps import Wording, open_matter
from consult.phase1_organization import gate as gate1
from consult.phase1_organization.actions import answer_invitation
from consult.phase1_organization.models import Invitation
from consult.phase1_organization.queries import asked
from consult.phase1_organization.steps import Reply as Answer
from consult.phase2_preparation import gate as gate2
from consult.phase2_preparation.actions import close_round
from consult.phase2_preparation.models import Comment, Reply, Round
from consult.phase2_preparation.queries import progress
from consult.spoken import actions
from consult.spoken.duties import duties
from consult.spoken.models import EnteredActWord
from consult.spoken.steps import Evidence, commitment_of
from plans.register.models import Plan
from stakeholders.notices.models import Notice
from stakeholders.record.models import RecordEntry
from stakeholders.record.queries import check_chains
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import SYSTEM, Role
from stakeholders.terms.errors import Conflict, Invalid, NotVisible, Refused
from tests.consult.phase1_organization.scene import invited, proposed, put_to_parties, speak
from tests.consult.phase2_preparation.stage import Scene, build, later
from tests.consult.spoken.scene import (
    AGREE,
    LETTER,
    NIL,
    STAND,
    acts_since,
    confirm,
    enter,
    last_entry,
    provisional,
    standing,
)
from tests.world import JIASHAN, KUNSHAN, QINGPU, SHANGHAI, WUJIANG, World


@pytest.fixture
def scene(world: World) -> Scene:
    return build(world)


@pytest.fixture
def one(scene: Scene) -> Round:
    return scene.open(closes_on=later(5))


@pytest.fixture
def matter(scene: Scene) -> Matter:
    return open_matter(
        plan=scene.plan,
        actor=scene.office,
        title=Wording(zh="太浦河"),
        description=Wording(zh="说明"),
        codes=[QINGPU, WUJIANG],
    )


def refusal(call: Callable[[], object], kind: type[Exception]) -> str:
    with pytest.raises(kind) as caught:
        call()
    error = caught.value
    texts = error.errors.values() if isinstance(error, Invalid) else [error.text]
    with translation.override("en"):
        return " ".join(str(text) for text in texts)


# ---- answers to invitations


@pytest.fixture
def asked_for(world: World) -> tuple[Plan, Invitation]:
    plan = world.plan()
    return plan, invited(world, plan)


def states(plan: Plan) -> list[str]:
    return [row.state.value for row in asked(Invitation.objects.filter(plan=plan), at=clock.now())]


def test_an_entered_answer_counts_when_confirmed(
    world: World, asked_for: tuple[Plan, Invitation]
) -> None:
    plan, invitation = asked_for
    before = last_entry()
    act = enter(world, plan, "answer", invitation, {"answer": "accept"}, code=KUNSHAN)
    assert states(plan) == ["open"]
    assert plan.parties.filter(jurisdiction=KUNSHAN).count() == 0
    assert "invitation" in [blocker.code for blocker in gate1.blockers(plan=plan)]
    assert (standing(act), acts_since(before)) == ("waiting", ["answer.enter_for"])
    confirm(world, act)
    assert (standing(act), states(plan)) == ("confirmed", ["accepted"])
    assert plan.parties.filter(jurisdiction=KUNSHAN).count() == 1
    assert acts_since(before) == ["answer.enter_for", "invitation.answer", "spoken.confirm"]
    assert [check.fault for check in check_chains()] == [""]


def test_the_instant_of_entry_counts_for_the_time_to_answer(
    world: World, asked_for: tuple[Plan, Invitation]
) -> None:
    plan, invitation = asked_for
    with clock.stated(invitation.answer_by - timedelta(minutes=1)):
        act = enter(world, plan, "answer", invitation, {"answer": "accept"}, code=KUNSHAN)
    with clock.stated(invitation.answer_by + timedelta(days=1)):
        confirm(world, act)
        assert states(plan) == ["accepted"]


def test_a_refused_answer_stays_and_counts_nowhere(
    world: World, asked_for: tuple[Plan, Invitation]
) -> None:
    plan, invitation = asked_for
    act = enter(
        world, plan, "answer", invitation, {"answer": "decline", "text": "不"}, code=KUNSHAN
    )
    before = last_entry()
    actor = world.actor(KUNSHAN, Role.CONTACT_POINT)
    assert refusal(lambda: actions.refuse(actor=actor, act=act, reason=" "), Invalid) == (
        "Give the reason."
    )
    actions.refuse(actor=actor, act=act, reason="未作此表示")
    assert (standing(act), states(plan)) == ("refused", ["open"])
    assert acts_since(before) == ["spoken.refuse"]
    assert refusal(lambda: confirm(world, act), Conflict) == "This was refused already."


def test_who_declined_itself_cannot_be_overruled(
    world: World, asked_for: tuple[Plan, Invitation]
) -> None:
    plan, invitation = asked_for
    act = enter(world, plan, "answer", invitation, {"answer": "accept"}, code=KUNSHAN)
    own = world.actor(KUNSHAN, Role.CONTACT_POINT)
    answer_invitation(actor=own, invitation=invitation, reply=Answer(answer="decline"))
    assert standing(act) == "replaced"
    assert refusal(lambda: confirm(world, act), Conflict) == (
        "Your jurisdiction has spoken itself since: its own act counts."
    )


# ---- replies of a round


def standings(scene: Scene, one: Round) -> dict[str, str]:
    rows = progress(actor=scene.office, one=one)
    return {row.invitee.jurisdiction_id: row.standing.value for row in rows}


def test_an_entered_reply_counts_nowhere_until_confirmed(scene: Scene, one: Round) -> None:
    for code in (QINGPU, JIASHAN, KUNSHAN):
        scene.reply(one, code)
    act = enter(scene.world, scene.plan, "reply", one, NIL)
    assert standings(scene, one)[WUJIANG] == "waiting"
    assert Reply.objects.filter(round=one, jurisdiction=WUJIANG).count() == 0
    early = refusal(lambda: close_round(actor=scene.office, plan=scene.plan, one=one), Conflict)
    assert early == "Before its hour a round closes only when all have answered."
    confirm(scene.world, act)
    assert standings(scene, one)[WUJIANG] == "nil"
    close_round(actor=scene.office, plan=scene.plan, one=one)


def test_entered_comments_become_the_party_s_own_when_confirmed(scene: Scene, one: Round) -> None:
    remark = {"item": "aim", "type": "technical", "text_zh": "改为十年"}
    act = enter(scene.world, scene.plan, "reply", one, {"remarks": [remark]})
    assert Comment.objects.filter(plan=scene.plan).count() == 0
    confirm(scene.world, act)
    (comment,) = Comment.objects.filter(plan=scene.plan)
    assert (comment.jurisdiction_id, comment.text_zh, comment.item.key) == (
        WUJIANG,
        "改为十年",
        "aim",
    )
    assert comment.reply.letter_number == LETTER.number


def test_a_reply_confirmed_after_the_round_counts_and_needs_a_disposition(
    scene: Scene, one: Round
) -> None:
    remark = {"type": "general", "text_zh": "意见"}
    act = enter(scene.world, scene.plan, "reply", one, {"remarks": [remark]})
    with clock.stated(one.closes_at + timedelta(minutes=1)):
        close_round(actor=SYSTEM, plan=scene.plan, one=one)
        assert standings(scene, one)[WUJIANG] == "lapsed"
        confirm(scene.world, act)
        assert standings(scene, one)[WUJIANG] == "comments"
        codes = [blocker.code for blocker in gate2.blockers(plan=scene.plan)]
        assert "comment.undisposed" in codes


def test_in_a_sealed_round_the_confirmation_must_come_before_it_opens(scene: Scene) -> None:
    one = scene.open(closes_on=later(5), is_sealed=True)
    act = enter(scene.world, scene.plan, "reply", one, NIL)
    assert (act.confirm_by, act.is_sealed) == (one.closes_at, True)
    with clock.stated(one.closes_at):
        assert standing(act, at=clock.now()) == "lapsed"
        assert refusal(lambda: confirm(scene.world, act), Conflict) == (
            "The time to confirm has passed: what was entered has lapsed."
        )
    assert Reply.objects.filter(round=one).count() == 0


# ---- stands


def newest(matter: Matter) -> dict[str, str | None]:
    return {
        str(column.jurisdiction.pk): column.newest.value if column.newest else None
        for column in stands_of(matter)
    }


def test_an_entered_stand_counts_when_confirmed(scene: Scene, matter: Matter) -> None:
    act = enter(scene.world, scene.plan, "stand", matter, STAND)
    assert newest(matter) == {QINGPU: None, WUJIANG: None}
    confirm(scene.world, act)
    assert newest(matter) == {QINGPU: None, WUJIANG: "agree"}


def test_a_planner_speaks_ad_referendum(scene: Scene, matter: Matter) -> None:
    before = last_entry()
    act = provisional(scene.actor(WUJIANG, Role.PLANNER), scene.plan, "stand", matter, STAND)
    assert newest(matter) == {QINGPU: None, WUJIANG: None}
    confirm(scene.world, act)
    assert newest(matter)[WUJIANG] == "agree"
    assert acts_since(before) == ["stand.ad_referendum", "matter.stand", "spoken.confirm"]


def test_who_binds_does_not_speak_ad_referendum(scene: Scene, matter: Matter) -> None:
    own = scene.actor(WUJIANG)
    text = refusal(lambda: provisional(own, scene.plan, "stand", matter, STAND), Invalid)
    assert text == "Your mandate lets you do this yourself: nobody has to confirm it."


def test_a_limited_contact_point_speaks_ad_referendum(scene: Scene, matter: Matter) -> None:
    mandate = scene.world.mandate(WUJIANG, Role.CONTACT_POINT)
    mandate.acts = ["reply.submit"]
    mandate.save(update_fields=["acts"])
    act = provisional(scene.actor(WUJIANG), scene.plan, "stand", matter, STAND)
    assert standing(act) == "waiting"
    with pytest.raises(Refused):
        actions.confirm(actor=scene.actor(WUJIANG), act=act)


# ---- positions


def test_an_entered_position_on_the_charter_is_confirmed_by_the_signatory(world: World) -> None:
    plan = world.plan()
    charter = proposed(world, plan)
    ballot = put_to_parties(world, charter)
    for code in (QINGPU, JIASHAN):
        speak(world, charter, code)
    act = enter(world, plan, "charter", ballot, AGREE)
    assert (WUJIANG in {code for _b, code in newest_positions([ballot])}) is False
    assert rule_standing(ballot, is_closed=True)["state"] == "failed"
    assert act.confirm_by <= ballot.closes_at
    with pytest.raises(Refused):
        confirm(world, act)
    confirm(world, act, Role.SIGNATORY)
    assert rule_standing(ballot, is_closed=True)["state"] == "passed"
    position = newest_positions([ballot])[ballot.pk, WUJIANG]
    assert position.mandate.role == Role.SIGNATORY.value


# ---- bad input


def test_what_cannot_be_entered_says_why(scene: Scene, one: Round, matter: Matter) -> None:
    world, plan = scene.world, scene.plan
    own = refusal(lambda: enter(world, plan, "reply", one, NIL, code=QINGPU), Invalid)
    assert own == "Your own jurisdiction speaks for itself: another coordinator enters it."
    foreign = refusal(lambda: enter(world, plan, "reply", one, NIL, code=SHANGHAI), Invalid)
    assert foreign == "This jurisdiction is not asked here: nothing can be entered for it."
    enter(world, plan, "reply", one, NIL)
    twice = refusal(lambda: enter(world, plan, "reply", one, NIL), Conflict)
    assert twice == "An act entered for this jurisdiction awaits its confirmation already."
    scene.reply(one, JIASHAN)
    spoken = refusal(lambda: enter(world, plan, "reply", one, NIL, code=JIASHAN), Conflict)
    assert spoken == "This jurisdiction has spoken itself: its own act counts."
    with clock.stated(one.closes_at):
        late = refusal(lambda: enter(world, plan, "reply", one, NIL, code=KUNSHAN), Conflict)
    assert late == "This is closed and takes nothing more."


@pytest.mark.parametrize(
    ("evidence", "field"),
    [
        (Evidence(), "evidence_kind"),
        (Evidence(kind="letter", on=date(2026, 1, 5), text="文"), "evidence_number"),
        (Evidence(kind="call", text="文"), "evidence_on"),
        (Evidence(kind="call", on=date(2100, 1, 1), text="文"), "evidence_on"),
        (Evidence(kind="call", on=date(2026, 1, 5), text=" "), "evidence_text"),
    ],
)
def test_an_entry_needs_its_evidence(
    scene: Scene, matter: Matter, evidence: Evidence, field: str
) -> None:
    with pytest.raises(Invalid) as caught:
        enter(scene.world, scene.plan, "stand", matter, STAND, evidence=evidence)
    assert field in caught.value.errors


@pytest.mark.parametrize(
    ("said", "field"), [({"value": "agree"}, "text_zh"), ({"value": "?", "text_zh": "文"}, "value")]
)
def test_what_the_act_would_refuse_is_refused_at_entry(
    scene: Scene, matter: Matter, said: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as caught:
        enter(scene.world, scene.plan, "stand", matter, said)
    assert list(caught.value.errors) == [field]


def test_only_the_joint_office_enters_for_another(scene: Scene, matter: Matter) -> None:
    with pytest.raises(Refused):
        enter(scene.world, scene.plan, "stand", matter, STAND, actor=scene.actor(JIASHAN))
    stranger = scene.actor(SHANGHAI)
    with pytest.raises(NotVisible):
        enter(scene.world, scene.plan, "stand", matter, STAND, actor=stranger)


def test_a_party_that_spoke_itself_replaces_what_was_entered(scene: Scene, matter: Matter) -> None:
    act = enter(scene.world, scene.plan, "stand", matter, STAND)
    own = scene.actor(WUJIANG)
    take_stand(
        actor=own, plan=scene.plan, matter=matter, value="against", text=Wording(zh="不赞成")
    )
    assert (standing(act), newest(matter)[WUJIANG]) == ("replaced", "against")


# ---- confirming at the edge


def test_a_confirmation_at_the_second_of_the_lapse_is_too_late(
    scene: Scene, matter: Matter
) -> None:
    act = enter(scene.world, scene.plan, "stand", matter, STAND)
    with clock.stated(act.confirm_by):
        assert refusal(lambda: confirm(scene.world, act), Conflict) == (
            "The time to confirm has passed: what was entered has lapsed."
        )
    with clock.stated(act.confirm_by - timedelta(microseconds=1)):
        confirm(scene.world, act)
    with clock.stated(act.confirm_by):
        assert standing(act, at=clock.now()) == "confirmed"


def test_a_lapsed_entry_may_be_entered_again(scene: Scene, matter: Matter) -> None:
    act = enter(scene.world, scene.plan, "stand", matter, STAND)
    with clock.stated(act.confirm_by):
        again = enter(scene.world, scene.plan, "stand", matter, STAND)
        assert (standing(act, at=clock.now()), again.pk != act.pk) == ("lapsed", True)


def test_a_second_confirmation_is_refused(scene: Scene, matter: Matter) -> None:
    act = enter(scene.world, scene.plan, "stand", matter, STAND)
    confirm(scene.world, act)
    assert refusal(lambda: confirm(scene.world, act), Conflict) == "This was confirmed already."
    assert (EnteredActWord.objects.count(), matter.stands.count()) == (1, 1)


# ---- record, notices, duties


def test_the_record_holds_a_commitment_and_opens_it(scene: Scene, matter: Matter) -> None:
    act = enter(scene.world, scene.plan, "stand", matter, STAND)
    entry = RecordEntry.objects.get(act="stand.enter_for")
    assert (commitment_of(act) in entry.payload, "赞成" in entry.payload) == (True, False)
    confirm(scene.world, act)
    opened = RecordEntry.objects.get(act="spoken.confirm").payload
    assert (act.nonce in opened, canonical.digest(act.content) in opened) == (True, True)


def test_who_can_confirm_is_told_and_owes_it(scene: Scene, matter: Matter) -> None:
    act = enter(scene.world, scene.plan, "stand", matter, STAND)
    told = Notice.objects.filter(kind="spoken.enter").values_list("user__email", flat=True)
    assert list(told) == [f"contact_point@{WUJIANG}.example"]
    (duty,) = duties(plans=[scene.plan], now=clock.now())
    assert (duty.kind, duty.holder_code, duty.roles, duty.due_at) == (
        "spoken.confirm",
        WUJIANG,
        frozenset({"contact_point"}),
        act.confirm_by,
    )
    assert duties(plans=[scene.plan], now=act.confirm_by) == []
    confirm(scene.world, act)
    assert duties(plans=[scene.plan], now=clock.now()) == []


def test_the_days_are_the_charter_s(world: World) -> None:
    plan = world.plan()
    with clock.stated(datetime(2026, 3, 2, 4, tzinfo=UTC)):
        act = enter(world, plan, "answer", invited(world, plan), {"answer": "accept"}, code=KUNSHAN)
    # Ten working days after Monday 2 March, to the end of that day in Beijing.
    assert act.confirm_by == datetime(2026, 3, 16, 16, tzinfo=UTC)
