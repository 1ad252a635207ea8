"""`test` and `bench`: a command beside a PostgreSQL of its own, fresh each time."""

import os
import subprocess
import sys
from collections.abc import Sequence

from config.launch import environment, processes
from config.launch.lock import only_one
from config.launch.paths import Checkout
from config.launch.postgres import Postgres
from config.launch.supervisor import StopRequested, stopping_on_signals

# In the order of the folders the long modules (architecture, journeys) start first; by the number of
# their tests, which is the default, they would start last, one worker waiting for the other.
PARALLEL = ("-n", "2", "--dist", "loadscope", "--no-loadscope-reorder")
COMMANDS = {
    "test": ("-m", "pytest", *PARALLEL, "--durations=20"),
    "bench": ("-m", "tests.bench"),
}
STOPPED = 130


def run(*, checkout: Checkout, command: Sequence[str]) -> int:
    """Run Python with `command` on an empty test server and return its exit status.

    With DATABASE_URL in the environment that server is used instead. Nothing is printed after
    the command's own last line.
    """
    checkout.prepare()
    with only_one(path=checkout.run / "test.lock", doing="make test"), stopping_on_signals():
        given = os.environ.get("DATABASE_URL")
        server = None if given else Postgres(checkout, durable=False, in_memory=True)
        child: subprocess.Popen[bytes] | None = None
        try:
            if server is not None:
                server.remove()
                server.start()
            child = subprocess.Popen(
                [sys.executable, *command],
                cwd=checkout.root,
                env=environment.of_tests(checkout=checkout, server=server),
                preexec_fn=processes.tied_to_us(),
            )
            return child.wait()
        except StopRequested:
            return STOPPED
        finally:
            if child is not None and child.poll() is None:
                child.terminate()
                child.wait(timeout=30)
            if server is not None:
                server.remove()
