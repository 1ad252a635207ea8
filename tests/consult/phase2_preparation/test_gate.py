from datetime import datetime, timedelta

from consult.matters.steps import Wording, open_matter
from consult.phase2_preparation import actions
from consult.phase2_preparation.duties import duties
from consult.phase2_preparation.gate import blockers
from consult.phase2_preparation.models import Round
from consult.phase2_preparation.tasks import close_due_rounds
from plans.register.steps import freeze
from stakeholders.terms import clock
from tests.consult.phase2_preparation.stage import Scene, build, file_papers, later
from tests.consult.phase2_preparation.test_sight import client_of, office_client
from tests.world import JIASHAN, KUNSHAN, QINGPU, WUJIANG, World

PAPERS = ["paper.missing"] * 3  # of a special-topic plan: experts, law, display


def codes(scene: Scene) -> list[str]:
    scene.plan.refresh_from_db()
    return [b.code for b in blockers(plan=scene.plan)]


def after(days: int) -> datetime:
    return clock.now() + timedelta(days=days)


def test_gate_names_what_is_missing_from_the_start(scene: Scene) -> None:
    assert codes(scene) == [
        "round.none",
        "item.unconsulted",
        "item.unconsulted",
        *PAPERS,
        "revision.not_frozen",
    ]


def test_gate_opens_when_everything_is_done(scene: Scene) -> None:
    one = scene.open(closes_on=later(5))
    comment = scene.reply(one, WUJIANG, "aim").comments.get()
    assert codes(scene)[0] == "round.open"
    with clock.stated(after(7)):
        close_due_rounds(clock.now())
        assert codes(scene) == ["comment.undisposed", *PAPERS, "revision.not_frozen"]
        scene.decide(comment, "adopted")
        assert codes(scene) == ["comment.undisposed", *PAPERS, "revision.not_frozen"]
        actions.publish_dispositions(actor=scene.office, plan=scene.plan)
        assert codes(scene) == ["comment.unchanged", *PAPERS, "revision.not_frozen"]
        revision = scene.revise(aim="改后", water="无理由的修改")
        assert codes(scene) == ["item.unexplained", *PAPERS, "revision.not_frozen"]
        actions.explain_change(
            actor=scene.office, plan=scene.plan, item=scene.items["water"], note="MM1/3"
        )
        assert codes(scene) == [*PAPERS, "revision.not_frozen"]
        file_papers(scene)
        assert codes(scene) == ["revision.not_frozen"]
        freeze(plan=scene.plan, revision=revision)
        assert codes(scene) == []


def test_gate_waits_for_an_extended_party_and_for_raised_matters(scene: Scene) -> None:
    one = scene.open(closes_on=later(5))
    actions.extend_round(
        actor=scene.office,
        plan=scene.plan,
        one=one,
        closes_on=later(9),
        reason="防汛",
        code=KUNSHAN,
    )
    matter = open_matter(
        plan=scene.plan,
        actor=scene.office,
        title=Wording(zh="限排"),
        description=Wording(),
        codes=[WUJIANG, QINGPU],
    )
    with clock.stated(after(7)):
        close_due_rounds(clock.now())
        assert codes(scene) == ["round.unanswered", *PAPERS, "revision.not_frozen"]
        matter.level = "department"
        matter.save()
        assert codes(scene) == ["round.unanswered", "matter.open", *PAPERS, "revision.not_frozen"]
    with clock.stated(after(11)):
        assert codes(scene) == ["matter.open", *PAPERS, "revision.not_frozen"]


def owed(scene: Scene) -> list[tuple[str, str | None]]:
    return [(d.kind, d.holder_code) for d in duties(plans=[scene.plan], now=clock.now())]


def test_clearance_is_owed_for_a_late_answer_until_its_own_end(scene: Scene) -> None:
    one = scene.open(codes=[WUJIANG, JIASHAN], closes_on=later(5))
    scene.draft(one, WUJIANG)
    with clock.stated(after(7)):
        close_due_rounds(clock.now())
        assert ("comment.clear", WUJIANG) not in owed(scene)
        late = {"actor": scene.office, "plan": scene.plan, "one": one, "reason": "来函在途"}
        actions.admit_late(**late, closes_on=later(9), code=WUJIANG)
        found = [d for d in duties(plans=[scene.plan], now=clock.now()) if d.holder_code == WUJIANG]
        assert [d.kind for d in found] == ["round.answer", "comment.clear"]
        assert found[0].due_at == found[1].due_at > one.closes_at
        assert found[1].url == "/plans/QWJ/rounds/1/ours/"


def test_duties_follow_the_state(scene: Scene) -> None:
    one = scene.open(codes=[WUJIANG, JIASHAN], closes_on=later(5))
    assert owed(scene) == [("round.answer", WUJIANG), ("round.answer", JIASHAN)]
    scene.draft(one, WUJIANG)
    assert owed(scene)[2:] == [("comment.clear", WUJIANG)]
    comment = scene.reply(one, WUJIANG, "aim").comments.get()
    scene.reply(one, JIASHAN)
    assert owed(scene) == []
    actions.close_round(actor=scene.office, plan=scene.plan, one=one)
    papers = ("paper.file", QINGPU)
    assert owed(scene) == [("disposition.decide", QINGPU), papers]
    file_papers(scene)
    assert owed(scene) == [("disposition.decide", QINGPU)]
    scene.decide(comment, "noted")
    assert owed(scene) == [("disposition.publish", QINGPU)]
    actions.publish_dispositions(actor=scene.office, plan=scene.plan)
    assert owed(scene) == [("disposition.answer", WUJIANG)]
    shown = comment.dispositions.get()
    actions.answer_disposition(
        actor=scene.actor(WUJIANG), plan=scene.plan, disposition=shown, accepts=True
    )
    assert owed(scene) == []
    scene.decide(comment, "adopted")
    actions.publish_dispositions(actor=scene.office, plan=scene.plan)
    assert owed(scene) == [("disposition.answer", WUJIANG)]


def test_duties_cost_the_same_for_one_and_for_three_plans(
    world: World, django_assert_num_queries: object
) -> None:
    scenes = [build(world, key) for key in ("A", "B", "C")]
    for scene in scenes:
        one = scene.open()
        scene.reply(one, WUJIANG, "aim", "water")
    for plans in ([scenes[0].plan], [s.plan for s in scenes]):
        with django_assert_num_queries(7):
            duties(plans=plans, now=clock.now())


def test_gate_does_not_count_the_comments_of_a_running_sealed_round(world: World) -> None:
    scene = build(world)
    one = scene.open(is_sealed=True)
    scene.reply(one, WUJIANG, "aim", "water")
    found = [blocker.code for blocker in blockers(plan=scene.plan)]
    assert "comment.undisposed" not in found
    Round.objects.filter(pk=one.pk).update(closed_at=clock.now())
    found = [blocker.code for blocker in blockers(plan=scene.plan)]
    assert found.count("comment.undisposed") == 2


def test_the_gate_leads_nobody_to_a_page_that_refuses_them(scene: Scene) -> None:
    address = f"/plans/{scene.plan.key}/gate/"
    office = office_client(scene).get(address).content.decode()
    party = client_of(scene, WUJIANG).get(address).content.decode()
    publish = f'nowrap" href="/plans/{scene.plan.key}/publish/"'
    revisions = f'nowrap" href="/plans/{scene.plan.key}/revisions/"'
    assert (publish in office, revisions in office) == (True, False)
    assert (publish in party, revisions in party) == (False, True)
