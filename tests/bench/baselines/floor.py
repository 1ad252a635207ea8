"""The least that any page costs: a constant, and bare SQL whose rows are joined to a page.

Both read the session and its user, as every page behind a sign-in does.
"""

from collections.abc import Callable, Iterable, Sequence
from html import escape

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse

Floor = Callable[[], str]
_floors: dict[str, Floor] = {}


def lay_floor(name: str, floor: Floor) -> str:
    """Have `floor` answer at an address, which is returned."""
    _floors[name] = floor
    return f"/sql/{name}/"


@login_required
def bare(request: HttpRequest, name: str) -> HttpResponse:
    return HttpResponse(_floors[name]())


def constant(request: HttpRequest) -> HttpResponse:
    """What Django itself takes: no session is read."""
    return HttpResponse(b"constant")


def joined(rows: Iterable[Sequence[object]]) -> str:
    """Rows as table rows, the first column as the sign of a comment."""
    return "".join(
        f"<tr><th><a>C{number:02d}</a></th>{''.join(f'<td>{escape(str(v))}</td>' for v in rest)}</tr>"
        for number, *rest in rows
    )
