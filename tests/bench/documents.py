"""The whole text as files: seconds and memory for 200 and 2,000 provisions in both languages."""

import sys
import tracemalloc
from collections.abc import Callable
from functools import partial
from time import perf_counter

from plans.text.documents.edition import Edition
from plans.text.documents.files import write
from plans.text.documents.shape import DocumentChapter, DocumentProvision, PlanDocument
from plans.text.wording import Wording
from tests.bench.harness import Result

TEXT = (
    "三地共同控制太浦河沿线开发强度，**新建项目**须征求毗邻方意见。" * 4
    + "\n\n1. 第一项要求；\n2. 第二项要求。\n"
)
TABLE = "\n| 断面 | 指标 | 目标 |\n|---|---|--:|\n| 太浦河 | 锑 | 3.0 |\n| 淀山湖 | 总磷 | 0.05 |\n"
ENGLISH = "The three parties control building along the Taipu River together. " * 4


def document(size: int) -> PlanDocument:
    """`size` provisions in chapters of 40; every tenth has a table."""
    provisions = [
        DocumentProvision(
            key=f"p-{number}",
            number=str(number),
            wording=Wording(
                title_zh=f"第{number}项安排",
                title_en=f"Arrangement {number}",
                text_zh=TEXT + (TABLE if number % 10 == 0 else ""),
                text_en=ENGLISH,
                concerned=("310118", "320509", "330421"),
            ),
        )
        for number in range(1, size + 1)
    ]
    chapters = [
        DocumentChapter(
            key=f"c-{start}",
            number=str(start // 40 + 1),
            title_zh="章",
            title_en="Chapter",
            provisions=tuple(provisions[start : start + 40]),
        )
        for start in range(0, size, 40)
    ]
    return PlanDocument(title_zh="规划", title_en="Plan", chapters=tuple(chapters))


def measured(work: Callable[[], bytes]) -> tuple[float, int, int]:
    """Seconds, bytes of the file, and the most memory that Python held meanwhile (second run)."""
    work()
    start = perf_counter()
    size = len(work())
    seconds = perf_counter() - start
    tracemalloc.start()
    work()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return seconds, size, peak


def run() -> list[Result]:
    results = []
    for size in (200, 2_000):
        text, edition = document(size), Edition(plan="BENCH", number=1, stage="recognition")
        seconds: dict[str, float] = {}
        for kind in ("docx", "md", "pdf"):
            took, length, peak = measured(partial(write, text, edition, kind=kind))
            seconds[kind] = took
            sys.stdout.write(
                f"{size} provisions as {kind}: {took:.2f} s, {length:,} bytes, "
                f"at most {peak / 1e6:.0f} MB of Python objects\n"
            )
        results.append(
            Result(case="documents", size=size, seconds=seconds, queries=dict.fromkeys(seconds, 0))
        )
    return results
