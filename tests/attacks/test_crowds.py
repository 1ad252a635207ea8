"""40 to 200 at the same moment on one thing, each with a connection and a request of its own.

All of it is left to `make prove`, because the world of the writing cases must be committed for it;
the sample of `make test` are the races of `tests/journeys/`.
"""

from collections import Counter
from collections.abc import Iterator

import pytest
import pytest_django

from tests.architecture.writing_cases import CASES
from tests.attacks.crowd import Crowd, Hall, hall, is_form_anew, lost, words
from tests.attacks.several import EACH_ADDS, LAST_STANDS
from tests.saying import Say

TOLD = frozenset({403, 404, 409, 422})
# Where one may win: of any number that act at once one is written, the others are told or find it
# done. Of `EACH` every one counts, because each adds something of its own.
ONE = (
    "plan.create",
    "project.add",
    "organization.enter",
    "mandate.grant",
    "mandate.claim",
    "term.add",
    "provision.edit",
    "comment.draft",
    "comment.clear",
    "reply.submit",
    "round.close",
    "disposition.publish",
    "meeting.call",
    "minutes.put_forward",
    "minutes.confirm",
    "position.take",
    "sign_off.close",
    "sign_off.recall",
    "statement.sign",
    "invitation.answer",
    "transfer.confirm",
    "case.close",
    "change.withdraw",
    "phase.advance",
)
EACH = ("matter.stand", "note.add", "case.answer")
BY_TWO_HUNDRED = ("position.take", "comment.draft", "meeting.call")
FEW, MANY, MOST = 3, 40, 200


@pytest.fixture(scope="module")
def stage(
    django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker
) -> Iterator[Hall]:
    """The committed world of the writing cases; each race runs in a copy of it."""
    with django_db_blocker.unblock(), hall() as found:
        yield found


def judged(crowd: Crowd, *, times: int, wins: int) -> None:
    """Nothing broke, everybody was answered, and as many counted as may."""
    assert crowd.failures == [], crowd.failures[0]
    anew = [one for one in crowd.refusals if is_form_anew(one)]
    assert crowd.statuses[200] == len(anew)
    assert set(crowd.statuses) <= {200, 302, *TOLD}, crowd.statuses
    assert sum(crowd.statuses.values()) == times
    assert crowd.is_sound
    assert 1 <= crowd.entries <= crowd.statuses[302]
    assert [one for one in crowd.refusals if not words(one)] == []
    kept = [one for one in crowd.refusals if one.status_code != 404]
    assert [said for one in kept for said in lost(one, crowd.data)] == []
    assert crowd.entries == wins, crowd.statuses


def told(crowds: dict[str, Crowd]) -> dict[str, object]:
    statuses: Counter[int] = Counter()
    for crowd in crowds.values():
        statuses.update(crowd.statuses)
    return {
        "races": len(crowds),
        "requests": sum(statuses.values()),
        "entries": sum(crowd.entries for crowd in crowds.values()),
        **{str(status): count for status, count in sorted(statuses.items())},
    }


@pytest.mark.prove(minutes=0.03)
@pytest.mark.parametrize("act", ONE)
def test_of_forty_at_once_one_wins(stage: Hall, act: str, say: Say) -> None:
    crowd = stage.send(act, MANY)
    judged(crowd, times=MANY, wins=1)
    say(f"race of {MANY}, {act}", told({act: crowd}))


@pytest.mark.prove(minutes=0.03)
@pytest.mark.parametrize("act", EACH)
def test_of_forty_at_once_that_add_all_count(stage: Hall, act: str, say: Say) -> None:
    crowd = stage.send(act, MANY)
    judged(crowd, times=MANY, wins=MANY)
    say(f"race of {MANY}, {act}", told({act: crowd}))


@pytest.mark.prove(minutes=0.03)
@pytest.mark.parametrize("act", BY_TWO_HUNDRED)
def test_of_two_hundred_at_once_one_wins(stage: Hall, act: str, say: Say) -> None:
    crowd = stage.send(act, MOST)
    judged(crowd, times=MOST, wins=1)
    say(f"race of {MOST}, {act}", told({act: crowd}))


@pytest.mark.prove(minutes=0.03)
@pytest.mark.parametrize("act", sorted(set(CASES) - set(ONE) - set(EACH)))
def test_every_other_act_at_once_breaks_nothing(stage: Hall, act: str) -> None:
    crowd = stage.send(act, FEW)
    may_be_several = act in EACH_ADDS | LAST_STANDS
    judged(crowd, times=FEW, wins=crowd.statuses[302] if may_be_several else 1)


def test_acts_that_may_be_several_are_acts_and_none_twice() -> None:
    named = [*ONE, *EACH, *EACH_ADDS, *LAST_STANDS]
    assert (len(named), set(named) - set(CASES)) == (len(set(named)), set())
