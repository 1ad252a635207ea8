"""Row writes of the desk: reminder policies, announced deadlines."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.db import connection
from django.db.models import Max

from consult.desk.models import AnnouncedDeadline, ReminderPolicy
from consult.desk.windows import Policy
from plans.register.models import Plan
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor
from stakeholders.terms.batches import batched

BATCH = 1_000
KINDS = ("bigint", "varchar", "integer", "timestamptz", "timestamptz")  # in PostgreSQL


class Announced(NamedTuple):
    """A deadline to be kept as announced. A sweep makes one for each duty: no model instance."""

    plan_id: int
    duty_key: str
    number: int
    due_at: datetime
    at: datetime


ANNOUNCE = f"""
    INSERT INTO {AnnouncedDeadline._meta.db_table} ({", ".join(Announced._fields)})
    SELECT * FROM unnest({", ".join(f"%s::{kind}[]" for kind in KINDS)})
    ON CONFLICT DO NOTHING
"""  # noqa: S608 - constants


def write_policy(*, plan: Plan, actor: Actor, policy: Policy) -> ReminderPolicy:
    """The policy that counts for the plan from now on. The caller holds the plan's lock."""
    last = ReminderPolicy.objects.filter(plan=plan).aggregate(last=Max("number"))["last"]
    return ReminderPolicy.objects.create(
        plan=plan,
        number=(last or 0) + 1,
        before=list(policy.before),
        every=policy.every,
        office_after=policy.office_after,
        escalate_after=policy.escalate_after,
        hour=policy.hour,
        mandate_id=actor.mandate,
        at=clock.now(),
    )


def write_announced(rows: Iterable[Announced]) -> None:
    """Add rows, 1,000 at a time; one that another sweep wrote meanwhile stays as it is."""
    for some in batched(rows, BATCH):
        with connection.cursor() as cursor:
            cursor.execute(ANNOUNCE, [list(column) for column in zip(*some, strict=True)])
