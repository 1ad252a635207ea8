"""CVE-2026-45376: what a list is asked to be ordered by never stands in the text of a statement."""

import re
from collections.abc import Iterable, Iterator

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from consult.phase2_preparation.queries.dispositions import disposition_table
from plans.register.queries.attachments import in_order, visible_attachments
from tests.attacks.test_advisories import SAYS, _fresh_limits, keeper, office, scene
from tests.consult.phase2_preparation.stage import Scene
from tests.saying import Say

__all__ = ["_fresh_limits", "keeper", "office", "scene"]

INJECTED = (
    "pg_sleep(9)",
    "(select password from stakeholders_user limit 1)",
    "1;drop table canary--",
    "-user__password",
    "similarity(name_zh,'x')",
    'name_zh" desc, (select 1/0)--',
    "1,(case when 1=1 then 1 else 1/0 end)",
)
ORDERS = ("sort", "order", "order_by", "ordering", "o", "by", "dir")
LISTS = (
    "/plans/QWJ/dispositions/",
    "/plans/QWJ/attachments/",
    "/plans/QWJ/balance/",
    "/plans/QWJ/implementation/cases/",
    "/plans/QWJ/entered/",
    "/plans/QWJ/demands/",
    "/plans/QWJ/meetings/",
    "/plans/QWJ/tasks/",
    "/plans/QWJ/projects/",
    "/plans/QWJ/indicators/",
    "/plans/QWJ/transmission/",
    "/matters/register/",
    "/jurisdictions/",
    "/jurisdictions/regions/",
    "/jurisdictions/overlap/",
    "/people/mandates/",
    "/people/organizations/",
    "/api/v1/plans/",
    "/api/v1/plans/QWJ/comments/",
    "/api/v1/jurisdictions/",
)


def test_no_order_asked_for_becomes_sql(
    scene: Scene, office: Client, keeper: Client, say: Say
) -> None:
    """CVE-2026-45376 (Decidim): what the administrators' search was asked to order by ran as SQL.

    Nothing of a request's order or search stands in the text of a statement; it is a parameter or
    is not heard. Sample: every ninth list and text."""
    scene.comment()  # a list without a row is not sorted
    wrong, asked = _ordered(list(_orders(office, keeper))[::9])
    say("CVE-2026-45376 (sample)", {"requests": asked, "deviations": len(wrong)})
    assert (wrong, asked > 30) == ([], True)


@pytest.mark.prove
def test_no_order_of_any_list_becomes_sql(
    scene: Scene, office: Client, keeper: Client, say: Say
) -> None:
    """CVE-2026-45376, whole."""
    scene.comment()
    wrong, asked = _ordered(_orders(office, keeper))
    say("CVE-2026-45376", {"requests": asked, "deviations": len(wrong)})
    assert (wrong, asked > 250) == ([], True)


def test_no_order_behind_the_forms_becomes_sql(scene: Scene) -> None:
    """CVE-2026-45376, one layer further in: of the lists whose form lets no unknown order through,
    the query itself does not hear one either."""
    scene.comment()
    plan, office, wrong = scene.plan, scene.office, []
    for text in INJECTED:
        lists = (
            lambda text=text: disposition_table(actor=office, plan=plan, filters={"sort": text}),
            lambda text=text: in_order(visible_attachments(plan, sees_draft=True), text),
        )
        for number, rows in enumerate(lists):
            told = str(rows().query)
            list(rows())
            if text.removeprefix("-") in _outside_quotes(told):
                wrong.append((number, text))
    assert wrong == []


def _ordered(asking: Iterable[tuple[Client, str, dict[str, str]]]) -> tuple[list[object], int]:
    """(what failed or stood in a statement, how many were asked)."""
    wrong: list[object] = []
    asked = 0
    opened: set[str] = set()
    for client, path, query in asking:
        if path not in opened:  # of a page that is not there nothing could be concluded
            assert (path, client.get(path).status_code) == (path, 200)
            opened.add(path)
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(path, query)
        asked += 1
        (text,) = set(query.values())
        # Django writes parameters into what it tells of a statement, quoted: a quote in them doubled.
        told = (one["sql"] for one in captured.captured_queries)
        bare_text = any(text in _outside_quotes(sql) for sql in told)
        if answer.status_code not in SAYS or bare_text:
            wrong.append((path, query, answer.status_code))
    return wrong, asked


def _orders(office: Client, keeper: Client) -> Iterator[tuple[Client, str, dict[str, str]]]:
    """Every list with all names of an order at once, every administrators' list with its own."""
    for text in INJECTED:
        for path in LISTS:
            yield office, path, dict.fromkeys(ORDERS, text)
    for index, model in enumerate(admin.site._registry):
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"
        for name_of_query in ("o", "q"):
            yield keeper, reverse(name), {name_of_query: INJECTED[index % len(INJECTED)]}


QUOTED = re.compile(r"'(?:[^']|'')*'")


def _outside_quotes(sql: str) -> str:
    return QUOTED.sub("''", sql)


def test_what_stands_outside_quotes_is_told_apart() -> None:
    """What the replay of the order relies on."""
    assert "pg_sleep(9)" in _outside_quotes("SELECT 1 ORDER BY pg_sleep(9)")
    assert "pg_sleep(9)" not in _outside_quotes("SELECT 'it''s pg_sleep(9)'")
