"""Feeds read over HTTP, and an independent reader of iCalendar."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from django.http import HttpResponse
from django.test import Client

from consult.desk.feeds.actions import make_feed
from stakeholders.people.models import User
from stakeholders.people.queries import actor_without_mandate

Read = Callable[..., HttpResponse]
Subscribe = Callable[..., str]


@dataclass
class Component:
    """One BEGIN:...END block: property lines as (name, parameters, raw value), and its children."""

    name: str
    lines: list[tuple[str, str, str]] = field(default_factory=list)
    children: list["Component"] = field(default_factory=list)

    def all(self, name: str) -> list[str]:
        return [value for known, _parameters, value in self.lines if known == name]

    def one(self, name: str) -> str:
        (value,) = self.all(name)
        return value

    def parameters(self, name: str) -> str:
        (value,) = [parameters for known, parameters, _value in self.lines if known == name]
        return value

    def text(self, name: str) -> str:
        """The value of a text property without its escapes (RFC 5545 §3.3.11)."""
        raw, found, position = self.one(name), "", 0
        while position < len(raw):
            if raw[position] == "\\":
                found += {"n": "\n", "N": "\n"}.get(raw[position + 1], raw[position + 1])
                position += 2
            else:
                found += raw[position]
                position += 1
        return found

    def of(self, name: str) -> list["Component"]:
        return [child for child in self.children if child.name == name]


def parse(body: bytes) -> Component:
    """The calendar, read by the letter of RFC 5545 §3.1: CRLF, 75 octets, unfolding, nesting."""
    assert body.endswith(b"\r\n")
    physical = body.removesuffix(b"\r\n").split(b"\r\n")
    assert [line for line in physical if len(line) > 75] == []
    assert [line for line in physical if b"\n" in line or b"\r" in line] == []
    for line in physical:
        line.decode()  # no character is cut in two
    logical: list[str] = []
    for line in physical:
        if line.startswith((b" ", b"\t")):
            logical[-1] += line[1:].decode()
        else:
            logical.append(line.decode())
    root = Component("")
    open_ = [root]
    for line in logical:
        head, value = _split(line)
        name, _separator, parameters = head.partition(";")
        if name == "BEGIN":
            open_.append(Component(value))
            open_[-2].children.append(open_[-1])
        elif name == "END":
            assert open_.pop().name == value
        else:
            open_[-1].lines.append((name, parameters, value))
    assert open_ == [root]
    (calendar,) = root.children
    assert calendar.name == "VCALENDAR"
    return calendar


def _split(line: str) -> tuple[str, str]:
    """At the first colon outside quotes."""
    is_quoted = False
    for position, character in enumerate(line):
        if character == '"':
            is_quoted = not is_quoted
        elif character == ":" and not is_quoted:
            return line[:position], line[position + 1 :]
    raise AssertionError(f"no property: {line}")


@pytest.fixture
def subscribe() -> Subscribe:
    """`subscribe(user)`: the path of a new feed of that person."""

    def make(user: User, **given: str) -> str:
        _feed, secret = make_feed(actor=actor_without_mandate(user), **given)
        return f"/calendar/{secret}.ics"

    return make


@pytest.fixture
def read() -> Read:
    """`read(path)`: the answer to a stranger."""

    def get(path: str, **headers: str) -> HttpResponse:
        return Client().get(path, headers=headers)

    return get
