"""Who holds one lock and waits for another: the cases where two would have waited for each other."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.db import connection, connections, transaction

from consult.phase2_preparation.actions import add_block, clear_comments
from consult.phase2_preparation.models import CommentDraft, TextBlock
from consult.phase2_preparation.steps.blocks import BlockText
from plans.register.steps import lock_plan
from stakeholders.record import steps as record
from stakeholders.terms.actor import SYSTEM
from tests.attacks.racing import own, sound
from tests.consult.phase2_preparation.stage import build
from tests.world import WUJIANG, World

__all__ = ["own"]
WAITING = (
    "SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid)"
    " WHERE datname = current_database() AND NOT granted"
)


def apart(act: Callable[[], object]) -> None:
    """Do it on this thread's own connection; a lock not got within a minute is an error."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '60s'")
        act()
    finally:
        connections.close_all()


def waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(WAITING)
        (number,) = cursor.fetchone()
    return bool(number)


def test_an_act_without_the_plans_lock_ends_while_another_holds_it(own: World) -> None:
    """The block names the plan by a foreign key, checked at its commit with the record's head in
    hand; who holds the plan's row and wants that head next must not keep it from that."""
    scene = build(own)
    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        lock_plan(scene.plan)
        text = BlockText(title="常用答复", text_zh="已采纳。")
        other = pool.submit(
            apart, lambda: add_block(actor=scene.office, plan=scene.plan, text=text)
        )
        other.result()
        chain = record.plan_chain(scene.plan.key)
        record.append(chain=chain, actor=SYSTEM, act="x", subject="x:1", effects={})
    assert TextBlock.objects.count() == 1
    assert sound()


def test_who_clears_many_waits_before_it_holds_the_record(own: World) -> None:
    """Both comments are locked before the first entry: whoever holds one of them gets the other
    and the record meanwhile."""
    scene = build(own)
    one = scene.open()
    first, second = [scene.draft(one, WUJIANG, item=item) for item in ("aim", "water")]
    contact, rows = scene.actor(WUJIANG), CommentDraft.objects.select_for_update(no_key=True)
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            rows.get(pk=first.pk)
            other = pool.submit(
                apart,
                lambda: clear_comments(actor=contact, plan=scene.plan, drafts=[second, first]),
            )
            while not (waits() or other.done()):
                pass
            nowait = CommentDraft.objects.select_for_update(no_key=True, nowait=True)
            assert nowait.get(pk=second.pk).state == "shared"
        other.result()
    assert set(CommentDraft.objects.values_list("state", flat=True)) == {"cleared"}
    assert sound()
