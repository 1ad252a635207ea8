"""Asking the site's virus scanner about one file."""

import logging
import subprocess
from pathlib import Path

from django.conf import settings

from stakeholders.files.enums import Scan

log = logging.getLogger(__name__)
_ANSWERS = {0: Scan.CLEAN, 1: Scan.INFECTED}


def scan(path: Path) -> Scan:
    """What `FILE_SCAN_COMMAND` says: exit status 0 clean, 1 infected.

    Any other answer, none in time, or no scanner leaves the file unscanned: it is asked again.
    """
    if not settings.FILE_SCAN_COMMAND:
        return Scan.UNSCANNED
    try:
        done = subprocess.run(  # noqa: S603 - the command is the operator's setting, not input
            [*settings.FILE_SCAN_COMMAND, str(path)],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=settings.FILE_SCAN_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        log.exception("the virus scanner gave no answer")
        return Scan.UNSCANNED
    if done.returncode not in _ANSWERS:
        log.error("the virus scanner failed with status %d: %r", done.returncode, done.stderr[:500])
    return _ANSWERS.get(done.returncode, Scan.UNSCANNED)
