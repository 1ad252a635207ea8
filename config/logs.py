"""Logs are JSON, one object a line, with request, user, mandate and plan."""

import fcntl
import json
import logging
import logging.config
import re
import sys
from logging.handlers import WatchedFileHandler
from pathlib import Path
from typing import Any

import structlog
from structlog.typing import EventDict, Processor

# What follows in such an address opens an account or a page: it stands in no log.
_SECRET = re.compile(
    r"(/people/invitation/|/asked/by-link/|/accounts/password/reset/key/|/inbox/unsubscribe/"
    r"|/calendar/(?=[^/\s\"']{16}))[^/\s\"']+"
)

# What ends a line for some reader, steers a terminal, turns the direction of writing or is half a
# sign that no file can hold. JSON has another way to write each; the control signs below a blank
# it writes so itself.
_STEERING = re.compile("[\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def one_line(event: object, **options: Any) -> str:
    """The event as JSON that stays one harmless line, whatever people wrote into it."""
    text = json.dumps(event, **options)
    return _STEERING.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text)


def _mask(_logger: object, _name: str, event: EventDict) -> EventDict:
    """Hide the links that open something, wherever a line names an address."""
    return {k: _SECRET.sub(r"\1…", v) if isinstance(v, str) else v for k, v in event.items()}


_SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
    _mask,
]


class SharedRotatingHandler(WatchedFileHandler):
    """One file that several processes append to, rotated by whoever finds it too long.

    The standard rotating handler loses lines when two processes rotate at once. Here the renaming
    is done under a lock, and the others notice the new file before their next line. A line that
    cannot be written (a full disk, a folder that takes nothing) is said on standard error: it must
    not stop the work it tells of.
    """

    MAX_BYTES = 20_000_000
    KEPT = 5

    def emit(self, record: logging.LogRecord) -> None:
        try:
            self._rotate_when_long()
            super().emit(record)
        except OSError:
            self.handleError(record)

    def _rotate_when_long(self) -> None:
        path = Path(self.baseFilename)
        if path.exists() and path.stat().st_size > self.MAX_BYTES:
            with open(path.with_suffix(".lock"), "w") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                if path.exists() and path.stat().st_size > self.MAX_BYTES:
                    self._rotate(path)

    def _rotate(self, path: Path) -> None:
        for number in range(self.KEPT - 1, 0, -1):
            older = path.with_suffix(f".log.{number}")
            if older.exists():
                older.replace(path.with_suffix(f".log.{number + 1}"))
        path.replace(path.with_suffix(".log.1"))


def logging_config(*, folder: str) -> None:
    """Send every log line as JSON to a rotated file in `folder`, or to standard error."""
    handler: logging.Handler = logging.StreamHandler(sys.stderr)
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        handler = SharedRotatingHandler(Path(folder) / "jointplan.log", encoding="utf-8")
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=_SHARED,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(one_line, ensure_ascii=False),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.INFO)
    structlog.configure(
        processors=[*_SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
