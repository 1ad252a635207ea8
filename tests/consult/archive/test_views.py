"""The page and the API: who sees them, what they show, how many queries they take."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from consult.archive.queries import gaps
from plans.register.enums import PartyRole
from plans.register.models import Plan
from plans.register.steps import add_party
from stakeholders.jobs.actions import run_jobs
from stakeholders.jobs.models import Job
from stakeholders.terms.actor import SYSTEM, Role
from tests.consult.archive.making import attach, package
from tests.consult.phase3_identification.story import tell
from tests.world import JIANGSU, KUNSHAN, QINGPU, WUJIANG, World

URL, API = "/plans/QWJ/archive/", "/api/v1/plans/QWJ/archive/"


@pytest.fixture
def plan(world: World) -> Plan:
    plan = world.plan()
    add_party(plan=plan, code=KUNSHAN, role=PartyRole.NEIGHBOUR, must_sign=False)
    add_party(plan=plan, code=JIANGSU, role=PartyRole.UPPER, must_sign=False)
    return plan


def client(world: World, code: str, role: Role = Role.CONTACT_POINT, key: str = "") -> Client:
    found = Client(headers={"accept-language": "en"})
    found.force_login(world.mandate(code, role, plan_key=key).user)
    return found


@pytest.mark.parametrize(
    ("code", "role", "status"),
    [
        (QINGPU, Role.CONTACT_POINT, 200),
        (WUJIANG, Role.SIGNATORY, 200),
        (JIANGSU, Role.CONTACT_POINT, 404),
        (JIANGSU, Role.SUPERVISOR, 404),
        (KUNSHAN, Role.CONTACT_POINT, 404),
        (KUNSHAN, Role.OBSERVER, 404),
        (QINGPU, Role.EXPERT, 404),
    ],
)
def test_who_makes_the_plan_sees_it_and_nobody_else(
    world: World, plan: Plan, code: str, role: Role, status: int
) -> None:
    who = client(world, code, role)
    asked = [who.get(URL), who.get(f"{URL}catalogue.csv"), who.get(API)]
    assert [answer.status_code for answer in asked] == [status] * 3
    posted = [who.post(URL).status_code, who.post(API).status_code]
    assert posted == ([302, 202] if status == 200 else [404, 404])


def test_the_joint_office_sees_what_is_not_there_yet(world: World, plan: Plan) -> None:
    page = client(world, QINGPU, Role.COORDINATOR, "QWJ").get(URL)
    text = page.content.decode()
    assert "There is no common statement yet." in text
    assert [gap.code for gap in page.context["gaps"]] == [
        *("charter", "text", "rounds", "statement", "submission", "reply", "publication"),
    ]
    assert [one.papers for one in page.context["counts"]] == [4, 0, 2, 2, 0, 0, 0, 0, 1]


def test_a_package_that_was_made_stands_on_the_page_with_its_hash(world: World, plan: Plan) -> None:
    who = client(world, QINGPU)
    job = Job.objects.get(pk=who.post(API).json()["id"])
    run_jobs(actor=SYSTEM, seconds=60)
    job.refresh_from_db()
    page = who.get(URL).content.decode()
    assert job.result["sha256"] in page
    other = client(world, WUJIANG).get(URL).content.decode()
    assert job.result["sha256"] not in other


def test_the_catalogue_for_programs_is_that_of_the_package(world: World, plan: Plan) -> None:
    found = client(world, QINGPU).get(API).json()
    assert [line["path"] for line in found["papers"]][:2] == [
        "01-organization/parties.csv",
        "01-organization/parties.xlsx",
    ]
    assert (found["papers"][0]["retention"], found["papers"][0]["standing"]) == ("30", "held")


def queries(who: Client) -> int:
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert who.get(URL).status_code == 200
    return len(caught)


def test_the_page_takes_as_many_queries_for_2_papers_as_for_20(world: World) -> None:
    story = tell(world, items=2, parties=(WUJIANG,))
    who = client(world, QINGPU)
    who.get(URL)
    person = world.administrator.pk
    counts = []
    for more in (2, 18):
        for number in range(more):
            attach(story.plan, person=person, name=f"{more}-{number}.pdf", title="附件")
            story.publish()
        counts.append(queries(who))
    assert counts[0] == counts[1]


def test_gaps_take_a_fixed_number_of_queries(
    world: World, plan: Plan, django_assert_max_num_queries: object
) -> None:
    with django_assert_max_num_queries(7):
        gaps(plan)


def test_the_command_writes_the_package_and_verifies_it(
    world: World, plan: Plan, tmp_path: object, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "package.zip"
    call_command("archive", "QWJ", str(file))
    assert file.read_bytes() == package(plan)
    call_command("archive", "verify", str(file))
    assert "holds, 20 files" in capsys.readouterr().out
    raw = bytearray(file.read_bytes())
    at = raw.index(b"word/document.xml")
    raw[at] ^= 1
    file.write_bytes(raw)
    with pytest.raises(CommandError, match=r"catalogue\.docx"):
        call_command("archive", "verify", str(file))
    with pytest.raises(CommandError, match="there is no plan NONE"):
        call_command("archive", "NONE", str(file))
