"""Which HTTP methods a route takes, read from its view: nothing is asked."""

from collections.abc import Callable, Iterator
from typing import Any

from django.urls import URLPattern

# What Django adds by itself, and answers without the view.
SILENT = frozenset({"HEAD", "OPTIONS", "TRACE"})
WRITES = frozenset({"POST", "PUT", "PATCH", "DELETE"})


def methods_of(pattern: URLPattern) -> frozenset[str] | None:
    """The methods of the route's view beside HEAD and OPTIONS; None where the view names none."""
    view = pattern.callback
    if actions := getattr(view, "actions", None):  # a view set, bound to some of its methods
        return frozenset(name.upper() for name in actions) - SILENT
    drawn = getattr(view, "cls", None) or getattr(view, "view_class", None)
    if drawn is not None:
        names = {name.upper() for name in drawn.http_method_names if hasattr(drawn, name)}
        return frozenset(names - SILENT)
    for wrapped in _layers(view):
        for name, value in _kept(wrapped):
            if name == "request_method_list":
                return frozenset(value) - SILENT
    return None


def is_read(pattern: URLPattern) -> bool:
    """Whether the route may be asked by GET; the others answer 405 before anything is looked up."""
    methods = methods_of(pattern)
    return methods is None or "GET" in methods


def _layers(view: Callable[..., Any]) -> Iterator[Callable[..., Any]]:
    """The view with its decorators, the outermost first."""
    found: Callable[..., Any] | None = view
    while found is not None:
        yield found
        found = getattr(found, "__wrapped__", None)


def _kept(function: Callable[..., Any]) -> Iterator[tuple[str, Any]]:
    """What a decorator was given: the variables that its function closes over."""
    code, cells = getattr(function, "__code__", None), getattr(function, "__closure__", None)
    yield from (
        (name, cell.cell_contents)
        for name, cell in zip(code.co_freevars if code else (), cells or (), strict=True)
    )
