from decimal import Decimal

from django.test import Client
from django.utils import translation

from plans.projects.models import Milestone, Project, ProjectParty
from plans.register.models import Plan
from stakeholders.terms import clock
from stakeholders.terms.actor import Role
from tests.plans.projects.sheets import milestone, project
from tests.world import JIASHAN, KUNSHAN, QINGPU, WUJIANG, World

LIST = "/plans/QWJ/projects/"


def browser(world: World, code: str, role: Role) -> Client:
    client = Client()
    client.force_login(world.user(code, role))
    return client


def page(client: Client, path: str, language: str = "en") -> str:
    with translation.override(language):
        answer = client.get(path, headers={"accept-language": language})
    assert answer.status_code == 200
    return answer.content.decode()


def many(plan: Plan, numbers: range) -> None:
    rows = Project.objects.bulk_create(
        Project(
            plan=plan,
            key=f"P{number}",
            name_zh=f"项目{number}",
            theme="water",
            year_from=2026,
            year_until=2027,
            created_at=clock.now(),
        )
        for number in numbers
    )
    ProjectParty.objects.bulk_create(
        ProjectParty(project=one, jurisdiction_id=code, role=role)
        for one in rows
        for code, role in ((QINGPU, "lead"), (WUJIANG, "partner"))
    )


def test_pages_are_not_found_for_a_stranger(world: World) -> None:
    plan = world.plan()
    project(actor=world.coordinator(plan), plan=plan)
    stranger = browser(world, KUNSHAN, Role.PLANNER)
    paths = ["", "new/", "PJ3/", "PJ3/edit/", "PJ3/milestones/new/"]
    assert {path: stranger.get(LIST + path).status_code for path in paths} == dict.fromkeys(
        paths, 404
    )


def test_page_shows_shares_and_milestones(world: World) -> None:
    plan = world.plan()
    made = project(actor=world.coordinator(plan), plan=plan)
    milestone(actor=world.coordinator(plan), project=made)
    text = page(browser(world, JIASHAN, Role.SIGNATORY), f"{LIST}PJ3/")
    assert text.count("33.33") == 4
    assert "Structure topped out" in text
    assert "Edit the project" not in text
    assert "主体结构封顶" in page(browser(world, QINGPU, Role.PLANNER), f"{LIST}PJ3/", "zh-hans")


FORM = {
    "key": "PJ9",
    "name_zh": "蓝环二期",
    "theme": "ecology",
    "year_from": "2026",
    "year_until": "2027",
    f"role_{QINGPU}": "lead",
    f"cost_{QINGPU}": "60",
    f"role_{WUJIANG}": "partner",
    f"cost_{WUJIANG}": "39.99",
}


def test_form_refuses_shares_that_miss_a_hundred_and_keeps_what_was_typed(world: World) -> None:
    world.plan()
    client = browser(world, QINGPU, Role.PLANNER)
    answer = client.post(f"{LIST}new/", FORM, headers={"accept-language": "en"})
    assert answer.status_code == 422
    assert "The shares add up to 99.99 %" in answer.content.decode()
    assert "蓝环二期" in answer.content.decode()
    assert Project.objects.count() == 0


def test_form_enters_edits_and_adds_a_milestone(world: World) -> None:
    world.plan()
    client = browser(world, QINGPU, Role.PLANNER)
    answer = client.post(f"{LIST}new/", FORM | {f"cost_{WUJIANG}": "40"})
    assert (answer.status_code, answer["Location"]) == (302, f"{LIST}PJ9/")
    assert 'name="edits" value="1"' in page(client, f"{LIST}PJ9/edit/")
    changed = FORM | {f"cost_{WUJIANG}": "40", "name_zh": "蓝环三期", "edits": "1"}
    assert client.post(f"{LIST}PJ9/edit/", changed).status_code == 302
    assert client.post(f"{LIST}PJ9/edit/", changed).status_code == 422
    step = {"title_zh": "方案", "owner": WUJIANG, "due_on": "2026-12-01", "weight": "20"}
    assert client.post(f"{LIST}PJ9/milestones/new/", step).status_code == 302
    assert Project.objects.get().name_zh == "蓝环三期"
    assert Milestone.objects.get().weight == Decimal(20)


def test_form_is_refused_to_a_signatory(world: World) -> None:
    world.plan()
    client = browser(world, QINGPU, Role.SIGNATORY)
    assert client.get(f"{LIST}new/").status_code == 403
    assert client.post(f"{LIST}new/", FORM).status_code == 403
