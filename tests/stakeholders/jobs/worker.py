"""A worker in a process of its own: `worker.py start LIVES TOTAL DIES_AT` or `worker.py work`."""

import os
import sys
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

if sys.argv[1] == "start":
    lives, total, dies_at = sys.argv[2:]
    user = User.objects.create_user("a@site.example", None, name_zh="甲", is_staff=True)
    actions.start_job(
        actor=Actor(kind=ActorKind.ADMINISTRATOR, user_id=user.pk),
        kind="test.count",
        arguments={"total": int(total), "dies_at": int(dies_at), "lives": lives},
        title="Count",
    )
else:
    actions.run_jobs(actor=SYSTEM, seconds=60)
