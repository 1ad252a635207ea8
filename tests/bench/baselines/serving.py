"""Requests without a server: to our site, and to the plain project beside it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings

from stakeholders.people.models import User

# What `startproject` writes into its settings, and the plain project's own addresses.
PLAIN = [
    "tests.bench.baselines.serving.plain_addresses",
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
BACKEND = "django.contrib.auth.backends.ModelBackend"
Answering = Callable[[HttpRequest], HttpResponse]


def plain_addresses(get_response: Answering) -> Answering:
    def middleware(request: HttpRequest) -> HttpResponse:
        request.urlconf = "tests.bench.baselines.urls"  # type: ignore[attr-defined]
        return get_response(request)

    return middleware


def reader(user: User, **headers: str) -> Client:
    """A browser of our site, signed in."""
    client = Client(SERVER_NAME="localhost", headers={"accept-language": "en", **headers})
    client.force_login(user, backend=BACKEND)
    return client


def plain_reader(user: User) -> Client:
    """A browser of the plain project, signed in; it keeps the middleware it begins with."""
    client = reader(user)
    with override_settings(MIDDLEWARE=PLAIN):
        client.handler.load_middleware()
    return client


def page(client: Client, path: str) -> str:
    """The page as sent. ValueError for any other answer."""
    answer = client.get(path)
    if answer.status_code != 200:
        raise ValueError(f"{path}: {answer.status_code}")
    body = b"".join(answer) if answer.streaming else answer.content
    return body.decode()
