"""The transmission table: what the upper plan binds this plan to, and how it answers."""

from collections.abc import Callable, Iterator
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from plans.register import actions, queries
from plans.register.enums import TransmissionValue
from plans.register.forms import AnswerForm, RemovalForm, RequirementForm, TransmissionFilter
from plans.register.models import Plan
from plans.register.queries import Transmitted
from plans.register.rules import ACTS, can, require, sees_draft
from stakeholders.files.tables import Cell, TableKind, answer_table
from stakeholders.templatetags.in_language import in_language
from stakeholders.terms.columns import Offer, asked_order, columns
from stakeholders.terms.errors import Invalid

FORM_METHODS = ["GET", "HEAD", "POST"]
PAGE = 100
ORDERS = {
    "number": Offer(label=gettext_lazy("Upper requirement")),
    "source": Offer(label=gettext_lazy("Source document")),
    "answer": Offer(label=pgettext_lazy("transmission", "Answer")),
    "carried": Offer(label=gettext_lazy("Carried by"), is_sortable=False),
    "time": Offer(label=gettext_lazy("Answered")),
}
ANSWERED = set(TransmissionValue.values)
# What needs work comes first.
URGENCY = ("conflict", "unanswered", "former", "adapted", "adopted")


def _chosen(request: HttpRequest, plan: Plan) -> tuple[list[Transmitted], list[Transmitted], str]:
    """All rows, those the address asks for, and their order."""
    rows = queries.transmission_of(actor=request.actor, plan=plan)
    state = TransmissionFilter(request.GET).chosen()
    wanted = {"": set(URGENCY), "answered": ANSWERED}.get(state, {state})
    found = [row for row in rows if row.state in wanted]
    order = asked_order(request.GET.get("sort", ""), ORDERS, default="number")
    name = order.removeprefix("-")
    if name != "number":
        found.sort(key=_KEYS[name])
    if order.startswith("-"):
        found.reverse()
    return rows, found, order


def _time(row: Transmitted) -> str:
    return row.answer.at.isoformat() if row.answer else ""


_KEYS: dict[str, Callable[[Transmitted], Any]] = {
    "source": lambda row: row.required.source,
    "answer": lambda row: URGENCY.index(row.state),
    "time": _time,
}


@require_safe
def transmission(request: HttpRequest, key: str) -> HttpResponse:
    plan = queries.get_plan(actor=request.actor, key=key)
    rows, found, order = _chosen(request, plan)
    upper = queries.upper_plan(actor=request.actor, plan=plan)
    context = {
        "plan": plan,
        "upper": upper,
        "has_unseen_upper": bool(plan.parent_id) and upper is None,
        "is_maker": sees_draft(actor=request.actor, plan=plan),
        "form": TransmissionFilter(request.GET),
        "counts": queries.count(rows),
        "page_obj": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "titles": queries.titles_of(queries.latest_revision(plan)),
        "columns": columns(request.GET.urlencode(), ORDERS, order=order),
        "query": request.GET.urlencode(),
        "may_answer": can("transmission.answer", ACTS, actor=request.actor, plan=plan),
        "may_list": can("requirement.add", ACTS, actor=request.actor, plan=plan),
    }
    return render(request, "plans/register/transmission.html", context)


@require_safe
def transmission_table(request: HttpRequest, key: str, kind: TableKind) -> HttpResponseBase:
    """The table as it is filtered and sorted."""
    plan = queries.get_plan(actor=request.actor, key=key)
    _rows, found, _order = _chosen(request, plan)
    headings = [
        _("Number"),
        _("Upper requirement"),
        _("Value or wording"),
        _("Source document"),
        pgettext("transmission", "Answer"),
        _("Reason"),
        _("Carried by"),
        _("Answered by"),
        _("Answered"),
    ]
    return answer_table(
        name=f"{plan.key}-transmission",
        kind=kind,
        sheet=_("Transmission table"),
        headings=headings,
        rows=_lines(found),
    )


def _lines(rows: list[Transmitted]) -> Iterator[list[Cell]]:
    for row in rows:
        required, answer = row.required, row.answer
        yield [
            required.number,
            in_language(required, "title"),
            in_language(required, "text"),
            required.source,
            _state(row),
            answer.reason if answer else "",
            "; ".join(answer.carried_by) if answer else "",
            answer.mandate.holder_name if answer and answer.mandate else "",
            answer.at if answer else None,
        ]


def _state(row: Transmitted) -> str:
    if row.answer is None:
        return _("Unanswered")
    said = str(row.answer.get_value_display())
    return _("%(answer)s (on a former wording)") % {"answer": said} if row.is_former else said


@require_http_methods(FORM_METHODS)
def answer_item(request: HttpRequest, key: str, item: str) -> HttpResponse:
    return _answer(request, key, item=item)


@require_http_methods(FORM_METHODS)
def answer_listed(request: HttpRequest, key: str, number: int) -> HttpResponse:
    return _answer(request, key, number=number)


def _answer(request: HttpRequest, key: str, *, item: str = "", number: int = 0) -> HttpResponse:
    """One binding content, its answers so far, and the form of the next."""
    plan = queries.get_plan(actor=request.actor, key=key)
    row = queries.get_required(actor=request.actor, plan=plan, item=item, listed=number)
    form = None
    if request.method == "POST" or can("transmission.answer", ACTS, actor=request.actor, plan=plan):
        require("transmission.answer", ACTS, actor=request.actor, plan=plan)
        form = _answer_form(request, plan, row)
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            actions.answer_transmission(
                actor=request.actor, plan=plan, row=row, **form.cleaned_data
            )
        except Invalid as error:
            form.show(error)
        else:
            messages.success(request, _("Done and put on record."))
            return redirect("register:transmission", key=plan.key)
    context = {
        "plan": plan,
        "row": row,
        "form": form,
        "answers": queries.answers_to(plan, required=row.required),
        "titles": queries.titles_of(queries.latest_revision(plan)),
        "may_list": can("requirement.edit", ACTS, actor=request.actor, plan=plan),
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "plans/register/transmission_answer.html", context, status=status)


def _answer_form(request: HttpRequest, plan: Plan, row: Transmitted) -> AnswerForm:
    answer = row.answer
    initial: dict[str, object] = {"wording": row.required.wording}
    if answer is not None:
        initial |= {"value": answer.value, "reason": answer.reason, "carried_by": answer.carried_by}
    return AnswerForm(
        request.POST if request.method == "POST" else None,
        choices=queries.carrying_choices(plan),
        initial=initial,
    )


@require_http_methods(FORM_METHODS)
def requirement_add(request: HttpRequest, key: str) -> HttpResponse:
    plan = queries.get_plan(actor=request.actor, key=key)
    require("requirement.add", ACTS, actor=request.actor, plan=plan)
    form = RequirementForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.add_requirement(actor=request.actor, plan=plan, demanded=form.demanded())
        messages.success(request, _("Done and put on record."))
        return redirect("register:transmission", key=plan.key)
    return _requirement_page(request, plan, form, _("List an upper requirement"))


@require_http_methods(FORM_METHODS)
def requirement_edit(request: HttpRequest, key: str, number: int) -> HttpResponse:
    plan = queries.get_plan(actor=request.actor, key=key)
    require("requirement.edit", ACTS, actor=request.actor, plan=plan)
    found = queries.get_requirement(plan, number=number)
    names = ("title_zh", "title_en", "value", "source", "edits")
    initial = {name: getattr(found, name) for name in names}
    form = RequirementForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.edit_requirement(
            actor=request.actor,
            plan=plan,
            requirement=found,
            edits=form.cleaned_data["edits"] or 0,
            demanded=form.demanded(),
        )
        messages.success(request, _("Done and put on record."))
        return redirect("register:transmission", key=plan.key)
    return _requirement_page(request, plan, form, _("Change an upper requirement"), found.number)


@require_http_methods(FORM_METHODS)
def requirement_remove(request: HttpRequest, key: str, number: int) -> HttpResponse:
    plan = queries.get_plan(actor=request.actor, key=key)
    require("requirement.remove", ACTS, actor=request.actor, plan=plan)
    found = queries.get_requirement(plan, number=number)
    posted = request.POST if request.method == "POST" else None
    form = RemovalForm(posted, initial={"edits": found.edits})
    if request.method == "POST" and form.is_valid():
        actions.remove_requirement(
            actor=request.actor, plan=plan, requirement=found, edits=form.cleaned_data["edits"]
        )
        messages.success(request, _("Done and put on record."))
        return redirect("register:transmission", key=plan.key)
    lead = in_language(found, "title")
    return _requirement_page(
        request, plan, form, _("Remove an upper requirement"), found.number, lead=lead
    )


def _requirement_page(
    request: HttpRequest,
    plan: Plan,
    form: RequirementForm | RemovalForm,
    title: str,
    number: int = 0,
    lead: str = "",
) -> HttpResponse:
    context = {"plan": plan, "form": form, "title": title, "number": number, "lead": lead}
    status = 422 if form.errors else 200
    return render(request, "plans/register/requirement.html", context, status=status)
