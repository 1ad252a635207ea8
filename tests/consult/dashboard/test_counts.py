import pytest

from consult.balance.bars import stack
from consult.dashboard.counts import Carried, Deed, carried, worst

DONE, BEGUN, NEW = (
    Deed(is_done=True, has_begun=True),
    Deed(is_done=False, has_begun=True),
    Deed(is_done=False, has_begun=False),
)


@pytest.mark.parametrize(
    ("deeds", "state"),
    [
        ([], Carried.WITHOUT),
        ([NEW], Carried.NOT_BEGUN),
        ([NEW, BEGUN], Carried.IN_WORK),
        ([DONE, NEW], Carried.IN_WORK),
        ([DONE, DONE], Carried.DONE),
    ],
)
def test_how_far_a_provision_is(deeds: list[Deed], state: Carried) -> None:
    assert carried(deeds) is state


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ([], None),
        ([None], None),
        (["done", "done"], "done"),
        (["done", "on_time"], "on_time"),
        (["on_time", "at_risk", "done"], "at_risk"),
        (["on_time", "late"], "late"),
    ],
)
def test_the_worst_word_of_the_parties_counts(said: list[str | None], word: str | None) -> None:
    assert worst(said) == word


def test_the_bar_is_as_wide_as_its_parts() -> None:
    pieces = stack([("good", 1), ("none", 0), ("bad", 2)])
    assert [(one.look, one.x, one.width) for one in pieces] == [
        ("good", "0.0", "100.0"),
        ("bad", "100.0", "200.0"),
    ]
    assert stack([("good", 0)]) == []
