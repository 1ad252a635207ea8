"""Measuring by ratio: the ways compared run in turn, so that a slow moment slows all of them."""

import json
import statistics
import tracemalloc
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import perf_counter, process_time

from django.db import connection, reset_queries
from django.test.utils import CaptureQueriesContext

SEED = 6  # of the generators without one of their own, so that each run measures the same rows
MEGABYTE, NANO = 1_000_000, 1_000_000_000
QUERIES = "queries"  # the name of the goal for how many queries the first way may take

Way = Callable[[], object]


@dataclass(frozen=True)
class Result:
    """One case at one size: seconds (median) and queries per way, ratio of the first to each.

    `cpu` is the processor time of this process and of the database's process that serves it, which
    waiting for a busy machine adds nothing to (workers of a parallel query are left out, to the
    good of who uses them); empty where the database runs elsewhere. `peak`: the most bytes that
    Python held, where it was asked. `goals`: what the ratio of the first way to another may be at
    most, in processor time where it is known ("queries": how many it may take).
    """

    case: str
    size: int
    seconds: Mapping[str, float]
    queries: Mapping[str, int]
    cpu: Mapping[str, float] = field(default_factory=dict)
    peak: Mapping[str, int] = field(default_factory=dict)
    goals: Mapping[str, float] = field(default_factory=dict)

    def with_peak(self, peak: Mapping[str, int]) -> "Result":
        return replace(self, peak=peak)

    def ratios(self) -> dict[str, float]:
        """By the clock."""
        return _ratios(self.seconds)

    def work(self) -> dict[str, float]:
        """By processor time, or by the clock where that is not known."""
        return _ratios(self.cpu or self.seconds)

    def reached(self) -> dict[str, dict[str, float | bool]]:
        """Each goal: what it allows, what was measured, whether that is enough."""
        ours, held = next(iter(self.seconds)), self.cpu or self.seconds
        found: dict[str, dict[str, float | bool]] = {}
        for name, most in self.goals.items():
            if name == QUERIES:
                label, value = name, float(self.queries[ours])
            else:
                label, value = f"{ours}/{name}", held[ours] / held[name]
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
            held["cpu_ratios"] = self.work()
        if self.peak:
            held["peak_mb"] = {way: round(b / MEGABYTE, 1) for way, b in self.peak.items()}
        if self.goals:
            held["goals"] = self.reached()
        return json.dumps(held, ensure_ascii=False)


def _ratios(values: Mapping[str, float]) -> dict[str, float]:
    ours, *others = values
    return {f"{ours}/{other}": round(values[ours] / values[other], 3) for other in others}


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
    spent = Spent(ways)
    for name, way in ways.items():
        reset_queries()  # the log keeps the last 9,000 only
        with CaptureQueriesContext(connection) as captured:
            answers[name] = spent.on(name, way, is_kept=name in once)
        queries[name] = len(captured)
    if len({repr(answer) for name, answer in answers.items() if name not in apart}) != 1:
        raise ValueError(f"{case}: the ways do not answer the same: {answers}")
    for _round in range(rounds):
        for name, way in ways.items():
            if name not in once:
                spent.on(name, way)
    return Result(
        case=case,
        size=size,
        seconds=_medians(spent.walls),
        queries=queries,
        cpu=_medians(spent.cpus) if spent.is_whole else {},
        goals=goals or {},
    )


class Processors:
    """The processor time of Python and of the process of PostgreSQL that serves its connection."""

    def __init__(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            (pid,) = cursor.fetchone()
        # Nanoseconds that the kernel gave to the process; here only where it runs beside us.
        self.server = Path(f"/proc/{pid}/schedstat")
        name = Path(f"/proc/{pid}/comm")
        self.is_whole = self.server.exists() and name.read_text().startswith("postgres")

    def now(self) -> float:
        """Seconds since some moment; of Python alone where the other is not seen (`is_whole`)."""
        served = int(self.server.read_text().split()[0]) / NANO if self.is_whole else 0
        return process_time() + served


class Spent:
    """What each way took, each time: seconds by the clock, and of processors."""

    def __init__(self, ways: Iterable[str]) -> None:
        self.walls: dict[str, list[float]] = {name: [] for name in ways}
        self.cpus: dict[str, list[float]] = {name: [] for name in self.walls}
        self.processors = Processors()
        self.is_whole = self.processors.is_whole

    def on(self, name: str, way: Way, *, is_kept: bool = True) -> object:
        """Run a way; says what it answered."""
        wall, cpu = perf_counter(), self.processors.now()
        answer = way()
        if is_kept:
            self.cpus[name].append(self.processors.now() - cpu)
            self.walls[name].append(perf_counter() - wall)
        return answer


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
