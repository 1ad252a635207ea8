"""The list of meetings, its download, one meeting, and setting one."""

from collections.abc import Iterator

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from consult.ballots.shown import shown
from consult.meetings import actions, queries, rules
from consult.meetings.board import Board, boards_of
from consult.meetings.forms import FilterForm, MeetingForm
from consult.meetings.models import Meeting
from consult.meetings.views.doors import doors, next_step
from plans.register.models import Plan
from plans.register.queries import get_plan
from stakeholders.files.tables import Cell, TableKind, answer_table
from stakeholders.templatetags.in_language import in_language
from stakeholders.templatetags.moment import moment
from stakeholders.terms import clock
from stakeholders.terms.columns import Offer, asked_order, columns
from stakeholders.terms.errors import Conflict, Invalid

PAGE = 50
TONES = {
    "planned": "neutral",
    "called": "info",
    "due": "warning",
    "held": "warning",
    "confirming": "info",
    "disputed": "danger",
    "locked": "success",
    "cancelled": "neutral",
}
ORDERS = {
    "number": Offer(label=gettext_lazy("No.")),
    "title": Offer(label=gettext_lazy("Meeting")),
    "when": Offer(label=pgettext_lazy("meetings", "When")),
    "kind": Offer(label=gettext_lazy("Kind")),
    "level": Offer(label=gettext_lazy("Step of the ladder")),
    "chair": Offer(label=gettext_lazy("Chaired by"), is_sortable=False),
    "stage": Offer(label=gettext_lazy("State"), is_sortable=False),
}


def _chosen(request: HttpRequest, plan: Plan) -> tuple[FilterForm, QuerySet[Meeting], str]:
    """The filter, the meetings it leaves, and their order."""
    form = FilterForm(request.GET, units=queries.units_invited(plan))
    order = asked_order(request.GET.get("sort", ""), ORDERS, default="-when")
    rows = queries.found_meetings(
        actor=request.actor, plan=plan, asked=form.asked(), at=clock.now(), order=order
    )
    return form, rows, order


@require_safe
def meeting_list(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    form, rows, order = _chosen(request, plan)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    chair = queries.chair_in_turn(plan)
    context = {
        "plan": plan,
        "form": form,
        "page_obj": page,
        "rows": [_row(board) for board in boards_of(page.object_list)],
        "columns": columns(request.GET.urlencode(), ORDERS, order=order),
        "query": request.GET.urlencode(),
        "can_plan": rules.can_plan(actor=request.actor, plan=plan, chair=chair),
    }
    return render(request, "consult/meetings/list.html", context)


def _row(board: Board) -> dict[str, object]:
    stage = board.stage(at=clock.now())
    return {"meeting": board.meeting, "board": board, "stage": stage, "tone": TONES[stage.value]}


@require_safe
def meeting_table(request: HttpRequest, key: str, kind: TableKind) -> HttpResponseBase:
    """The list as it is filtered and sorted."""
    plan = get_plan(actor=request.actor, key=key)
    _form, rows, _order = _chosen(request, plan)
    headings: list[Cell] = [
        _("No."),
        _("Title (Chinese)"),
        _("Title (English)"),
        _("Kind"),
        _("Step of the ladder"),
        _("Begins"),
        pgettext_lazy("meeting", "Ends"),
        _("Place"),
        _("Chaired by"),
        _("State"),
    ]
    return answer_table(
        name=f"{plan.key}-meetings",
        kind=kind,
        sheet=_("Meetings"),
        headings=headings,
        rows=_lines(boards_of(rows)),
    )


def _lines(boards: list[Board]) -> Iterator[list[Cell]]:
    for board in boards:
        one = board.meeting
        yield [
            one.number,
            one.title_zh,
            one.title_en,
            one.get_kind_display(),
            one.get_level_display(),
            moment(one.starts_at),
            moment(one.ends_at),
            in_language(one, "place"),
            str(one.chair) if one.chair else "",
            board.stage(at=clock.now()).label,
        ]


@require_safe
def meeting_detail(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """The meeting by its stage, with the one thing that is next."""
    plan = get_plan(actor=request.actor, key=key)
    board = queries.get_board(actor=request.actor, plan=plan, number=number)
    now = clock.now()
    can = doors(actor=request.actor, plan=plan, board=board, at=now)
    context = {
        "plan": plan,
        **_row(board),
        "can": can,
        "next": next_step(actor=request.actor, plan=plan, board=board, can=can, at=now),
        "papers": list(queries.papers_of(board.meeting)),
        "ballots": {
            point.item.pk: shown(list(point.ballots), plan=plan, actor=request.actor, at=now)
            for point in board.points
            if point.ballots
        },
        "own": request.actor.inside or "",
    }
    return render(request, "consult/meetings/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_meeting(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    chair = queries.chair_in_turn(plan)
    rules.require_may_plan(actor=request.actor, plan=plan, chair=chair)
    units = queries.units_invited(plan)
    first = {"chair": chair, "guests": [unit.code for unit in units], "level": "department"}
    form = MeetingForm(
        request.POST if request.method == "POST" else None,
        units=units,
        bodies=queries.bodies_invited(),
        initial=first,
    )
    if request.method == "POST" and form.is_valid():
        try:
            found = actions.plan_meeting(actor=request.actor, plan=plan, said=form.setting())
        except Invalid as error:
            form.show(error)
        else:
            messages.success(request, _("The meeting is planned. Nobody is told before the call."))
            return redirect("meetings:agenda", plan.key, found.number)
    context = {"plan": plan, "form": form, "title": _("Plan a meeting")}
    status = 422 if form.errors else 200
    return render(request, "consult/meetings/form.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_meeting(request: HttpRequest, key: str, number: int) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    meeting = queries.get_meeting(actor=request.actor, plan=plan, number=number)
    rules.require("meeting.edit", actor=request.actor, plan=plan, meeting=meeting)
    form = MeetingForm(
        request.POST if request.method == "POST" else None,
        units=queries.units_invited(plan),
        bodies=queries.bodies_invited(),
        initial=_as_it_is(meeting),
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            status = _edit(request, plan, meeting, form)
            if status == 200:
                messages.success(request, _("Done and put on record."))
                return redirect("meetings:detail", plan.key, number)
    hint = _("Whoever was called learns of it by the next call.")
    context = {
        "plan": plan,
        "form": form,
        "meeting": meeting,
        "title": _("Change the meeting"),
        "hint": hint,
    }
    return render(request, "consult/meetings/form.html", context, status=status)


def _edit(request: HttpRequest, plan: Plan, meeting: Meeting, form: MeetingForm) -> int:
    try:
        actions.edit_meeting(
            actor=request.actor,
            plan=plan,
            meeting=meeting,
            said=form.setting(),
            edits=form.cleaned_data["edits"] or 0,
        )
    except Invalid as error:
        form.show(error)
        return 422
    except Conflict as error:
        form.add_error(None, str(error.text))
        return 409
    return 200


def _as_it_is(meeting: Meeting) -> dict[str, object]:
    names = ("kind", "level", "title_zh", "title_en", "starts_at", "ends_at")
    texts = ("place_zh", "place_en", "link", "edits")
    guests = list(meeting.guests.all())
    return {
        **{name: getattr(meeting, name) for name in (*names, *texts)},
        "chair": meeting.chair_id,
        "guests": [one.jurisdiction_id for one in guests if one.jurisdiction_id],
        "bodies": [one.organization_id for one in guests if one.organization_id],
    }
