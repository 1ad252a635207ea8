"""Heads of the record: told once to every party, at the acts that matter or after a week; the page."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import pytest_django
from django.db import connection, connections, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from consult.desk import actions as desk
from consult.desk.sources import WITNESSED
from plans.register.actions import tell_heads
from plans.register.enums import PartyRole
from plans.register.models import Plan
from plans.register.queries import find_heads
from plans.register.steps import add_party
from stakeholders.notices.models import Notice, OutboxMessage
from stakeholders.record.models import HeadTold, RecordEntry
from stakeholders.record.queries import check_chains, hashes_of, head_of, root_of
from stakeholders.record.steps import append, inside_chain, plan_chain
from stakeholders.record.tree import growth, has_grown
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import SYSTEM, Role
from stakeholders.terms.errors import Refused
from tests.databases import clone_database, drop_database
from tests.world import (
    JIASHAN,
    KUNSHAN,
    QINGPU,
    SHANGHAI,
    WUJIANG,
    World,
    build_world,
    in_days,
)

IMPORTANT = "sign_off.open"


def enter(plan: Plan, act: str = "item.edit", *, chain: str = "") -> RecordEntry:
    with transaction.atomic():
        return append(
            chain=chain or plan_chain(plan.key), actor=SYSTEM, act=act, subject="x:1", effects={}
        )


def sweep(days: float = 0) -> int:
    return tell_heads(actor=SYSTEM, now=in_days(days), acts=WITNESSED)


def told(plan: Plan) -> list[int]:
    rows = HeadTold.objects.filter(chain=plan_chain(plan.key))
    return list(rows.values_list("seq", flat=True))


@pytest.fixture
def plan(world: World) -> Plan:
    return world.plan()


def test_an_important_act_is_told_at_once_and_once(plan: Plan) -> None:
    assert sweep() == 0
    entry = enter(plan, IMPORTANT)
    assert (sweep(), sweep(), told(plan)) == (1, 0, [entry.seq])
    (row,) = HeadTold.objects.all()
    chain = plan_chain(plan.key)
    assert (row.seq, row.hash) == head_of(chain=chain)
    assert row.root == root_of(chain=chain, size=row.seq)


def test_a_day_of_many_important_acts_brings_one_mail_and_one_after_it(plan: Plan) -> None:
    enter(plan, IMPORTANT)
    assert sweep() == 1
    first, last = HeadTold.objects.get().seq, [enter(plan, IMPORTANT) for _party in range(3)][-1]
    assert [sweep(), sweep(1), sweep(1)] == [0, 1, 0]
    assert told(plan) == [first, last.seq]


def test_an_ordinary_entry_waits_for_a_week_at_most(plan: Plan) -> None:
    enter(plan, IMPORTANT)
    sweep()
    first = HeadTold.objects.get().seq
    enter(plan)
    assert (sweep(), sweep(6.9), told(plan)) == (0, 0, [first])
    with clock.stated(in_days(6)):
        enter(plan)
    assert (sweep(7.1), told(plan)) == (1, [first, first + 2])
    assert sweep(400) == 0


def test_telling_leaves_no_entry_and_the_head_where_it_is(plan: Plan) -> None:
    enter(plan, IMPORTANT)
    before = head_of(chain=plan_chain(plan.key))
    count = RecordEntry.objects.count()
    sweep()
    assert (head_of(chain=plan_chain(plan.key)), RecordEntry.objects.count()) == (before, count)
    assert [check.fault for check in check_chains()] == [""] * len(check_chains())


def test_an_old_site_tells_each_plan_once(world: World, plan: Plan) -> None:
    for _number in range(20):
        enter(plan, IMPORTANT)
    with clock.stated(in_days(-30)):
        old = world.plan("OLD")
    assert (sweep(), len(told(plan)), len(told(old))) == (2, 1, 1)
    mails = OutboxMessage.objects.filter(dedupe_key__startswith="record.head:plan:QWJ:")
    assert mails.count() == len(set(mails.values_list("recipient", flat=True))) == 6
    assert sweep() == 0


def test_inside_chains_are_not_told(plan: Plan) -> None:
    inside = inside_chain(code=WUJIANG, key=plan.key)
    for chain in (inside, inside_chain(code=WUJIANG), "site"):
        enter(plan, IMPORTANT, chain=chain)
    assert (sweep(), sweep(8), HeadTold.objects.exclude(chain="plan:QWJ").count()) == (0, 1, 0)


def test_contact_points_and_signatories_of_every_party_are_told(world: World, plan: Plan) -> None:
    add_party(plan=plan, code=KUNSHAN, role=PartyRole.NEIGHBOUR, must_sign=False)
    add_party(plan=plan, code=SHANGHAI, role=PartyRole.OBSERVER, must_sign=False)
    for code in (KUNSHAN, SHANGHAI):
        for role in (Role.CONTACT_POINT, Role.SIGNATORY, Role.PLANNER):
            world.mandate(code, role)
    plan.parties.filter(jurisdiction=JIASHAN).update(left_at=clock.now())
    enter(plan, IMPORTANT)
    sweep()
    people = set(Notice.objects.filter(kind="record.head").values_list("user__email", flat=True))
    # Who is consulted or looks on has no signatory that sees the plan.
    assert people == {
        f"contact_point@{QINGPU}.example",
        f"signatory@{QINGPU}.example",
        f"contact_point@{WUJIANG}.example",
        f"signatory@{WUJIANG}.example",
        f"contact_point@{KUNSHAN}.example",
        f"contact_point@{SHANGHAI}.example",
    }
    mails = set(OutboxMessage.objects.values_list("recipient", flat=True))
    assert people <= mails


def test_the_mail_says_in_both_languages_what_to_keep(world: World, plan: Plan) -> None:
    enter(plan, IMPORTANT)
    sweep()
    row = HeadTold.objects.get()
    mail = OutboxMessage.objects.filter(dedupe_key__startswith="record.head")[0]
    notice = Notice.objects.filter(kind="record.head")[0]
    assert (mail.subject, notice.title_zh) == (notice.title_zh, notice.title_zh)
    assert notice.title_zh == f"请留存：过程记录末端哈希，共{row.seq}条 · 青吴嘉规划"
    assert notice.title_en == f"Head of the record, please keep: {row.seq} entries · QWJ plan"
    zh, en = mail.body.split(notice.title_en)
    for part in (zh, en):
        assert part.count(row.hash) == 1
        assert part.count(f"--root {row.root}") == 1
    assert ("请妥善保存本邮件" in zh, "Please keep this mail" in en) == (True, True)
    assert mail.body.endswith(f"/plans/{plan.key}/record/heads/\n")


def test_mails_of_the_demonstration_are_held(world: World, plan: Plan) -> None:
    Plan.objects.filter(pk=plan.pk).update(is_demonstration=True)
    enter(plan, IMPORTANT)
    sweep()
    mails = OutboxMessage.objects.filter(dedupe_key__startswith="record.head")
    assert (mails.count(), mails.filter(held_at__isnull=True).count()) == (6, 0)
    assert Notice.objects.filter(kind="record.head").count() == 6


def test_only_the_system_tells(world: World, plan: Plan) -> None:
    for actor in (world.coordinator(plan), world.admin):
        with pytest.raises(Refused):
            tell_heads(actor=actor, now=clock.now(), acts=WITNESSED)


def test_nothing_to_do_costs_one_query_for_any_number_of_plans(world: World, plan: Plan) -> None:
    rows = [
        Plan(**{f.attname: getattr(plan, f.attname) for f in Plan._meta.fields if f.name != "id"})
        for _number in range(40)
    ]
    for number, row in enumerate(rows):
        row.key = f"P{number}"
    Plan.objects.bulk_create(rows)
    for row in rows:
        enter(row)
    sweep(8)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert sweep(8) == 0
    assert len(queries) == 1


def test_the_sweep_of_the_desk_tells(plan: Plan) -> None:
    enter(plan, IMPORTANT)
    assert desk.sweep(actor=SYSTEM)["heads"] == 1
    assert desk.sweep(actor=SYSTEM)["heads"] == 0


def test_the_growth_of_two_tellings_is_one_record(plan: Plan) -> None:
    enter(plan, IMPORTANT)
    sweep()
    for _number in range(5):
        enter(plan, IMPORTANT)
    sweep(1)
    first, second = HeadTold.objects.all()
    nodes = growth(hashes_of(chain=first.chain, size=second.seq), former=first.seq)
    assert has_grown((first.seq, first.root), second.seq, second.root, nodes)


@pytest.fixture
def reader(world: World, plan: Plan) -> Client:
    client = Client()
    client.force_login(world.user(WUJIANG, Role.CONTACT_POINT))
    return client


def test_the_page_says_what_a_hash_from_a_mail_is(plan: Plan, reader: Client) -> None:
    entry = enter(plan, IMPORTANT)
    sweep()
    enter(plan)
    row, page = HeadTold.objects.get(), f"/plans/{plan.key}/record/heads/"
    assert [(one.number, one.is_root, one.told) for one in find_heads(plan, text=row.hash)] == [
        (entry.seq, False, row)
    ]
    assert [(one.number, one.is_root, one.told) for one in find_heads(plan, text=row.root)] == [
        (entry.seq, True, row)
    ]
    digits = row.hash.removeprefix("sha256:").upper()
    assert [one.number for one in find_heads(plan, text=f"head: {digits}.")] == [entry.seq]
    assert [one.number for one in find_heads(plan, text=canonical.digest("x"))] == [0]
    text = reader.get(page, {"head": row.hash}).content.decode()
    assert (f"这是第 {entry.seq} 条记录的哈希" in text, "不在本记录中" in text) == (True, False)
    text = reader.get(page, {"head": canonical.digest("x")}).content.decode()
    assert "不在本记录中" in text
    for bad in ("abc", "", "x" * 401):
        answer = reader.get(page, {"head": bad})
        assert (answer.status_code, "error" in answer.content.decode()) == (200, True)


def test_the_page_before_the_first_telling_and_for_strangers(
    world: World, plan: Plan, reader: Client
) -> None:
    page, api = f"/plans/{plan.key}/record/heads/", f"/api/v1/plans/{plan.key}/record/"
    assert "尚未告知过末端哈希" in reader.get(page).content.decode()
    stranger = Client()
    stranger.force_login(world.user(KUNSHAN, Role.CONTACT_POINT))
    paths = (page, f"{api}heads/", f"{api}head/")
    assert [stranger.get(path).status_code for path in paths] == [404, 404, 404]


def test_the_operations_list_and_compare(plan: Plan, reader: Client) -> None:
    entry = enter(plan, IMPORTANT)
    sweep()
    row, api = HeadTold.objects.get(), f"/api/v1/plans/{plan.key}/record/"
    (listed,) = reader.get(f"{api}heads/").json()["results"]
    assert (listed["seq"], listed["hash"], listed["root"]) == (row.seq, row.hash, row.root)
    found = reader.get(f"{api}head/", {"head": f"{row.hash} {row.root}"}).json()
    assert (found["seq"], found["hash"]) == (entry.seq, entry.hash)
    assert [(one["number"], one["is_root"]) for one in found["compared"]] == [
        (entry.seq, False),
        (entry.seq, True),
    ]


def test_the_page_costs_the_same_for_2_and_20_heads(plan: Plan, reader: Client) -> None:
    counts = []
    for number in (2, 20):
        while len(told(plan)) < number:
            enter(plan, IMPORTANT)
            sweep(1)
        with CaptureQueriesContext(connection) as queries:
            reader.get(f"/plans/{plan.key}/record/heads/", {"head": canonical.digest("x")})
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.fixture
def apart(
    django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker
) -> Iterator[Plan]:
    """A plan in a database of its own, so that what threads commit is dropped with it."""
    name = f"jointplan_heads_{os.getpid()}"
    with django_db_blocker.unblock():
        before = connection.settings_dict["NAME"]
        connection.close()
        clone_database(name)
        connection.settings_dict["NAME"] = name
        try:
            yield build_world().plan()
        finally:
            connections.close_all()
            connection.settings_dict["NAME"] = before
            drop_database(name)


def test_processes_at_once_tell_one_head(apart: Plan) -> None:
    enter(apart, IMPORTANT)
    together = Barrier(3)

    def run(_number: int) -> int:
        together.wait()
        try:
            return sweep()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=3) as pool:
        counts = list(pool.map(run, range(3)))
    assert (sorted(counts), len(told(apart))) == ([0, 0, 1], 1)
    assert Notice.objects.filter(kind="record.head").count() == 6
