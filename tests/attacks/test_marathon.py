"""Small acts on one plan, many at once and for long: none waits for another in a circle, none is lost."""

import pytest

from tests.attacks.marathon import COUNTED, Course, lay, run
from tests.attacks.racing import newest_entry, own, recorded, sound
from tests.saying import Say
from tests.world import World

__all__ = ["own"]
ROUNDS = 10_000


def raced(world: World, *, runners: int, each: int) -> Course:
    """The marathon; what it left must be what it answered, act by act."""
    ground, before = lay(world), {}
    for act, count in COUNTED.items():
        before[act] = count()
    since = newest_entry()
    course = run(ground, runners=runners, each=each, seed=runners)
    assert course.broken == {}, course.words[:3]
    assert course.acts == runners * each
    entries = recorded(since=since)
    for act, _end in course.ended:
        if act:
            assert (act, entries[act]) == (act, course.done(act))
    assert {act: count() - before[act] for act, count in COUNTED.items()} == {
        act: course.done(act) for act in COUNTED
    }
    # Nor does an act write another entry under another name.
    assert entries.keys() <= {act for act, _end in course.ended}
    assert sound()
    return course


def told(course: Course) -> dict[str, object]:
    """The figures of a marathon, for the end of the run."""
    done = sum(count for (_act, end), count in course.ended.items() if end == "done")
    return {
        "rounds of two": course.acts // 2,
        "acts": course.acts,
        "counted": done,
        "told why not": course.acts - done,
        "deadlocks and other errors": sum(course.broken.values()),
    }


def test_some_acts_at_once_wait_in_no_circle(own: World, say: Say) -> None:
    say("marathon of races, sample", told(raced(own, runners=4, each=10)))


@pytest.mark.prove(minutes=5)
def test_ten_thousand_rounds_without_a_deadlock(own: World, say: Say) -> None:
    runners = 10
    say("marathon of races", told(raced(own, runners=runners, each=2 * ROUNDS // runners)))
