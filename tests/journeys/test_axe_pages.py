"""Every page that anybody is shown is opened for axe, or stands in a table with the page it is like.

`unseen_by_axe.csv` names the others: "same" are drawn by the template of a page that is opened, "kin"
have a template of their own made of the same parts, "piece" is fetched into a page, "file" is no page.
"""

import csv
import re
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from django.urls import get_resolver, resolve

from tests.architecture.test_rights_over_http import reviewed, route_of, walk
from tests.journeys.test_axe import addresses, of_each_layout

TABLE = Path(__file__).with_name("unseen_by_axe.csv")
NO_PAGE = re.compile(r"^/(api|admin)/|\.(\w+|<kind>)$|^/healthz$")  # the library's, and files


def _left_out() -> dict[str, tuple[str, str]]:
    """route -> (why, the page that is opened in its stead)."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {row["route"]: (row["why"], row["like"]) for row in csv.DictReader(file)}


@cache
def _opened() -> set[str]:
    """The routes behind the addresses that axe is shown."""
    written = {
        "".join(str(part.pattern) for part in parts): route_of(parts)
        for parts in walk(get_resolver())
    }
    paths = [path for _who, path, _is_banner in (*addresses(), *of_each_layout())]
    return {written[resolve(urlsplit(path).path).route] for path in paths}


def _pages() -> set[str]:
    """What some role is shown, by the reviewed table of rights."""
    return {
        route
        for route, codes in reviewed().items()
        if "200" in codes.values() and not NO_PAGE.search(route)
    }


def test_every_page_is_looked_at_or_like_one_that_is() -> None:
    opened, left_out, pages = _opened(), _left_out(), _pages()
    assert pages - opened - left_out.keys() == set()
    # what is gone, or is opened by now
    assert (left_out.keys() - pages, left_out.keys() & opened) == (set(), set())


def test_what_is_left_out_names_a_page_that_is_opened() -> None:
    opened = _opened()
    wrong = {
        route: (why, like)
        for route, (why, like) in _left_out().items()
        if not (
            (why == "file" and not like) or (why in ("same", "kin", "piece") and like in opened)
        )
    }
    assert wrong == {}
