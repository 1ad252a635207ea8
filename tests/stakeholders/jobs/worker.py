"""Workers, each in a process of its own: `start LIVES TOTAL DIES_AT` or `work` on lines of stdin.

Each is a child of this process, which sets Django up once for all of them and answers every line
with how the child ended, as `subprocess` has it: its status, or the signal below zero.
"""

import os
import sys
import traceback
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.conf import settings  # noqa: E402 - after Django is set up

from stakeholders.jobs import actions  # noqa: E402
from stakeholders.people.models import User  # noqa: E402
from stakeholders.terms.actor import SYSTEM, Actor, ActorKind  # noqa: E402
from tests.stakeholders.jobs.counting import KINDS  # noqa: E402

settings.JOB_KINDS.update(KINDS)


def run(what: str, *given: str) -> None:
    if what == "start":
        lives, total, dies_at = given
        user = User.objects.create_superuser("a@site.example", None, name_zh="甲")
        actions.start_job(
            actor=Actor(kind=ActorKind.ADMINISTRATOR, user_id=user.pk),
            kind="test.count",
            arguments={"total": int(total), "dies_at": int(dies_at), "lives": lives},
            title="Count",
        )
    else:
        actions.run_jobs(actor=SYSTEM, seconds=60)


for line in sys.stdin:
    child = os.fork()
    if not child:
        status = 1
        try:
            run(*line.split())
            status = 0
        except Exception:
            traceback.print_exc()
        finally:
            os._exit(status)
    sys.stdout.write(f"{os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])}\n")
    sys.stdout.flush()
