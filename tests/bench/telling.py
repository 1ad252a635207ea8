"""What a run says: the machine it ran on, one JSON object a line, a table for people or Markdown."""

import json
import os
import platform
import sys
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import django
from django.db import connection

from tests.bench.harness import SEED, Result

GIGABYTE = 1_000_000_000


def machine() -> dict[str, object]:
    """Where and with what a run was made; `load` is how many processes wanted the processors."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        (server,) = cursor.fetchone()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
        "cores": os.cpu_count(),
        "processor": _processor(),
        "memory_gb": round(memory / GIGABYTE, 1),
        "load": round(os.getloadavg()[0], 1),
        "python": platform.python_version(),
        "django": django.get_version(),
        "postgresql": str(server).split()[0],
        "seed": SEED,
    }


def _processor() -> str:
    """Its name, where the system tells it."""
    path = Path("/proc/cpuinfo")
    lines = path.read_text().splitlines() if path.exists() else []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.machine())


def report(results: Iterable[Result], is_markdown: bool = False) -> None:
    """One JSON object a line as soon as it is there, the machine first; then a table."""
    write, where = sys.stdout.write, machine()
    write(json.dumps({"machine": where}, ensure_ascii=False) + "\n")
    found = []
    for result in results:
        found.append(result)
        write(result.as_line() + "\n")
        sys.stdout.flush()
    table = markdown(found) if is_markdown else plain(found)
    write("\n".join(["", told(where), "", *table, ""]))


def told(where: dict[str, object]) -> str:
    """The machine in a sentence, for the head of a table."""
    return (
        "{date}: {cores} cores ({processor}), {memory_gb} GB, load {load}; Python {python}, "
        "Django {django}, PostgreSQL {postgresql}; seed {seed}."
    ).format(**where)


def plain(results: Sequence[Result]) -> list[str]:
    lines = [f"{'case':44}{'size':>8}  median ms by the clock; ratios of processor time; goals"]
    for result in results:
        figures = ", ".join(f"{w} {s * 1000:.2f}" for w, s in result.seconds.items())
        ratios = ", ".join(f"{name} = {ratio}" for name, ratio in result.work().items())
        goals = "".join(f"; {goal}" for goal in _goals(result))
        lines.append(f"{result.case:44}{result.size:>8}  {figures}; {ratios}{goals}")
    return lines


def markdown(results: Sequence[Result]) -> list[str]:
    """The same as a table to be put into a file."""
    lines = [
        "| Case | size | ours, ms of processor | ours / another way | queries | goals |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for result in results:
        ours = next(iter(result.seconds))
        ratios = "; ".join(
            f"{name.partition('/')[2]} {ratio:g}" for name, ratio in result.work().items()
        )
        held = result.cpu or result.seconds
        peak = "".join(f"; {b / 1e6:.1f} MB at most" for w, b in result.peak.items() if w == ours)
        lines.append(
            f"| {result.case} | {result.size:,} | {held[ours] * 1000:,.1f} "
            f"| {ratios}{peak} | {result.queries.get(ours, '–')} | {'; '.join(_goals(result))} |"
        )
    return lines


def _goals(result: Result) -> list[str]:
    return [
        f"{name.partition('/')[2] or name} <= {goal['at_most']:.3g}: "
        + ("met" if goal["met"] else f"NOT MET ({goal['is']:g})")
        for name, goal in result.reached().items()
    ]
