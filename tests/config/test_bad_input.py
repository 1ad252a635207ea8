"""Input that no text of ours can hold is refused and breaks nothing."""

from io import BytesIO

import pytest
from django.test import Client, RequestFactory

from config.wsgi import application
from stakeholders.terms.actor import Role
from tests.world import QINGPU, World


@pytest.fixture
def client(world: World) -> Client:
    world.plan()
    client = Client(raise_request_exception=False)
    client.force_login(world.user(QINGPU, Role.CONTACT_POINT))
    return client


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/jurisdictions/?text=%00",
        "/jurisdictions/%00/",
        "/api/v1/plans/QWJ/comments/?article=%00",
        "/plans/?page=%00",
    ],
)
def test_byte_zero_in_an_address_is_a_bad_request(client: Client, path: str) -> None:
    assert client.get(path).status_code == 400


def test_byte_zero_in_a_form_is_a_bad_request(client: Client) -> None:
    assert client.post("/plans/QWJ/matters/new/", {"title_zh": "a\0b"}).status_code == 400


@pytest.mark.parametrize("body", ['{"kind": "\\ud800"}', '{"a": ["\\u0000"]}', "[" * 100_000])
def test_json_no_database_can_keep_is_a_bad_request(client: Client, body: str) -> None:
    answer = client.post("/api/v1/plans/", body, content_type="application/json")
    assert answer.status_code == 400


def test_an_odd_number_is_refused_by_its_name(client: Client) -> None:
    answer = client.get("/api/v1/plans/QWJ/comments/?round=abc")
    assert (answer.status_code, list(answer.json())) == (400, ["round"])


def test_more_than_a_thousand_fields_are_refused(client: Client) -> None:
    many = {f"f{number}": "x" for number in range(1001)}
    assert client.post("/plans/QWJ/matters/new/", many).status_code == 400


@pytest.mark.parametrize("path", ["/api/v1/nowhere/", "/api/v1/plans/QWJ/imports/1/rows/zero/"])
def test_an_address_that_leads_nowhere_answers_programs_as_json(client: Client, path: str) -> None:
    for language, words in (("en", "not found"), ("zh-hans", "未找到")):
        answer = client.get(path, headers={"accept-language": language})
        assert (answer.status_code, answer.json()) == (404, {"detail": words})
    assert "<html" in client.get("/nowhere/").content.decode()


def test_programs_are_told_as_json_that_a_request_cannot_be_read(client: Client) -> None:
    answer = client.get("/api/v1/jurisdictions/?text=%00")
    assert (answer.status_code, list(answer.json())) == (400, ["detail"])


def asked(path: str, body: bytes, kind: str) -> tuple[str, bytes]:
    """Status and text that a server of the site answers; the client of the tests reads for itself."""
    said: list[str] = []
    environ = RequestFactory()._base_environ(
        REQUEST_METHOD="POST",
        PATH_INFO=path,
        CONTENT_TYPE=kind,
        CONTENT_LENGTH=str(len(body)),
        QUERY_STRING="q=a",
        **{"wsgi.input": BytesIO(body)},
    )
    text = b"".join(application(environ, lambda status, _headers, *_: said.append(status)))
    return said[0], text


CHARSETS = [
    "utf-16",
    "latin-1",
    "idna",
    "zlib",
    "hex",
    "rot13",
    "undefined",
    "no-such",
    "a\nb",
    '"',
]
FORMS = ["application/x-www-form-urlencoded", "multipart/form-data; boundary=b"]


@pytest.mark.parametrize("charset", CHARSETS)
@pytest.mark.parametrize("kind", [*FORMS, "application/json", "text/plain"])
def test_a_text_in_another_encoding_is_a_bad_request(kind: str, charset: str) -> None:
    """Python knows encodings that pack, turn letters or fail: none of them reads a form."""
    status, text = asked("/i18n/setlang/", b"language=en", f"{kind}; charset={charset}")
    assert (status, text) == (
        "400 Bad Request",
        b"The request cannot be read: its text is not in UTF-8.\n",
    )


@pytest.mark.django_db
@pytest.mark.parametrize("charset", ["", "; charset=utf-8", "; charset=UTF-8", '; charset="utf-8"'])
def test_a_text_in_utf_8_is_read(charset: str) -> None:
    """As far as the form's own refusal: it bears no token against forgery."""
    status, text = asked("/i18n/setlang/", b"language=en", FORMS[0] + charset)
    assert (status, text.startswith(b"<!")) == ("403 Forbidden", True)
