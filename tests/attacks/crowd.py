"""Any writing act sent many times at the same moment, by its form, over real connections.

The world of the writing cases is laid once and committed; each act gets a clone of it.
"""

import html
import os
import re
import traceback
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Barrier

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.core.signals import got_request_exception
from django.db import connection, connections, transaction
from django.http import HttpResponse
from django.test import RequestFactory, override_settings

from consult.workflow import gates
from plans.register.models import Plan
from stakeholders.record.models import RecordEntry
from tests.architecture.test_rights_over_http import PLAIN
from tests.architecture.test_writing_acts import ENGLISH, House, form_data
from tests.architecture.writing_case import Case
from tests.architecture.writing_cases import CASES
from tests.attacks.racing import START_SECONDS, own_database, sound
from tests.databases import copy_database, drop_database


@dataclass
class Crowd:
    """What came of one act sent many times: answers by status, entries of the act, what broke.

    Refusals are all answers that show a page: the administration shows a form anew with status 200.
    """

    statuses: Counter[int] = field(default_factory=Counter)
    entries: int = 0
    is_sound: bool = True
    failures: list[str] = field(default_factory=list)
    refusals: list[HttpResponse] = field(default_factory=list)
    data: Mapping[str, object] = field(default_factory=dict)


def is_form_anew(response: HttpResponse) -> bool:
    """Whether this is a form of the administration that says what is wrong with it."""
    return response.status_code == 200 and b'class="errornote"' in response.content


def words(response: HttpResponse) -> str:
    """What a page says beyond the frame that all pages have: the text of its main part."""
    page = response.content.decode()
    main = re.search(r"<main\b[^>]*>(.*)</main>", page, re.DOTALL)
    text = re.sub(r"<(script|style)\b.*?</\1>", "", main[1] if main else "", flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def lost(response: HttpResponse, data: Mapping[str, object]) -> list[str]:
    """The lines somebody typed that do not stand on the page which tells why they were not taken."""
    page = html.unescape(response.content.decode())
    typed = [str(value) for value in data.values() if len(str(value)) > 1]
    typed = [value for value in typed if not value.isascii()]
    return [line for value in typed for line in value.split("\n") if line.strip() not in page]


def _in_flight() -> str:
    return traceback.format_exc(limit=-4)


def _request(path: str, posted: Mapping[str, object], jar: Mapping[str, str]) -> WSGIRequest:
    """The form as a browser sends it; the token against forgery is another test's."""
    request = RequestFactory().post(path, dict(posted), headers=ENGLISH)
    request.COOKIES.update(jar)
    request._dont_enforce_csrf_checks = True
    return request


class Hall:
    """The committed world: `send` runs one act in a clone of it."""

    def __init__(self, name: str) -> None:
        self.name, self.handler = name, WSGIHandler()
        self.house = House()
        for case in CASES.values():
            self.house.session(case.who, case.plan)

    def send(self, act: str, times: int, *, one_by_one: bool = False) -> Crowd:
        """The act's form, filled in as its case says, sent `times` times at once or in turn."""
        case, copy = CASES[act], f"{self.name}_copy"
        connection.close()
        copy_database(self.name, copy)
        before, closed = connection.settings_dict["NAME"], dict(gates.GATES)
        connection.settings_dict["NAME"] = copy
        try:
            with transaction.atomic():
                if case.ready is not None:
                    case.ready(self.house.world, Plan.objects.get(key=case.plan))
            data = form_data(self.house, case)
            return self._sent(case, act, data, 1 if one_by_one else times, times)
        finally:
            connection.close()
            connection.settings_dict["NAME"] = before
            # A case may open a gate to be ready; left open, it stood open for every later test.
            gates.GATES.clear()
            gates.GATES.update(closed)
            drop_database(copy)

    def _sent(
        self, case: Case, act: str, data: Mapping[str, object], threads: int, times: int
    ) -> Crowd:
        newest = RecordEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        crowd = Crowd(data=data)
        answers = self._answers(case, data, threads, times, crowd.failures)
        crowd.statuses = Counter(one.status_code for one in answers)
        crowd.entries = RecordEntry.objects.filter(pk__gt=newest, act=act).count()
        crowd.is_sound = sound()
        crowd.refusals = [one for one in answers if one.status_code != 302]
        return crowd

    def _answers(
        self,
        case: Case,
        data: Mapping[str, object],
        threads: int,
        times: int,
        failures: list[str],
    ) -> list[HttpResponse]:
        path = self.house.path(case, case.page, api=False)
        cookies = self.house.session(case.who, case.plan).cookies
        jar = {name: morsel.value for name, morsel in cookies.items()}
        posted = {**data, **self.house.hat(case.who, case.plan)}
        start, handler = Barrier(threads), self.handler

        def failed(**_given: object) -> None:
            failures.append(_in_flight())

        def run(_number: int) -> HttpResponse:
            try:
                connection.ensure_connection()
                request = _request(path, posted, jar)
                start.wait(timeout=START_SECONDS)
                return handler.get_response(request)
            finally:
                connections.close_all()

        got_request_exception.connect(failed)
        try:
            with ThreadPoolExecutor(threads) as pool:
                return list(pool.map(run, range(times)))
        finally:
            got_request_exception.disconnect(failed)


@contextmanager
def hall() -> Iterator[Hall]:
    """The committed world of the writing cases, dropped at the end."""
    name = f"jointplan_crowd_{os.getpid()}"
    storages = {**settings.STORAGES, "staticfiles": PLAIN}
    with override_settings(STORAGES=storages), own_database(name):
        yield Hall(name)
