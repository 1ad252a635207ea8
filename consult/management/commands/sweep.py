"""`manage.py sweep [--loop]`: do what is due, once or whenever beat has been silent."""

import logging
import signal
import threading
from argparse import ArgumentParser

from django.core.management.base import BaseCommand
from django.db import Error, close_old_connections, connection

from consult.desk.actions import sweep, sweep_if_late, work_if_idle
from consult.desk.enums import SWEEP_LATE
from stakeholders.notices.actions import send_waiting
from stakeholders.terms.actor import SYSTEM

log = logging.getLogger(__name__)
TICK = 5.0  # seconds between two looks at the heartbeat


class Command(BaseCommand):
    help = (
        "Close what is due, remind, send mail, tidy. With --loop: whenever no sweep ran for 90 s."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--loop", action="store_true", help="run until SIGTERM")

    def handle(self, *args: object, loop: bool = False, **options: object) -> None:
        if not loop:
            for name, count in sweep(actor=SYSTEM).items():
                self.stdout.write(f"{name}: {'failed' if count < 0 else count}")
            self.stdout.write(f"mail: {send_waiting(actor=SYSTEM)}")
            return
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        while not stop.is_set():
            look()
            stop.wait(TICK)


def look() -> None:
    """One look at the heartbeat. A database that is away is waited for, not died of."""
    close_old_connections()
    try:
        sweep_if_late(actor=SYSTEM, after=SWEEP_LATE)
        work_if_idle(actor=SYSTEM)
    except Error:
        log.exception("the sweep found no database")
        connection.close()
