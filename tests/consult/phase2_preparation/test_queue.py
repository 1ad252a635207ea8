"""Tabs, gate and duties count by one definition, over whatever states the comments are in."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consult.phase2_preparation import steps
from consult.phase2_preparation.duties import duties
from consult.phase2_preparation.enums import DispositionOutcome, QueueState, QueueTab
from consult.phase2_preparation.gate import blockers
from consult.phase2_preparation.gate.grouping import FEW
from consult.phase2_preparation.models import Comment, Round
from consult.phase2_preparation.queries.dispositions import (
    chosen_comments,
    disposition_table,
    neighbours_of,
)
from consult.phase2_preparation.queries.tabs import BESIDE, desk_of
from consult.phase2_preparation.steps.dispositions import Resolved
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor, Role
from stakeholders.terms.duty import Duty
from tests.consult.phase2_preparation.stage import Scene, build, later
from tests.turns import few
from tests.world import JIASHAN, KUNSHAN, QINGPU, WUJIANG, World

S = QueueState
DECISIONS = st.lists(
    st.tuples(
        st.sampled_from(["adopted", "noted", "superseded"]),
        st.booleans(),  # published
        st.sampled_from([None, True, False]),  # the answer, if published
    ),
    max_size=2,
)
ROUNDS = st.sampled_from(["over", "open", "sealed"])


def counts(scene: Scene, actor: Actor) -> dict[str, int]:
    desk = desk_of(actor=actor, plan=scene.plan)
    return desk.counts(chosen_comments(actor=actor, plan=scene.plan, filters={}))


def listed(scene: Scene, actor: Actor, **filters: str) -> list[int]:
    rows = disposition_table(actor=actor, plan=scene.plan, filters=filters)
    return list(rows.values_list("number", flat=True))


def owed(found: list[Duty], kind: str, code: str | None = None) -> list[str]:
    return [str(d.title) for d in found if d.kind == kind and code in (None, d.holder_code)]


def numbers_in(titles: list[str]) -> int:
    return sum(int("".join(c for c in title if c.isdigit())) for title in titles)


@pytest.fixture
def comments(world: World) -> tuple[Scene, dict[str, list[Comment]]]:
    """Four comments in each of three rounds, by two parties."""
    scene, found = build(world), {}
    for name in ("over", "open", "sealed"):
        one = scene.open(is_sealed=name == "sealed", closes_on=later(9))
        for code in (WUJIANG, KUNSHAN):
            scene.reply(one, code, "aim", "water")
        if name == "over":
            Round.objects.filter(pk=one.pk).update(closed_at=clock.now())
        found[name] = list(Comment.objects.filter(reply__round=one).order_by("number"))
    return scene, found


@settings(
    max_examples=few(6),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.tuples(st.sampled_from(["over", "open"]), st.integers(0, 3), DECISIONS)))
def test_tabs_gate_and_duties_agree(
    comments: tuple[Scene, dict[str, list[Comment]]],
    story: list[tuple[str, int, list[tuple[str, bool, bool | None]]]],
) -> None:
    scene, held = comments
    _tell(scene, [(held[name][place], decisions) for name, place, decisions in story])
    office, found = counts(scene, scene.office), duties(plans=[scene.plan], now=clock.now())
    assert office[S.TO_DECIDE] == numbers_in(owed(found, "disposition.decide"))
    assert office[S.TO_PUBLISH] == numbers_in(owed(found, "disposition.publish"))
    assert office[S.UNDISPOSED] == gate_count(scene)
    assert office[S.UNDISPOSED] == sum(office[s] for s in (S.RUNNING, S.TO_DECIDE, S.TO_PUBLISH))
    parts = (S.RUNNING, S.TO_DECIDE, S.TO_PUBLISH, S.NOT_ACCEPTED, S.TO_BE_ANSWERED, S.SETTLED)
    assert office[""] == sum(office[s] for s in parts)
    for code in (WUJIANG, KUNSHAN):
        actor = scene.actor(code)
        ours = counts(scene, actor)
        assert ours[S.OURS_TO_ANSWER] == len(owed(found, "disposition.answer", code))
        states = (S.OURS_TO_ANSWER, S.OURS_UNDECIDED, S.OURS_NOT_ACCEPTED, S.OURS_SETTLED)
        assert sum(ours[s] for s in states) == len(listed(scene, actor, mine="1"))


def test_every_list_holds_as_many_as_its_tab_says(
    comments: tuple[Scene, dict[str, list[Comment]]],
) -> None:
    scene, held = comments
    for place, (is_published, accepts) in enumerate([(False, None), (True, None), (True, False)]):
        _tell(scene, [(held["over"][place], [("adopted", is_published, accepts)])])
    for actor in (scene.office, scene.actor(WUJIANG), scene.actor(JIASHAN, Role.PLANNER)):
        desk, said = desk_of(actor=actor, plan=scene.plan), counts(scene, actor)
        for state in desk.states:
            assert said[state] == len(listed(scene, actor, state=state.value))
        for tab, group in desk.tabs.items():
            assert sum(said[s] for s in group if s not in BESIDE) == len(
                listed(scene, actor, tab=tab.value)
            )


def _tell(scene: Scene, story: list[tuple[Comment, list[tuple[str, bool, bool | None]]]]) -> None:
    """The decisions in their order, rows of a kind put in at once; answered by the commenter."""
    told = [(comment, one) for comment, decisions in story for one in decisions]
    resolved = [(comment, Resolved(outcome=one[0], reason_zh="理由")) for comment, one in told]
    rows = steps.write_dispositions(decided=resolved, actor=scene.office)
    given = [(row, one[2]) for row, (_comment, one) in zip(rows, told, strict=True) if one[1]]
    steps.publish(dispositions=[row for row, _accepts in given], actor=scene.office)
    for code in (WUJIANG, KUNSHAN):
        for accepts in (True, False):
            asked = [
                row for row, a in given if a is accepts and row.comment.jurisdiction_id == code
            ]
            steps.write_answers(
                dispositions=asked, actor=scene.actor(code), accepts=accepts, text=""
            )


def gate_count(scene: Scene) -> int:
    """How many comments the gate speaks of, one by one or in one line."""
    found = [b for b in blockers(plan=scene.plan) if b.code == "comment.undisposed"]
    if len(found) == 1 and "state=undisposed" in found[0].url:
        return numbers_in([str(found[0].text)])
    return len(found)


def test_the_gate_names_a_few_comments_and_counts_many(scene: Scene) -> None:
    one = scene.open()
    scene.reply(one, WUJIANG, "aim", "water", "aim")
    assert gate_urls(scene) == [f"/plans/QWJ/comments/{number}/" for number in (1, 2, 3)]
    scene.reply(one, JIASHAN, "water")
    assert gate_urls(scene) == ["/plans/QWJ/dispositions/?state=undisposed"]
    assert gate_count(scene) == FEW + 1


def gate_urls(scene: Scene) -> list[str]:
    return [b.url for b in blockers(plan=scene.plan) if b.code == "comment.undisposed"]


def test_each_role_has_its_own_tabs(scene: Scene) -> None:
    scene.comment(outcome="adopted")
    office = desk_of(actor=scene.office, plan=scene.plan)
    assert list(office.tabs) == [QueueTab.OPEN, QueueTab.WAITING, QueueTab.DONE, QueueTab.TEXT]
    neighbour = desk_of(actor=scene.actor(KUNSHAN), plan=scene.plan)
    assert list(neighbour.tabs) == [QueueTab.OPEN, QueueTab.WAITING, QueueTab.DONE]
    assert S.TO_PUBLISH not in neighbour.states
    assert listed(scene, scene.actor(KUNSHAN), state="to_decide") == []
    assert listed(scene, scene.actor(KUNSHAN), tab="text") == []


def test_an_adopted_comment_waits_until_the_draft_says_something_else(scene: Scene) -> None:
    scene.comment(outcome="adopted")
    assert listed(scene, scene.office, state="to_write") == [1]
    draft = scene.items["aim"].draft
    draft.refresh_from_db()
    draft.content["text"]["zh"] = "改后"
    draft.save()
    assert listed(scene, scene.office, state="to_write") == []


def test_filters_choose_by_what_the_comment_is_and_what_became_of_it(scene: Scene) -> None:
    one = scene.open()
    scene.reply(one, WUJIANG, "aim", "water")
    scene.reply(one, KUNSHAN, "aim")
    scene.decide(Comment.objects.get(number=1), "noted")
    steps.publish(
        dispositions=[Comment.objects.get(number=1).dispositions.get()], actor=scene.office
    )
    office = scene.office
    assert listed(scene, office, jurisdiction=KUNSHAN) == [3]
    assert listed(scene, office, article="1") == [1, 3]
    assert listed(scene, office, item="water", round="1") == [2]
    assert listed(scene, office, round="2") == []
    assert listed(scene, office, outcome="none") == [2, 3]
    assert listed(scene, office, outcome=DispositionOutcome.NOTED.value) == [1]
    assert listed(scene, office, open="1") == [2, 3]
    assert listed(scene, office, answered="waiting") == [1]
    assert listed(scene, office, answered="accepted") == []
    assert listed(scene, office, source="public") == []
    assert listed(scene, office, late="1") == []
    assert listed(scene, office, text="c3") == [3]
    assert listed(scene, office, text="意见") == [1, 2, 3]
    assert listed(scene, scene.actor(WUJIANG), mine="1") == [1, 2]
    assert listed(scene, office, sort="-article") == [2, 3, 1]
    assert listed(scene, office, sort="-commenter") == [3, 2, 1]


@pytest.mark.parametrize("sort", ["", "-number", "commenter", "-article", "outcome", "-type"])
def test_neighbours_lead_through_the_whole_list_and_back(scene: Scene, sort: str) -> None:
    one = scene.open()
    for code in (WUJIANG, KUNSHAN, JIASHAN):
        scene.reply(one, code, "aim", "water")
    scene.decide(Comment.objects.get(number=2), "noted")
    filters = {"sort": sort} if sort else {}
    order, way = listed(scene, scene.office, **filters), []
    number: int | None = order[0]
    while number is not None:
        comment = Comment.objects.get(number=number)
        beside = neighbours_of(
            actor=scene.office, plan=scene.plan, comment=comment, filters=filters
        )
        way.append(number)
        assert (beside.position, beside.total) == (len(way), 6)
        assert beside.previous == (way[-2] if len(way) > 1 else None)
        number = beside.next
    assert way == order


def test_a_decided_comment_has_left_the_list_but_not_its_place(scene: Scene) -> None:
    one = scene.open()
    scene.reply(one, WUJIANG, "aim", "water", "aim")
    Round.objects.update(closed_at=clock.now())
    comment = Comment.objects.get(number=2)
    scene.decide(comment, "noted")
    beside = neighbours_of(
        actor=scene.office, plan=scene.plan, comment=comment, filters={"state": "to_decide"}
    )
    assert (beside.previous, beside.next, beside.position, beside.total) == (1, 3, 0, 2)


def test_counts_cost_the_same_for_more_comments(scene: Scene) -> None:
    one, found = scene.open(), []
    for code in (WUJIANG, QINGPU):
        scene.reply(one, code, *["aim", "water"] * 3)
        with CaptureQueriesContext(connection) as queries:
            counts(scene, scene.office)
        found.append(len(queries))
    assert found[0] == found[1]
