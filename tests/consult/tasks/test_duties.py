from django.db import connection
from django.test.utils import CaptureQueriesContext

from consult.desk.kinds import acts_of, label_of
from consult.tasks.actions.notes import issue_note, reply_to_note
from consult.tasks.awaited import awaited
from consult.tasks.duties import duties
from consult.tasks.steps.notes import NoteText
from stakeholders.terms import clock
from stakeholders.terms.duty import Duty
from tests.consult.tasks.ground import SUZHOU, Ground, in_days
from tests.world import JIASHAN, QINGPU, WUJIANG


def owed(ground: Ground) -> list[Duty]:
    return duties(plans=[ground.plan], now=clock.now())


def found(ground: Ground) -> list[tuple[str, str | None]]:
    return [(one.kind, one.holder_code) for one in owed(ground)]


BREAKDOWN = ("breakdown.issue", None)


def test_a_task_is_owed_thirty_days_before_its_date_and_while_overdue(ground: Ground) -> None:
    ground.task(due=30)
    ground.task(due=31)
    ground.task(due=-5, owner=JIASHAN)
    assert found(ground) == [("task.report", WUJIANG), ("task.report", JIASHAN), BREAKDOWN]


def test_a_reported_task_is_owed_by_partners_and_office_until_struck_off(ground: Ground) -> None:
    task = ground.task()
    ground.done(task)
    strikes = [("task.strike_off", JIASHAN), ("task.strike_off", None)]
    assert found(ground) == [*strikes, BREAKDOWN]
    waits = awaited(actor=ground.contact(WUJIANG), plans=[ground.plan], now=clock.now())
    assert [one.kind for one in waits] == ["task.strike_off"]
    assert awaited(actor=ground.contact(QINGPU), plans=[ground.plan], now=clock.now()) == []


def test_the_breakdown_is_owed_until_it_is_issued(ground: Ground) -> None:
    assert found(ground) == [BREAKDOWN]
    ground.issue(ground.line("taipu"))
    assert BREAKDOWN not in found(ground)


def test_reply_and_verdict_of_a_note_are_owed_in_turn(ground: Ground) -> None:
    issuer, addressee = ground.contact(SUZHOU), ground.contact(WUJIANG)
    said = NoteText(text_zh="请说明原因")
    issue_note(
        actor=issuer,
        plan=ground.plan,
        addressee=WUJIANG,
        subject="other",
        said=said,
        due_on=in_days(5),
    )
    assert ("supervision.reply", WUJIANG) in found(ground)
    waits = awaited(actor=issuer, plans=[ground.plan], now=clock.now())
    assert [one.kind for one in waits] == ["supervision.reply"]
    reply_to_note(actor=addressee, plan=ground.plan, number=1, said=said)
    assert ("supervision.judge", SUZHOU) in found(ground)
    waits = awaited(actor=addressee, plans=[ground.plan], now=clock.now())
    assert [one.kind for one in waits] == ["supervision.judge"]


def test_every_kind_is_known_and_queries_do_not_grow(ground: Ground) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as caught:
            owed(ground)
        return len(caught)

    ground.done(ground.task())
    ground.task()
    few = count()
    for _n in range(8):
        ground.done(ground.task())
        ground.task()
    assert count() == few
    for one in owed(ground):
        assert label_of(one.kind)
        assert acts_of(one.kind) == {one.kind}
