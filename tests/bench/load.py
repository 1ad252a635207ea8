"""50 readers on the main pages of the site as it runs (gunicorn, two web workers), sessions ready.

The demonstration with 1,000 more comments in its last round, and with a tenth of them. `pressed`:
nobody waits between two pages, which shows how many the site can answer; `reading`: each reads for
one to three seconds, which shows how long one waits for a page. Beside it, in the same run, the same
load on a Django view that answers a constant, served alike. LOAD_SECONDS (20) for each part; `BENCH=load
LOAD_SECONDS=60 make bench` for the whole minute. All on loopback, by readers of this process.
"""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.models import Max
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import reverse

from config.launch import processes
from config.launch.children import children_of
from config.launch.paths import Checkout
from config.launch.probes import LOOPBACK, free_port
from config.launch.terms import SOURCE
from consult.demonstration.actions import MAIN
from consult.demonstration.queries import accounts
from consult.phase2_preparation.models import Comment, Round
from plans.register.models import Plan
from plans.register.queries import entries_of
from stakeholders.people.models import User
from tests.bench.harness import Result
from tests.bench.visiting import OK, Reader, Visits, percentile, visit

SIZES = (100, 1_000)
READERS = 50
SECONDS = float(os.environ.get("LOAD_SECONDS", "20"))
SEED = 20260101
START_SECONDS = 120.0
WARM_SECONDS = 5.0  # each worker reads its pages, templates and words when first asked
PAUSES = {"pressed": (0.0, 0.0), "reading": (1.0, 3.0)}
COMMENTS = "register of comments"
STORAGES = {
    **settings.STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}


def run() -> list[Result]:
    call_command("load_demonstration", stdout=sys.stderr)
    plan = Plan.objects.get(key=MAIN)
    results = []
    with (
        _served("config.wsgi:application", "tests.bench.load_settings") as site,
        _served("tests.bench.constant:application", "tests.bench.constant") as bare,
    ):
        for size in SIZES:
            _fill(plan, size)
            readers = _readers(_pages(plan), size)
            visit(site, readers, seconds=WARM_SECONDS, pause=PAUSES["pressed"], seed=SEED)
            for kind, pause in PAUSES.items():
                constant = visit(bare, readers, seconds=SECONDS / 4, pause=pause, seed=SEED)
                ours = visit(site, readers, seconds=SECONDS, pause=pause, seed=SEED)
                results += _told(kind, size, ours, constant)
    return results


def _told(kind: str, size: int, ours: Visits, constant: Visits) -> list[Result]:
    """One JSON line a page and for all; then p50 and p95 of the site against those of the constant."""
    for page in ("", *sorted(ours.took)):
        line = {"case": f"load, {kind}", "size": size, "page": page or "all"}
        sys.stdout.write(json.dumps(line | ours.as_line(page)) + "\n")
    line = {"case": f"load, {kind}", "size": size, "page": "constant view"}
    sys.stdout.write(json.dumps(line | constant.as_line()) + "\n")
    sys.stdout.flush()
    return [
        Result(
            f"load, {kind}: p{rank}",
            size,
            {"site": percentile(ours.all, rank), "constant": percentile(constant.all, rank)},
            {},
        )
        for rank in (50, 95)
    ]


def _fill(plan: Plan, size: int) -> None:
    """The last round of the plan as it stands after `size` more comments."""
    last = Round.objects.filter(plan=plan).order_by("-number")[0]
    entries = [one for one in entries_of(last.revision) if one.item.kind == "provision"]
    replies = [one for one in last.replies.order_by("pk") if one.jurisdiction_id]
    known = Comment.objects.filter(plan=plan).aggregate(last=Max("number"))["last"] or 0
    have = Comment.objects.filter(plan=plan, text_zh__startswith="负载").count()
    Comment.objects.bulk_create(
        Comment(
            reply=(reply := replies[n % len(replies)]),
            plan=plan,
            number=known + 1 + n - have,
            jurisdiction_id=reply.jurisdiction_id,
            item=entries[n % len(entries)].item,
            version=entries[n % len(entries)].version,
            type="general",
            text_zh=f"负载第{n}条意见：" + "建议补充跨界断面的水质目标。" * 10,
        )
        for n in range(have, size)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _pages(plan: Plan) -> Sequence[str]:
    at = f"/plans/{plan.key}/"
    last = Round.objects.filter(plan=plan).order_by("-number")[0]
    return (
        "/",
        "/plans/",
        "/notices/",
        at,
        reverse("text:home", args=[plan.key]),
        reverse("text:read", args=[plan.key]),
        f"{at}rounds/{last.number}/",
        reverse("preparation:dispositions", args=[plan.key]),
        f"{at}matters/",
        f"{at}matrix/",
        f"{at}dashboard/",
    )


def _readers(pages: Sequence[str], size: int) -> list[Reader]:
    """The people of the demonstration in turn, each with those pages that it is shown.

    What each page costs in queries is printed, as the first who is shown it meets it.
    """
    emails = [one.email for _heading, group in accounts() for one in group]
    people = User.objects.filter(email__in=emails, is_superuser=False).order_by("pk")
    found, queries = [], {}
    for user in people:
        with override_settings(STORAGES=STORAGES, ALLOWED_HOSTS=["*"]):
            client = Client(HTTP_HOST="localhost", HTTP_ACCEPT_LANGUAGE="zh-hans")
            client.force_login(user)
            costs = {page: _asked(client, page) for page in pages}
        shown = [page for page, asked in costs.items() if asked]
        queries = {page: costs[page] for page in shown} | queries
        name = settings.SESSION_COOKIE_NAME
        found.append(Reader(cookie=f"{name}={client.cookies[name].value}", pages=shown))
    found = [one for one in found if len(one.pages) > 1]
    line = {"case": "load: queries", "size": size, "pages": queries}
    sys.stdout.write(json.dumps(line) + "\n")
    return [found[number % len(found)] for number in range(READERS)]


def _asked(client: Client, page: str) -> int:
    """How many queries a page costs; 0 where the reader is not shown it."""
    with CaptureQueriesContext(connection) as captured:
        status = client.get(page).status_code
    return len(captured) if status == OK else 0


@contextmanager
def _served(application: str, module: str) -> Iterator[int]:
    """The application as the launcher serves it, on a free port of loopback, while the block lasts."""
    port = free_port()
    checkout = Checkout(SOURCE)
    (web,) = (
        child
        for child in children_of(checkout=checkout, environment={}, binds=[f"{LOOPBACK}:{port}"])
        if child.name == "web"
    )
    command = [application if part == "config.wsgi:application" else part for part in web.command]
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": module,
        "SITE_URL": f"http://localhost:{port}",
    }
    with subprocess.Popen(
        command, cwd=SOURCE, env=environment, preexec_fn=processes.tied_to_us()
    ) as process:
        try:
            processes.wait_until(
                lambda: process.poll() is not None or _answers(port), seconds=START_SECONDS
            )
            if not _answers(port):
                raise ValueError(f"{application} does not answer")
            yield port
        finally:
            process.terminate()


def _answers(port: int) -> bool:
    try:
        socket.create_connection((LOOPBACK, port), timeout=1).close()
    except OSError:
        return False
    return True
