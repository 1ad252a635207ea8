"""Many readers of one site on loopback, each with a session of its own, for some seconds."""

import asyncio
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import quantiles
from time import perf_counter

HOST = "127.0.0.1"
PATIENCE = 60.0  # seconds after which a page counts as not answered
OK = 200


@dataclass(frozen=True, kw_only=True)
class Reader:
    """One signed-in person: its cookie, and the pages it may see."""

    cookie: str
    pages: Sequence[str]


@dataclass(kw_only=True)
class Visits:
    """What the readers met: seconds by page, and what went wrong by page."""

    seconds: float
    took: dict[str, list[float]] = field(default_factory=dict)
    failed: dict[str, int] = field(default_factory=dict)

    @property
    def all(self) -> list[float]:
        return [one for some in self.took.values() for one in some]

    def as_line(self, page: str = "") -> dict[str, object]:
        """Requests a second, p50 and p95 in ms, errors: of a page, or of all."""
        some = self.took.get(page, []) if page else self.all
        failed = self.failed.get(page, 0) if page else sum(self.failed.values())
        return {
            "requests": len(some),
            "per_second": round(len(some) / self.seconds, 1),
            "p50_ms": round(percentile(some, 50) * 1000, 1),
            "p95_ms": round(percentile(some, 95) * 1000, 1),
            "errors": failed,
        }


def percentile(values: Sequence[float], rank: int) -> float:
    """The value that `rank` in a hundred do not exceed; 0 of nothing."""
    return quantiles(values, n=100, method="inclusive")[rank - 1] if len(values) > 1 else 0.0


def visit(
    port: int, readers: Sequence[Reader], *, seconds: float, pause: tuple[float, float], seed: int
) -> Visits:
    """Let all readers read at once for `seconds`, each waiting `pause` between two pages."""
    return asyncio.run(_visit(port, readers, seconds=seconds, pause=pause, seed=seed))


async def _visit(
    port: int, readers: Sequence[Reader], *, seconds: float, pause: tuple[float, float], seed: int
) -> Visits:
    found = Visits(seconds=seconds)
    begin = perf_counter()
    end = begin + seconds

    async def read(reader: Reader, chance: random.Random) -> None:
        line = _Line(port, reader.cookie)
        await asyncio.sleep(chance.uniform(0, pause[1]))
        while perf_counter() < end:
            page = chance.choice(reader.pages)
            start = perf_counter()
            try:
                status = await asyncio.wait_for(line.get(page), PATIENCE)
            except (OSError, EOFError, TimeoutError, asyncio.LimitOverrunError):
                status = 0
                line.hang_up()
            if status == OK:
                found.took.setdefault(page, []).append(perf_counter() - start)
            else:
                found.failed[page] = found.failed.get(page, 0) + 1
            await asyncio.sleep(chance.uniform(*pause))
        line.hang_up()

    chances = [random.Random(seed + number) for number in range(len(readers))]  # noqa: S311
    await asyncio.gather(*map(read, readers, chances))
    found.seconds = perf_counter() - begin  # what was asked before the end is waited for
    return found


class _Line:
    """A connection that is kept as long as the server keeps it, as a browser's."""

    def __init__(self, port: int, cookie: str) -> None:
        self._port, self._cookie = port, cookie
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def get(self, page: str) -> int:
        """The status of a page, once it was read to its end."""
        was_open = self._streams is not None
        try:
            return await self._get(page)
        except (ConnectionError, asyncio.IncompleteReadError):
            self.hang_up()
            if not was_open:
                raise
        return await self._get(page)  # the server had closed what was idle

    async def _get(self, page: str) -> int:
        if self._streams is None:
            self._streams = await asyncio.open_connection(HOST, self._port)
        reader, writer = self._streams
        lines = (
            f"GET {page} HTTP/1.1",
            f"Host: localhost:{self._port}",
            "Accept: text/html",
            "Accept-Language: zh-hans",
            f"Cookie: {self._cookie}",
        )
        writer.write("".join(f"{one}\r\n" for one in lines).encode() + b"\r\n")
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        status, *rest = head.split("\r\n")
        said = dict(one.split(": ", 1) for one in rest if ": " in one)
        await self._body(reader, said)
        if said.get("connection") == "close":
            self.hang_up()
        return int(status.split()[1])

    @staticmethod
    async def _body(reader: asyncio.StreamReader, said: Mapping[str, str]) -> None:
        if "content-length" in said:
            await reader.readexactly(int(said["content-length"]))
            return
        while size := int(await reader.readuntil(b"\r\n"), 16):
            await reader.readexactly(size + 2)
        await reader.readuntil(b"\r\n")

    def hang_up(self) -> None:
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None
