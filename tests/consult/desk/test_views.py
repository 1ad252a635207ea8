from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from consult.desk import sources
from consult.desk.enums import SHOWN
from consult.desk.models import DeskVisit
from consult.desk.queries import desk_of, duties_of, moved_since
from consult.phase2_preparation.models import Round
from plans.register.models import Plan
from stakeholders.people.models import Mandate, User
from stakeholders.terms import clock
from stakeholders.terms.actor import Role
from stakeholders.terms.duty import Quick
from tests.consult.phase1_organization.scene import invited
from tests.consult.phase2_preparation.stage import build
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
    groups = [(one.when, [str(line.title) for line in one.lines]) for one in desk.sections]
    assert groups == [
        ("overdue", ["Thing 0"]),
        ("week", ["Thing 1"]),
        ("later", ["Thing 2"]),
        ("undated", ["Thing 3"]),
    ]
    assert (desk.owed, desk.own_counts, desk.count) == ([], [], 4)


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


def test_filters_stand_in_the_address_and_say_how_to_clear_them(world: World, owe) -> None:
    for key in ("P1", "P2"):
        world.plan(key)
    for days in (-2, 3, 20, None):
        owe(QINGPU, None if days is None else in_days(days), "planner")
    client = signed_in(world.user(QINGPU, Role.PLANNER))
    page = client.get("/", {"plan": "P1", "when": "overdue"})
    desk = page.context["desk"]
    assert [(line.plan.key, line.when) for line in desk.mine] == [("P1", "overdue")]
    assert [(one.value, one.count) for one in desk.choices.when] == [
        ("overdue", 1),
        ("week", 1),
        ("later", 1),
        ("undated", 1),
    ]
    assert [(one.value, one.count) for one in desk.choices.plan] == [("P1", 1), ("P2", 1)]
    text = page.content.decode()
    assert ("QWJ plan (1)" in text, 'name="when" value="overdue"' in text) == (True, True)
    nothing = client.get("/", {"group": "matters"}).content.decode()
    assert ("Nothing fits these filters" in nothing, 'href="/"' in nothing) == (True, True)


def test_few_lines_need_no_filters_and_one_alone_has_one_button(world: World, owe) -> None:
    world.plan()
    owe(QINGPU, in_days(1), "signatory")
    text = signed_in(world.user(QINGPU, Role.SIGNATORY)).get("/").content.decode()
    assert (text.count("Thing 0"), text.count("Open and do it")) == (1, 1)
    assert ('name="group"' in text, "Clear filters" in text) == (False, False)


def test_quick_act_is_a_form_that_names_the_mandate(
    world: World, owe, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.plan()
    owe(QINGPU, in_days(1), "planner")
    owe(QINGPU, in_days(2), "planner")
    quick = Quick(label="Acknowledge", url="/there/", fields={"number": "7"})
    (source,) = sources.DUTIES
    with_quick = lambda **given: [replace(duty, quick=quick) for duty in source(**given)]  # noqa: E731
    monkeypatch.setattr(sources, "DUTIES", (with_quick,))
    mandate = world.mandate(QINGPU, Role.PLANNER)
    client = signed_in(mandate.user)
    text = client.get("/").content.decode()
    form = text[text.index('action="/there/"') : text.index("</form>", text.index("/there/"))]
    assert f'name="acting_mandate" value="{mandate.pk}"' in form
    assert ('name="number" value="7"' in form, "csrfmiddlewaretoken" in form) == (True, True)
    assert ("You act as" in form, "Acknowledge" in form) == (True, True)
    (row, _second) = client.get("/api/v1/duties/").json()
    assert row["quick"] == {"label": "Acknowledge", "url": "/there/", "fields": {"number": "7"}}
    assert "/there/" not in signed_in(world.user(WUJIANG, Role.PLANNER)).get("/").content.decode()


def test_long_lists_are_cut_and_say_where_the_rest_is(world: World, owe) -> None:
    plan = world.plan()
    for _number in range(SHOWN + 3):
        owe(QINGPU, in_days(30), "planner")
    client = signed_in(world.user(QINGPU, Role.PLANNER))
    (section,) = client.get("/").context["desk"].sections
    assert (len(section.lines), section.count) == (SHOWN, SHOWN + 3)
    assert f"Show all {SHOWN + 3}" in client.get("/").content.decode()
    (section,) = client.get("/", {"when": "later", "all": "1"}).context["desk"].sections
    assert (len(section.lines), section.is_cut) == (SHOWN + 3, False)
    office = signed_in(User.objects.get(pk=world.coordinator(plan).person)).get("/")
    assert len(office.context["desk"].owed_shown) == SHOWN
    text = office.content.decode()
    assert f"The first {SHOWN} of {SHOWN + 3} are shown" in text
    assert f'href="/plans/{plan.key}/late/"' in text


def test_desk_costs_the_same_for_ten_and_a_thousand_duties(
    world: World, owe, django_assert_num_queries
) -> None:
    world.plan()
    owe(WUJIANG, in_days(1), "planner")
    for _number in range(9):
        owe(QINGPU, in_days(1), "planner")
    client = signed_in(world.user(QINGPU, Role.PLANNER))
    client.get("/")
    with CaptureQueriesContext(connection) as few:
        client.get("/")
    for _number in range(990):
        owe(QINGPU, in_days(1), "planner")
    with django_assert_num_queries(len(few)):
        assert client.get("/").context["desk"].count == 999


def test_a_load_of_the_desk_costs_what_is_stated(
    world: World, owe, django_assert_num_queries
) -> None:
    """Beside the duties' own queries: the header's five and seventeen (docs/desk.md)."""
    world.plan()
    owe(QINGPU, in_days(1), "planner")
    user = world.user(QINGPU, Role.PLANNER)
    DeskVisit.objects.create(user=user, at=clock.now(), before_at=in_days(-3))
    client = signed_in(user)
    client.get("/")
    with django_assert_num_queries(5 + 17):
        client.get("/")


def test_what_moved_since_the_last_visit_is_told_by_plan(world: World) -> None:
    scene = build(world)
    user = world.user(WUJIANG, Role.CONTACT_POINT)
    client = signed_in(user)
    assert "This is your first visit" in client.get("/").content.decode()
    DeskVisit.objects.filter(user=user).update(before_at=clock.now())
    assert "Nothing has moved in your plans" in client.get("/").content.decode()
    scene.open()
    scene.revise(aim="新的表述")
    text = client.get("/").content.decode()
    assert ("Comment round 1 opened" in text, "Revision R2 was published" in text) == (True, True)
    assert "Revision R1" not in text
    stranger = User.objects.create_user("s@x.example", "p" * 20, name_zh="s", name_en="s")
    DeskVisit.objects.create(user=stranger, at=clock.now(), before_at=in_days(-3))
    assert "Comment round 1" not in signed_in(stranger).get("/").content.decode()


def test_rounds_and_sign_offs_that_end_are_told_once(world: World) -> None:
    scene = build(world)
    one = scene.open()
    since, later = clock.now(), one.closes_at + timedelta(hours=1)

    def told() -> list[str]:
        with override("en"):
            found = moved_since(plans=[scene.plan], since=since, now=later)
            return [str(move.title) for moved in found for move in moved.moves]

    assert told() == ["Comment round 1 closed"]
    Round.objects.filter(pk=one.pk).update(closed_at=one.closes_at)
    assert told() == ["Comment round 1 closed"]
    assert moved_since(plans=[scene.plan], since=later, now=later) == []


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
    ("powers", "words"),
    [
        ((), "You hold no mandate yet"),
        (("is_staff",), "You hold no mandate yet"),
        (("is_staff", "is_superuser"), "You administer this site"),
    ],
)
def test_empty_desk_says_what_to_do_next(world: World, powers: tuple[str, ...], words: str) -> None:
    user = person("fresh@qingpu.example", "fresh")
    for power in powers:
        setattr(user, power, True)
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
    client = signed_in(world.user(QINGPU, Role.PLANNER))
    rows = client.get("/api/v1/duties/").json()
    assert [(row["title"], row["roles"]) for row in rows] == [("Thing 0", ["planner"])]
    (row,) = rows
    assert (row["group"], row["when"], row["plan"], row["days_left"], row["quick"]) == (
        "preparation",
        "week",
        "QWJ",
        1,
        None,
    )
    assert client.get("/api/v1/duties/", {"when": "overdue"}).json() == []
    assert client.get("/api/v1/awaited/").json() == []
