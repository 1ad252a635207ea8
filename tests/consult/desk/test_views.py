import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from consult.desk.queries import desk_of, duties_of
from plans.register.models import Plan
from stakeholders.people.models import Mandate, User
from stakeholders.terms import clock
from stakeholders.terms.actor import Role
from tests.consult.phase1_organization.scene import invited
from tests.world import JIASHAN, KUNSHAN, QINGPU, WUJIANG, World, in_days, person


def signed_in(user: User) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


def test_desk_groups_what_waits_by_its_day(world: World, owe) -> None:
    world.plan()
    for days in (-2, 3, 20, None):
        owe(QINGPU, None if days is None else in_days(days), "planner")
    owe(WUJIANG, in_days(1), "planner")
    desk = desk_of(actor=world.actor(QINGPU, Role.PLANNER), now=clock.now())
    groups = [
        [str(line.title) for line in group] for group in (desk.overdue, desk.soon, desk.later)
    ]
    assert groups == [["Thing 0"], ["Thing 1"], ["Thing 2", "Thing 3"]]
    assert (desk.awaited, desk.own_counts, desk.count) == ([], [], 4)


def test_desk_counts_what_colleagues_owe_and_hides_others(world: World, owe) -> None:
    world.plan()
    owe(QINGPU, in_days(-1), "signatory")
    owe(QINGPU, in_days(1), "contact_point")
    owe(WUJIANG, in_days(1), "planner")
    desk = desk_of(actor=world.actor(QINGPU, Role.PLANNER), now=clock.now())
    assert [(one.open, one.overdue) for one in desk.own_counts] == [(2, 1)]
    text = signed_in(world.user(QINGPU, Role.PLANNER)).get("/").content.decode()
    assert ("Thing 1" in text, "Thing 2" in text) == (False, False)
    assert "2 things are open for your jurisdiction" in text


def test_coordinator_sees_who_owes_what(world: World, owe) -> None:
    plan = world.plan()
    owe(WUJIANG, in_days(-1), "planner")
    owe(None, in_days(1), "coordinator")
    coordinator = User.objects.get(pk=world.coordinator(plan).person)
    text = signed_in(coordinator).get("/").content.decode()
    assert "Responsible: Wujiang District" in text
    late = signed_in(coordinator).get(f"/plans/{plan.key}/late/").content.decode()
    assert ("1 overdue" in late, "Joint office" in late) == (True, True)
    answer = signed_in(coordinator).get(f"/api/v1/plans/{plan.key}/duties/").json()
    assert [row["jurisdiction"] for row in answer] == [WUJIANG, None]


def test_desk_says_what_waits_under_another_mandate_and_switches(world: World, owe) -> None:
    plan = world.plan()
    owe(QINGPU, in_days(1), "planner")
    owe(QINGPU, in_days(2), "signatory")
    owe(QINGPU, in_days(3), "signatory")
    owe(WUJIANG, in_days(3), "signatory")
    user = world.user(QINGPU, Role.PLANNER)
    second = world.mandate(QINGPU, Role.SIGNATORY)
    Mandate.objects.filter(pk=second.pk).update(user=user, plan_key=plan.key)
    client = signed_in(user)
    text = client.get("/").content.decode()
    assert "Qingpu District · Signatory: 2 things wait" in text
    assert ("Thing 1" in text, "others of your colleagues" in text) == (False, False)
    answer = client.post("/people/act-as/", {"mandate": second.pk, "next": "/"}, follow=True)
    text = answer.content.decode()
    assert ("Thing 1" in text, "Qingpu District · Planner: 1 thing waits" in text) == (True, True)


def test_desk_costs_the_same_for_two_and_many_mandates(
    world: World, owe, django_assert_num_queries
) -> None:
    user = world.user(QINGPU, Role.PLANNER)
    owe(QINGPU, in_days(1), "signatory")

    def hold(number: int) -> None:
        mandate = world.mandate(QINGPU, Role.SIGNATORY)
        Mandate.objects.filter(pk=mandate.pk).update(
            user=user, plan_key=world.plan(f"P{number}").key
        )

    hold(0)
    client = signed_in(user)
    client.get("/")
    with CaptureQueriesContext(connection) as few:
        client.get("/")
    for number in range(1, 6):
        hold(number)
    with django_assert_num_queries(len(few)):
        client.get("/")


def test_refused_page_offers_the_mandate_that_may(world: World, owe) -> None:
    plan = world.plan()
    user = world.user(QINGPU, Role.CONTACT_POINT)
    other = world.mandate(WUJIANG, Role.COORDINATOR)
    Mandate.objects.filter(pk=other.pk).update(user=user, plan_key=plan.key)
    page = signed_in(user).get(f"/plans/{plan.key}/late/")
    assert page.status_code == 403
    assert f'name="mandate" value="{other.pk}"' in page.content.decode()


def test_who_is_late_is_refused_to_parties_and_unseen_by_strangers(world: World, owe) -> None:
    plan = world.plan()
    world.mandate(KUNSHAN, Role.CONTACT_POINT)
    for path in (f"/plans/{plan.key}/late/", f"/api/v1/plans/{plan.key}/duties/"):
        codes = [
            signed_in(world.user(code, Role.CONTACT_POINT)).get(path).status_code
            for code in (QINGPU, KUNSHAN)
        ]
        assert codes == [403, 404]


def test_desk_costs_the_same_for_few_and_many_plans(
    world: World, owe, django_assert_num_queries
) -> None:
    world.plan("P0")
    owe(QINGPU, in_days(1), "planner")
    client = signed_in(world.user(QINGPU, Role.PLANNER))
    client.get("/")
    with CaptureQueriesContext(connection) as few:
        client.get("/")
    for number in range(1, 8):
        world.plan(f"P{number}")
    with django_assert_num_queries(len(few)):
        client.get("/")


def test_real_sources_cost_the_same_for_few_and_many_plans(
    world: World, django_assert_num_queries
) -> None:
    actor = world.actor(JIASHAN, Role.CONTACT_POINT)
    world.plan("P0")
    duties_of(actor=actor, now=clock.now())
    actor = world.actor(JIASHAN, Role.CONTACT_POINT)
    with CaptureQueriesContext(connection) as few:
        duties_of(actor=actor, now=clock.now())
    for number in range(1, 8):
        world.plan(f"P{number}")
    assert Plan.objects.count() == 8
    with django_assert_num_queries(len(few)):
        duties_of(actor=actor, now=clock.now())


def test_invited_jurisdiction_finds_the_invitation_on_its_desk(world: World) -> None:
    plan = world.plan()
    invited(world, plan, KUNSHAN)
    contact, planner = (world.actor(KUNSHAN, r) for r in (Role.CONTACT_POINT, Role.PLANNER))
    found = duties_of(actor=contact, now=clock.now())
    assert [duty.kind for duty in found] == ["invitation.answer"]
    assert duties_of(actor=planner, now=clock.now()) == []
    text = signed_in(world.user(KUNSHAN, Role.CONTACT_POINT)).get("/").content.decode()
    assert "QWJ plan" in text


@pytest.mark.parametrize(
    ("is_staff", "words"),
    [(False, "You hold no mandate yet"), (True, "You administer this site")],
)
def test_empty_desk_says_what_to_do_next(world: World, is_staff: bool, words: str) -> None:
    user = person("fresh@qingpu.example", "fresh")
    user.is_staff = is_staff
    user.save()
    assert words in signed_in(user).get("/").content.decode()


def test_empty_desk_of_a_mandate_leads_to_the_plans(world: World, owe) -> None:
    world.plan()
    text = signed_in(world.user(QINGPU, Role.PLANNER)).get("/").content.decode()
    assert "Nothing waits for you" in text


def test_api_lists_ones_own_duties(world: World, owe) -> None:
    world.plan()
    owe(QINGPU, in_days(1), "planner")
    owe(QINGPU, in_days(1), "signatory")
    rows = signed_in(world.user(QINGPU, Role.PLANNER)).get("/api/v1/duties/").json()
    assert [(row["title"], row["roles"]) for row in rows] == [("Thing 0", ["planner"])]
