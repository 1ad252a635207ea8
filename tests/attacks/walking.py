"""Addresses to walk: what stands at a route under another id, and what of an answer may differ."""

import random
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import quote

from django.apps import apps
from django.db import connection, reset_queries
from django.db.models import UUIDField
from django.http import HttpResponseBase
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, get_resolver
from django.urls.converters import IntConverter, UUIDConverter

from tests.architecture.methods import methods_of
from tests.architecture.rights_world import OTHER, Ground
from tests.architecture.test_rights_over_http import filled, route_of, values_of, walk

# Parts of an address that choose from what the program knows, and name no row.
CHOICES = frozenset(
    {"key", "kind", "what", "line", "paper", "code", "role", "year", "subject", "extension"}
)
NEVER: dict[str, object] = {
    "int": 31_987,  # within the smallest column: beyond it Django need not ask
    "uuid": uuid.UUID("00000000-dead-4bad-8bad-000000000000"),
    "text": "never-there",
}
# Headers that differ with every request, or with the length of the address.
LOOSE = frozenset({"X-Request-ID", "Content-Length", "Date"})
TIMES = frozenset({"Expires"})  # of a page that is never kept: the second in which it was asked
TOKEN = re.compile(r"\b\w{64}\b")


@dataclass(frozen=True)
class Route:
    """One route of a plan, with the values of its parts where it was laid."""

    name: str
    parts: tuple[URLPattern, ...]
    values: Mapping[str, object]

    def path(self, **other: object) -> str:
        return filled(self.parts, {**self.values, **other})

    @property
    def methods(self) -> tuple[str, ...]:
        """What the route takes; every route of a plan names it (methods.csv, reviewed)."""
        return tuple(sorted(methods_of(self.parts[-1]) or ()))

    @property
    def is_call(self) -> bool:
        return self.name.startswith("/api/")

    def ids(self) -> dict[str, str]:
        """Name of each part that names a row -> the kind of its id."""
        found = {}
        for part in self.parts:
            for name, converter in getattr(part.pattern, "converters", {}).items():
                if name not in CHOICES:
                    found[name] = _kind_of(converter)
        return found


def _kind_of(converter: object) -> str:
    kinds = {IntConverter: "int", UUIDConverter: "uuid"}
    return next((kind for one, kind in kinds.items() if isinstance(converter, one)), "text")


def plan_routes(ground: Ground) -> list[Route]:
    """Every route below a plan: pages, pieces, operations, exports and downloads."""
    found = []
    for parts in walk(get_resolver()):
        name = route_of(parts)
        if "plans/<key>/" in name and not name.startswith("/admin/"):
            found.append(Route(name, parts, values_of(name, ground)))
    return sorted(found, key=lambda route: route.name)


class Ids:
    """Ids of rows of other plans than `OTHER`, by the kind of id; the choice is seeded."""

    def __init__(self, *, seed: int) -> None:
        self.choose = random.Random(seed)  # noqa: S311 - which ids are tried
        self.pools: dict[str, list[object]] = {"int": [1, 2], "uuid": [], "text": []}
        for model in apps.get_models():
            if model._meta.app_label not in ("plans", "consult"):
                continue
            rows = model._base_manager.all()
            if any(field.name == "plan" for field in model._meta.concrete_fields):
                rows = rows.exclude(plan__key=OTHER)
            kind = "uuid" if isinstance(model._meta.pk, UUIDField) else "int"
            pks = rows.order_by("pk").values_list("pk", flat=True)[:50]
            self.pools[kind] += [pk for pk in pks if not isinstance(pk, str)]
            self._named(model, rows)

    def _named(self, model: type, rows: object) -> None:
        """Keys by which rows are named in addresses: slugs, and the numbers of drafts."""
        for field in model._meta.concrete_fields:
            if field.name == "key":
                kind = "uuid" if isinstance(field, UUIDField) else "text"
                values = rows.order_by("pk").values_list("key", flat=True)[:50]
                self.pools[kind] += [one for one in values if one]

    def foreign(self, kind: str, laid: object, count: int) -> list[object]:
        """The id that was laid for the route, and `count` more of that kind."""
        pool = sorted({one for one in self.pools[kind] if one != laid}, key=str)
        more = self.choose.sample(pool, min(count, len(pool)))
        fits = _fits(kind, laid)
        return [laid, *more] if fits else more


def _fits(kind: str, laid: object) -> bool:
    if kind == "int":
        return isinstance(laid, int) and not isinstance(laid, bool)
    return laid is not None


@dataclass(frozen=True)
class Told:
    """What an answer tells: its code, its body and its headers, without what always differs."""

    code: int
    body: str
    headers: tuple[tuple[str, str], ...]
    cookies: tuple[str, ...]
    queries: int


def told(answer: HttpResponseBase, path: str, *others: tuple[str, str], queries: int = 0) -> Told:
    """`path`, also as it stands in the address of a way back, and the first of each pair in `others`
    are put out of sight; `queries` is what the answer asked of the database."""
    streamed = getattr(answer, "streaming", False)
    content = b"".join(answer) if streamed else answer.content  # type: ignore[attr-defined]
    swaps = ((path, "<path>"), (quote(path, safe=""), "<path>"), *others)

    def plain(text: str) -> str:
        for one, instead in swaps:
            text = text.replace(one, instead)
        return text

    headers = {
        name: "<time>" if name in TIMES else plain(value)
        for name, value in answer.items()
        if name not in LOOSE
    }
    return Told(
        code=answer.status_code,
        body=TOKEN.sub("", plain(content.decode(errors="replace"))),  # an address may hold a digest
        headers=tuple(sorted(headers.items())),
        cookies=tuple(sorted(answer.cookies)),
        queries=queries,
    )


def difference(one: Told, other: Told) -> str:
    """Where two answers part, or nothing."""
    if one.code != other.code:
        return f"{one.code} is told from {other.code}"
    for name in ("headers", "cookies"):
        if getattr(one, name) != getattr(other, name):
            return f"{one.code} by {name}: {getattr(one, name)} {getattr(other, name)}"
    if one.body != other.body:
        at = next(
            (n for n, (a, b) in enumerate(zip(one.body, other.body, strict=False)) if a != b),
            min(len(one.body), len(other.body)),
        )
        return f"{one.code} by {one.body[at - 30 : at + 40]!r} {other.body[at - 30 : at + 40]!r}"
    if one.queries != other.queries:
        return f"{one.code} by {one.queries} queries told from {other.queries}"
    return ""


def asked(client: Client, method: str, path: str, *, is_piece: bool = False) -> HttpResponseBase:
    """The answer to an empty request; `is_piece` asks as HTMX does."""
    headers = {"HX-Request": "true"} if is_piece else {}
    if method == "GET":
        return client.get(path, headers=headers)
    is_call = path.startswith("/api/")
    body = ("{}", "application/json") if is_call else ("", "application/x-www-form-urlencoded")
    return client.generic(method, path, *body, headers=headers)


def told_by(client: Client, method: str, path: str, *, is_piece: bool = False) -> Told:
    """What the answer to an empty request tells, and by how many queries."""
    reset_queries()  # the log keeps the last 9,000 only
    with CaptureQueriesContext(connection) as captured:
        answer = asked(client, method, path, is_piece=is_piece)
        plain = told(answer, path)  # a streamed answer asks while it is read
    return replace(plain, queries=len(captured))
