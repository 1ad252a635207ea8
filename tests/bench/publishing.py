"""Publishing a second revision in which one provision in ten changed, at 200 and 2,000 provisions.

`pending` is what the page before publishing computes, `publish_revision` what the act writes. Against
comparing every wording with the published one, as was done before their hashes were looked at first.
How they grow from 200 to 2,000 is the ratio of the sizes; peak memory is Python's own allocation.
"""

import json
import sys
import tracemalloc
from collections.abc import Callable
from time import perf_counter

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from consult.workflow.queries import pending
from consult.workflow.queries.publishing import _change, _standing
from plans.register.models import Item, ItemDraft, Plan
from plans.register.queries import entries_of
from plans.register.steps import publish_revision
from plans.text.changes import Standing
from plans.text.models import Chapter, Provision
from plans.text.queries import confirmed_claims, outline
from plans.text.wording import Wording
from stakeholders.terms import clock
from stakeholders.terms.actor import SYSTEM
from tests.bench.harness import Processors, Result, compare

SIZES = (200, 2_000)
CHANGED = 10  # one in so many
TEXT = "沿太浦河两岸各二百米划定清水绿廊，新建项目不得突破蓝绿空间底线。" * 12


def seed(size: int) -> Plan:
    """A plan with `size` provisions, published once, then one in ten edited."""
    now = clock.now()
    plan = Plan.objects.create(
        key=f"bench-{size}",
        title_zh="规划",
        short_zh="规划",
        kind="overall",
        horizon_from=2026,
        horizon_until=2035,
        created_at=now,
    )
    chapter = Chapter.objects.create(plan=plan, key="one", position=1, title_zh="章")
    items = Item.objects.bulk_create(
        [Item(plan=plan, key=f"p-{n}", kind="provision", created_at=now) for n in range(size)]
    )
    drafts = ItemDraft.objects.bulk_create(
        [
            ItemDraft(
                item=item,
                content=Wording(title_zh=f"第{n}条", text_zh=f"{n}{TEXT}").content(),
                strength="guiding",
                concerned=["310118", "320509", "330421"],
                edited_at=now,
            )
            for n, item in enumerate(items)
        ]
    )
    Provision.objects.bulk_create(
        [Provision(item=item, chapter=chapter, position=n) for n, item in enumerate(items, 1)]
    )
    _publish(plan)
    for draft in drafts[::CHANGED]:
        draft.content["text"]["zh"] += "补充。"
    ItemDraft.objects.bulk_update(drafts[::CHANGED], ["content"])
    return plan


def _publish(plan: Plan) -> None:
    found = pending(plan)
    publish_revision(
        plan=plan,
        actor=SYSTEM,
        stage="consultation",
        headings=found.headings,
        places=found.places,
        changes=found.kinds,
        charter_version="",
        sealed=found.sealed,
    )


def _comparing_all(plan: Plan) -> dict[str, int]:
    """As it was: every published wording is parsed and compared."""
    _headings, places = outline(plan)
    entries = entries_of(plan.revisions.order_by("-number")[0])
    old = {
        one.item.key: Standing(
            wording=json.loads(one.version.content), number=one.number, heading=one.heading
        )
        for one in entries
    }
    confirmed = confirmed_claims(plan)
    found = [_change(plan, old.get(p.item.key), _standing(p, confirmed)) for p in places]
    return _counted([one.kind.value for one in found])


def _counted(kinds: list[str]) -> dict[str, int]:
    return {kind: kinds.count(kind) for kind in sorted(set(kinds)) if kind != "unchanged"}


def _undone(plan: Plan) -> None:
    """The whole act, taken back: the next round finds the same state."""
    with transaction.atomic():
        _publish(plan)
        transaction.set_rollback(True)


def run() -> list[Result]:
    results = []
    for size in SIZES:
        plan = seed(size)
        results.append(
            compare(
                case="publishing: pending",
                size=size,
                ways={
                    "by hash": lambda plan=plan: dict(pending(plan).counts),
                    "comparing all": lambda plan=plan: _comparing_all(plan),
                },
                rounds=5,
            )
        )
        _say(size, lambda plan=plan: _undone(plan))
    return results


def _say(size: int, act: Callable[[], None]) -> None:
    """Seconds, queries and peak memory of one whole publishing."""
    processors = Processors()
    start, worked = perf_counter(), processors.now()
    with CaptureQueriesContext(connection) as captured:
        act()
    seconds, worked = perf_counter() - start, processors.now() - worked
    tracemalloc.start()
    act()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    line = {
        "case": "publishing: the whole act",
        "size": size,
        "changed": size // CHANGED,
        "seconds": round(seconds, 3),
        "seconds_of_python": round(worked, 3),
        "queries": len(captured),
        "peak_mib": round(peak / 2**20, 1),
    }
    sys.stdout.write(json.dumps(line) + "\n")
