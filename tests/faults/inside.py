"""`python -m tests.faults.inside`: what a fault test does in a site's own database.

A helper that is asked by lines: `feed` opens plans one after the other, each in one transaction with
a notice to its people and an invitation they have to answer in two days; `count` says what came of it.
"""

import io
import json
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import django
from django.core.management import call_command
from django.db import Error, close_old_connections, connection, transaction
from django.utils import timezone
from django.utils.functional import lazystr

REASON = "asked ten days ago, to be answered in two"


def feed(*, first: int, plans: int, people: int, seconds: float) -> int:
    """Open `plans` plans from number `first` on within `seconds`; a database that is away is asked until it is back."""
    from tests.world import build_world  # noqa: PLC0415 - Django is set up first

    insist(build_world)
    for number in range(first, first + plans):
        insist(lambda number=number: open_plan(number, people=people))
        time.sleep(seconds / plans)
    return plans


def insist(work: Callable[[], object]) -> None:
    """Do `work` in one transaction, again and again until it was committed."""
    while True:
        close_old_connections()
        try:
            with transaction.atomic():
                work()
        except Error:
            connection.close()
            time.sleep(0.3)
        else:
            return


def open_plan(number: int, *, people: int) -> None:
    """One plan, the people of an invited county who act in it alone, a notice, an invitation."""
    from consult.phase1_organization.models import Invitation  # noqa: PLC0415
    from plans.register.enums import PartyRole  # noqa: PLC0415
    from plans.register.models import Plan  # noqa: PLC0415
    from stakeholders.notices.steps import notify  # noqa: PLC0415
    from stakeholders.people.models import Mandate, User  # noqa: PLC0415
    from stakeholders.terms import clock  # noqa: PLC0415
    from stakeholders.terms.actor import Role  # noqa: PLC0415
    from tests.world import KUNSHAN, build_world  # noqa: PLC0415

    key = f"FAULT-{number}"
    if Plan.objects.filter(key=key).exists():  # committed, but the answer was lost
        return
    world = build_world()
    plan = world.plan(key, parties=())
    users = User.objects.bulk_create(
        User(
            email=f"p{number}-{one}@faults.example",
            password="!",
            name_zh=f"联络人{number}-{one}",
            language=("zh-hans", "en", "")[one % 3],
        )
        for one in range(people)
    )
    now = clock.now()
    mandates = Mandate.objects.bulk_create(
        Mandate(
            user=user,
            jurisdiction_id=KUNSHAN,
            role=Role.CONTACT_POINT.value,
            document=REASON,
            plan_key=key,
            valid_from=now - timedelta(days=20),
            granted_by=world.administrator,
        )
        for user in users
    )
    row = Invitation.objects.create(
        plan=plan,
        jurisdiction_id=KUNSHAN,
        role=PartyRole.CO_MAKER.value,
        must_sign=True,
        message=REASON,
        invited_at=now - timedelta(days=10),
        answer_by=(timezone.localtime(now) + timedelta(days=2)).replace(hour=18, minute=0),
        mandate=mandates[0],
    )
    notify(
        people=[user.pk for user in users],
        kind="invitation.send",
        title=lazystr(f"Invitation to take part: {key}"),
        url=f"/invitations/{row.pk}/",
        key=f"invitation.send:{row.pk}",
        plan_key=key,
    )


def count() -> dict[str, int]:
    """What was due and what came of it, by rows alone."""
    from consult.phase1_organization.models import Invitation  # noqa: PLC0415
    from stakeholders.notices.models import Notice, OutboxMessage  # noqa: PLC0415
    from stakeholders.people.models import Mandate  # noqa: PLC0415

    due = {
        (user, key)
        for user, key in Mandate.objects.filter(
            document=REASON, plan_key__in=Invitation.objects.values("plan__key")
        ).values_list("user_id", "plan_key")
    }
    told = list(
        Notice.objects.filter(kind="duty.reminder").values_list("user_id", "plan_key", "key")
    )
    rows = OutboxMessage.objects.values_list("dedupe_key", flat=True)
    return {
        "plans": len({key for _user, key in due}),
        "reminders due": len(due),
        "reminders missing": len(due - {(user, plan) for user, plan, _key in told}),
        "reminders": len(told),
        "reminder keys twice": len(told) - len({(user, key) for user, _plan, key in told}),
        "notices": Notice.objects.count(),
        "mails": len(rows),
        "mail keys twice": len(rows) - len(set(rows)),
        "mails waiting": OutboxMessage.objects.filter(sent_at__isnull=True).count(),
        "attempts more than one": OutboxMessage.objects.filter(attempts__gt=1).count(),
    }


def mails() -> list[list[str]]:
    """Each mail of the outbox: its Message-ID and its recipient."""
    from stakeholders.notices.models import OutboxMessage  # noqa: PLC0415
    from stakeholders.notices.steps import message_id  # noqa: PLC0415

    return [[message_id(row), row.recipient] for row in OutboxMessage.objects.order_by("pk")]


def sweep_at_once(*, threads: int) -> int:
    """Sweep in `threads` threads at the same moment; how many of them found the lock free."""
    from consult.desk.actions import sweep  # noqa: PLC0415
    from stakeholders.terms.actor import SYSTEM  # noqa: PLC0415

    def one(_number: int) -> bool:
        try:
            return bool(sweep(actor=SYSTEM))
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=threads) as pool:
        return sum(pool.map(one, range(threads)))


def verify() -> str:
    """The words of `record verify`; CommandError where the record does not hold. A database that
    is away is asked until it is back."""
    words = io.StringIO()
    insist(lambda: call_command("record", "verify", stdout=words))
    return words.getvalue()


def lay_ground() -> list[dict[str, Any]]:
    """Two plans and the people who work in them over HTTP; see `ground`."""
    from tests.faults.ground import lay  # noqa: PLC0415 - Django is set up first

    return lay()


def kept() -> dict[str, Any]:
    """What the site has of what these people sent."""
    from tests.faults.ground import kept as found  # noqa: PLC0415

    return found()


def of_drill(name: str) -> Callable[..., Any]:
    """The function `name` of `everything`, read when it is asked for."""

    def run(**arguments: Any) -> Any:
        from tests.faults import everything  # noqa: PLC0415 - Django is set up first

        return getattr(everything, name)(**arguments)

    return run


COMMANDS = {
    "lay_everything": of_drill("lay"),
    "add_file": of_drill("add_file"),
    "papers": of_drill("papers"),
    "files": of_drill("files"),
    "doors": of_drill("doors"),
    "pages": of_drill("pages"),
    "feed": feed,
    "count": count,
    "mails": mails,
    "sweep": sweep_at_once,
    "verify": verify,
    "lay_ground": lay_ground,
    "kept": kept,
}


def serve() -> None:
    """Answer each line of standard input, a command and its arguments, by a line; until the end."""
    for line in sys.stdin:
        number, name, arguments = json.loads(line)
        try:
            answer = {"answer": COMMANDS[name](**arguments)}
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
        finally:
            connection.close()
        sys.stdout.write(json.dumps({"number": number, **answer}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    django.setup()
    serve()
