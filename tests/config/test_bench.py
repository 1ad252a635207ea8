"""The measurements: every case can be loaded, and what a result says is what was measured."""

import importlib
import json
import pkgutil

import pytest

from tests import bench
from tests.bench.harness import Result, compare
from tests.bench.telling import machine, markdown, plain, told


def test_every_case_can_be_loaded() -> None:
    programs = {"__main__", "constant"}  # each has a process of its own
    names = {one.name for one in pkgutil.iter_modules(bench.__path__)} - programs
    assert {"comments", "discussion", "matrix", "dashboard"} <= names
    for name in sorted(names):
        importlib.import_module(f"tests.bench.{name}")


def test_a_goal_is_met_up_to_its_limit() -> None:
    one = Result(
        case="x",
        size=1,
        seconds={"ours": 2.0, "sql": 1.0, "plain": 4.0},
        queries={"ours": 9, "sql": 1, "plain": 1},
        goals={"sql": 2, "plain": 0.25, "queries": 8},
    )
    assert {name: goal["met"] for name, goal in one.reached().items()} == {
        "ours/sql": True,
        "ours/plain": False,
        "queries": False,
    }
    held = json.loads(one.as_line())
    assert held["ratios"] == {"ours/sql": 2.0, "ours/plain": 0.5}
    (line,) = markdown([one])[2:]
    assert line.count("NOT MET") == 2
    assert "sql <= 2: met" in plain([one])[1]


@pytest.mark.django_db
def test_ways_that_answer_otherwise_are_not_compared() -> None:
    ways = {"ours": lambda: 1, "sql": lambda: 2}
    with pytest.raises(ValueError, match="do not answer the same"):
        compare(case="x", size=1, ways=ways, rounds=1)
    assert compare(case="x", size=1, ways=ways, rounds=1, apart=("sql",)).size == 1


@pytest.mark.django_db
def test_a_slow_way_runs_once() -> None:
    runs: list[str] = []
    ways = {"ours": lambda: runs.append("ours"), "slow": lambda: runs.append("slow")}
    compare(case="x", size=1, ways=ways, rounds=3, once=("slow",))
    assert (runs.count("ours"), runs.count("slow")) == (4, 1)


@pytest.mark.django_db
def test_the_machine_is_named() -> None:
    where = machine()
    assert where["cores"]
    assert str(where["postgresql"]) in told(where)
