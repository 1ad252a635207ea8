"""`/healthz`: this process answers. `/readyz`: everything it needs does."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from kombu.exceptions import OperationalError as BrokerAway

from stakeholders.broker.connecting import connection as broker_connection
from stakeholders.jurisdictions.queries import year_without_notice
from stakeholders.notices.queries import dead_letters, heartbeat_age, outbox_age
from stakeholders.terms import clock

MAX_SKEW = timedelta(seconds=2)
MAX_OUTBOX_AGE = timedelta(minutes=10)
MAX_HEARTBEAT_AGE = timedelta(minutes=5)
_migrated = False


@login_not_required
@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """200 with a line per part, or 503 naming what fails. Names no secrets.

    `warnings` are for the site's keepers and make nothing unready.
    """
    parts = {name: _state(check) for name, check in CHECKS.items()}
    ready = all(state == "ok" for state in parts.values())
    warnings = {name: _state(check) for name, check in WARNINGS.items()}
    told = {name: state for name, state in warnings.items() if state != "ok"}
    answer = {"ready": ready, **parts, **({"warnings": told} if told else {})}
    return JsonResponse(answer, status=200 if ready else 503)


def _state(check: Callable[[], str]) -> str:
    try:
        return check()
    except (Error, BrokerAway, OSError, ValueError) as error:
        return type(error).__name__


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        theirs: datetime = cursor.fetchone()[0]
    skew = abs(theirs - clock.now())
    return "ok" if skew <= MAX_SKEW else f"clock differs by {skew.total_seconds():.1f} s"


def _migrations() -> str:
    global _migrated
    if not _migrated:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return "migrations are missing"
        _migrated = True
    return "ok"


def _broker() -> str:
    with broker_connection(settings.CELERY_BROKER_URL) as broker:
        broker.ensure_connection(max_retries=1, timeout=1)
    return "ok"


def _outbox() -> str:
    age = outbox_age(at=clock.now())
    return "ok" if age is None or age < MAX_OUTBOX_AGE else f"oldest mail waits {age}"


def _heartbeat() -> str:
    age = heartbeat_age(name="sweep", at=clock.now())
    if age is None:
        return "no sweep has run"
    return "ok" if age < MAX_HEARTBEAT_AGE else f"last sweep {age} ago"


def _calendar() -> str:
    year = year_without_notice(on=timezone.localtime(clock.now()).date())
    if year is None:
        return "ok"
    return f"the State Council's notice on the holidays of {year} is not entered"


def _mail() -> str:
    dead = dead_letters()
    words = ", ".join(f"{number} {reason}" for reason, number in sorted(dead.items()))
    return f"mail that will not leave by itself: {words}" if dead else "ok"


WARNINGS = {"calendar": _calendar, "mail": _mail}
CHECKS = {
    "database": _database,
    "migrations": _migrations,
    "broker": _broker,
    "outbox": _outbox,
    "heartbeat": _heartbeat,
}
