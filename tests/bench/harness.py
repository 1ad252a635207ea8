"""Measuring by ratio: the ways compared run in turn, so that a slow moment slows all of them."""

import json
import platform
import statistics
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from time import perf_counter

from django.db import connection, reset_queries
from django.test.utils import CaptureQueriesContext


@dataclass(frozen=True)
class Result:
    """One case at one size: seconds (median) and queries per way, ratio of the first to each."""

    case: str
    size: int
    seconds: Mapping[str, float]
    queries: Mapping[str, int]

    def ratios(self) -> dict[str, float]:
        ours, *others = self.seconds
        return {
            f"{ours}/{other}": round(self.seconds[ours] / self.seconds[other], 2)
            for other in others
        }

    def as_line(self) -> str:
        return json.dumps(
            {
                "case": self.case,
                "size": self.size,
                "ms": {way: round(s * 1000, 2) for way, s in self.seconds.items()},
                "queries": dict(self.queries),
                "ratios": self.ratios(),
            }
        )


def compare(
    *, case: str, size: int, ways: Mapping[str, Callable[[], object]], rounds: int = 15
) -> Result:
    """Time each of `ways` `rounds` times in turn, after one warm-up. All must answer the same."""
    answers = {}
    queries = {}
    for name, way in ways.items():
        reset_queries()  # the log keeps the last 9,000 only
        with CaptureQueriesContext(connection) as captured:
            answers[name] = way()
        queries[name] = len(captured)
    if len({repr(answer) for answer in answers.values()}) != 1:
        raise ValueError(f"{case}: the ways do not answer the same: {answers}")
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _round in range(rounds):
        for name, way in ways.items():
            start = perf_counter()
            way()
            times[name].append(perf_counter() - start)
    medians = {name: statistics.median(values) for name, values in times.items()}
    return Result(case=case, size=size, seconds=medians, queries=queries)


def report(results: list[Result]) -> None:
    """One JSON object a line, then a table for people."""
    write = sys.stdout.write
    for result in results:
        write(result.as_line() + "\n")
    write(f"\nPython {platform.python_version()}, {platform.machine()}, PostgreSQL ")
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        write(f"{cursor.fetchone()[0]}\n{'case':32}{'size':>8}  median ms and ratios\n")
    for result in results:
        figures = ", ".join(f"{w} {s * 1000:.2f}" for w, s in result.seconds.items())
        ratios = ", ".join(f"{name} = {ratio}" for name, ratio in result.ratios().items())
        write(f"{result.case:32}{result.size:>8}  {figures}; {ratios}\n")
