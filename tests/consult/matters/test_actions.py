import csv
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from consult.matters import actions
from consult.matters.actions import DATA, import_matters
from consult.matters.duties import duties
from consult.matters.gate import blockers
from consult.matters.models import Matter
from consult.matters.queries import catalogue, stands_of
from consult.matters.steps import Wording
from plans.register.models import Plan
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.jurisdictions.reading import RowError
from stakeholders.record.models import RecordEntry
from stakeholders.terms import clock
from stakeholders.terms.actor import SYSTEM, Role
from stakeholders.terms.errors import Conflict, Invalid, NotVisible, Refused
from stakeholders.terms.rights import Reason
from tests.world import JIASHAN, KUNSHAN, QINGPU, WUJIANG, World


@pytest.fixture
def plan(world: World) -> Plan:
    return world.plan()


@pytest.fixture
def matter(world: World, plan: Plan) -> Matter:
    return actions.open_matter(
        actor=world.coordinator(plan),
        plan=plan,
        title=Wording(zh="太浦河枯水期限排", en="Low-flow limits"),
        description=Wording(),
        codes=[QINGPU, WUJIANG],
    )


LATER = date(2099, 12, 31)


def acts(subject: str) -> list[str]:
    rows = RecordEntry.objects.filter(subject=subject).order_by("pk")
    return list(rows.values_list("act", flat=True))


def test_matter_climbs_closes_and_reopens_with_one_entry_each(
    world: World, plan: Plan, matter: Matter
) -> None:
    office = world.coordinator(plan)
    actions.raise_matter(actor=office, plan=plan, matter=matter, note="未达成一致")
    matter.refresh_from_db()
    matter = actions.raise_matter(actor=SYSTEM, plan=plan, matter=matter)
    assert matter.level == "government"
    actions.close_matter(actor=office, plan=plan, matter=matter, note="见第16条", review_on=LATER)
    matter = actions.reopen_matter(actor=office, plan=plan, matter=matter, note="O1")
    assert (matter.is_open, matter.outcome, matter.level) == (True, "", "government")
    assert acts("matter:MT1") == [
        "matter.open",
        "matter.raise",
        "matter.raise",
        "matter.close",
        "matter.reopen",
    ]
    kinds = list(matter.moves.values_list("kind", "level", "outcome"))
    assert kinds == [
        ("opened", "working", ""),
        ("raised", "department", ""),
        ("raised", "government", ""),
        ("closed", "government", "reserved"),
        ("reopened", "government", ""),
    ]


def test_raise_beyond_the_top_and_acts_on_a_closed_matter_are_conflicts(
    world: World, plan: Plan, matter: Matter
) -> None:
    office = world.coordinator(plan)
    for _level in range(3):
        matter = actions.raise_matter(actor=office, plan=plan, matter=matter, note="无进展")
    with pytest.raises(Conflict):
        actions.raise_matter(actor=office, plan=plan, matter=matter, note="再")
    actions.close_matter(actor=office, plan=plan, matter=matter, note="R1", review_on=LATER)
    with pytest.raises(Conflict):
        actions.raise_matter(actor=office, plan=plan, matter=matter, note="再")
    with pytest.raises(Conflict):
        actions.take_stand(
            actor=world.actor(WUJIANG, Role.CONTACT_POINT),
            plan=plan,
            matter=matter,
            value="agree",
            text=Wording(zh="同意"),
        )


def test_open_matter_needs_a_title_and_two_parties(world: World, plan: Plan) -> None:
    for title, codes, field in (
        (Wording(), [QINGPU, WUJIANG], "title_zh"),
        (Wording(zh="题"), [QINGPU], "codes"),
        (Wording(zh="题"), [QINGPU, KUNSHAN], "codes"),
    ):
        with pytest.raises(Invalid) as error:
            actions.open_matter(
                actor=world.coordinator(plan),
                plan=plan,
                title=title,
                description=Wording(),
                codes=codes,
            )
        assert list(error.value.errors) == [field]


def test_open_by_planner_is_refused_and_by_a_stranger_not_visible(world: World, plan: Plan) -> None:
    options = {
        "plan": plan,
        "title": Wording(zh="题"),
        "description": Wording(),
        "codes": [QINGPU, WUJIANG],
    }
    with pytest.raises(Refused) as refusal:
        actions.open_matter(actor=world.actor(WUJIANG, Role.PLANNER), **options)
    assert refusal.value.verdict.reason is Reason.WRONG_ROLE
    with pytest.raises(NotVisible):
        actions.open_matter(actor=world.actor(KUNSHAN, Role.CONTACT_POINT), **options)


def test_stand_of_a_party_replaces_its_former_one(world: World, plan: Plan, matter: Matter) -> None:
    actor = world.actor(WUJIANG, Role.CONTACT_POINT)
    for value in ("against", "partly"):
        actions.take_stand(
            actor=actor, plan=plan, matter=matter, value=value, text=Wording(zh="分级限排")
        )
    columns = [
        (c.jurisdiction.code, c.newest.value if c.newest else None, len(c.former))
        for c in stands_of(matter)
    ]
    assert columns == [(QINGPU, None, 0), (WUJIANG, "partly", 1)]
    assert [(d.kind, d.holder_code) for d in duties(plans=[plan], now=clock.now())] == [
        ("matter.stand", QINGPU)
    ]


def test_stand_of_a_party_outside_the_matter_is_refused(
    world: World, plan: Plan, matter: Matter
) -> None:
    with pytest.raises(Refused) as refusal:
        actions.take_stand(
            actor=world.actor(JIASHAN, Role.CONTACT_POINT),
            plan=plan,
            matter=matter,
            value="agree",
            text=Wording(zh="同意"),
        )
    assert refusal.value.verdict.reason is Reason.NOT_YOURS


def test_gate_names_a_matter_above_the_working_level(
    world: World, plan: Plan, matter: Matter
) -> None:
    assert blockers(plan=plan) == []
    actions.raise_matter(actor=world.coordinator(plan), plan=plan, matter=matter, note="r")
    (blocker,) = blockers(plan=plan)
    assert (blocker.code, blocker.url) == ("matter.open", "/plans/QWJ/matters/MT1/")


@pytest.fixture
def units(world: World) -> None:
    with DATA.open(encoding="utf-8-sig") as file:
        codes = {
            code for row in csv.DictReader(file) for code in row["jurisdiction_codes"].split(";")
        }
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
        for code in codes - known
    )


def test_library_loads_44_matters_and_a_second_load_changes_nothing(units: None) -> None:
    first = import_matters(actor=SYSTEM)
    assert (first.created, first.updated, first.unchanged) == (44, 0, 0)
    second = import_matters(actor=SYSTEM)
    assert (second.created, second.updated, second.unchanged) == (0, 0, 44)
    assert acts("layer:matters") == ["matters.import"]
    assert catalogue().filter(description_zh="").count() == 0
    assert catalogue(theme="water").count() == 6
    assert [m.key for m in catalogue(text="太浦河")][:1] == ["M04"]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("jurisdiction_codes", "310118;999999"),
        ("theme", "weather"),
        ("title_zh", ""),
        ("matter_id", "M01"),
    ],
)
def test_bad_row_names_its_place_and_nothing_is_kept(
    units: None, tmp_path: Path, column: str, value: str
) -> None:
    with DATA.open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    rows[6][column] = value
    path = tmp_path / "matters.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    with pytest.raises(RowError) as error:
        import_matters(actor=SYSTEM, path=path)
    assert (error.value.file, error.value.line, error.value.column) == ("matters.csv", 8, column)
    assert catalogue().count() == 0
    with pytest.raises(CommandError, match=r"matters\.csv"):
        call_command("import_matters", file=path)


def test_import_by_a_coordinator_is_refused(world: World, plan: Plan) -> None:
    with pytest.raises(Refused) as refusal:
        import_matters(actor=world.coordinator(plan))
    assert refusal.value.verdict.reason is Reason.NO_MANDATE
