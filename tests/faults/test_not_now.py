"""What people and programs read while the site cannot do its work, and that nothing is half done."""

import errno
import re
import uuid
from html import unescape

import psycopg
import pytest
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpResponse
from django.test import Client

from config.troubles import trouble_of
from consult.phase2_preparation.models import CommentAutosave, CommentDraft
from stakeholders.people.actions import make_token
from stakeholders.record.models import RecordEntry
from stakeholders.terms.actor import Role
from tests.consult.phase2_preparation.stage import Scene, build
from tests.faults.troubles import SAID, read_only, saying
from tests.saying import Say
from tests.world import WUJIANG, World

PAGE = "/plans/QWJ/rounds/1/comments/new/"
TYPED = "/plans/QWJ/rounds/1/comments/typed/"
TEXT = "元荡岸线 <script>alert(1)</script>\n第二行"


@pytest.fixture
def scene(world: World) -> Scene:
    made = build(world)
    made.open()
    return made


@pytest.fixture
def client(scene: Scene) -> Client:
    made = Client(raise_request_exception=False)
    made.force_login(scene.world.user(WUJIANG, Role.PLANNER))
    return made


def fields() -> dict[str, str]:
    return {"key": str(uuid.uuid4()), "type": "general", "text_zh": TEXT, "share": "on"}


def textareas(answer: HttpResponse) -> list[str]:
    found = re.findall(r"<textarea[^>]*readonly>(.*?)</textarea>", answer.content.decode(), re.S)
    return [unescape(one) for one in found]


def hidden(answer: HttpResponse) -> dict[str, str]:
    """The fields of the form that sends again."""
    found = re.findall(
        r'<input type="hidden" name="([^"]+)" value="([^"]*)">', answer.content.decode()
    )
    return {name: unescape(value) for name, value in found}


def standing() -> tuple[int, int, int]:
    return (
        CommentDraft.objects.count(),
        CommentAutosave.objects.count(),
        RecordEntry.objects.count(),
    )


def test_a_form_gets_a_page_with_its_text_and_is_taken_once_it_can_be(
    client: Client, say: Say
) -> None:
    client.cookies["django_language"] = "en"
    for state in SAID:
        refused_then_taken(client, state)
    say("forms while the database is in trouble", {"troubles": len(SAID), "texts lost": 0})


def refused_then_taken(client: Client, state: str) -> None:
    """A form is sent while the server says `state`, and from the page that came of it again."""
    posted, before = fields(), standing()
    with saying(state):
        answer = client.post(PAGE, posted, HTTP_REFERER=f"http://testserver{PAGE}?quote=1")
        assert (answer.status_code, standing()) == (503, before)
    text = answer.content.decode()
    assert '<html lang="en">' in text
    assert "<script>alert" not in text
    is_open = SAID[state][1] == "database_away"
    assert ("Your act was not carried out" in text) is not is_open
    assert TEXT in textareas(answer)
    assert int(answer["Retry-After"]) > 0
    again = hidden(answer)
    assert {name: again[name] for name in posted} == posted
    assert client.post(PAGE, again).status_code == 302
    assert client.post(PAGE, again).status_code == 302
    taken = CommentDraft.objects.get(key=posted["key"])
    assert " ".join(taken.text_zh.split()) == " ".join(TEXT.split())
    assert CommentDraft.objects.count() == before[0] + 1


@pytest.mark.parametrize(
    ("language", "words"), [("zh-hans", "暂时无法办理"), ("en", "Not possible at the moment")]
)
def test_a_database_that_takes_no_changes_is_read_and_says_so(
    client: Client, scene: Scene, language: str, words: str
) -> None:
    client.cookies["django_language"] = language
    before = standing()
    with read_only():
        assert client.get("/").status_code == 200
        assert client.get("/plans/QWJ/rounds/1/").status_code == 200
        assert client.get(PAGE).status_code == 200
        answer = client.post(PAGE, fields())
        line = client.post(TYPED, fields(), headers={"HX-Request": "true"})
    assert (answer.status_code, line.status_code, standing()) == (503, 503, before)
    assert words in answer.content.decode()
    assert TEXT in textareas(answer)
    assert line["Content-Type"] == "text/plain; charset=utf-8"


def test_a_program_gets_the_code(scene: Scene) -> None:
    _row, token = make_token(
        actor=scene.actor(WUJIANG, Role.PLANNER),
        user=scene.world.user(WUJIANG, Role.PLANNER),
        name="script",
        days=1,
    )
    program = Client(raise_request_exception=False)
    got = {}
    for state in SAID:
        with saying(state):
            answer = program.post(
                "/api/v1/plans/QWJ/rounds/1/drafts/",
                {"key": str(uuid.uuid4()), "type": "general", "text_zh": "意见"},
                content_type="application/json",
                headers={"Authorization": f"Token {token}"},
            )
        assert answer.status_code == 503
        got[state] = answer.json()["code"]
    assert got == {state: code for state, (_words, code) in SAID.items()}
    assert CommentDraft.objects.count() == 0


DOORS = ("/", PAGE, "/plans/", "/api/v1/plans/", "/accounts/login/", "/admin/", "/nowhere/")


def test_without_a_database_every_door_answers(client: Client, say: Say) -> None:
    secret = {"login": "a@b.example", "password": "a secret of mine"}
    with pytest.MonkeyPatch.context() as patch:
        for name in ("cursor", "chunked_cursor", "savepoint"):
            patch.setattr(connection, name, _away)
        answers = [client.get(path) for path in DOORS] + [
            client.post(path, secret) for path in DOORS
        ]
        line = client.get("/plans/", headers={"HX-Request": "true"})
    say("doors without a database", {"tried": len(answers)})
    assert {answer.status_code for answer in answers[:6]} == {503}
    for answer in [*answers, line]:
        assert answer.status_code in {503, 404, 405}, answer.content[:300]
        assert "secret" not in answer.content.decode()
    assert answers[3].json()["code"] == "database_away"
    assert line["Content-Type"] == "text/plain; charset=utf-8"


def test_a_forged_form_gets_no_button_that_sends_it(scene: Scene) -> None:
    strict = Client(raise_request_exception=False, enforce_csrf_checks=True)
    strict.force_login(scene.world.user(WUJIANG, Role.PLANNER))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(connection, "cursor", _away)
        answer = strict.post(PAGE, fields())
    assert answer.status_code == 503
    assert (hidden(answer), textareas(answer)) == ({}, [])


def _away(*_args: object, **_kwargs: object) -> None:
    raise OperationalError("connection refused")


def caused(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


def test_only_troubles_are_told_as_troubles() -> None:
    code = {
        "no room": OSError(errno.ENOSPC, "No space left on device"),
        "quota": OSError(errno.EDQUOT, "Quota exceeded"),
        "mounted read-only": OSError(errno.EROFS, "Read-only file system"),
        "gone": caused(OperationalError(), psycopg.OperationalError()),
        "closed": caused(InterfaceError(), psycopg.InterfaceError()),
        "no such file": FileNotFoundError(errno.ENOENT, "no"),
        "a fault": ZeroDivisionError(),
        "no table": caused(OperationalError(), psycopg.errors.UndefinedTable()),
        "twice": caused(OperationalError(), psycopg.errors.UniqueViolation()),
    }
    found = {name: getattr(trouble_of(error), "code", "") for name, error in code.items()}
    assert found == {
        "no room": "storage_full",
        "quota": "storage_full",
        "mounted read-only": "storage_full",
        "gone": "database_away",
        "closed": "database_away",
        "no such file": "",
        "a fault": "",
        "no table": "",
        "twice": "",
    }
    wrapped = caused(RuntimeError("in the middle of something"), code["no room"])
    assert getattr(trouble_of(wrapped), "code", "") == "storage_full"
