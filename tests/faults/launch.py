"""`python -m tests.faults.launch FOLDER PORT SECONDS`: `make up` of a folder that is thrown away.

The launcher's own supervisor, with the settings of the fault tests; it ends itself after SECONDS.
A child that lived for five seconds counts as one that lives: hit every half minute, the pause of
one that keeps dying by itself would be what is measured. And a machine that is busy with other tests
may take its time until everything has begun.
"""

import os
import signal
import sys
from pathlib import Path

from config.launch import children, environment, processes, supervisor
from config.launch.paths import Checkout

SETTINGS = "tests.faults.settings"


def of_site(**arguments: object) -> dict[str, str]:
    """The environment of the site's processes, pointed at the settings of the fault tests."""
    return {**_of_site(**arguments), "DJANGO_SETTINGS_MODULE": SETTINGS}


_of_site = environment.of_site

if __name__ == "__main__":
    folder, port, seconds = sys.argv[1:]
    processes.with_parent()
    environment.of_site = of_site
    children.CALM_SECONDS = 5.0
    supervisor.READY_SECONDS = 400.0
    signal.signal(signal.SIGALRM, lambda *_: os.kill(os.getpid(), signal.SIGTERM))
    signal.alarm(int(seconds))
    supervisor.up(checkout=Checkout(Path(folder)), port=int(port), demonstration=False)
