"""The list of checks, the page of one, and opening it."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from consult.health import actions
from consult.health.checks import require_for
from consult.health.cycle import Coming, coming
from consult.health.enums import CheckKind
from consult.health.forms import BorderForm, OpenCheckForm
from consult.health.models import ReservationReview
from consult.health.queries import Whole, checks_of, for_next_plan, in_force_since, units_of, wholes
from consult.health.shown import (
    border_lines,
    own_parts,
    party_lines,
    section_lines,
    stage_look,
)
from consult.health.subjects import named, title_of
from consult.health.views.screens import (
    FOLDER,
    FORM_METHODS,
    act_page,
    back_to,
    context_of,
    doors,
    load,
)
from consult.phase1_organization.queries import co_makers_of
from consult.phase3_identification.models import Reservation
from plans.register.enums import Phase
from plans.register.models import Plan
from plans.register.queries import get_plan
from stakeholders.files.serving import answer_file
from stakeholders.files.tables import TableKind, answer_table
from stakeholders.terms import clock
from stakeholders.terms.errors import NotVisible


@require_safe
def home(request: HttpRequest, key: str) -> HttpResponse:
    """The checks of a plan, what comes next, and what is left for the next plan."""
    plan = get_plan(actor=request.actor, key=key)
    found = list(checks_of(plan))
    held = wholes(found)
    rows = [
        {"check": one, "title": title_of(one), "whole": held[one.pk], **stage_look(held[one.pk])}
        for one in found
    ]
    next_one = _coming(plan, [one.year for one in found])
    context = {
        "plan": plan,
        "rows": rows,
        "coming": next_one,
        "coming_title": named(next_one.kind, next_one.year) if next_one else "",
        "doors": doors(request, plan),
        "for_next": list(for_next_plan(plan)),
    }
    return render(request, f"{FOLDER}/home.html", context)


def _coming(plan: Plan, held: list[int]) -> Coming | None:
    since = in_force_since([plan]).get(plan.pk)
    if since is None or plan.phase != Phase.IMPLEMENTATION:
        return None
    return coming(since, held=held, today=localtime(clock.now()).date())


@require_safe
def check(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    plan, found = load(request, key, pk)
    context = context_of(plan, found)
    whole, units = context["whole"], units_of(plan)
    code = request.actor.inside
    context |= {
        "lines": party_lines(whole, units),
        "borders": border_lines(whole, inside=code),
        "sections": section_lines(whole, units),
        "mine": own_parts(whole, code),
        "units": units,
        "doors": doors(request, plan, whole=whole),
        "findings": [
            (one, [units[c] for c in one.jurisdictions if c in units]) for one in whole.findings
        ],
        "reservations": _reservations(whole),
        "tables": TableKind.choices,
    }
    return render(request, f"{FOLDER}/check.html", context)


def _reservations(whole: Whole) -> list[tuple[Reservation, ReservationReview | None]]:
    """Each reservation that stands or was lifted in this check, with its review."""
    rows = {row.pk: row for row in whole.reservations}
    rows |= {one.reservation_id: one.reservation for one in whole.reviews.values()}
    return [(rows[pk], whole.reviews.get(pk)) for pk in sorted(rows)]


@require_safe
def border_table(request: HttpRequest, key: str, pk: int, kind: str) -> HttpResponseBase:
    """The border items as a file: what this reader may see of them, no more."""
    plan, found = load(request, key, pk)
    lines = border_lines(context_of(plan, found)["whole"], inside=request.actor.inside)
    rows = [
        (
            line.item.number,
            line.item.title_zh,
            line.item.title_en,
            line.item.unit_zh,
            str(line.owner.unit),
            line.owner.value,
            str(line.reader.unit),
            line.reader.value,
            line.result.label,
        )
        for line in lines
    ]
    headings = (
        _("No."),
        _("Title (Chinese)"),
        _("Title (English)"),
        _("Unit"),
        _("Owner"),
        _("Figure of the owner"),
        _("Read again by"),
        _("Figure of the reader"),
        _("Result"),
    )
    return answer_table(
        name=f"border-{key}-{pk}",
        kind=TableKind(kind),
        sheet=gettext("Border items"),
        headings=headings,
        rows=rows,
    )


@require_http_methods(FORM_METHODS)
def open_check(request: HttpRequest, key: str, kind: str = CheckKind.YEARLY.value) -> HttpResponse:
    if kind not in CheckKind.values:
        raise NotVisible
    plan = get_plan(actor=request.actor, key=key)
    require_for("check.open", actor=request.actor, plan=plan)
    last = list(checks_of(plan)[:1])
    units = [party.jurisdiction for party in co_makers_of(plan)]
    next_one = _coming(plan, [one.year for one in checks_of(plan)])
    form = OpenCheckForm(
        request.POST or None,
        kind=kind,
        units=units,
        has_last=bool(last),
        initial={"year": next_one.year if next_one else None},
    )
    words = {
        "title": format_lazy(_("Open a check: {kind}"), kind=CheckKind(kind).label),
        "lead": _("Each party fills in the sections it is asked in, for itself."),
        "submit_label": _("Open the check"),
        "done": _("The check is open."),
    }
    home_url = reverse("health:home", args=[key])

    def call() -> object:
        return actions.open_check(actor=request.actor, plan=plan, kind=kind, **form.arguments())

    others = [one for one in CheckKind if one.value != kind]
    return act_page(
        request,
        plan=plan,
        form=form,
        call=call,
        words=words,
        back=(home_url, _("Health checks")),
        extra={"other_kinds": others},
    )


@require_http_methods(FORM_METHODS)
def add_border(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    plan, found = load(request, key, pk)
    require_for("border.add", actor=request.actor, plan=plan)
    units = [party.jurisdiction for party in co_makers_of(plan)]
    form = BorderForm(request.POST or None, units=units)
    words = {
        "title": _("Add a border item"),
        "lead": _("One side states its figure; the other reads it again without seeing it."),
        "submit_label": _("Add it"),
        "done": _("Both sides are asked for their figures."),
    }

    def call() -> object:
        return actions.add_border_item(
            actor=request.actor, plan=plan, check=found, border=form.border()
        )

    back = (back_to(plan, found, mark="#border"), title_of(found))
    return act_page(request, plan=plan, form=form, call=call, words=words, back=back)


@require_safe
def publication_file(request: HttpRequest, key: str, pk: int) -> HttpResponseBase:
    plan, found = load(request, key, pk)
    row = context_of(plan, found)["whole"].publication
    if row is None or row.file is None:
        raise NotVisible
    return answer_file(row.file, request=request)
