"""Every list costs as many queries for 1,000 rows as for 10, on its page and in the API.

Rows are put in at once, without acts and their record: only reading is measured. Lists with a
world of their own (desk, consent matrix, workbook) are measured in their slice.
"""

from collections.abc import Callable, Iterable
from contextlib import suppress
from itertools import groupby
from operator import itemgetter

import pytest
from django.db import connection, transaction
from django.test import Client

from plans.register.models import (
    Plan,
    Revision,
)
from stakeholders.terms.actor import Role
from tests.architecture.rows import Rows
from tests.consult.phase1_organization.scene import proposed
from tests.consult.phase4_implementation.ground import lay
from tests.saying import Say
from tests.world import WUJIANG, World

PLAN = "/plans/QWJ/"
FOUND = (("文", "provision"), ("意见", "comment"), ("事项", "matter"), ("项目", "project"))
PAGES = [
    "/files/",
    "/plans/",
    "/invitations/",
    "/jobs/",
    "/jurisdictions/",
    f"/jurisdictions/{WUJIANG}/",
    "/jurisdictions/?open=320500&sort=-regions",
    "/jurisdictions/?level=county&sort=-neighbours",
    "/jurisdictions/overlap/?least=1",
    f"/jurisdictions/overlap/?unit={WUJIANG}&first=R0&second=R1",
    "/jurisdictions/timeline/",
    "/jurisdictions/calendar/2026/",
    "/jurisdictions/regions/",
    "/jurisdictions/regions/?sort=-members",
    "/jurisdictions/regions/R0/",
    "/matters/",
    "/matters/register/",
    "/matters/relations/",
    "/notices/",
    "/people/mandates/",
    "/people/mandates/pending/",
    "/people/organizations/",
    "/people/chains/",
    "/people/second-factor/",
    PLAN,
    f"{PLAN}bodies/",
    f"{PLAN}grants/",
    f"{PLAN}family/",
    f"{PLAN}transmission/",
    f"{PLAN}demands/",
    f"{PLAN}revisions/",
    f"{PLAN}revisions/2/",
    f"{PLAN}revisions/2/bundle.json",
    f"{PLAN}attachments/",
    f"{PLAN}items/provision-0/",
    f"{PLAN}revisions/2/?all=1",
    f"{PLAN}revisions/2/?q=文",
    f"{PLAN}revisions/2/comments/",
    f"{PLAN}text/amendments/",
    f"{PLAN}text/beside/",
    f"{PLAN}text/?item=provision-0",
    f"{PLAN}text/amendments/?state=open&party={WUJIANG}",
    f"{PLAN}text/",
    f"{PLAN}text/provisions/provision-0/history/",
    f"{PLAN}text/provisions/provision-0/notes/",
    f"{PLAN}text/differences/1/2/",
    f"{PLAN}text/differences/1/draft/",
    f"{PLAN}text/differences/2/draft/",
    f"{PLAN}text/claims/",
    f"{PLAN}text/import/",
    f"{PLAN}text/terms/",
    f"{PLAN}since/",
    f"{PLAN}text/standards/",
    f"{PLAN}text/standards/values/",
    f"{PLAN}indicators/",
    f"{PLAN}projects/",
    f"{PLAN}projects/PJ3/",
    f"{PLAN}organization/",
    f"{PLAN}organization/charters/1/",
    f"{PLAN}organization/base/",
    f"{PLAN}rounds/",
    f"{PLAN}rounds/1/",
    f"{PLAN}rounds/1/ours/",
    f"{PLAN}rounds/1/ours/print/",
    f"{PLAN}rounds/1/form/",
    f"{PLAN}rounds/1/form/drafts.csv",
    f"{PLAN}rounds/1/form/compiled.csv",
    f"{PLAN}dispositions/",
    f"{PLAN}adoption-table/",
    f"{PLAN}answers/",
    f"{PLAN}checklist/",
    f"{PLAN}comments/1/",
    f"{PLAN}comments/2/",
    f"{PLAN}neighbours/",
    f"{PLAN}changes/",
    f"{PLAN}matters/",
    f"{PLAN}matters/M0/",
    "/matters/M0/",
    "/matters/register/table.csv",
    f"{PLAN}implementation/",
    f"{PLAN}implementation/projects/PJ3/",
    f"{PLAN}gate/",
    # one kind at a time: hits of several are read by a query for each kind that is met
    *(f"/search/?q={words}&kind={kind}" for words, kind in FOUND),
]
# Read by the joint office: what is its desk alone, and what it sees otherwise than a party.
OFFICE = [
    PLAN,
    f"{PLAN}gate/",
    f"{PLAN}rounds/1/",
    f"{PLAN}rounds/5000/display/",
    f"{PLAN}dispositions/",
    f"{PLAN}dispositions/?folded=1",
    f"{PLAN}dispositions/publish/",
    f"{PLAN}dispositions/batches/",
    f"{PLAN}dispositions/groups/",
    f"{PLAN}dispositions/blocks/",
    f"{PLAN}comments/1/",
    f"{PLAN}comments/2/",
    f"{PLAN}checklist/",
    f"{PLAN}neighbours/",
    f"{PLAN}experts/",
    f"{PLAN}experts/opinions/1/",
    f"{PLAN}matters/",
    f"{PLAN}matters/M0/",
    *(
        f"/api/v1{PLAN}{path}"
        for path in (
            "comments/",
            "experts/",
            "experts/opinions/",
            "dispositions/batches/",
            "dispositions/groups/",
            "dispositions/blocks/",
            "rounds/5000/display/",
        )
    ),
]
# Read by both while the plan is carried out.
IMPLEMENTATION = [
    PLAN,
    f"{PLAN}dashboard/",
    f"{PLAN}indicators/",
    f"{PLAN}projects/",
    f"{PLAN}projects/?said=late",
    f"{PLAN}projects/table.csv",
    f"{PLAN}projects/known/",
    f"{PLAN}projects/PJ3/",
    f"{PLAN}implementation/",
    f"{PLAN}implementation/gantt/",
    f"{PLAN}implementation/wall/",
    f"{PLAN}implementation/commitments/",
    f"{PLAN}implementation/projects/PJ3/",
    f"{PLAN}implementation/indicators/",
    f"{PLAN}implementation/indicators/table.csv",
    f"{PLAN}implementation/indicators/indicator-0/",
    f"{PLAN}implementation/readings/template.csv",
    f"{PLAN}implementation/cases/",
    f"{PLAN}implementation/cases/1/",
    f"{PLAN}implementation/cases/table.csv",
    f"{PLAN}tasks/",
    f"{PLAN}tasks/1/",
    f"{PLAN}tasks/table/csv/",
    f"{PLAN}tasks/programmes/",
    f"{PLAN}tasks/programmes/2026/",
    f"{PLAN}tasks/programmes/2026/table/csv/",
    f"{PLAN}tasks/notes/",
    f"{PLAN}tasks/notes/1/",
    f"{PLAN}balance/",
    f"{PLAN}balance/{WUJIANG}/",
    f"{PLAN}balance/transfers/",
    f"{PLAN}balance/transfers/1/",
    f"{PLAN}balance/compensations/",
    f"{PLAN}balance/compensations/1/",
    f"{PLAN}balance/table.csv",
    f"{PLAN}health/",
    f"{PLAN}health/1/",
    f"{PLAN}meetings/",
    f"{PLAN}meetings/1/",
    f"{PLAN}meetings/1/minutes/",
    f"{PLAN}meetings/table.csv",
    f"{PLAN}text-changes/",
    f"{PLAN}text-changes/1/",
    *(
        f"/api/v1{PLAN}{path}"
        for path in (
            "dashboard/",
            "indicators/",
            "projects/",
            "statuses/",
            "readings/",
            "warnings/",
            "cases/",
            "cases/1/",
            "tasks/",
            "tasks/1/",
            "programmes/",
            "programmes/2026/",
            "supervision-notes/",
            "supervision-notes/1/",
            "balance/",
            "transfers/",
            "compensations/",
            "health/",
            "health/1/",
            "meetings/",
            "meetings/1/",
            "text-changes/",
            "text-changes/1/",
            "pending/",
        )
    ),
    "/api/v1/known-projects/",
]
API = [
    f"/api/v1{path}"
    for path in (
        *(f"/search/?q={words}&kind={kind}" for words, kind in FOUND),
        "/files/",
        "/invitations/",
        "/jobs/",
        "/jurisdictions/",
        "/jurisdictions/tree/?open=320500",
        "/mandates/",
        "/mandates/?all=1",
        "/organizations/",
        "/chains/",
        "/chain-runs/",
        "/matters/",
        "/matters/register/",
        "/notices/",
        "/plans/",
        "/regions/",
        "/regions/overlap/?least=1",
        "/regions/timeline/",
        "/successions/",
        "/workdays/",
        f"{PLAN}parties/",
        f"{PLAN}bodies/",
        f"{PLAN}grants/",
        f"{PLAN}family/",
        f"{PLAN}transmission/",
        f"{PLAN}demands/",
        f"{PLAN}revisions/",
        f"{PLAN}revisions/2/",
        f"{PLAN}attachments/",
        f"{PLAN}items/",
        f"{PLAN}items/provision-0/",
        f"{PLAN}audits/",
        f"{PLAN}amendments/",
        f"{PLAN}chapters/",
        f"{PLAN}provisions/",
        f"{PLAN}provisions/provision-0/notes/",
        f"{PLAN}provisions/provision-0/saves/",
        f"{PLAN}differences/1/2/",
        f"{PLAN}differences/1/draft/",
        f"{PLAN}claims/",
        f"{PLAN}terms/",
        f"{PLAN}standards/",
        f"{PLAN}indicators/",
        f"{PLAN}projects/",
        f"{PLAN}projects/PJ3/milestones/",
        f"{PLAN}invitations/",
        f"{PLAN}charters/",
        f"{PLAN}base/",
        f"{PLAN}rounds/",
        f"{PLAN}rounds/1/",
        f"{PLAN}rounds/1/drafts/",
        f"{PLAN}rounds/1/extensions/",
        f"{PLAN}checklist/",
        f"{PLAN}comments/",
        f"{PLAN}neighbours/",
        f"{PLAN}changes/",
        f"{PLAN}matters/",
        f"{PLAN}matters/M0/",
        f"{PLAN}matters/M0/agreements/",
        f"{PLAN}matters/M0/stands/",
        f"{PLAN}matters/M0/facts/",
        f"{PLAN}matters/M0/options/",
        f"{PLAN}matters/M0/commitments/",
        f"{PLAN}statuses/",
        f"{PLAN}readings/",
        f"{PLAN}warnings/",
        f"{PLAN}gate/",
        f"{PLAN}pending/",
        f"{PLAN}impact/",
    )
]


def cost(client: Client, path: str) -> int:
    """The queries of one GET; counted only, their texts are not put together for a log."""
    counted = 0

    def count(execute: Callable[..., object], *asked: object) -> object:
        nonlocal counted
        counted += 1
        return execute(*asked)

    with connection.execute_wrapper(count):
        answer = client.get(path, headers={"accept-language": "en"})
    assert answer.status_code == 200, path
    return counted


@pytest.fixture
def rows(world: World) -> Rows:
    ground = lay(world)
    plan, actor = ground.plan, world.coordinator(ground.plan)
    Plan.objects.filter(pk=plan.pk).update(phase=2)
    plan.refresh_from_db()
    proposed(world, plan)
    first = plan.revisions.get(number=1)
    Revision.objects.create(
        plan=plan,
        number=2,
        stage=first.stage,
        manifest=first.manifest,
        hash="sha256:two",
        published_at=first.published_at,
        published_mandate_id=actor.mandate_id,
    )
    return Rows(ground)


Reading = tuple[int, str, str]  # (phase of the plan, reader, address)


READINGS: list[Reading] = [
    *((2, "party", path) for path in (*PAGES, *API)),
    *((2, "office", path) for path in OFFICE),
    *((4, reader, path) for reader in ("party", "office") for path in IMPLEMENTATION),
]


class _Undo(Exception):
    """Leaves the block without keeping anything."""


def grown(rows: Rows, size: int, readings: list[Reading]) -> dict[Reading, tuple[int, int]]:
    """What costs another number of queries for `size` rows than for 10: (with 10, with `size`)."""
    readers = {"party": rows.mandate.user, "office": rows.office.user}
    clients = {name: Client() for name in readers}
    for name, user in readers.items():
        clients[name].force_login(user)
    rows.add(range(10))
    second = rows.plan.revisions.get(number=2)

    def costs(readings: Iterable[Reading]) -> dict[Reading, int]:
        found = {}
        for phase, group in groupby(readings, key=itemgetter(0)):
            text = second if phase == 4 else None
            Plan.objects.filter(pk=rows.plan.pk).update(phase=phase, in_force=text)
            for one in group:
                found[one] = cost(clients[one[1]], one[2])
        return found

    few, many = costs(readings), {}
    with suppress(_Undo), transaction.atomic():
        rows.add(range(10, size))
        many = costs(readings)
        raise _Undo
    # What is loaded once per process was loaded at the first asking.
    few |= costs([one for one in readings if few[one] != many[one]])
    return {one: (few[one], many[one]) for one in readings if few[one] != many[one]}


def test_every_list_costs_the_same_for_10_and_25_rows(rows: Rows) -> None:
    """Sample: what both read while the plan is carried out is read by one of them."""
    shared = [one for one in READINGS if one[0] == 4]
    by_turns = [
        one for one in shared if (one[1] == "party") == (IMPLEMENTATION.index(one[2]) % 2 == 0)
    ]
    assert grown(rows, 25, [one for one in READINGS if one[0] == 2] + by_turns) == {}


@pytest.mark.prove(minutes=2)
def test_every_list_costs_the_same_for_10_and_1000_rows(rows: Rows, say: Say) -> None:
    found = grown(rows, 1000, READINGS)
    say("query counts", {"lists": len(READINGS), "growing": len(found)})
    assert found == {}


def test_the_frame_of_a_page_costs_five_queries_at_the_most(
    world: World, django_assert_max_num_queries: object
) -> None:
    """Session, person, mandates and their role group: what every page asks."""
    client = Client()
    client.force_login(world.user(WUJIANG, Role.CONTACT_POINT))
    with django_assert_max_num_queries(5):
        assert client.get("/people/act-as/").status_code == 405  # no view of its own adds to it
    with django_assert_max_num_queries(5 + 1):
        assert client.get("/matters/none/").status_code == 404  # the frame and one look-up
