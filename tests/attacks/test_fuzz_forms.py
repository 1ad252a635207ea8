"""Whatever anybody posts to any form, or asks of any page: an answer, and no text is lost.

Every writing act is made due as in its own case; then some fields of what would be right give way
to hostile values. What was typed in another field stands on the page that says what is wrong.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.forms.forms import BaseForm
from django.test import Client
from django.urls import get_resolver
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from consult.workflow import gates
from plans.register.models import Plan
from tests.architecture.rights_world import PREPARED
from tests.architecture.test_openapi import OPERATIONS
from tests.architecture.test_rights_over_http import LEFT_OUT, address, route_of, walk
from tests.architecture.test_writing_acts import House, body_of, form_data, house
from tests.architecture.writing_case import OFFICE, Case
from tests.architecture.writing_cases import CASES
from tests.attacks.hostile import BODIES, QUERIES, TEXTS, VALUES, as_form, as_json, places, put
from tests.attacks.laid_files import files_at
from tests.attacks.trying import Tally, seeded
from tests.saying import Say

__all__ = ["house"]

SAMPLE = 45  # every so-manieth act in the small run
KEPT = "所写的文字 kept words"
URLENCODED = "application/x-www-form-urlencoded"
SAYS_WHAT_IS_WRONG = (200, 422)


class _Undo(Exception):
    """Leaves the block without keeping anything."""


@contextmanager
def due(house: House, case: Case) -> Iterator[None]:
    """The world where the act of this case is due; undone afterwards."""
    closed = dict(gates.GATES)
    try:
        with transaction.atomic():
            if case.ready is not None:
                case.ready(house.world, Plan.objects.get(key=case.plan))
            yield
            raise _Undo
    except _Undo:
        return
    finally:
        gates.GATES.clear()
        gates.GATES.update(closed)


def each_of(strategy: st.SearchStrategy[Any], ask: Callable[[Any], None], *, each: int) -> None:
    """`each` draws of the strategy, the same in every run, each asked once."""
    rules = settings(
        max_examples=each,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    rules(given(strategy)(lambda drawn: ask(drawn)))()


def typed_in(form: BaseForm | None) -> list[str]:
    """The fields of a form that hold words of a person."""
    if form is None:
        return []
    return [
        one.html_name
        for one in form
        if type(one.field) is forms.CharField
        and isinstance(one.field.widget, forms.Textarea)
        and not one.is_hidden
    ]


def fuzz_form(house: House, act: str, tally: Tally, *, each: int) -> None:
    """Posts of the act's form with hostile values in one to three of its fields."""
    case = CASES[act]
    with due(house, case):
        path, client = house.path(case, case.page, api=False), house.session(case.who, case.plan)
        page = client.get(path)
        form = page.context.get("form") if page.status_code == 200 else None
        data = {**form_data(house, case), **house.hat(case.who, case.plan)}
        words = typed_in(form)
        names = sorted({*data, *(one.html_name for one in form or [])}) or ["reason"]
        kept = words[0] if len(words) > 1 or (words and len(names) > 1) else ""
        bad = st.dictionaries(
            st.sampled_from([name for name in names if name != kept]),
            st.tuples(st.sampled_from(TEXTS), st.booleans()),
            min_size=1,
            max_size=3,
        )
        choose = seeded(act)

        def ask(_drawn: Mapping[str, tuple[str | None, bool]]) -> None:
            drawn = _drawn or {choose.choice(names): ("", False)}
            sent = spoilt(data, drawn)
            if kept:
                sent[kept] = KEPT
            told = f"{act} {path} " + ", ".join(f"{k}={v[0]!r:.60}" for k, v in drawn.items())
            response = tally.request(client, told, lambda: posted(client, path, sent))
            is_shown_again = response is not None and response.status_code in SAYS_WHAT_IS_WRONG
            if kept and is_shown_again and KEPT not in response.content.decode():
                tally.fail(f"{act}: the text typed in {kept} is lost", told)

        each_of(bad, ask, each=each)


def spoilt(data: Mapping[str, Any], drawn: Mapping[str, tuple[str | None, bool]]) -> dict[str, Any]:
    """The data with fields replaced, sent twice, or left out."""
    sent = dict(data)
    for name, (bad, is_twice) in drawn.items():
        if bad is None:
            sent.pop(name, None)
        else:
            sent[name] = [sent.get(name, ""), bad] if is_twice else bad
    return sent


def posted(client: Client, path: str, data: Mapping[str, Any]) -> Any:
    if any(isinstance(one, UploadedFile) for one in data.values()):
        clean = {key: one for key, one in data.items() if not isinstance(one, str)}
        texts = {
            key: one.encode("utf-8", "replace").decode()
            for key, one in data.items()
            if isinstance(one, str)
        }
        return client.post(path, {**clean, **texts})
    return client.post(path, as_form(data), content_type=URLENCODED)


def fuzz_body(house: House, act: str, tally: Tally, *, each: int) -> None:
    """Bodies of the act's operation with a hostile value at one place, and hostile whole ones."""
    case, method = CASES[act], OPERATIONS[act][0].upper()
    with due(house, case):
        client = house.token(case.who, case.plan)
        path, body = house.path(case, case.call, api=True), body_of(house, case)
        wrong = st.tuples(st.sampled_from(places(body)), st.sampled_from(VALUES)).map(
            lambda one: as_json(put(body, *one)).encode()
        )

        def ask(content: bytes) -> None:
            told = f"{act} {path} {content[:160]!r}"
            tally.request(
                client,
                told,
                lambda: client.generic(method, path, content, content_type="application/json"),
            )

        each_of(wrong | st.sampled_from(BODIES), ask, each=each)


def fuzz_page(client: Client, path: str, tally: Tally, *, each: int) -> None:
    def ask(query: str) -> None:
        tally.request(
            client, f"GET {path}?{query[:80]}", lambda: client.get(path, QUERY_STRING=query)
        )

    each_of(st.sampled_from(QUERIES), ask, each=each)


def pages(house: House) -> list[str]:
    """The address of every GET route of plans and people."""
    found = []
    for parts in walk(get_resolver()):
        route = route_of(parts)
        if route not in LEFT_OUT and not route.startswith(("/admin/", "/accounts/")):
            found.append(address(parts, house.ground))
    return sorted(set(found))


@pytest.fixture(scope="module")
def quiet(house: House, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Clients that answer a failure with its page, as a server does."""
    for client in (*house.sessions.values(), *house.tokens.values()):
        client.raise_request_exception = False
    with files_at(tmp_path_factory.mktemp("files")):
        yield house


def test_a_sample_of_forms_bodies_and_pages_answers(quiet: House, say: Say) -> None:
    posts, bodies, asked = Tally(), Tally(), Tally()
    for act in list(CASES)[::SAMPLE]:
        fuzz_form(quiet, act, posts, each=4)
    for act in [act for act, case in CASES.items() if case.call][::SAMPLE]:
        fuzz_body(quiet, act, bodies, each=4)
    for path in pages(quiet)[:: 2 * SAMPLE]:
        fuzz_page(quiet.session(OFFICE, PREPARED), path, asked, each=2)
    say("forms, a sample", posts.counts())
    say("bodies, a sample", bodies.counts())
    say("queries, a sample", asked.counts())
    assert {**posts.failed, **bodies.failed, **asked.failed} == {}


@pytest.mark.prove(minutes=4)
def test_every_form_answers_and_keeps_what_was_typed(quiet: House, say: Say) -> None:
    tally = Tally()
    for act in CASES:
        fuzz_form(quiet, act, tally, each=16)
    say("forms", tally.counts())
    assert tally.failed == {}, tally.told()
    assert tally.calls > 3_500


@pytest.mark.prove(minutes=3)
def test_every_body_is_answered(quiet: House, say: Say) -> None:
    tally = Tally()
    for act in [act for act, case in CASES.items() if case.call]:
        fuzz_body(quiet, act, tally, each=10)
    say("bodies", tally.counts())
    assert tally.failed == {}, tally.told()
    assert tally.calls > 2_000


@pytest.mark.prove(minutes=4)
def test_every_page_is_answered_whatever_is_asked_of_it(quiet: House, say: Say) -> None:
    tally = Tally()
    for path in pages(quiet):
        fuzz_page(quiet.session(OFFICE, PREPARED), path, tally, each=4)
    say("queries", tally.counts())
    assert tally.failed == {}, tally.told()
    assert tally.classes["2xx"] > 1_000
