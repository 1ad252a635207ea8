"""One year of implementation on a stated clock: by real actions, and the sweep every morning.

What a person leaves undone climbs by the hour alone. At the end of the year everybody owes exactly
what is left, the record verifies, the dashboard says what was counted by hand, nobody was told
the same twice.
"""

from collections import Counter
from datetime import date, datetime, time, timedelta

import pytest
import time_machine
from django.core import mail
from django.utils.timezone import localtime

from consult.dashboard.counts import Carried
from consult.dashboard.queries import glance_of
from consult.desk.actions import sweep
from consult.desk.queries import collect
from consult.matters.models import Matter
from consult.meetings.models import MinutesLock
from consult.phase4_implementation.enums import IndicatorState, Progress
from consult.phase4_implementation.models import CaseMove, ThresholdWarning
from stakeholders.notices.actions import send_waiting
from stakeholders.notices.models import Notice, OutboxMessage
from stakeholders.record.models import RecordEntry
from stakeholders.record.queries import check_chains
from stakeholders.terms import clock
from stakeholders.terms.actor import SYSTEM
from tests.journeys import year as y
from tests.journeys.year import ZONE, Step, Year, at
from tests.world import JIASHAN, QINGPU, WUJIANG, World

Row = tuple[str, ...]


def readings(month: str, period: str, *values: str, item: str = "antimony") -> dict[datetime, Step]:
    """What the three report on the tenth of a month, one after the other."""
    return {
        at(f"{month}-10", 14, minute): y.read(code, value, period, item)
        for minute, (code, value) in enumerate(zip(y.PARTIES, values, strict=False))
    }


MEETING, SECOND = at("03-15", 14), at("10-20", 14)
DIARY: dict[datetime, Step] = {
    at("01-05", 10): y.lay,
    at("01-11", 10): y.break_down,
    at("01-15", 10): y.programme,
    **readings("02", "2027-01", "3.1", "3.4", "3.0"),
    at("03-01", 10): y.call(1, MEETING, "第一次联席会议"),
    at("03-02", 10): y.come(1, QINGPU),
    at("03-03", 10): y.come(1, WUJIANG),
    at("03-04", 10): y.come(1, JIASHAN),
    **readings("03", "2027-02", "3.1", "3.4", "3.0"),
    at("03-15", 17): y.meet(1),
    at("03-15", 18): y.decide(1, WUJIANG, date(2027, 4, 30)),
    at("03-16", 10): y.put_minutes(1, "会议纪要"),
    at("03-17", 10): y.comment(1, WUJIANG),
    at("03-17", 15): y.put_minutes(1, "会议纪要，自4月起。"),
    at("03-18", 10): y.confirm(1, WUJIANG),
    at("03-18", 11): y.confirm(1, QINGPU),
    at("03-19", 10): y.confirm(1, JIASHAN),
    at("04-09", 10): y.take_table(WUJIANG, "3.6", "2027-03"),
    at("04-09", 11): y.read(QINGPU, "3.1", "2027-03"),
    at("04-09", 12): y.read(JIASHAN, "3.0", "2027-03"),
    **readings("04", "2027-Q1", "268.0", "381.0", "150.1", item="land"),
    at("04-20", 10): y.done(5, WUJIANG),
    at("04-22", 10): y.strike_off(5),
    **readings("05", "2027-04", "3.2", "4.3", "3.1"),
    at("05-12", 10): y.answer(1, WUJIANG, date(2027, 6, 4)),
    at("05-14", 10): y.accept_measure(1, JIASHAN),
    **readings("06", "2027-05", "3.1", "3.8", "3.0"),
    at("06-11", 10): y.close(1),
    at("06-21", 10): y.done(1, WUJIANG),
    at("06-24", 10): y.strike_off(1, JIASHAN),
    at("06-28", 10): y.says(WUJIANG, "done", milestone=1),
    at("06-28", 11): y.says(QINGPU, "on_time"),
    at("06-29", 10): y.says(JIASHAN, "late", blockage="用地报批"),
    at("07-01", 10): y.take_up,
    **readings("07", "2027-06", "3.0", "3.5", "3.2"),
    at("07-12", 10): y.read(QINGPU, "268.2", "2027-Q2", "land"),
    at("07-12", 11): y.read(WUJIANG, "381.4", "2027-Q2", "land"),
    at("07-12", 12): y.read(JIASHAN, "150.1", "2027-Q2", "land"),
    at("07-15", 10): y.transfer,
    at("07-20", 10): y.confirm_quota,
    **readings("08", "2027-07", "3.0", "3.4", "5.2"),
    at("09-01", 10): y.change_text,
    at("09-02", 10): y.confirm_change(QINGPU),
    at("09-03", 10): y.confirm_change(WUJIANG),
    at("09-06", 10): y.confirm_change(JIASHAN),
    at("09-07", 10): y.bring_in_force,
    **readings("09", "2027-08", "3.0", "3.4", "5.3"),
    at("10-08", 10): y.call(2, SECOND, "第二次联席会议"),
    at("10-11", 10): y.come(2, QINGPU),
    at("10-11", 11): y.come(2, WUJIANG),
    at("10-11", 12): y.come(2, JIASHAN),
    **readings("10", "2027-09", "2.9", "3.3", "5.3"),
    at("10-12", 10): y.read(QINGPU, "268.4", "2027-Q3", "land"),
    at("10-12", 11): y.read(WUJIANG, "381.6", "2027-Q3", "land"),
    at("10-12", 12): y.read(JIASHAN, "150.2", "2027-Q3", "land"),
    at("10-20", 15): y.meet(2),
    at("10-20", 15, 10): y.ask_positions(2),
    at("10-20", 15, 20): y.position(2, QINGPU),
    at("10-20", 15, 30): y.position(2, WUJIANG),
    at("10-20", 15, 40): y.position(2, JIASHAN),
    at("10-20", 16): y.close_positions(2),
    at("10-20", 16, 10): y.assign(2, QINGPU, date(2028, 1, 14)),
    at("10-21", 10): y.put_minutes(2, "会议纪要"),
    at("10-22", 10): y.confirm(2, WUJIANG),
    at("10-22", 11): y.confirm(2, QINGPU),
    at("10-25", 10): y.confirm(2, JIASHAN),
    at("11-08", 10): y.examine,
    **readings("11", "2027-10", "2.9", "3.2", "5.1"),
    at("11-12", 10): y.fill(QINGPU),
    at("11-12", 11): y.fill(WUJIANG),
    at("11-15", 10): y.fill(JIASHAN),
    at("11-15", 11): y.measure(WUJIANG, "50"),
    at("11-16", 10): y.measure(JIASHAN, "51"),
    at("11-17", 10): y.find,
    at("11-18", 10): y.put_report,
    at("11-22", 10): y.sign(QINGPU),
    at("11-23", 10): y.sign(WUJIANG),
    at("11-24", 10): y.sign(JIASHAN),
    at("12-02", 10): y.publish_report,
    **readings("12", "2027-11", "2.9", "3.2", "5.1"),
}
END = at("12-31", 18)
MORNING = time(9)
# The days after something was left undone; with some of the diary they bring what the year asks
# for. `make prove` sweeps every day.
DAYS_AFTER = {
    at(day, 9).date()
    for day in ("07-23", "08-21", "09-21", "10-06", "11-01", "11-04", "12-09", "12-31")
}


@pytest.fixture
def year(world: World, settings, tmp_path) -> Year:
    settings.MEDIA_ROOT = str(tmp_path)
    return Year(world)


def test_a_year_of_implementation(year: Year) -> None:
    days = {one.date() for one in sorted(DIARY)[::7]}
    require_year(year, lived(year, days=days | DAYS_AFTER))


@pytest.mark.prove
def test_a_year_of_implementation_day_by_day(year: Year) -> None:
    every = {min(DIARY).date() + timedelta(days=one) for one in range(365)}
    require_year(year, lived(year, days={one for one in every if one <= END.date()}))


def require_year(year: Year, mails: list[Row]) -> None:
    with time_machine.travel(END, tick=False):
        require_acts()
        require_climbed()
        require_told(mails)
        assert owed(year) == LEFT
        require_counted(year)
        assert [check.chain for check in check_chains() if check.fault] == []


def lived(year: Year, *, days: set[date]) -> list[Row]:
    """Every mail of the year: day, recipient, subject. Each of `days` begins with a sweep."""
    mornings = {datetime.combine(one, MORNING, tzinfo=ZONE) for one in days}
    mails: list[Row] = []
    for moment in sorted(mornings | set(DIARY)):
        mails += _moment(year, moment) if moment >= min(DIARY) else []
    return mails


def _moment(year: Year, moment: datetime) -> list[Row]:
    with time_machine.travel(moment, tick=False):
        if moment in DIARY:
            DIARY[moment](year)
        else:
            assert -1 not in sweep(actor=SYSTEM).values()
        if moment in THEN_OWED:
            assert THEN_OWED[moment] <= set(owed(year))
        send_waiting(actor=SYSTEM)
    left = [(f"{moment:%m-%d}", one.to[0], str(one.subject)) for one in mail.outbox]
    mail.outbox.clear()
    return left


def owed(year: Year) -> list[tuple[str, str]]:
    """Kind and holder ("": the joint office) of everything owed on the plan now."""
    found = collect(plans=[year.plan], now=clock.now())
    return sorted((one.kind, one.holder_code or "") for one in found)


# What somebody owes on the way: the task of a resolution, the answer to a case, a word on the
# minutes, a transfer, a change and a report.
THEN_OWED = {
    at("03-17", 15): {("minutes.confirm", code) for code in y.PARTIES},
    at("04-09", 10): {("task.report", WUJIANG)},
    at("04-20", 10): {("task.strike_off", "")},
    at("05-10", 14, 1): {("case.answer", WUJIANG)},
    at("05-12", 10): {("case.close", "")},
    at("07-15", 10): {("transfer.confirm", WUJIANG)},
    at("09-01", 10): {("change.answer", code) for code in y.PARTIES},
    at("11-18", 10): {("report.take_position", code) for code in y.PARTIES},
}
# Task 2 of the greenway, task 6 of the second meeting, milestone 2; the matters of the blockage and
# of the finding; case 2, which nobody answered.
LEFT = sorted(
    [
        ("case.answer", JIASHAN),
        ("matter.close", ""),
        ("matter.close", ""),
        *[("matter.stand", code) for code in (QINGPU, WUJIANG, JIASHAN, WUJIANG, JIASHAN)],
        ("milestone.report", QINGPU),
        ("task.report", JIASHAN),
        ("task.report", QINGPU),
    ]
)


def require_acts() -> None:
    """One entry for each act; readings by form and by table; the system's acts are its own."""
    done = Counter(RecordEntry.objects.values_list("act", flat=True))
    assert {act: done[act] for act in COUNTED} == COUNTED


COUNTED = {
    "reading.report": 41,
    "reading.import": 1,
    "case.answer": 1,
    "case.view": 1,
    "case.close": 1,
    "case.raise": 3,
    "matter.raise": 4,
    "breakdown.issue": 1,
    "programme.issue": 1,
    "task.report": 2,
    "task.strike_off": 2,
    "resolution.assign": 2,
    "meeting.call": 2,
    "attendance.note": 2,
    "decision.note": 1,
    "decision.take_position": 3,
    "decision.close_ballot": 1,
    "minutes.put_forward": 3,
    "minutes.confirm": 6,
    "status.report": 3,
    "blockage.to_matter": 1,
    "transfer.confirm": 1,
    "change.enforce": 1,
    "border.state": 2,
    "finding.to_matter": 1,
    "report.take_position": 3,
    "check.publish": 1,
}


def require_climbed() -> None:
    """Half the days of the ladder at first, as the limit was crossed; the top has no date."""
    moves = CaseMove.objects.filter(case__number=2).order_by("pk")
    assert [(f"{localtime(one.at):%m-%d}", one.level) for one in moves] == [
        ("08-10", "working"),
        ("08-21", "department"),
        ("09-21", "government"),
        ("11-04", "superior"),
    ]
    assert moves.latest("pk").due_at is None
    levels = ThresholdWarning.objects.order_by("pk").values_list("reading__period", "level")
    assert list(levels) == [("2027-04", "warning"), ("2027-07", "limit")]
    locks = MinutesLock.objects.order_by("pk").values_list("meeting__number", "edition__number")
    assert list(locks) == [(1, 2), (2, 1)]


def require_told(mails: list[Row]) -> None:
    """Nobody gets the same twice, neither under one key nor in the same words of one day."""
    keys = Counter(OutboxMessage.objects.values_list("user", "dedupe_key"))
    notices = Counter(Notice.objects.values_list("user", "key"))
    assert {*keys.values(), *notices.values()} == {1}
    assert [row for row, count in Counter(mails).items() if count > 1] == []
    late = [row for row in mails if row[2].startswith("逾期") and "任务2" in row[2]]
    assert f"planner@{JIASHAN}.example" in {row[1] for row in late}
    assert "coordinator@joint.example" in {row[1] for row in late}


def require_counted(year: Year) -> None:
    """By hand: of six tasks 1 and 5 are struck off and 2 is late; the programme holds 1 and 2."""
    found = glance_of(actor=year.office, plan=year.plan)
    assert found.provisions == {Carried.DONE: 1, Carried.NOT_BEGUN: 1, Carried.WITHOUT: 1}
    assert found.projects == {Progress.LATE: 1}
    assert found.indicators == {IndicatorState.REACHED: 1, IndicatorState.LIMIT: 1}
    assert (found.cases_open, found.cases_late) == (1, 0)
    assert (found.tasks, found.tasks_done, found.tasks_late) == (6, 2, 1)
    assert (found.programme, found.reservations) == ((1, 2), 0)
    assert [(f"{one.on:%Y-%m-%d}", one.number) for one in found.dates] == [
        ("2028-01-14", "T6"),
        ("2028-01-20", "PJ3.2"),
        ("2028-12-29", "T3"),
        ("2028-12-29", "T4"),
        ("2029-01-31", ""),
    ]
    assert sorted(Matter.objects.values_list("key", flat=True)) == ["MT1", "MT2"]
