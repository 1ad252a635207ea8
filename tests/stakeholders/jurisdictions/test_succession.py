"""Renaming and succession: what is written, what is refused, and how old acts read."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from stakeholders.jurisdictions import actions, queries
from stakeholders.jurisdictions.enums import SuccessionKind
from stakeholders.jurisdictions.models import FormerName, Jurisdiction, Succession
from stakeholders.people.models import Mandate
from stakeholders.people.queries import mandates_of
from stakeholders.record.models import RecordEntry
from stakeholders.terms.actor import PUBLIC, SYSTEM, Role
from stakeholders.terms.errors import Invalid, Refused
from tests.world import JIASHAN, KUNSHAN, QINGPU, WUJIANG, World

pytestmark = pytest.mark.django_db
DAY = date(2024, 5, 20)
OLD = {"name_zh": "昆山县", "name_en_unique": "Kunshan County", "short_zh": "昆山县"}


def renamed(actor, day: date = DAY, code: str = KUNSHAN) -> FormerName:
    """Kunshan was a county until `day`: the present name of the world is the later one."""
    Jurisdiction.objects.filter(pk=code).update(**OLD)
    names = {"name_zh": "昆山市", "name_en_unique": "Kunshan City", "short_zh": "昆山"}
    return actions.rename(actor=actor, code=code, names=names, day=day, document="民政部批复")


def merged(actor, day: date = DAY) -> list[Succession]:
    return actions.succeed(
        actor=actor,
        kind=SuccessionKind.MERGED,
        predecessors=[KUNSHAN],
        successors=[WUJIANG],
        day=day,
        document="国函〔2024〕1号",
    )


def refused(act: Callable[[], object]) -> dict[str, str]:
    with pytest.raises(Invalid) as error:
        act()
    return {field: str(text) for field, text in error.value.errors.items()}


def test_a_rename_keeps_the_former_name_with_its_days_and_one_entry(world: World) -> None:
    before = RecordEntry.objects.count()
    row = renamed(world.admin)
    unit = Jurisdiction.objects.get(pk=KUNSHAN)
    assert (row.name_zh, row.valid_until, unit.name_zh) == ("昆山县", DAY, "昆山市")
    names = queries.names_known([KUNSHAN])
    assert [names.on(unit, day) for day in (date(2024, 5, 19), DAY)] == [row, unit]
    acts = RecordEntry.objects.order_by("pk").values_list("act", "subject")[before:]
    assert list(acts) == [("jurisdiction.rename", f"jurisdiction:{KUNSHAN}")]


def test_a_rename_that_cannot_be_is_refused_with_its_reason(world: World) -> None:
    admin = world.admin
    renamed(admin)
    rename = {"actor": admin, "names": {"name_zh": "新昆山市"}, "day": DAY, "document": "x"}
    unknown = refused(lambda: actions.rename(code="999999", **rename))
    assert unknown == {"code": "There is no jurisdiction with the code 999999."}
    early = refused(lambda: actions.rename(code=KUNSHAN, **rename))
    assert early == {
        "day": "The unit bears its present name since 2024-05-20: the day must lie after it."
    }
    same = refused(
        lambda: actions.rename(code=QINGPU, **{**rename, "names": {"name_zh": "青浦区"}})
    )
    assert same == {"name_zh": "The new name is the present one."}
    later = refused(lambda: actions.rename(code=QINGPU, **{**rename, "day": date(2099, 1, 1)}))
    assert later == {"day": "A change is entered once it has taken effect."}
    bare = refused(lambda: actions.rename(code=QINGPU, **{**rename, "document": " "}))
    assert bare == {"document": "Name the document that says so."}
    with pytest.raises(Refused):
        actions.rename(code=QINGPU, **{**rename, "actor": PUBLIC})
    assert FormerName.objects.count() == 1


def test_a_merger_ends_the_predecessor_and_names_its_successor(world: World) -> None:
    before = RecordEntry.objects.count()
    merged(world.admin)
    unit = Jurisdiction.objects.get(pk=KUNSHAN)
    assert (unit.valid_until, unit.successor_id) == (DAY, WUJIANG)
    assert [one.code for one in queries.passed_to(unit)] == [WUJIANG]
    assert [one.successor_id for one in queries.successors_of(KUNSHAN)] == [WUJIANG]
    assert [one.predecessor_id for one in queries.predecessors_of(WUJIANG)] == [KUNSHAN]
    acts = RecordEntry.objects.order_by("pk").values_list("act", "subject")[before:]
    assert list(acts) == [("jurisdiction.succeed", f"jurisdiction:{KUNSHAN}")]


def test_a_part_that_passes_over_ends_nobody(world: World) -> None:
    actions.succeed(
        actor=world.admin,
        kind=SuccessionKind.BOUNDARY,
        predecessors=[KUNSHAN],
        successors=[WUJIANG],
        day=DAY,
        document="x",
    )
    unit = Jurisdiction.objects.get(pk=KUNSHAN)
    assert (unit.valid_until, queries.passed_to(unit)) == (None, [])


@pytest.mark.parametrize(
    ("kind", "before", "after", "day", "expected"),
    [
        (
            "merged",
            ["999999"],
            [WUJIANG],
            DAY,
            {"": "There is no jurisdiction with the code 999999."},
        ),
        ("merged", [WUJIANG], [WUJIANG], DAY, {"": f"A unit cannot follow itself: {WUJIANG}."}),
        ("merged", [], [WUJIANG], DAY, {"": "Name at least one predecessor and one successor."}),
        (
            "merged",
            [KUNSHAN],
            [WUJIANG, QINGPU],
            DAY,
            {"successors": "Units merge into one successor."},
        ),
        (
            "split",
            [KUNSHAN],
            [WUJIANG],
            DAY,
            {"successors": "A split has one predecessor and at least two successors."},
        ),
        (
            "renamed",
            [KUNSHAN, QINGPU],
            [WUJIANG],
            DAY,
            {"successors": "One unit follows one other here."},
        ),
        (
            "merged",
            [KUNSHAN],
            [WUJIANG],
            date(2099, 1, 1),
            {"day": "A change is entered once it has taken effect."},
        ),
        (
            "merged",
            ["320500"],
            ["330400"],
            DAY,
            {
                "predecessors": "Units below still exist: enter first what became of "
                f"{WUJIANG}, {KUNSHAN}."
            },
        ),
    ],
)
def test_a_succession_that_cannot_be_is_refused_with_its_reason(
    world: World, kind: str, before: list[str], after: list[str], day: date, expected: dict
) -> None:
    given = {"kind": kind, "predecessors": before, "successors": after, "day": day}
    found = refused(lambda: actions.succeed(actor=world.admin, document="x", **given))
    assert found == expected
    assert Succession.objects.count() == 0


def test_days_in_the_wrong_order_are_refused(world: World) -> None:
    given = {"actor": world.admin, "kind": "merged", "document": "x"}
    pair = {"predecessors": [KUNSHAN], "successors": [WUJIANG]}
    Jurisdiction.objects.filter(pk=KUNSHAN).update(valid_from=date(2024, 6, 1))
    assert list(refused(lambda: actions.succeed(day=DAY, **pair, **given))) == ["day"]
    Jurisdiction.objects.filter(pk=KUNSHAN).update(valid_from=None)
    Jurisdiction.objects.filter(pk=WUJIANG).update(valid_from=date(2024, 6, 1))
    assert list(refused(lambda: actions.succeed(day=DAY, **pair, **given))) == ["successors"]
    Jurisdiction.objects.filter(pk=WUJIANG).update(valid_from=None, valid_until=date(2024, 1, 1))
    ended = refused(lambda: actions.succeed(day=DAY, **pair, **given))
    assert ended["successors"].endswith("it cannot take over after its end.")


def test_units_cannot_follow_each_other_in_a_ring(world: World) -> None:
    merged(world.admin)
    ring = refused(
        lambda: actions.succeed(
            actor=world.admin,
            kind="merged",
            predecessors=[WUJIANG],
            successors=[KUNSHAN],
            day=date(2025, 1, 1),
            document="x",
        )
    )
    assert list(ring) == ["successors"]


def test_a_mandate_of_an_ended_unit_gives_nothing_from_that_day(world: World) -> None:
    mandate = world.mandate(KUNSHAN, Role.PLANNER)
    merged(world.admin)
    before, after = datetime(2024, 5, 19, 4, tzinfo=UTC), datetime(2024, 5, 19, 16, tzinfo=UTC)
    assert list(mandates_of(user_id=mandate.user_id, at=before)) == [mandate]
    assert list(mandates_of(user_id=mandate.user_id, at=after)) == []
    client = Client()
    client.force_login(mandate.user)
    page = client.get("/people/mandates/", headers={"accept-language": "en"}).content.decode()
    assert "ended: the unit passed to Wujiang District" in page
    desk = client.get("/", headers={"accept-language": "en"}).content.decode()
    assert "does not count any more, because the unit has ended." in desk
    assert "It passed to: Wujiang District." in desk


def shown(source: str, **values: object) -> str:
    request = RequestFactory().get("/")
    return Template(source).render(Context({"request": request, **values}))


def test_an_old_act_reads_under_the_old_name_with_the_present_one(world: World) -> None:
    renamed(world.admin)
    unit = Jurisdiction.objects.get(pk=KUNSHAN)
    source = "{% as_of unit at %}"
    old, new = datetime(2024, 5, 19, 4, tzinfo=UTC), datetime(2024, 5, 20, 4, tzinfo=UTC)
    assert shown(source, unit=unit, at=old) == "Kunshan County (now Kunshan City)"
    assert shown(source, unit=unit, at=new) == "Kunshan City"
    assert shown(source, unit=unit, at=None) == "Kunshan City"
    assert shown(source, unit=None, at=old) == ""


def test_the_act_of_a_merged_unit_names_the_unit_that_stands_there_now(world: World) -> None:
    merged(world.admin)
    unit = Jurisdiction.objects.get(pk=KUNSHAN)
    at = datetime(2024, 1, 1, tzinfo=UTC)
    assert shown("{% as_of unit at %}", unit=unit, at=at) == "Kunshan City (now Wujiang District)"
    assert shown("{% passed_to unit %}", unit=unit) == "Wujiang District"
    kept = shown("{% now_called code name %}", code=KUNSHAN, name="昆山市")
    assert kept == "昆山市 (now Wujiang District)"


def test_a_page_reads_the_names_once_however_many_acts_it_shows(world: World) -> None:
    renamed(world.admin)
    units = list(Jurisdiction.objects.all()) * 50
    source = "{% for one in units %}{% as_of one at %}{% endfor %}"
    with CaptureQueriesContext(connection) as captured:
        shown(source, units=units, at=datetime(2020, 1, 1, tzinfo=UTC))
    assert len(captured) == 3


def test_the_page_of_a_unit_tells_its_former_names_and_successions(world: World) -> None:
    renamed(world.admin)
    merged(world.admin, day=date(2025, 1, 1))
    client = Client()
    client.force_login(world.mandate(QINGPU, Role.PLANNER).user)
    english = {"accept-language": "en"}
    old = client.get(f"/jurisdictions/{KUNSHAN}/", headers=english).content.decode()
    assert "Kunshan County" in old
    assert "It passed to: Wujiang District." in old
    new = client.get(f"/jurisdictions/{WUJIANG}/", headers=english).content.decode()
    assert "Took over from (Merged)" in new


def test_the_mandate_table_shows_the_name_of_the_time_of_the_grant(world: World) -> None:
    mandate = world.mandate(KUNSHAN, Role.PLANNER)
    renamed(world.admin)
    client = Client()
    client.force_login(mandate.user)
    page = client.get("/people/mandates/", headers={"accept-language": "en"}).content.decode()
    assert "Kunshan County (now Kunshan City)" in page
    assert Mandate.objects.get(pk=mandate.pk).jurisdiction_id == KUNSHAN


def test_an_import_does_not_undo_what_an_act_has_settled(world: World) -> None:
    merged(world.admin)
    renamed(world.admin, code=JIASHAN)
    actions.import_jurisdictions(actor=SYSTEM)
    gone, named = Jurisdiction.objects.get(pk=KUNSHAN), Jurisdiction.objects.get(pk=JIASHAN)
    assert (gone.valid_until, gone.successor_id) == (DAY, WUJIANG)
    assert named.name_zh == "昆山市"


def staff(world: World) -> Client:
    person = world.administrator
    person.is_staff = person.is_superuser = True
    person.save()
    client = Client()
    client.force_login(person)
    return client


def test_the_administrators_forms_rename_and_let_units_follow(world: World) -> None:
    client, english = staff(world), {"accept-language": "en"}
    path = "/admin/stakeholders/formername/add/"
    data = {"jurisdiction": KUNSHAN, "name_zh": "新昆山市", "day": "2099-01-01", "document": "x"}
    wrong = client.post(path, data, headers=english).content.decode()
    assert "A change is entered once it has taken effect." in wrong
    assert 'value="新昆山市"' in wrong
    assert client.post(path, {**data, "day": "2024-05-20"}).status_code == 302
    path = "/admin/stakeholders/succession/add/"
    data = {
        "kind": "merged",
        "predecessors": f"{KUNSHAN}, 999999",
        "successors": WUJIANG,
        "day": "2025-01-01",
        "document": "x",
    }
    wrong = client.post(path, data, headers=english).content.decode()
    assert "There is no jurisdiction with the code 999999." in wrong
    assert client.post(path, {**data, "predecessors": KUNSHAN}).status_code == 302
    assert (FormerName.objects.count(), Succession.objects.count()) == (1, 1)


def test_the_api_renames_and_lets_units_follow(world: World) -> None:
    client, kind = staff(world), "application/json"
    path = f"/api/v1/jurisdictions/{KUNSHAN}/rename/"
    data = {"name_zh": "新昆山市", "day": "2024-05-20", "document": "x"}
    assert client.post(path, data, content_type=kind).status_code == 201
    again = client.post(path, data, content_type=kind)
    assert (again.status_code, sorted(again.json())) == (400, ["day", "name_zh"])
    data = {
        "kind": "merged",
        "predecessors": [KUNSHAN],
        "successors": [WUJIANG],
        "day": "2025-01-01",
        "document": "x",
    }
    assert client.post("/api/v1/successions/", data, content_type=kind).status_code == 201
    listed = client.get("/api/v1/successions/").json()["results"]
    assert [(one["predecessor"], one["successor"]) for one in listed] == [(KUNSHAN, WUJIANG)]
    one = client.get(f"/api/v1/jurisdictions/{KUNSHAN}/").json()
    assert [name["name_zh"] for name in one["former_names"]] == ["昆山市"]


def test_who_is_no_administrator_changes_nothing_by_the_api(world: World) -> None:
    client = Client(headers={"accept-language": "en"})
    client.force_login(world.mandate(QINGPU, Role.PLANNER).user)
    data = {"name_zh": "新昆山市", "day": "2024-05-20", "document": "x"}
    path = f"/api/v1/jurisdictions/{KUNSHAN}/rename/"
    answer = client.post(path, data, content_type="application/json")
    assert answer.status_code == 403
    assert "Only an administrator may rename a jurisdiction." in answer.json()["detail"]
