"""Whatever anybody posts to any form, or asks of any page: an answer, and no text is lost.

Every writing act is made due as in its own case; then some fields of what would be right give way
to hostile values. What was typed in another field stands on the page that says what is wrong.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from itertools import islice
from typing import Any
from unittest.mock import patch

import pytest
from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms.forms import BaseForm
from django.http import QueryDict
from django.test import Client
from django.urls import get_resolver

from tests.architecture.rights_world import PREPARED
from tests.architecture.test_openapi import OPERATIONS
from tests.architecture.test_rights_over_http import LEFT_OUT, address, route_of, walk
from tests.architecture.test_writing_acts import House, body_of, form_data, house, in_readiness
from tests.architecture.writing_case import OFFICE
from tests.architecture.writing_cases import CASES
from tests.attacks.hostile import BODIES, QUERIES, TEXTS, VALUES, as_form, as_json, places, put
from tests.attacks.laid_files import files_at
from tests.attacks.test_twice import twice
from tests.attacks.trying import Deck, Tally, seeded
from tests.saying import Say

__all__ = ["house"]

SAMPLE = 45  # every so-manieth act in the small run
KEPT = "所写的文字 kept words"
URLENCODED = "application/x-www-form-urlencoded"
SAYS_WHAT_IS_WRONG = (200, 422)
EVERYWHERE = {"format"}  # what every page of the API looks up, in the same place


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


class Decks:
    """What the places of one run are sent."""

    def __init__(self) -> None:
        self.texts, self.values = Deck(TEXTS), Deck(VALUES)
        self.bodies, self.queries = Deck(BODIES), Deck(QUERIES)


def fuzz_form(house: House, act: str, tally: Tally, decks: Decks, *, each: int) -> None:
    """The act's form as it should be, which is taken; then `each` times with hostile values in one
    to three of its fields."""
    case = CASES[act]
    with in_readiness(house, case):
        path, client = house.path(case, case.page, api=False), house.session(case.who, case.plan)
        page = client.get(path)
        form = page.context.get("form") if page.status_code == 200 else None
        data = {**form_data(house, case), **house.hat(case.who, case.plan)}
        words = typed_in(form)
        names = sorted({*data, *(one.html_name for one in form or [])}) or ["reason"]
        kept = words[0] if len(words) > 1 or (words and len(names) > 1) else ""
        texts, fields = decks.texts.at(act), Deck([one for one in names if one != kept]).at(act)
        choose = seeded(act)
        right = tally.request(
            client, f"{act} {path} as it should be", lambda: posted(client, path, data)
        )
        if right is None or right.status_code != 302:
            tally.fail(f"{act}: what is right is not taken", path)
        for _time in range(each):
            at = {next(fields) for _field in range(choose.randint(1, 3))}
            drawn = {name: (next(texts), choose.random() < 0.5) for name in sorted(at)}
            sent = spoilt(data, drawn)
            if kept:
                sent[kept] = KEPT
            told = f"{act} {path} " + ", ".join(f"{k}={v[0]!r:.60}" for k, v in drawn.items())
            response = tally.request(client, told, partial(posted, client, path, sent))
            is_shown_again = response is not None and response.status_code in SAYS_WHAT_IS_WRONG
            if kept and is_shown_again and KEPT not in response.content.decode():
                tally.fail(f"{act}: the text typed in {kept} is lost", told)


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
        return client.post(path, {key: _part(one) for key, one in data.items()})
    return client.post(path, as_form(data), content_type=URLENCODED)


def _part(given: Any) -> Any:
    """As a form with a file can carry it: without half characters, and a file from its beginning,
    though it was sent before."""
    if isinstance(given, list):
        return [_part(one) for one in given]
    if isinstance(given, UploadedFile):
        given.seek(0)
    return given.encode("utf-8", "replace").decode() if isinstance(given, str) else given


def fuzz_body(house: House, act: str, tally: Tally, decks: Decks, *, each: int) -> None:
    """The body of the act's operation as it should be, which is taken; then `each` others: every
    third hostile as a whole, the rest with a hostile value at one place."""
    case, method = CASES[act], OPERATIONS[act][0].upper()
    with in_readiness(house, case):
        client = house.token(case.who, case.plan)
        path, body = house.path(case, case.call, api=True), body_of(house, case)
        at, values = Deck(places(body)).at(act), decks.values.at(act)
        bodies = decks.bodies.at(act)

        def ask(content: bytes) -> Any:
            return tally.request(
                client,
                f"{act} {path} {content[:160]!r}",
                lambda: client.generic(method, path, content, content_type="application/json"),
            )

        right = ask(as_json(body).encode())
        if right is None or right.status_code // 100 != 2:
            tally.fail(f"{act}: what is right is not taken", path)
        for number in range(each):
            if number % 3 == 0:
                ask(next(bodies))
            else:
                ask(as_json(put(body, next(at), next(values))).encode())


@contextmanager
def listening() -> Iterator[set[str]]:
    """The names that a page looks up in what it was asked."""
    names: set[str] = set()

    def noting(look_up: Callable[..., Any]) -> Callable[..., Any]:
        def noted(self: QueryDict, name: str, *more: Any) -> Any:
            if not self._mutable:  # while the address is read, it looks up its own names
                names.add(name)
            return look_up(self, name, *more)

        return noted

    looks_up = ("__getitem__", "__contains__", "getlist")
    with patch.multiple(QueryDict, **{one: noting(getattr(QueryDict, one)) for one in looks_up}):
        yield names


def fuzz_page(client: Client, path: str, tally: Tally, decks: Decks, *, each: int) -> None:
    """`each` queries whose turn it is at this page, and every one by a name that it looks up."""

    def ask(query: str) -> None:
        tally.request(
            client, f"GET {path}?{query[:80]}", lambda: client.get(path, QUERY_STRING=query)
        )

    turns = list(islice(decks.queries.at(path), each))
    with listening() as names:
        for query in turns:
            ask(query)
    for query in QUERIES:
        if query not in turns and (names - EVERYWHERE) & set(QueryDict(query)):
            ask(query)


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
    posts, bodies, asked, decks = Tally(), Tally(), Tally(), Decks()
    for act in list(CASES)[::SAMPLE]:
        fuzz_form(quiet, act, posts, decks, each=3)
    for act in [act for act, case in CASES.items() if case.call][::SAMPLE]:
        fuzz_body(quiet, act, bodies, decks, each=3)
    for path in pages(quiet)[:: 2 * SAMPLE]:
        fuzz_page(quiet.session(OFFICE, PREPARED), path, asked, decks, each=1)
    say("forms, a sample", posts.counts())
    say("bodies, a sample", bodies.counts())
    say("queries, a sample", asked.counts())
    assert {**posts.failed, **bodies.failed, **asked.failed} == {}


def test_two_forms_sent_twice(house: House, say: Say) -> None:
    """One with a key of its own and one without; every form in `test_twice`."""
    say("forms sent twice, sample", twice(house, ("comment.draft", "position.take")))


@pytest.mark.prove(minutes=4)
def test_every_form_answers_and_keeps_what_was_typed(quiet: House, say: Say) -> None:
    tally, decks = Tally(), Decks()
    for act in CASES:
        fuzz_form(quiet, act, tally, decks, each=8)
    say("forms", tally.counts())
    assert tally.failed == {}, tally.told()
    assert decks.texts.unsent() == []
    assert tally.calls > 2_500
    # Beside what is right, once for each act, some of what is not quite is taken, too.
    assert tally.classes["3xx"] > len(CASES) + 100


@pytest.mark.prove(minutes=3)
def test_every_body_is_answered(quiet: House, say: Say) -> None:
    tally, decks = Tally(), Decks()
    acts = [act for act, case in CASES.items() if case.call]
    for act in acts:
        fuzz_body(quiet, act, tally, decks, each=5)
    say("bodies", tally.counts())
    assert tally.failed == {}, tally.told()
    assert (decks.values.unsent(), decks.bodies.unsent()) == ([], [])
    assert tally.calls > 1_400
    assert tally.classes["2xx"] > len(acts) + 100


@pytest.mark.prove(minutes=4)
def test_every_page_is_answered_whatever_is_asked_of_it(quiet: House, say: Say) -> None:
    tally, decks = Tally(), Decks()
    for path in pages(quiet):
        fuzz_page(quiet.session(OFFICE, PREPARED), path, tally, decks, each=2)
    say("queries", tally.counts())
    assert tally.failed == {}, tally.told()
    assert decks.queries.unsent() == []
    assert tally.classes["2xx"] > 1_000
