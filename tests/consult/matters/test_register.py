"""The library as delivered, the register across plans, the relations, taking up an entry."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from consult.matters import actions, queries
from consult.matters.actions.matters import DATA
from consult.matters.models import Matter
from consult.matters.queries import Asked, Relation
from consult.matters.steps import Wording
from plans.register.models import Plan
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.people.models import ApiToken
from stakeholders.terms import clock
from stakeholders.terms.actor import SYSTEM, Actor, Role
from tests.world import JIASHAN, QINGPU, SHANGHAI, WUJIANG, World

ROWS = list(csv.DictReader(io.StringIO(DATA.read_text(encoding="utf-8-sig"))))


@pytest.fixture
def library(world: World) -> None:
    """The 44 matters, with a unit for every code they name."""
    codes = {code for row in ROWS for code in row["jurisdiction_codes"].split(";")}
    known = set(Jurisdiction.objects.values_list("code", flat=True))
    Jurisdiction.objects.bulk_create(
        Jurisdiction(
            code=code,
            level="county",
            name_zh=code,
            name_en=code,
            name_en_unique=code,
            path=f"{code}/",
        )
        for code in sorted(codes - known)
    )
    actions.import_matters(actor=SYSTEM)


@pytest.fixture
def plan(world: World) -> Plan:
    return world.plan()


def opened(world: World, plan: Plan, title: str, *codes: str, **more: object) -> Matter:
    return actions.open_matter(
        actor=world.coordinator(plan),
        plan=plan,
        title=Wording(zh=title),
        description=Wording(),
        codes=codes,
        **more,
    )


def keys(actor: Actor, order: str = "key", **asked: object) -> list[str]:
    found = queries.register(actor=actor, asked=Asked(**asked), at=clock.now(), order=order)
    return [matter.key for matter in found]


def client_of(world: World, code: str, role: Role = Role.CONTACT_POINT) -> Client:
    client = Client()
    client.force_login(world.mandate(code, role).user)
    return client


def test_every_row_of_the_library_is_loaded_as_delivered(library: None) -> None:
    loaded = {matter.key: matter for matter in queries.catalogue()}
    assert list(loaded) == [row["matter_id"] for row in ROWS]
    assert len(loaded) == 44
    for row in ROWS:
        matter = loaded[row["matter_id"]]
        said = (row["source"], row["source_section"])
        assert {
            "title_zh": row["title_zh"],
            "title_en": row["title_en"],
            "description_zh": row["description_zh"],
            "description_en": row["description_en"],
            "facts_zh": row["facts_zh"],
            "facts_en": row["facts"],
            "theme": row["theme"],
            "matter_type": row["matter_type"],
            "basis": row["jurisdictions_basis"],
            "source": " · ".join(text for text in said if text),
        } == {
            name: getattr(matter, name)
            for name in (
                *("title_zh", "title_en", "description_zh", "description_en", "facts_zh"),
                *("facts_en", "theme", "matter_type", "basis", "source"),
            )
        }
        codes = [unit.code for unit in matter.jurisdictions.all()]
        assert sorted(codes) == sorted(row["jurisdiction_codes"].split(";"))
        assert bool(row["facts"]) == bool(row["facts_zh"])


def test_register_has_the_library_for_all_and_plans_for_those_who_see_them(
    library: None, world: World, plan: Plan
) -> None:
    opened(world, plan, "限排", QINGPU, WUJIANG)
    contact = world.actor(WUJIANG, Role.CONTACT_POINT)
    stranger = world.actor(SHANGHAI, Role.CONTACT_POINT)
    assert (len(keys(contact)), len(keys(stranger))) == (45, 44)
    assert keys(contact, plan=plan.key) == ["MT1"]
    assert keys(stranger, plan=plan.key) == []
    assert len(keys(contact, plan="library")) == 44


def test_register_is_narrowed_by_state_level_pair_and_words(world: World, plan: Plan) -> None:
    office, contact = world.coordinator(plan), world.actor(WUJIANG, Role.CONTACT_POINT)
    first = opened(world, plan, "限排", QINGPU, WUJIANG, theme="water")
    second = opened(world, plan, "断头路", QINGPU, JIASHAN, theme="transport")
    third = opened(world, plan, "分享", WUJIANG, JIASHAN)
    actions.raise_matter(actor=office, plan=plan, matter=first, note="r")
    Matter.objects.filter(pk=first.pk).update(due_at=clock.now() - timedelta(days=1))
    day = (clock.now() + timedelta(days=400)).date()
    actions.close_matter(actor=office, plan=plan, matter=second, note="求同存异", review_on=day)
    assert keys(contact, state="open") == [first.key, third.key]
    assert keys(contact, state="overdue") == [first.key]
    assert keys(contact, state="closed") == keys(contact, state="reserved") == [second.key]
    assert keys(contact, state="agreed") == []
    assert keys(contact, level="department") == [first.key]
    assert keys(contact, theme="transport") == [second.key]
    assert keys(contact, jurisdiction=JIASHAN, other=WUJIANG) == [third.key]
    assert keys(contact, mine=True) == [first.key, third.key]
    assert keys(contact, text="断头") == [second.key]
    assert keys(contact, order="-level")[0] == first.key
    (row,) = queries.listed([Matter.objects.get(pk=second.pk)])
    assert row.result_zh == "求同存异"


def test_register_offers_the_jurisdictions_that_occur_and_downloads_what_is_shown(
    world: World, plan: Plan
) -> None:
    opened(world, plan, "限排", QINGPU, WUJIANG)
    opened(world, plan, "断头路", QINGPU, JIASHAN)
    contact = world.actor(WUJIANG, Role.CONTACT_POINT)
    units = queries.units_of_register(actor=contact)
    assert [unit.code for unit in units] == sorted([QINGPU, WUJIANG, JIASHAN])
    client = client_of(world, WUJIANG)
    page = client.get("/matters/register/", {"jurisdiction": JIASHAN}).content.decode()
    assert ("断头路" in page, "限排" in page) == (True, False)
    unknown = client.get("/matters/register/", {"jurisdiction": "999999"}).content.decode()
    assert ("断头路" in unknown, "限排" in unknown) == (True, True)
    table = client.get("/matters/register/table.csv", {"jurisdiction": JIASHAN})
    lines = b"".join(table).decode("utf-8-sig").splitlines()
    assert (len(lines), lines[1].split(",")[:3]) == (2, ["MT2", plan.key, "断头路"])


def test_relations_count_each_pair_once_for_each_matter(world: World, plan: Plan) -> None:
    office, contact = world.coordinator(plan), world.actor(WUJIANG, Role.CONTACT_POINT)
    opened(world, plan, "三方", QINGPU, WUJIANG, JIASHAN)
    closed = opened(world, plan, "两方", QINGPU, WUJIANG)
    day = (clock.now() + timedelta(days=400)).date()
    actions.close_matter(actor=office, plan=plan, matter=closed, note="r", review_on=day)

    def told(rows: list[Relation]) -> list[tuple[str, str, int, int, int, int]]:
        return [
            (row.first.code, row.second.code, row.open, row.agreed, row.other, row.in_library)
            for row in rows
        ]

    assert told(queries.relations(actor=contact)) == [
        (QINGPU, WUJIANG, 1, 0, 1, 0),
        (QINGPU, JIASHAN, 1, 0, 0, 0),
        (WUJIANG, JIASHAN, 1, 0, 0, 0),
    ]
    assert told(queries.relations(actor=contact, code=JIASHAN)) == [
        (QINGPU, JIASHAN, 1, 0, 0, 0),
        (WUJIANG, JIASHAN, 1, 0, 0, 0),
    ]
    assert queries.relations(actor=world.actor(SHANGHAI, Role.CONTACT_POINT)) == []
    page = client_of(world, WUJIANG).get("/matters/relations/", {"jurisdiction": JIASHAN})
    assert len(page.context["page_obj"].object_list) == 2


def test_an_entry_of_the_library_is_taken_up_with_its_words_and_shows_where(
    library: None, world: World, plan: Plan
) -> None:
    client = client_of(world, WUJIANG)
    entry = client.get("/matters/M04/").content.decode()
    assert f"/plans/{plan.key}/matters/new/?from=M04" in entry
    form = client.get(f"/plans/{plan.key}/matters/new/", {"from": "M04"}).context["form"]
    assert (form["title_zh"].value(), sorted(form["codes"].value())) == (
        "太浦河功能定位与控制标准统一",
        sorted([QINGPU, WUJIANG, JIASHAN]),
    )
    made = client.post(
        f"/plans/{plan.key}/matters/new/",
        {"title_zh": "太浦河", "codes": [QINGPU, WUJIANG], "drawn_from": ["M04"]},
    )
    assert made.headers["Location"] == f"/plans/{plan.key}/matters/MT1/"
    found = queries.get_library_matter(key="M04")
    here = world.actor(JIASHAN, Role.CONTACT_POINT)
    away = world.actor(SHANGHAI, Role.CONTACT_POINT)
    assert [one.key for one in queries.taken_up_in(actor=here, entry=found)] == ["MT1"]
    assert list(queries.taken_up_in(actor=away, entry=found)) == []
    stranger = client_of(world, SHANGHAI).get("/matters/M04/").content.decode()
    assert "matters/new/" not in stranger


def test_drafts_of_an_agreement_cost_the_same_queries_however_many(
    world: World, plan: Plan
) -> None:
    matter = opened(world, plan, "限排", QINGPU, WUJIANG)
    mandate = world.mandate(WUJIANG, Role.CONTACT_POINT)
    _token, key = ApiToken.objects.create(user=mandate.user, mandate=mandate)
    client = Client(headers={"Authorization": f"Token {key}"})
    url = f"/api/v1/plans/{plan.key}/matters/{matter.key}/agreements/"

    def drafts_and_queries() -> tuple[list[int], int]:
        with CaptureQueriesContext(
            connection,
        ) as found:
            drafts = client.get(url).json()
        return [draft["number"] for draft in drafts], len(found)

    def propose(number: int) -> None:
        actions.propose_agreement(
            actor=world.coordinator(plan),
            plan=plan,
            matter=matter,
            text=Wording(zh=f"稿{number}"),
        )

    propose(1)
    client.get(url)
    one = drafts_and_queries()
    for number in range(2, 6):
        propose(number)
    assert drafts_and_queries() == ([1, 2, 3, 4, 5], one[1])


def test_matter_page_says_at_a_glance_whose_word_is_missing(world: World, plan: Plan) -> None:
    matter = opened(world, plan, "限排", QINGPU, WUJIANG)
    contact = world.actor(WUJIANG, Role.CONTACT_POINT)
    url = f"/plans/{plan.key}/matters/{matter.key}/"
    client = client_of(world, WUJIANG)
    page = client.get(url)
    assert [unit.code for unit in page.context["silent"]] == [QINGPU, WUJIANG]
    here = {"plan": plan, "matter": matter}
    actions.take_stand(actor=contact, value="agree", text=Wording(zh="同意"), **here)
    draft = actions.propose_agreement(
        actor=world.coordinator(plan), text=Wording(zh="三级限排"), **here
    )
    page = client.get(url)
    assert [unit.code for unit in page.context["silent"]] == [QINGPU]
    assert [unit.code for unit in page.context["draft"].missing] == [QINGPU, WUJIANG]
    assert page.context["own_answer"] is None
    answered = client.get(f"{url}agreements/{draft.number}/answer/").content.decode()
    assert "三级限排" in answered
    actions.answer_agreement(actor=contact, agreement=draft, confirms=True, **here)
    assert client.get(url).context["own_answer"].confirms is True
