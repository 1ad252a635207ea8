"""Reminding by hand: once a duty and working day, only of what may be known, by form and program."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation

from consult.desk.actions import Nudged, nudge
from consult.desk.queries.late import Asked, late_table
from plans.register.models import Plan
from stakeholders.notices.models import Notice, OutboxMessage
from stakeholders.people.models import Mandate
from stakeholders.record.models import RecordEntry
from stakeholders.terms import clock
from stakeholders.terms.actor import Role
from stakeholders.terms.duty import NOBODY
from stakeholders.terms.errors import Conflict, Invalid, Refused
from tests.consult.desk.test_late import ROUND, office
from tests.world import JIASHAN, QINGPU, WUJIANG, World, in_days

PLANNER = frozenset({"planner"})
FRIDAY = datetime(2026, 12, 11, 4, 0, tzinfo=UTC)
KEY = f"{ROUND}:0:{WUJIANG}"


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def remind(world: World, plan: Plan, **what: str) -> Nudged:
    return nudge(actor=world.coordinator(plan), plan=plan, **what)


def entries() -> list[RecordEntry]:
    return list(RecordEntry.objects.filter(act="duty.nudge"))


def test_holder_is_told_with_the_sentence_and_the_record_holds_no_text(
    world: World, plan: Plan, owed
) -> None:
    owed(ROUND, holder_code=WUJIANG, due_at=in_days(-2), roles=PLANNER)
    done = remind(world, plan, duty=KEY, sentence="  Please  today.\n")
    notice = Notice.objects.get(kind="duty.nudge")
    mail = OutboxMessage.objects.get(user=notice.user)
    (entry,) = entries()
    assert done == Nudged(duties=1, people=1)
    assert notice.user == world.user(WUJIANG, Role.PLANNER)
    assert notice.title_en.startswith("The joint office asks you, overdue since ")
    assert notice.text_en == "The joint office writes: Please today."
    assert "Please today." in mail.body
    assert ("Please" in entry.payload, KEY in entry.payload) == (False, True)


def test_once_a_working_day(world: World, plan: Plan, owed) -> None:
    owed(ROUND, holder_code=WUJIANG, due_at=FRIDAY - timedelta(days=9), roles=PLANNER)
    told = []
    for hours in (0, 1, 24, 48, 72, 73, 96):  # Friday, the weekend, Monday, Tuesday
        with clock.stated(FRIDAY + timedelta(hours=hours)):
            try:
                told.append(remind(world, plan, duty=KEY).people)
            except Conflict as error:
                told.append(str(error.text)[:16])
    again = "Already reminded"
    assert told == [1, again, 1, again, again, again, 1]
    assert (len(entries()), Notice.objects.filter(kind="duty.nudge").count()) == (3, 3)


def test_all_a_party_is_overdue_with_goes_in_one_mail(world: World, plan: Plan, owed) -> None:
    for days in (-3, -2, 5):
        owed(ROUND, holder_code=WUJIANG, due_at=in_days(days), roles=PLANNER)
    owed(ROUND, holder_code=JIASHAN, due_at=in_days(-2), roles=PLANNER)
    remind(world, plan, duty=KEY)
    assert remind(world, plan, unit=WUJIANG) == Nudged(duties=1, people=1)
    owed(ROUND, holder_code=WUJIANG, due_at=in_days(-1), roles=PLANNER)
    owed(ROUND, holder_code=WUJIANG, due_at=in_days(-1), roles=PLANNER)
    before = OutboxMessage.objects.count()
    assert remind(world, plan, unit=WUJIANG) == Nudged(duties=2, people=1)
    assert OutboxMessage.objects.count() == before + 1
    with pytest.raises(Conflict):
        remind(world, plan, unit=WUJIANG)


def test_never_of_what_may_not_be_known_nor_of_oneself(world: World, plan: Plan, owed) -> None:
    owed(ROUND, holder_code=WUJIANG, due_at=in_days(-2), secret_of=NOBODY)
    owed(ROUND, roles=frozenset({"coordinator"}), due_at=in_days(-2))
    texts = []
    for what in (
        {"duty": KEY},
        {"duty": f"{ROUND}:99:{WUJIANG}"},
        {"unit": WUJIANG},
        {"unit": "office"},
        {"duty": f"{ROUND}:1:None"},
        {},
    ):
        with pytest.raises(Conflict) as refused:
            remind(world, plan, **what)
        texts.append(str(refused.value.text))
    assert len(set(texts)) == 1
    assert (entries(), Notice.objects.filter(kind="duty.nudge").count()) == ([], 0)


def test_nobody_to_remind_leaves_no_record(world: World, plan: Plan, owed) -> None:
    owed(ROUND, holder_code=WUJIANG, due_at=in_days(-2), roles=PLANNER)
    Mandate.objects.filter(jurisdiction=WUJIANG).update(valid_until=in_days(-1))
    with pytest.raises(Conflict, match="Nobody holds a mandate"):
        remind(world, plan, duty=KEY)
    assert entries() == []


def test_others_may_not_and_a_long_sentence_is_refused(world: World, plan: Plan, owed) -> None:
    owed(ROUND, holder_code=WUJIANG, due_at=in_days(-2), roles=PLANNER)
    with pytest.raises(Refused):
        nudge(actor=world.actor(QINGPU, Role.CONTACT_POINT), plan=plan, duty=KEY)
    with pytest.raises(Invalid) as refused:
        remind(world, plan, duty=KEY, sentence="x" * 301)
    assert list(refused.value.errors) == ["sentence"]


def test_form_keeps_the_filter_and_what_was_typed(world: World, plan: Plan, owed) -> None:
    owed(ROUND, holder_code=WUJIANG, due_at=in_days(-2), roles=PLANNER)
    client, path = office(world, plan), f"/plans/{plan.key}/late/remind/?overdue=on"
    done = client.post(path, {"unit": WUJIANG, "sentence": "Soon, please"})
    assert (done.status_code, done["Location"]) == (302, f"/plans/{plan.key}/late/?overdue=on")
    again = client.post(path, {"unit": WUJIANG, "sentence": "Soon, please"})
    text = again.content.decode()
    assert (again.status_code, "Already reminded of this" in text) == (409, True)
    assert ("Soon, please</textarea>" in text, "Reminded today" in text) == (True, True)
    long = client.post(path, {"unit": WUJIANG, "sentence": "x" * 301})
    assert (long.status_code, "x" * 301 in long.content.decode()) == (422, True)
    assert client.get(path).status_code == 405


def test_what_only_its_enterer_and_its_holder_know_of_is_not_put_on_record(
    world: World, plan: Plan, owed
) -> None:
    actor = world.coordinator(plan)
    owed(ROUND, holder_code=WUJIANG, due_at=in_days(-2), secret_of=actor.person, roles=PLANNER)
    table = late_table(plan=plan, actor=actor, now=clock.now(), asked=Asked())
    shown = [(one.can_nudge, row.to_nudge) for row in table.rows for one in row.lines]
    assert shown == [(False, 0)]
    assert "Remind now" not in office(world, plan).get(f"/plans/{plan.key}/late/").content.decode()
    for what in ({"duty": KEY}, {"unit": WUJIANG}):
        with pytest.raises(Conflict):
            remind(world, plan, **what)
    assert entries() == []
