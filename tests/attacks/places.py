"""Every place where a text is shown: the addresses of all pages, pieces, files and feeds."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.contrib import admin
from django.urls import get_resolver, reverse

from tests.architecture.readings import API, IMPLEMENTATION, OFFICE, PAGES
from tests.architecture.rights_world import ROLES, Ground
from tests.architecture.test_rights_over_http import LEFT_OUT, address, reviewed, route_of, walk

# Whoever sees most comes first.
READERS = ("coordinator", "contact", "signatory", "planner", "neighbour", "invited", "stranger")
OTHERS = tuple(role for role in ROLES if role not in (*READERS, "anonymous", "administrator"))


@dataclass(frozen=True)
class Place:
    """An address as one role reads it; `route` is the place in the URLconf."""

    route: str
    path: str
    role: str


def places(ground: Ground, *, readers: int = 1) -> list[Place]:
    """Each route by the first `readers` of those who are answered 200, by all for whom it is open."""
    found = [*_routed(ground, readers), *_listed(), *_kept()]
    return list(dict.fromkeys(found))


def _routed(ground: Ground, readers: int) -> Iterator[Place]:
    known = reviewed()
    for parts in walk(get_resolver()):
        route = route_of(parts)
        if route in LEFT_OUT or route.startswith("/admin/<") or route not in known:
            continue
        answers = known[route]
        allowed = [role for role in READERS if answers[role] == "200"]
        if answers["anonymous"] == "200":
            allowed.insert(0, "anonymous")
        if answers["administrator"] == "200":
            allowed.append("administrator")
        for role in allowed[:readers]:
            yield Place(route, address(parts, ground), role)


def _listed() -> Iterator[Place]:
    """The lists of the plan with ten rows of each kind, as the joint office and a party read them."""
    for path in dict.fromkeys((*PAGES, *OFFICE, *IMPLEMENTATION, *API)):
        yield Place(path.partition("?")[0], path, "coordinator")
    for path in (*PAGES, *IMPLEMENTATION):
        yield Place(path.partition("?")[0], path, "signatory")


def _kept() -> Iterator[Place]:
    """The administrators' list of each model, its search, and the pages of one row."""
    for model in apps.get_models():
        if model not in admin.site._registry:
            continue
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        yield Place(f"{name}_changelist", reverse(f"{name}_changelist"), "administrator")
        rows = model._default_manager.order_by("pk").values_list("pk", flat=True)
        oldest, newest = rows.first(), rows.last()
        if oldest is None:
            continue
        # The newest row may hold no text of its own; the oldest shows what the columns look like.
        asked = (("change", newest), ("change", oldest), ("delete", newest), ("history", oldest))
        for what, pk in dict.fromkeys(asked):
            path = reverse(f"{name}_{what}", args=[pk])
            yield Place(f"{name}_{what}", path, "administrator")
