"""Inside a party: preparing its position, its own steps, handing up, sending back, taking it."""

import json

import pytest

from consult.phase3_identification import actions
from consult.phase3_identification.duties import duties
from consult.phase3_identification.enums import PreparedState
from consult.phase3_identification.models import Declaration, PositionDraft, PreparedAutosave
from consult.phase3_identification.queries import (
    prepared,
    prepared_of,
    visible_position_drafts,
)
from consult.phase3_identification.steps import Stand
from consult.phase3_identification.tasks import tell_ready_positions
from stakeholders.notices.models import Notice
from stakeholders.people.actions import StepShape, define_chain, pass_step, send_back
from stakeholders.people.models import ChainRun
from stakeholders.people.queries import current_step
from stakeholders.record.models import RecordEntry
from stakeholders.terms import clock
from stakeholders.terms.actor import PUBLIC, Role
from stakeholders.terms.duty import NOBODY
from stakeholders.terms.errors import Conflict, Invalid, Refused
from tests.consult.phase3_identification.story import LOWFLOW, TAX, Story, tell
from tests.world import JIASHAN, QINGPU, WUJIANG, World

RESERVED = {
    "value": "agree",
    "letter_number": "善政函〔2026〕7号",
    "letter_on": "2026-11-20",
    "decided_by": "县政府常务会议",
    "exceptions": [
        {
            "item": TAX,
            "value": "agree_reserved",
            "text": "统一核算办法出台前对第二句保留意见。",
            "scope": "仅第二句",
            "review_on": "2027-02-01",
            "lifted_if_zh": "印发统一核算办法",
            "conditions": [],
        },
        {"item": LOWFLOW, "value": "agree", "conditions": []},
    ],
    "notes": {TAX: "财政局坚持。", LOWFLOW: "表述已按我县意见修改。"},
}
STEPS = [
    StepShape(name_zh="处室审核", role="deputy"),
    StepShape(name_zh="分管领导", role="contact_point"),
]


@pytest.fixture
def story(world: World) -> Story:
    story = tell(world)
    story.open()
    return story


def prepare(
    story: Story,
    *,
    role: Role = Role.PLANNER,
    content: dict[str, object] | None = None,
    advice: str = "建议同意，第30条保留意见。",
    edits: int = 0,
) -> PositionDraft:
    return actions.draft_position(
        actor=story.actor(JIASHAN, role),
        plan=story.plan,
        content=RESERVED if content is None else content,
        advice=advice,
        edits=edits,
    )


def hand_up(story: Story, edits: int = 1) -> PositionDraft:
    actor = story.actor(JIASHAN, Role.DEPUTY)
    return actions.hand_up_position(actor=actor, plan=story.plan, edits=edits)


def sign(story: Story, edits: int = 2, former: int | None = None) -> Declaration:
    story.plan.refresh_from_db()
    return actions.sign_prepared(
        actor=story.actor(JIASHAN),
        plan=story.plan,
        edits=edits,
        revision_hash=story.plan.frozen.hash,
        former=former,
    )


def inside() -> list[str]:
    rows = RecordEntry.objects.filter(chain=f"plan:QWJ:{JIASHAN}").order_by("pk")
    return list(rows.values_list("act", flat=True))


def owed(story: Story, code: str = JIASHAN) -> list[tuple[str, frozenset[str]]]:
    story.plan.refresh_from_db()
    found = duties(plans=[story.plan], now=clock.now())
    return sorted((one.kind, one.roles) for one in found if one.holder_code == code)


def test_position_is_prepared_handed_up_and_taken_as_it_stands(story: Story) -> None:
    prepare(story)
    assert prepared(story.sign_off, code=JIASHAN) is None  # not handed up
    hand_up(story)
    filled = prepared(story.sign_off, code=JIASHAN)
    assert filled is not None
    assert (filled["value"], filled["letter_number"]) == ("agree", "善政函〔2026〕7号")
    assert [row["item"] for row in filled["exceptions"]] == [TAX]
    assert "notes" not in filled
    said = json.loads(sign(story).content)
    assert (said["general"]["value"], said["decided_by"]) == ("agree", "县政府常务会议")
    assert said["letter"]["on"] == "2026-11-20"
    assert list(said["exceptions"]) == [TAX]
    assert said["exceptions"][TAX]["reservation"]["review_on"] == "2027-02-01"
    assert "财政局坚持" not in Declaration.objects.get().content
    assert prepared(story.sign_off, code=JIASHAN) is None  # it has served
    assert inside() == ["position.draft", "position.hand_up"]
    outside = RecordEntry.objects.filter(chain="plan:QWJ", act__startswith="position.")
    assert list(outside.values_list("act", flat=True)) == ["position.take"]


def test_record_of_the_inside_holds_hashes_and_no_text(story: Story) -> None:
    prepare(story)
    payload = RecordEntry.objects.get(act="position.draft").payload
    effects = json.loads(payload)["effects"]
    assert sorted(effects) == ["content", "revision", "sign_off", "state"]
    assert "保留" not in payload


def test_own_steps_stand_between_handing_up_and_signing(story: Story) -> None:
    define_chain(actor=story.actor(JIASHAN, Role.CONTACT_POINT), kind="position", steps=STEPS)
    prepare(story)
    hand_up(story)
    assert Notice.objects.filter(kind="position.hand_up").count() == 0
    with pytest.raises(Conflict):
        sign(story)
    with pytest.raises(Conflict):
        story.say(JIASHAN)  # nor past the steps by the form
    assert ("chain.pass", frozenset({"deputy"})) in owed(story)
    run = ChainRun.objects.get()
    for role in (Role.DEPUTY, Role.CONTACT_POINT):
        actor = story.actor(JIASHAN, role)
        pass_step(actor=actor, run=run, step=current_step(run)[0], note="同意")
    assert owed(story) == [("position.take", frozenset({"signatory"}))]
    found = prepared_of(actor=story.actor(JIASHAN), sign_off=story.sign_off, plan=story.plan)
    assert found is not None
    assert (found.is_ready, len(found.passed())) == (True, 2)
    assert (tell_ready_positions(clock.now()), tell_ready_positions(clock.now())) == (1, 0)
    assert Notice.objects.get(kind="position.hand_up").user.email == f"signatory@{JIASHAN}.example"
    sign(story)


def test_editing_what_is_handed_up_takes_it_back_and_its_steps_begin_again(story: Story) -> None:
    define_chain(actor=story.actor(JIASHAN, Role.CONTACT_POINT), kind="position", steps=STEPS[:1])
    prepare(story)
    hand_up(story)
    run = ChainRun.objects.get()
    pass_step(actor=story.actor(JIASHAN, Role.DEPUTY), run=run, step=current_step(run)[0])
    prepare(story, edits=2, advice="另议")
    with pytest.raises(Conflict):
        sign(story, edits=3)
    hand_up(story, edits=3)
    with pytest.raises(Conflict):
        sign(story, edits=4)
    assert ChainRun.objects.count() == 2


def test_a_step_sends_back_inside_the_chain(story: Story) -> None:
    define_chain(actor=story.actor(JIASHAN, Role.CONTACT_POINT), kind="position", steps=STEPS)
    prepare(story)
    hand_up(story)
    run = ChainRun.objects.get()
    pass_step(actor=story.actor(JIASHAN, Role.DEPUTY), run=run, step=current_step(run)[0])
    last = current_step(run)[0]
    send_back(actor=story.actor(JIASHAN, Role.CONTACT_POINT), run=run, step=last, note="重核")
    assert owed(story)[0] == ("chain.pass", frozenset({"deputy"}))


def test_signatory_sends_back_with_a_reason_and_the_staff_are_told(story: Story) -> None:
    story.world.mandate(JIASHAN, Role.CONTACT_POINT)
    prepare(story)
    hand_up(story)
    given = {"actor": story.actor(JIASHAN), "plan": story.plan, "edits": 2}
    with pytest.raises(Invalid):
        actions.return_position(**given, reason=" ")
    draft = actions.return_position(**given, reason="补充财政意见")
    assert (draft.state, draft.reason) == (PreparedState.SENT_BACK, "补充财政意见")
    told = Notice.objects.filter(kind="position.return").values_list("user__email", flat=True)
    roles = ("contact_point", "deputy", "planner")
    assert sorted(told) == [f"{role}@{JIASHAN}.example" for role in roles]
    assert inside()[-1] == "position.return"
    with pytest.raises(Conflict):
        sign(story, edits=3)
    assert owed(story)[0][0] == "position.draft"
    prepare(story, edits=3)
    hand_up(story, edits=4)
    assert PositionDraft.objects.get().reason == ""
    sign(story, edits=5)


def test_ready_is_told_to_the_own_signatory_only(story: Story) -> None:
    for code in (JIASHAN, WUJIANG):
        story.world.mandate(code, Role.SIGNATORY)
    prepare(story)
    hand_up(story)
    told = Notice.objects.filter(kind="position.hand_up").values_list("user__email", flat=True)
    assert list(told) == [f"signatory@{JIASHAN}.example"]


@pytest.mark.parametrize(
    ("role", "act"),
    [
        (Role.SIGNATORY, "prepare"),
        (Role.PLANNER, "hand_up"),
        (Role.CONTACT_POINT, "send_back"),
        (Role.DEPUTY, "sign"),
    ],
)
def test_who_may_not(story: Story, role: Role, act: str) -> None:
    prepare(story)
    if act in ("send_back", "sign"):
        hand_up(story)
    actor = story.actor(JIASHAN, role)
    given = {"actor": actor, "plan": story.plan}
    calls = {
        "prepare": lambda: actions.draft_position(**given, content=RESERVED, edits=1),
        "hand_up": lambda: actions.hand_up_position(**given, edits=1),
        "send_back": lambda: actions.return_position(**given, edits=2, reason="x"),
        "sign": lambda: actions.sign_prepared(
            **given, edits=2, revision_hash=story.plan.frozen.hash
        ),
    }
    with pytest.raises(Refused):
        calls[act]()


def test_nobody_else_sees_what_is_prepared(story: Story) -> None:
    prepare(story)
    seen = {
        (actor.jurisdiction_code, actor.role.value if actor.role else "")
        for actor in (
            *(story.actor(JIASHAN, role) for role in Role if role is not Role.COORDINATOR),
            *(story.actor(code, Role.CONTACT_POINT) for code in (QINGPU, WUJIANG)),
            story.coordinator,
            story.world.admin,
            PUBLIC,
        )
        if visible_position_drafts(actor=actor).exists()
    }
    own = ("contact_point", "deputy", "planner", "signatory")
    assert seen == {(JIASHAN, role) for role in own}


def test_duties_of_the_inside_are_known_to_the_party_alone(story: Story) -> None:
    found = duties(plans=[story.plan], now=clock.now())
    secret = {one.kind for one in found if one.secret_of == NOBODY}
    assert secret == {"position.draft"}
    assert {one.secret_of for one in found if one.kind == "position.draft"} == {NOBODY}


def test_two_colleagues_at_once_and_an_edit_against_the_signature(story: Story) -> None:
    prepare(story)
    with pytest.raises(Conflict) as caught:
        prepare(story, role=Role.CONTACT_POINT)  # opened before the first was saved
    assert isinstance(caught.value.theirs, PositionDraft)
    hand_up(story)
    sign(story)
    with pytest.raises(Conflict):
        prepare(story, edits=2)  # opened before the signature
    assert PositionDraft.objects.get().edits == 3


def test_signing_another_state_than_the_one_read_is_a_conflict(story: Story) -> None:
    prepare(story)
    hand_up(story)
    prepare(story, edits=2, content={"value": "object", "text": "不同意"})
    hand_up(story, edits=3)
    with pytest.raises(Conflict):
        sign(story, edits=2)
    assert Declaration.objects.count() == 0


def test_text_revised_after_preparing_names_the_exceptions_it_touches(story: Story) -> None:
    prepare(story)
    hand_up(story)
    story.rewrite(TAX, "税收分享另行约定。")
    found = prepared_of(actor=story.actor(JIASHAN), sign_off=story.sign_off, plan=_now(story))
    assert found is not None
    assert (found.changed, found.is_ready) == (frozenset({TAX}), False)
    with pytest.raises(Conflict):
        sign(story)
    assert owed(story)[0][0] == "position.draft"
    prepare(story, edits=2)
    hand_up(story, edits=3)
    sign(story, edits=4)


def test_text_revised_elsewhere_leaves_the_prepared_position_ready(story: Story) -> None:
    prepare(story)
    hand_up(story)
    story.rewrite("article-22", "与嘉善无关。")
    found = prepared_of(actor=story.actor(JIASHAN), sign_off=story.sign_off, plan=_now(story))
    assert found is not None
    assert (found.changed, found.is_ready) == (frozenset(), True)
    assert owed(story) == [("position.take", frozenset({"signatory"}))]
    sign(story)


def _now(story: Story) -> object:
    story.plan.refresh_from_db()
    return story.plan


@pytest.mark.parametrize(
    ("content", "field"),
    [
        ({}, "value"),
        ({"value": "object"}, "text"),
        (
            {
                "value": "agree",
                "exceptions": [{"item": TAX, "value": "agree_reserved"}],
            },
            "exceptions",
        ),
    ],
)
def test_what_is_unfinished_is_kept_but_not_handed_up(
    story: Story, content: dict[str, object], field: str
) -> None:
    prepare(story, content=content)
    with pytest.raises(Invalid) as caught:
        hand_up(story)
    assert list(caught.value.errors) == [field]


@pytest.mark.parametrize("items", [["article-22"], [TAX, TAX], ["nowhere"]])
def test_foreign_and_doubled_items_are_not_kept(story: Story, items: list[str]) -> None:
    rows = [{"item": item, "value": "object"} for item in items]
    with pytest.raises(Invalid):
        prepare(story, content={"exceptions": rows})
    assert PositionDraft.objects.count() == 0


def test_signatory_may_say_something_else_by_the_form(story: Story) -> None:
    prepare(story)
    hand_up(story)
    story.say(JIASHAN, "agree", Stand(item=LOWFLOW, value="object", text="理由", wording="另写"))
    found = prepared_of(actor=story.actor(JIASHAN), sign_off=story.sign_off, plan=story.plan)
    assert found is not None
    assert found.is_taken
    with pytest.raises(Conflict):
        hand_up(story, edits=2)


@pytest.mark.parametrize("plans", [1, 3])
def test_duties_cost_the_same_for_many_plans(
    world: World, plans: int, django_assert_max_num_queries: object
) -> None:
    story = tell(world, items=3)
    story.open()
    define_chain(actor=story.actor(JIASHAN, Role.CONTACT_POINT), kind="position", steps=STEPS)
    prepare(story, content={"value": "agree"})
    hand_up(story)
    with django_assert_max_num_queries(17):
        duties(plans=[story.plan] * plans, now=clock.now())


def test_what_was_saved_meanwhile_is_not_kept_as_typed(story: Story) -> None:
    """The form sends what is typed and then saves: the two may arrive the other way round."""
    draft = prepare(story, advice="建议同意。")
    actor = story.actor(JIASHAN, Role.PLANNER)
    saved = {"typed": draft.content, "advice": "建议同意。 "}
    assert actions.keep_typed_draft(actor=actor, plan=story.plan, fields=saved, edits=0) is None
    assert PreparedAutosave.objects.count() == 0
    other = {**saved, "advice": "后来输入的建议。"}
    kept = actions.keep_typed_draft(actor=actor, plan=story.plan, fields=other, edits=0)
    assert kept is not None


def test_what_was_declared_meanwhile_is_not_kept_as_unsent(story: Story) -> None:
    declared = story.say(JIASHAN)
    about = {"actor": story.actor(JIASHAN), "plan": story.plan, "fields": {}}
    assert actions.keep_typed_position(**about, former=None) is None
    assert actions.keep_typed_position(**about, former=declared.pk) is not None
