"""What is kept within one reading, and that nothing is kept outside of it."""

import pytest

from stakeholders.terms.reading import one_reading, read_once


class Counted:
    """A read that tells how often it was done."""

    def __init__(self) -> None:
        self.count = 0

        @read_once
        def read(codes: list[str], *, at: int = 0) -> list[str]:
            self.count += 1
            return [f"{code}-{at}-{self.count}" for code in codes]

        self.read = read


def test_outside_of_a_reading_everything_is_read_anew() -> None:
    one = Counted()
    assert [one.read(["a"]), one.read(["a"])] == [["a-0-1"], ["a-0-2"]]


def test_within_a_reading_the_same_is_read_once_and_forgotten_after_it() -> None:
    one = Counted()
    with one_reading():
        assert one.read(["a"]) is one.read(["a"])
        with one_reading():  # the same one
            assert one.read(["a"]) == ["a-0-1"]
        assert one.read(["a"]) == ["a-0-1"]
        assert one.read(["a"], at=1) == ["a-1-2"]
        assert one.read(["b"]) == ["b-0-3"]
    assert one.read(["a"]) == ["a-0-4"]


def test_a_reading_that_fails_keeps_nothing() -> None:
    one = Counted()
    with pytest.raises(ZeroDivisionError), one_reading():
        one.read([str(1 // (1 - one.read(["a"]).count("a-0-1")))])
    assert one.read(["a"]) == ["a-0-2"]


def test_two_reads_with_the_same_arguments_are_not_confused() -> None:
    one, other = Counted(), Counted()
    other.count = 7
    with one_reading():
        assert [one.read(["a"]), other.read(["a"])] == [["a-0-1"], ["a-0-8"]]
