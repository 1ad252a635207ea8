"""Walks that read codes, or words, need no page drawn: drawing is most of what an answer costs."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from unittest import mock

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.backends.django import Template
from django.utils.safestring import SafeString

from config import errors

REFUSALS = ("403.html", "404.html")


class Undrawn:
    """Stands where templates are drawn: draws nothing and keeps which page was last, and what it
    was given."""

    def __init__(self) -> None:
        self.name = ""
        self.given: dict[str, object] = {}

    def take(self, template: Template, context: Mapping[str, object] | None) -> SafeString:
        self.name = template.template.name or ""
        self.given = dict(context or {})
        return SafeString()


@contextmanager
def undrawn() -> Iterator[Undrawn]:
    """Every view does its work and is answered with its code; its page stays empty."""
    page = Undrawn()

    def render(
        template: Template,
        context: Mapping[str, object] | None = None,
        request: HttpRequest | None = None,
    ) -> SafeString:
        return page.take(template, context)

    with mock.patch.object(Template, "render", render):
        yield page


def _in_words(
    request: HttpRequest, template: str, context: Mapping[str, object], **options: int
) -> HttpResponse:
    if template not in REFUSALS:
        return render(request, template, context, **options)
    words = [context.get("reason", ""), *context.get("holders", ()), *context.get("texts", ())]
    return HttpResponse("\n".join(map(str, words)), **options)


@contextmanager
def refused_in_words() -> Iterator[None]:
    """A refusal says what its page would say of the matter, without the frame around it."""
    with mock.patch.object(errors, "render", _in_words):
        yield
