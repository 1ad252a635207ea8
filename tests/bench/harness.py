"""Measuring by ratio: the ways compared run in turn, so that a slow moment slows all of them."""

import json
import statistics
import tracemalloc
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from time import perf_counter, process_time

from django.db import connection, reset_queries
from django.test.utils import CaptureQueriesContext

SEED = 6  # of every generator of data, so that each run measures the same rows
MEGABYTE = 1_000_000
QUERIES = "queries"  # the name of the goal for how many queries the first way may take

Way = Callable[[], object]


@dataclass(frozen=True)
class Result:
    """One case at one size: seconds (median) and queries per way, ratio of the first to each.

    `cpu` is the processor time of this process, which the database's is not part of; `peak` the
    most bytes that Python held, where it was asked. `goals`: what the ratio of the first way to
    another may be at most ("queries": how many it may take).
    """

    case: str
    size: int
    seconds: Mapping[str, float]
    queries: Mapping[str, int]
    cpu: Mapping[str, float] = field(default_factory=dict)
    peak: Mapping[str, int] = field(default_factory=dict)
    goals: Mapping[str, float] = field(default_factory=dict)

    def ratios(self) -> dict[str, float]:
        ours, *others = self.seconds
        return {
            f"{ours}/{other}": round(self.seconds[ours] / self.seconds[other], 3)
            for other in others
        }

    def reached(self) -> dict[str, dict[str, float | bool]]:
        """Each goal: what it allows, what was measured, whether that is enough."""
        ours = next(iter(self.seconds))
        found: dict[str, dict[str, float | bool]] = {}
        for name, most in self.goals.items():
            if name == QUERIES:
                label, value = name, float(self.queries[ours])
            else:
                label, value = f"{ours}/{name}", self.seconds[ours] / self.seconds[name]
            found[label] = {"at_most": most, "is": round(value, 3), "met": value <= most}
        return found

    def as_line(self) -> str:
        held: dict[str, object] = {
            "case": self.case,
            "size": self.size,
            "ms": _milliseconds(self.seconds),
            "queries": dict(self.queries),
            "ratios": self.ratios(),
        }
        if self.cpu:
            held["cpu_ms"] = _milliseconds(self.cpu)
        if self.peak:
            held["peak_mb"] = {way: round(b / MEGABYTE, 1) for way, b in self.peak.items()}
        if self.goals:
            held["goals"] = self.reached()
        return json.dumps(held, ensure_ascii=False)


def _milliseconds(seconds: Mapping[str, float]) -> dict[str, float]:
    return {way: round(one * 1000, 2) for way, one in seconds.items()}


def compare(
    *,
    case: str,
    size: int,
    ways: Mapping[str, Way],
    rounds: int = 15,
    goals: Mapping[str, float] | None = None,
    once: Collection[str] = (),
    apart: Collection[str] = (),
) -> Result:
    """Time each of `ways` `rounds` times in turn, after one warm-up. All must answer the same,
    but for those named in `apart`, which do not do the work.

    Those named in `once` are too slow for that: they run once, their warm-up being what counts.
    """
    answers: dict[str, object] = {}
    queries: dict[str, int] = {}
    walls: dict[str, list[float]] = {name: [] for name in ways}
    cpus: dict[str, list[float]] = {name: [] for name in ways}
    for name, way in ways.items():
        reset_queries()  # the log keeps the last 9,000 only
        wall, cpu = perf_counter(), process_time()
        with CaptureQueriesContext(connection) as captured:
            answers[name] = way()
        queries[name] = len(captured)
        if name in once:
            walls[name].append(perf_counter() - wall)
            cpus[name].append(process_time() - cpu)
    if len({repr(answer) for name, answer in answers.items() if name not in apart}) != 1:
        raise ValueError(f"{case}: the ways do not answer the same: {answers}")
    for _round in range(rounds):
        for name, way in ways.items():
            if name in once:
                continue
            wall, cpu = perf_counter(), process_time()
            way()
            walls[name].append(perf_counter() - wall)
            cpus[name].append(process_time() - cpu)
    return Result(
        case=case,
        size=size,
        seconds=_medians(walls),
        queries=queries,
        cpu=_medians(cpus),
        goals=goals or {},
    )


def _medians(values: Mapping[str, Iterable[float]]) -> dict[str, float]:
    return {name: statistics.median(held) for name, held in values.items()}


def most_memory(way: Way) -> int:
    """The most bytes that Python held beyond what it held before, in a run of its own: counting
    them makes it several times slower."""
    tracemalloc.start()
    try:
        way()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
