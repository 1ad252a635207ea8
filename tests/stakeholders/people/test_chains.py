import pytest
from django.test import Client

from stakeholders.people import actions
from stakeholders.people.actions import StepShape
from stakeholders.people.models import Chain, ChainRun
from stakeholders.people.queries import (
    chain_for,
    current_step,
    is_through,
    own_steps,
    state_of,
    visible_chains,
    visible_runs,
)
from stakeholders.record.models import RecordEntry
from stakeholders.terms.actor import PUBLIC, Role
from stakeholders.terms.errors import Conflict, Invalid, NotVisible, Refused
from tests.world import QINGPU, WUJIANG, World

STEPS = [
    StepShape(name_zh="经办", role="planner"),
    StepShape(name_zh="会签一", role="planner"),
    StepShape(name_zh="会签二", role="deputy", beside=True),
    StepShape(name_zh="签发", role="contact_point"),
]


def acts() -> list[tuple[str, str]]:
    return list(RecordEntry.objects.order_by("pk").values_list("chain", "act"))


def defined(world: World, **more: object) -> Chain:
    actor = world.actor(QINGPU, Role.CONTACT_POINT)
    return actions.define_chain(actor=actor, kind="reply", **{"steps": STEPS, **more})


def begun(world: World) -> ChainRun:
    run = actions.begin_steps(
        actor=world.actor(QINGPU, Role.PLANNER),
        kind="reply",
        plan_key="QWJ",
        subject_kind="round",
        subject_id=7,
    )
    assert run is not None
    return run


def names(run: ChainRun) -> list[str]:
    return [step.name_zh for step in current_step(run)]


def passed(world: World, run: ChainRun, role: Role) -> None:
    actor = world.actor(QINGPU, role)
    step = next(s for s in current_step(run) if s.role == role.value)
    actions.pass_step(actor=actor, run=run, step=step)


def through(**more: object) -> bool:
    given = {"kind": "reply", "plan_key": "QWJ", "subject_kind": "round", "subject_id": 7, **more}
    return is_through(code=QINGPU, **given)


def test_steps_are_passed_in_order_and_side_by_side(world: World) -> None:
    assert through() is True
    defined(world)
    assert through() is False
    run = begun(world)
    seen = [names(run)]
    for role in (Role.PLANNER, Role.DEPUTY, Role.PLANNER, Role.CONTACT_POINT):
        passed(world, run, role)
        seen.append(names(run))
    assert seen == [["经办"], ["会签一", "会签二"], ["会签一"], ["签发"], []]
    assert (state_of(run).is_through, through(), through(subject_id=8)) == (True, True, False)
    inside = f"plan:QWJ:{QINGPU}"
    assert acts() == [
        (f"party:{QINGPU}", "chain.define"),
        (inside, "chain.begin"),
        *[(inside, "chain.pass")] * 4,
    ]


def test_sending_back_undoes_what_followed(world: World) -> None:
    defined(world)
    run = begun(world)
    passed(world, run, Role.PLANNER)
    step = current_step(run)[1]
    actor = world.actor(QINGPU, Role.DEPUTY)
    with pytest.raises(Invalid) as invalid:
        actions.send_back(actor=actor, run=run, step=step, note=" ")
    assert set(invalid.value.errors) == {"note"}
    actions.send_back(actor=actor, run=run, step=step, note="redo")
    assert (names(run), acts()[-1][1]) == (["经办"], "chain.send_back")


def test_a_step_is_passed_by_who_is_named_and_in_its_turn(world: World) -> None:
    defined(world)
    run = begun(world)
    (first,) = current_step(run)
    with pytest.raises(Refused):
        actions.pass_step(actor=world.actor(QINGPU, Role.CONTACT_POINT), run=run, step=first)
    passed(world, run, Role.PLANNER)
    with pytest.raises(Conflict):
        actions.pass_step(actor=world.actor(QINGPU, Role.PLANNER), run=run, step=first)


def test_nobody_outside_sees_a_chain(world: World) -> None:
    plan = world.plan()
    defined(world)
    run = begun(world)
    outside = [
        world.actor(WUJIANG, Role.CONTACT_POINT),
        world.coordinator(plan),
        world.actor(QINGPU, Role.SUPERVISOR),
        world.actor(QINGPU, Role.EXPERT),
        world.admin,
        PUBLIC,
    ]
    for actor in outside:
        assert (list(visible_chains(actor=actor)), list(visible_runs(actor=actor))) == ([], [])
        with pytest.raises(NotVisible):
            actions.pass_step(actor=actor, run=run, step=current_step(run)[0])
    own = [Role.CONTACT_POINT, Role.DEPUTY, Role.PLANNER, Role.SIGNATORY]
    assert [visible_chains(actor=world.actor(QINGPU, role)).count() for role in own] == [1] * 4


def test_the_chain_of_the_plan_comes_before_that_of_all(world: World) -> None:
    general = defined(world)
    own = defined(world, plan_key="QWJ", steps=STEPS[:1])
    found = [chain_for(code=QINGPU, kind="reply", plan_key=key) for key in ("QWJ", "OTHER")]
    assert found == [own, general]
    defined(world, plan_key="QWJ", steps=[])
    assert (chain_for(code=QINGPU, kind="reply", plan_key="QWJ"), through()) == (None, True)


def test_bad_steps_and_wrong_hands(world: World) -> None:
    stranger = world.user(WUJIANG, Role.PLANNER)
    for step in [
        StepShape(name_zh=" ", role="planner"),
        StepShape(name_zh="a"),
        StepShape(name_zh="a", role="expert"),
        StepShape(name_zh="a", role="planner", user_ids=(1,)),
        StepShape(name_zh="a", user_ids=(stranger.pk,)),
    ]:
        with pytest.raises(Invalid) as invalid:
            defined(world, steps=[step])
        assert set(invalid.value.errors) == {"steps"}
    for actor in (world.actor(QINGPU, Role.PLANNER), world.admin, PUBLIC):
        with pytest.raises(Refused):
            actions.define_chain(actor=actor, kind="reply", steps=STEPS)
    assert acts() == []


def test_pages_of_the_steps(world: World, client: Client) -> None:
    client.force_login(world.user(QINGPU, Role.CONTACT_POINT))
    path = "/people/chains/reply/define/"
    page = client.get(path)
    assert (page.status_code, "处室审核" in page.content.decode()) == (200, True)
    form = {"form-TOTAL_FORMS": 2, "form-INITIAL_FORMS": 2}
    for i, (name, role) in enumerate([("甲", "planner"), ("乙", "contact_point")]):
        form |= {f"form-{i}-name_zh": name, f"form-{i}-role": role}
    text = client.post(path, {**form, "more": "up-1"}).content.decode()
    assert (text.index("乙") < text.index("甲"), Chain.objects.count()) == (True, 0)
    assert client.post(path, {**form, "form-0-name_zh": ""}).status_code == 422
    assert client.post(path, form).status_code == 302
    assert [s.name_zh for s in Chain.objects.get().steps.all()] == ["甲", "乙"]
    run = begun(world)
    assert client.get("/people/chains/").status_code == 200
    client.force_login(world.user(QINGPU, Role.PLANNER))
    step = current_step(run)[0].pk
    url = f"/people/chains/runs/{run.pk}/"
    assert client.get(url).status_code == 200
    assert client.post(url, {"step": step, "do": "back"}).status_code == 422
    assert client.post(url, {"step": step, "do": "pass"}).status_code == 302
    client.force_login(world.user(WUJIANG, Role.CONTACT_POINT))
    assert client.get(url).status_code == 404
    client.force_login(world.administrator)
    assert (client.get(url).status_code, client.get("/people/chains/").status_code) == (404, 404)


def test_administrators_read_no_partys_chain_in_the_record(world: World, client: Client) -> None:
    defined(world)
    admin = world.administrator
    admin.is_superuser = True
    admin.save()
    client.force_login(admin)
    for path in ("recordentry", "recordhead"):
        page = client.get(f"/admin/stakeholders/{path}/").content.decode()
        assert f"party:{QINGPU}" not in page


def test_a_reply_waits_for_the_steps(world: World) -> None:
    """The link an upper slice asks: `own_steps` for its page, `is_through` before its act."""
    actor = world.actor(QINGPU, Role.CONTACT_POINT)
    subject = {"kind": "reply", "plan_key": "QWJ", "subject_kind": "round", "subject_id": 7}
    assert own_steps(actor=actor, **subject) is None
    defined(world, steps=STEPS[:1])
    found = own_steps(actor=actor, **subject)
    assert (found.run, found.is_through) == (None, False)
    run = begun(world)
    passed(world, run, Role.PLANNER)
    found = own_steps(actor=actor, **subject)
    assert (found.run, found.is_through) == (run, True)
