"""Every list is among the readings that are counted, or it is said why it is not."""

import re
from typing import Any
from urllib.parse import urlsplit

from django.urls import get_resolver

from tests.architecture.methods import is_read, methods_of
from tests.architecture.readings import DUTIES, READINGS
from tests.architecture.readings_left import LEFT
from tests.architecture.test_openapi import described
from tests.architecture.test_rights_over_http import route_of, walk

# What answers one file: its last part says which.
FILES = frozenset(
    [
        "file",
        "letter",
        "later-letter",
        "document",
        "evidence",
        "receipt",
        "paper",
        "proof",
        "result",
        "bundle",
        "pdf",
        "sheet-pdf",
        "sheet",
        "verifier",
    ]
)


def read_routes() -> dict[str, Any]:
    """Route -> its pattern: what may be asked by GET, but for the administration and accounts."""
    patterns = {route_of(parts): parts[-1] for parts in walk(get_resolver())}
    outside = ("/admin/", "/accounts/")
    return {r: p for r, p in patterns.items() if is_read(p) and not r.startswith(outside)}


def answers_many(operation: dict[str, Any]) -> bool:
    """Whether an operation answers a list, or a page of one."""
    contents = operation["responses"].get("200", {}).get("content", {}).values()
    schemas = [one.get("schema", {}) for one in contents]
    return any(s.get("type") == "array" or "Paginated" in s.get("$ref", "") for s in schemas)


def lists() -> set[str]:
    """Operations that are described as lists; and pages that name no one thing at their end, are
    no file and no form. A page that takes a form is a list where things below it have addresses."""
    found = {
        re.sub(r"\{(\w+)\}", r"<\1>", path)
        for path, operations in described()["paths"].items()
        if "get" in operations and answers_many(operations["get"])
    }
    routes = read_routes()
    for route, pattern in routes.items():
        last = route.rstrip("/").rpartition("/")[2]
        if route.startswith("/api/") or last.endswith(">") or "." in last or last in FILES:
            continue
        takes_form = "POST" in (methods_of(pattern) or ())
        if not takes_form or any(one.startswith(f"{route}<") for one in routes):
            found.add(route)
    return found


def asked() -> set[str]:
    """The routes of the readings; of several that fit, the one with the fewest parameters."""
    shapes = {one: re.compile(re.sub(r"<\w+>", "[^/]+", one)) for one in read_routes()}
    routes = sorted(shapes, key=lambda one: one.count("<"))
    paths = {urlsplit(path).path for _phase, _who, path in (*READINGS, *DUTIES)}
    return {next(one for one in routes if shapes[one].fullmatch(path)) for path in paths}


def test_every_list_is_read_for_its_queries_or_it_is_said_why_not() -> None:
    """A new list fails here until it is asked with few rows and many, or stands in `LEFT`."""
    found, read = lists(), asked()
    assert (sorted(found - read - LEFT.keys()), sorted(LEFT.keys() - (found - read))) == ([], [])
