import json
import logging
import os
import threading
from pathlib import Path

import pytest
import structlog

from config.logs import SharedRotatingHandler, logging_config, one_line


def test_lines_are_json_with_what_is_bound(tmp_path: Path) -> None:
    root = logging.getLogger()
    before = root.handlers, root.level
    try:
        logging_config(folder=str(tmp_path))
        structlog.contextvars.bind_contextvars(request="r1", plan="QWJ")
        logging.getLogger("jointplan.test").warning("中文 %s", "line")
    finally:
        structlog.contextvars.clear_contextvars()
        for handler in root.handlers:
            handler.close()
        root.handlers, root.level = before
    line = json.loads((tmp_path / "jointplan.log").read_text("utf-8").splitlines()[-1])
    assert {k: line[k] for k in ("event", "level", "request", "plan")} == {
        "event": "中文 line",
        "level": "warning",
        "request": "r1",
        "plan": "QWJ",
    }


def test_two_writers_rotate_without_losing_a_line(tmp_path: Path) -> None:
    path = tmp_path / "jointplan.log"
    handlers = [SharedRotatingHandler(path, encoding="utf-8") for _n in range(2)]

    def write(handler: SharedRotatingHandler, name: str) -> None:
        handler.MAX_BYTES = 2_000
        for number in range(200):
            handler.emit(logging.makeLogRecord({"msg": f"{name} {number:03} {'x' * 20}"}))

    threads = [
        threading.Thread(target=write, args=(h, n)) for h, n in zip(handlers, "ab", strict=True)
    ]
    for handler in handlers:
        handler.KEPT = 50
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for handler in handlers:
        handler.close()
    files = tmp_path.glob("jointplan.log*")
    lines = [line[:5] for file in files for line in file.read_text("utf-8").splitlines()]
    assert sorted(lines) == sorted(f"{name} {n:03}" for name in "ab" for n in range(200))


@pytest.mark.parametrize("is_long", [True, False])
def test_a_log_on_a_full_disk_stops_no_work(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], is_long: bool
) -> None:
    path = tmp_path / "jointplan.log"
    path.symlink_to("/dev/full")  # every write there says that no room is left
    handler = SharedRotatingHandler(path, encoding="utf-8")
    if is_long:
        handler.MAX_BYTES = -1  # so that it turns the file, whose lock cannot be written either
        path.with_suffix(".lock").mkdir()
    handler.emit(logging.makeLogRecord({"msg": "an act was carried out"}))
    # Closing writes what is left once more: by now there is room.
    with open(os.devnull, "wb") as room:
        os.dup2(room.fileno(), handler.stream.fileno())
    handler.close()
    assert "an act was carried out" in capsys.readouterr().err


def test_a_line_steers_no_terminal_and_ends_nowhere_else() -> None:
    said = "a\nb\x1b[2J\x9b31m\x85\u2028\u202ec\ud800"
    line = one_line({"event": said}, ensure_ascii=False)
    assert line.splitlines() == [line]
    assert line.isascii()
    assert json.loads(line) == {"event": said}
