"""What remains between the parties: the register of reservations, and each objection."""

from collections.abc import Iterator

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from consult.ballots.views import put_errors
from consult.phase3_identification import actions, queries
from consult.phase3_identification.forms import LiftForm, RegisterForm
from consult.phase3_identification.models import Reservation
from consult.phase3_identification.queries import ReservationAsked, state_of
from consult.phase3_identification.rules import ACTS
from consult.phase3_identification.views.screens import FOLDER, may_do, status_of
from plans.register.models import Plan
from plans.register.queries import get_plan
from plans.register.rules import require
from stakeholders.files.tables import Cell, TableKind, answer_table
from stakeholders.people.reauthentication import recently_proved
from stakeholders.templatetags.in_language import in_language
from stakeholders.terms import clock
from stakeholders.terms.errors import Conflict, Invalid

PAGE = 50
STATES = {"standing": "warning", "lifted": "success", "restated": "neutral"}


def _chosen(
    request: HttpRequest, plan: Plan
) -> tuple[RegisterForm, QuerySet[Reservation], dict[str, str]]:
    """The filter, the reservations it leaves, and the articles by number and title."""
    form = RegisterForm(request.GET, units=queries.party_units(plan))
    asked = ReservationAsked(**form.chosen(), item=request.GET.get("item", ""))
    rows = queries.register_of(plan, actor=request.actor, at=clock.now(), asked=asked)
    current = queries.current_sign_off(plan)
    revision = queries.revision_at(current, plan=plan) if current else None
    return form, rows, queries.item_labels([revision]) if revision else {}


@require_safe
def register(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    form, rows, labels = _chosen(request, plan)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    objections = queries.objections_of(plan, actor=request.actor, at=clock.now())
    context = {
        "plan": plan,
        "form": form,
        "page_obj": page,
        "lines": [_line(row, labels) for row in page.object_list],
        "objections": [
            {"row": row, "label": _article(row.ballot.sign_off_ballot.item.key, labels)}
            for row in objections[:PAGE]
        ],
        "query": request.GET.urlencode(),
    }
    return render(request, f"{FOLDER}/reservations.html", context)


def _article(key: str, labels: dict[str, str]) -> str:
    return labels.get(key, key)


def _line(row: Reservation, labels: dict[str, str]) -> dict[str, object]:
    state = state_of(row)
    return {
        "row": row,
        "label": _article(row.item.key, labels),
        "state": state,
        "tone": STATES[state],
        "word": _word(state),
    }


def _word(state: str) -> str:
    words = {"standing": _("Standing"), "lifted": _("Lifted"), "restated": _("Restated")}
    return words[state]


@require_safe
def register_table(request: HttpRequest, key: str, kind: TableKind) -> HttpResponseBase:
    """The register as it is filtered."""
    plan = get_plan(actor=request.actor, key=key)
    _form, rows, labels = _chosen(request, plan)
    headings = [
        _("Article"),
        _("Party"),
        _("What the reservation covers"),
        _("Text"),
        _("What would lift the reservation"),
        _("Review on"),
        _("State"),
        _("Taken"),
        _("Lifted"),
        _("Why it is lifted"),
    ]
    name = f"reservations-{key}"
    return answer_table(
        name=name, kind=kind, sheet=_("Reservations"), headings=headings, rows=_cells(rows, labels)
    )


def _cells(rows: QuerySet[Reservation], labels: dict[str, str]) -> Iterator[list[Cell]]:
    for row in rows:
        lift = getattr(row, "lift", None)
        yield [
            _article(row.item.key, labels),
            str(row.jurisdiction),
            row.scope,
            in_language(row, "text"),
            in_language(row, "lifted_if"),
            row.review_on,
            _word(state_of(row)),
            row.position.at.date(),
            lift.at.date() if lift else None,
            lift.reason if lift else "",
        ]


@require_safe
def reservation(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    found = queries.get_reservation(actor=request.actor, plan=plan, pk=pk)
    return _reservation_page(request, plan, found)


@recently_proved
@require_http_methods(["GET", "HEAD", "POST"])
def lift(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Its holder lifts it with a reason, after proving itself."""
    plan = get_plan(actor=request.actor, key=key)
    found = queries.get_reservation(actor=request.actor, plan=plan, pk=pk)
    own = str(found.jurisdiction_id) == request.actor.inside
    require("reservation.lift", ACTS, actor=request.actor, plan=plan, own=own)
    agreed = queries.agreed_by_lift(found, plan=plan)
    posted = request.POST if request.method == "POST" else None
    form = LiftForm(posted, initial={"seen": queries.wording_seen(agreed)})
    if request.method == "POST" and form.is_valid():
        try:
            actions.lift_reservation(actor=request.actor, plan=plan, pk=pk, **form.cleaned_data)
        except (Invalid, Conflict) as error:
            put_errors(form, error)
        else:
            messages.success(request, _("The reservation is lifted."))
            return redirect("identification:reservation", key=key, pk=pk)
    return _reservation_page(request, plan, found, form=form)


def _reservation_page(
    request: HttpRequest, plan: Plan, found: Reservation, *, form: LiftForm | None = None
) -> HttpResponse:
    place = found.position.ballot.sign_off_ballot
    line = _line(found, queries.item_labels([place.revision]))
    own = str(found.jurisdiction_id) == request.actor.inside
    may_lift = own and may_do(request, plan)["reservation_lift"] and line["state"] == "standing"
    all_rows = queries.register_of(
        plan,
        actor=request.actor,
        at=clock.now(),
        asked=ReservationAsked(jurisdiction=str(found.jurisdiction_id), item=found.item.key),
    )
    agreed = queries.agreed_by_lift(found, plan=plan) if may_lift else None
    shown = LiftForm(initial={"seen": queries.wording_seen(agreed)})
    context = {
        "plan": plan,
        "line": line,
        "row": found,
        "agreed": agreed,
        "form": (form or shown) if may_lift else None,
        "history": [_line(row, {}) for row in all_rows],
    }
    status = status_of(form) if form is not None else 200
    return render(request, f"{FOLDER}/reservation.html", context, status=status)
