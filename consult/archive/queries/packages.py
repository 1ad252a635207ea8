"""Packages a person had made before."""

import json

from consult.archive.enums import JOB
from plans.register.models import Plan
from stakeholders.jobs.models import Job
from stakeholders.jobs.queries import own_jobs
from stakeholders.terms.actor import Actor

MOST = 20


def packages_of(*, actor: Actor, plan: Plan) -> list[Job]:
    """The newest jobs of the acting person for this plan, newest first. One query."""
    rows = own_jobs(actor=actor).filter(kind=JOB, arguments__contains=json.dumps(plan.key))
    return [row for row in rows[:MOST] if json.loads(row.arguments)["plan"] == plan.key]
