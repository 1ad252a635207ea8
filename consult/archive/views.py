"""What an archive package of a plan would hold, and having one made."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from consult.archive.catalogue import HEADINGS, Line, counts_of, lost_lines
from consult.archive.enums import SECTIONS
from consult.archive.package import one_language, preview
from consult.archive.queries import gaps, packages_of, pieces_of, state_of
from consult.archive.starting import start_package
from plans.register.models import Plan
from plans.register.queries import get_plan
from plans.register.rules import require_draft_sight
from stakeholders.files.tables import TableKind, answer_table
from stakeholders.terms import clock

SHOWN = 100  # lines of a part that the page shows; the csv has all


def _seen(request: HttpRequest, key: str) -> Plan:
    plan = get_plan(actor=request.actor, key=key)
    require_draft_sight(actor=request.actor, plan=plan)
    return plan


def _lines(plan: Plan) -> list[Line]:
    with one_language():
        return preview(pieces_of(state_of(plan, at=clock.now())))


@require_http_methods(["GET", "HEAD", "POST"])
def home(request: HttpRequest, key: str) -> HttpResponse:
    """The catalogue as it would be, what is not there yet, earlier packages; POST has one made."""
    plan = _seen(request, key)
    if request.method == "POST":
        return redirect(start_package(actor=request.actor, plan=plan))
    lines = _lines(plan)
    parts = {
        section: list(found) for section, found in groupby(lines, lambda line: line.piece.section)
    }
    context = {
        "plan": plan,
        "state": state_of(plan, at=clock.now()),
        "counts": counts_of(lines),
        "papers": len(lines),
        "lost": lost_lines(lines),
        "gaps": gaps(plan),
        "jobs": packages_of(actor=request.actor, plan=plan),
        "parts": [
            {
                "key": section,
                "title_zh": SECTIONS[section][0],
                "title_en": SECTIONS[section][1],
                "lines": found[:SHOWN],
                "more": max(0, len(found) - SHOWN),
            }
            for section, found in parts.items()
        ],
    }
    return render(request, "consult/archive/home.html", context)


@require_safe
def catalogue(request: HttpRequest, key: str) -> HttpResponseBase:
    """The whole catalogue as it would be, without sizes and hashes."""
    plan = _seen(request, key)
    lines = _lines(plan)
    return answer_table(
        kind=TableKind.CSV,
        name=f"catalogue-{plan.key}",
        sheet=_("Catalogue"),
        headings=HEADINGS,
        rows=[line.cells() for line in lines],
    )
