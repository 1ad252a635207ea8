from datetime import timedelta

from consult.meetings import actions
from consult.meetings.awaited import awaited
from consult.meetings.dates import dates
from consult.meetings.duties import duties
from stakeholders.terms import clock
from tests.consult.meetings.scene import ALL, Scene
from tests.world import JIASHAN, QINGPU, WUJIANG


def owed(scene: Scene, **length: int) -> list[tuple[str, str | None]]:
    now = scene.starts_at + timedelta(**length)
    return sorted(
        [(one.kind, one.holder_code) for one in duties(plans=[scene.plan], now=now)],
        key=lambda row: (row[0], row[1] or ""),
    )


def test_planned_meeting_asks_nothing_and_a_called_one_an_answer(scene: Scene) -> None:
    scene.set()
    assert owed(scene, hours=-1) == []
    scene.add()
    actions.call_meeting(actor=scene.office, plan=scene.plan, meeting=scene.meeting)
    actions.answer_call(
        actor=scene.contact(WUJIANG), plan=scene.plan, meeting=scene.meeting, kind="attends"
    )
    assert owed(scene, hours=-1) == [
        ("attendance.answer", QINGPU),
        ("attendance.answer", JIASHAN),
    ]
    assert owed(scene, hours=4) == [("attendance.note", None)]


def test_after_the_meeting_minutes_are_owed_then_words_on_them(scene: Scene) -> None:
    scene.held()
    assert owed(scene, hours=5) == [("minutes.put_forward", None)]
    scene.written()
    scene.put()
    assert owed(scene, hours=6) == sorted([("minutes.confirm", code) for code in ALL])
    with scene.after(hours=6):
        comment = actions.comment_minutes(
            actor=scene.contact(JIASHAN),
            plan=scene.plan,
            meeting=scene.meeting,
            text="应写明期限",
            edition=1,
        )
    scene.says(QINGPU)
    assert owed(scene, hours=7) == [
        ("minutes.confirm", WUJIANG),
        ("minutes.confirm", JIASHAN),
        ("minutes.reply", None),
    ]
    actions.reply_to_comment(
        actor=scene.office,
        plan=scene.plan,
        meeting=scene.meeting,
        comment=comment,
        is_adopted=True,
    )
    scene.says(WUJIANG, confirms=False)
    assert owed(scene, hours=7) == [("minutes.confirm", JIASHAN), ("minutes.put_forward", None)]


def test_locked_and_cancelled_meetings_ask_nothing(scene: Scene) -> None:
    scene.put_whole()
    for code in ALL:
        scene.says(code)
    assert owed(scene, days=9) == []


def test_who_confirmed_waits_for_the_others(scene: Scene) -> None:
    scene.put_whole()
    scene.says(QINGPU)
    now = scene.starts_at + timedelta(hours=7)
    (found,) = awaited(actor=scene.contact(QINGPU), plans=[scene.plan], now=now)
    assert found.kind == "minutes.confirm"
    assert awaited(actor=scene.contact(WUJIANG), plans=[scene.plan], now=now) == []
    assert awaited(actor=scene.office, plans=[scene.plan], now=now) == []


def test_calendars_have_hours_and_keep_a_cancelled_meeting_as_such(scene: Scene) -> None:
    scene.set()
    now = clock.now()
    assert dates(plans=[scene.plan], now=now) == []
    scene.add()
    actions.call_meeting(actor=scene.office, plan=scene.plan, meeting=scene.meeting)
    (found,) = dates(plans=[scene.plan], now=now)
    assert (found.at, found.ends_at) == (scene.starts_at, scene.starts_at + timedelta(hours=3))
    assert (found.number, found.jurisdictions, found.is_cancelled) == (0, frozenset(ALL), False)
    actions.cancel_meeting(
        actor=scene.office, plan=scene.plan, meeting=scene.meeting, reason="台风"
    )
    (found,) = dates(plans=[scene.plan], now=now)
    assert (found.number, found.is_cancelled) == (1, True)
