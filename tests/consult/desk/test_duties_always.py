"""Whatever was done on a round and a sign-off, in whatever order: the list is what the rows say.

Each example is a sequence of acts, most of which somebody refuses; after every one the duties are
held against a plain reading of the rows, one by one.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consult.ballots.models import Elector, Position
from consult.desk.queries import collect
from consult.phase2_preparation import actions
from consult.phase2_preparation.models import Reply, Round, RoundInvitee
from consult.phase3_identification.actions import (
    close_sign_off,
    end_without_result,
    recall_sign_off,
)
from consult.phase3_identification.models import Declaration, SignOff, SignOffBallot
from plans.register.models import Plan
from stakeholders.terms import clock
from stakeholders.terms.errors import Blocked, Conflict, Invalid, NotVisible, Refused
from tests.consult.phase2_preparation.stage import Scene, build
from tests.consult.phase3_identification.story import Story, tell, use_charter
from tests.turns import few
from tests.world import JIASHAN, KUNSHAN, QINGPU, WUJIANG, World

pytestmark = pytest.mark.django_db
REFUSALS = (Blocked, Conflict, Invalid, NotVisible, Refused)
Owed = set[tuple[str, str | None, datetime | None]]
Acts = dict[str, Callable[[], object]]
CODES = st.sampled_from([QINGPU, WUJIANG, JIASHAN, KUNSHAN])
SOME = settings(
    max_examples=few(4), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def steps(*names: str) -> st.SearchStrategy[list[tuple[str, str, int]]]:
    """Acts, each with a jurisdiction and a number of days."""
    one = st.tuples(st.sampled_from(names), CODES, st.integers(1, 6))
    return st.lists(one, min_size=3, max_size=7)


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def collected(plan: Plan, kinds: set[str]) -> Owed:
    fresh = Plan.objects.select_related("frozen", "in_force").get(pk=plan.pk)
    found = collect(plans=[fresh], now=clock.now())
    return {(d.kind, d.holder_code, d.due_at) for d in found if d.kind in kinds}


def play(acts: dict[str, Callable[[], object]], name: str) -> None:
    act = acts.get(name)
    if act is None:
        return
    try:
        with transaction.atomic():
            act()
    except REFUSALS:
        return


def has_left(plan: Plan, code: str) -> bool:
    return any(p.left_at is not None for p in plan.parties.all() if p.jurisdiction_id == code)


def leave_or_return(plan: Plan, code: str) -> None:
    party = plan.parties.get(jurisdiction=code)
    party.left_at = None if party.left_at else clock.now()
    party.save(update_fields=["left_at"])


def answers_by_rows(plan: Plan) -> Owed:
    """Every row of everybody asked, read one by one."""
    now, found = clock.now(), set()
    for row in RoundInvitee.objects.filter(round__plan=plan):
        one, code = row.round, row.jurisdiction_id
        longer = [until for until in (row.extended_until, row.late_until) if until is not None]
        is_over = one.closed_at is not None or one.closes_at <= now
        if one.recalled_at or one.opens_at > now or has_left(plan, code):
            continue
        if is_over and not any(until > now for until in longer):
            continue
        if not any(r.jurisdiction_id == code for r in Reply.objects.filter(round=one)):
            found.add(("round.answer", code, max([one.closes_at, *longer])))
    return found


def acts_on_rounds(scene: Scene, code: str, days: int) -> Acts:
    one = Round.objects.filter(plan=scene.plan).order_by("-number").first()
    day = timezone.localtime(clock.now()).date() + timedelta(days=days)
    asked = {"actor": scene.office, "plan": scene.plan, "one": one}
    until = {"closes_on": day, "reason": "说明"}
    first = {
        "open": lambda: scene.open(closes_on=day),
        "announce": lambda: scene.open(opens_on=day, closes_on=day + timedelta(days=days)),
        "leave": lambda: leave_or_return(scene.plan, code),
    }
    if one is None:
        return first
    return {
        **first,
        "extend": lambda: actions.extend_round(**asked, **until),
        "extend one": lambda: actions.extend_round(**asked, **until, code=code),
        "late": lambda: actions.admit_late(**asked, **until, code=code),
        "reply": lambda: scene.reply(one, code),
        "recall": lambda: actions.recall_round(**asked, reason="说明"),
    }


@given(
    steps("open", "announce", "extend", "extend one", "late", "reply", "recall", "leave", "wait")
)
@SOME
def check_rounds(scene: Scene, played: list[tuple[str, str, int]]) -> None:
    with undone():
        at = clock.now()
        for name, code, days in [("open", QINGPU, 3), *played]:
            at += timedelta(days=days if name == "wait" else 0)
            with clock.stated(at):
                play(acts_on_rounds(scene, code, days), name)
                assert collected(scene.plan, {"round.answer"}) == answers_by_rows(scene.plan)


def test_who_owes_an_answer_is_what_the_rows_of_the_rounds_say(world: World) -> None:
    check_rounds(build(world))


def is_asked_again(sign_off: SignOff, code: str) -> bool:
    """Whether the newest ballot on some item holds no word of a party that has spoken."""
    rows = SignOffBallot.objects.filter(sign_off=sign_off).order_by("pk")
    newest = {row.item_id: row.ballot_id for row in rows}
    said = Position.objects.filter(ballot__in=newest.values(), jurisdiction=code)
    return len({position.ballot_id for position in said}) < len(newest)


def positions_by_rows(plan: Plan) -> Owed:
    plan = Plan.objects.get(pk=plan.pk)
    now = clock.now()
    sign_offs = list(SignOff.objects.filter(plan=plan).order_by("pk"))
    running = [one for one in sign_offs if not hasattr(one, "end")]
    if not running:
        ended = sign_offs and sign_offs[-1].end.outcome != "passed"
        return {("sign_off.open", None, None)} if ended else set()
    (one,) = running
    is_past = one.closes_at is not None and now >= one.closes_at
    rows = Elector.objects.filter(ballot__sign_off_ballot__sign_off=one, end__isnull=True)
    found: Owed = set()
    silent = False
    for code in {str(row.jurisdiction_id) for row in rows}:
        spoken = Declaration.objects.filter(sign_off=one, jurisdiction=code).exists()
        silent |= not spoken
        if is_past or has_left(plan, code) or (spoken and not is_asked_again(one, code)):
            continue
        found.add(("position.renew" if spoken else "position.take", code, one.closes_at))
    if is_past or not silent:
        found.add(("sign_off.close", None, one.closes_at))
    return found


KINDS = {"position.take", "position.renew", "sign_off.close", "sign_off.open"}


def acts_on_sign_offs(story: Story, code: str, days: int) -> Acts:
    story.plan.refresh_from_db()
    ends = {"actor": story.coordinator, "plan": story.plan}
    now = clock.now()
    code = JIASHAN if code == KUNSHAN else code  # no party of this plan
    return {
        "open": lambda: story.open(closes_at=now + timedelta(days=days)),
        "say": lambda: story.say(code),
        "rewrite": lambda: story.rewrite(f"article-{days % 2 + 1}", f"{now}。"),
        "recall": lambda: recall_sign_off(**ends, reason="说明"),
        "withdraw": lambda: end_without_result(**ends, reason="说明"),
        "close": lambda: close_sign_off(**ends),
        "leave": lambda: leave_or_return(story.plan, code),
    }


@given(steps("open", "say", "say", "rewrite", "recall", "withdraw", "close", "leave", "wait"))
@SOME
def check_sign_offs(story: Story, played: list[tuple[str, str, int]]) -> None:
    with undone():
        at = clock.now()
        for name, code, days in [("open", QINGPU, 6), *played]:
            at += timedelta(days=days if name == "wait" else 0, seconds=1)
            with clock.stated(at):
                play(acts_on_sign_offs(story, code, days), name)
                assert collected(story.plan, KINDS) == positions_by_rows(story.plan)


def test_who_owes_a_position_is_what_the_rows_of_the_sign_off_say(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_charter(monkeypatch)
    check_sign_offs(tell(world, items=2, parties=(WUJIANG, JIASHAN)))
