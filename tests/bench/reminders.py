"""One sweep that reminds 10,000 people of 100,000 open duties, and the same with a tenth of it.

`sweep` finds who owes what, writes the announced deadlines, one notice for each duty and person
and one mail for each person. Against the bare inserts of the very same rows, ready made, and against
one `notify()` and one sent mail for each duty (500 of them, reckoned up to the whole; the sweep
writes one mail a person and sends none). `next` is the sweep a minute later, which finds everybody
told. Each way runs once, in one transaction taken back: the whole takes some minutes. Memory is by
how much the process grew at most.
"""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from resource import RUSAGE_SELF, getrusage
from time import perf_counter

from django.core.mail import EmailMessage, get_connection
from django.db import connection, models, transaction

from consult.desk import sources
from consult.desk.actions import remind_due
from consult.desk.models import AnnouncedDeadline
from plans.register.models import Plan
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.notices.models import Notice, OutboxMessage
from stakeholders.notices.steps import notify
from stakeholders.people.models import Mandate, User
from stakeholders.terms import clock
from stakeholders.terms.actor import SYSTEM, Role
from stakeholders.terms.duty import Duty
from tests.bench.harness import Processors, Result

SIZES = (10_000, 100_000)  # duties; a tenth as many people
ROLES = (Role.CONTACT_POINT, Role.DEPUTY, Role.PLANNER, Role.OBSERVER)
PLANS = 10
SAMPLE = 500
NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # Monday, 9:00 where the plans are made
DUE = datetime(2026, 12, 2, 9, 0, tzinfo=UTC)  # seven working days later
LOCMEM = "django.core.mail.backends.locmem.EmailBackend"


def seed(size: int) -> tuple[list[Plan], list[str]]:
    """Plans, and units of four people each, `size / 10` people in all."""
    plans = Plan.objects.bulk_create(
        [
            Plan(
                key=f"remind-{size}-{n}",
                title_zh="规划",
                short_zh="规划",
                kind="overall",
                horizon_from=2026,
                horizon_until=2035,
                created_at=NOW,
            )
            for n in range(PLANS)
        ]
    )
    first = 900_000 + 10_000 * SIZES.index(size)
    codes = [str(first + n) for n in range(size // PLANS // len(ROLES))]
    names = ("name_zh", "name_en", "name_en_unique", "short_zh", "short_en", "type_zh", "type_en")
    Jurisdiction.objects.bulk_create(
        [
            Jurisdiction(code=code, level="county", path=code, **dict.fromkeys(names, code))
            for code in codes
        ],
        ignore_conflicts=True,
    )
    granting = User.objects.create(email=f"granting-{size}@site.example", password="!")
    people = User.objects.bulk_create(
        [
            User(email=f"{role.value}-{code}-{size}@bench.example", password="!", language="en")
            for code in codes
            for role in ROLES
        ]
    )
    held = [(code, role) for code in codes for role in ROLES]
    Mandate.objects.bulk_create(
        [
            Mandate(
                user=user,
                jurisdiction_id=code,
                role=role.value,
                document="bench",
                valid_from=datetime(2020, 1, 1, tzinfo=UTC),
                granted_by=granting,
            )
            for user, (code, role) in zip(people, held, strict=True)
        ],
        batch_size=1_000,
    )
    return plans, codes


def source_of(plans: Sequence[Plan], codes: Sequence[str]) -> Callable[..., list[Duty]]:
    """On every plan each person of each unit owes one thing."""
    wanted = {plan.pk for plan in plans}

    def source(*, plans: Sequence[Plan], now: datetime) -> list[Duty]:
        return [
            Duty(
                kind="round.answer",
                plan_id=plan.pk,
                subject_id=f"{plan.pk}-{role.value}",
                title="Answer comment round 1",
                url=f"/plans/{plan.key}/rounds/1/",
                due_at=DUE,
                holder_code=code,
                roles=frozenset({role.value}),
            )
            for plan in plans
            if plan.pk in wanted
            for code in codes
            for role in ROLES
        ]

    return source


@contextmanager
def _owing(source: Callable[..., list[Duty]]) -> Iterator[None]:
    """Only `source` says who owes what, and nothing of the block is kept."""
    before, sources.DUTIES = sources.DUTIES, (source,)
    try:
        with transaction.atomic(), clock.stated(NOW):
            yield
            transaction.set_rollback(True)
    finally:
        sources.DUTIES = before


def _sweep() -> int:
    return remind_due(actor=SYSTEM, now=NOW)


@dataclass(frozen=True, kw_only=True)
class Timed:
    """What one run of a way took: on the clock, of the processor, queries, growth in MiB."""

    count: int
    seconds: float
    worked: float
    queries: int
    grown: float


def _timed(act: Callable[[], int]) -> Timed:
    asked: list[int] = []

    def counting(execute: Callable[..., object], *said: object) -> object:
        asked.append(1)
        return execute(*said)

    before = getrusage(RUSAGE_SELF).ru_maxrss
    processors = Processors()
    start, worked = perf_counter(), processors.now()
    with connection.execute_wrapper(counting):
        count = act()
    return Timed(
        count=count,
        seconds=perf_counter() - start,
        worked=processors.now() - worked,
        queries=len(asked),
        grown=(getrusage(RUSAGE_SELF).ru_maxrss - before) / 1024,
    )


def _insert(rows: Sequence[tuple[type[models.Model], list[models.Model]]]) -> int:
    for model, some in rows:
        model._default_manager.bulk_create(some, batch_size=1_000)
    return len(rows[0][1])


def _ready_made(model: type[models.Model]) -> list[models.Model]:
    rows = list(model._default_manager.all())
    for row in rows:
        row.pk, row._state.adding = None, True
    return rows


def _one_by_one(people: Sequence[User]) -> int:
    """A notice with its mail, and a mail sent, for each of `people`."""
    for number, user in enumerate(people):
        notify(
            people=[user.pk],
            kind="duty.reminder",
            title="Answer comment round 1",
            url="/plans/bench/rounds/1/",
            key=f"bench:{number}",
            due_at=DUE,
        )
        EmailMessage("s", "b", to=[user.email], connection=get_connection(LOCMEM)).send()
    return len(people)


def _measure(size: int) -> list[Result]:
    plans, codes = seed(size)
    source = source_of(plans, codes)
    with _owing(source):
        first, again = _timed(_sweep), _timed(_sweep)
        rows = [(kind, _ready_made(kind)) for kind in (Notice, OutboxMessage, AnnouncedDeadline)]
    if (first.count, again.count, len(rows[1][1])) != (size, 0, size // 10):
        raise ValueError(f"not everybody once: {first}, {again}, {len(rows[1][1])} mails")
    with _owing(source):
        bare = _timed(partial(_insert, rows))
    people = list(User.objects.filter(email__endswith=f"-{size}@bench.example")[:SAMPLE])
    with _owing(source):
        singly = _timed(partial(_one_by_one, people))
    line = {
        "case": "reminders: the sweep",
        "size": size,
        "people": size // 10,
        "grown_mib": round(first.grown, 1),
        "queries_per_1000": round(first.queries * 1_000 / size, 1),
        "notices_per_second_of_processor": round(size / first.worked),
        "next_seconds_of_processor": round(again.worked, 2),
    }
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()
    ways = {"sweep": first, "bare inserts": bare, "one by one": singly, "next": again}
    share = {"one by one": size / len(people)}
    queries = {"sweep": first.queries, "next": again.queries}
    return [
        Result(
            f"reminders{kind}",
            size,
            {way: getattr(ran, field) * share.get(way, 1) for way, ran in ways.items()},
            queries,
        )
        for kind, field in (("", "seconds"), (", processor", "worked"))
    ]


def run() -> list[Result]:
    return [row for size in SIZES for row in _measure(size)]
