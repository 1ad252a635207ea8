"""Deciding on one comment: its form, in a page or in a row of the table, and the conflict page."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from consult.phase2_preparation import actions, rules
from consult.phase2_preparation.enums import BatchKind
from consult.phase2_preparation.forms import DispositionForm
from consult.phase2_preparation.models import Comment, Disposition
from consult.phase2_preparation.queries import batches, groups
from consult.phase2_preparation.queries import dispositions as table
from consult.phase2_preparation.queries.replacing import replacing
from consult.phase2_preparation.views.decide_form import decide_form, shown_fields, table_acts
from consult.phase2_preparation.views.item import load, then
from plans.register.models import Plan
from stakeholders.terms.errors import Conflict, Invalid

FOLDER = "consult/phase2_preparation"


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, key: str, number: int) -> HttpResponse:
    plan, comment = load(request, key, number)
    rules.require("disposition.decide", actor=request.actor, plan=plan)
    if request.method != "POST" and request.htmx and "row" in request.GET:
        return _row(request, plan, comment)
    if request.method != "POST":
        return decide_page(request, plan, comment, decide_form(request, plan, comment))
    form = decide_form(request, plan, comment, request.POST)
    if form.is_valid():
        try:
            _act(request, plan, comment, form)
        except Invalid as error:
            form.show(error)
        except Conflict as error:
            return decide_page(request, plan, comment, _again(request, plan, comment), error=error)
        else:
            return _decided(request, plan, comment)
    return decide_page(request, plan, comment, form)


def _act(request: HttpRequest, plan: Plan, comment: Comment, form: DispositionForm) -> None:
    """Decide on the comment, or on all of its group."""
    other, item = replacing(actor=request.actor, plan=plan, text=form.cleaned_data["superseded"])
    values: dict[str, Any] = {**form.values(), "superseded_by": other, "superseded_item": item}
    seen = form.cleaned_data["seen"]
    if not form.cleaned_data.get("whole_group"):
        actions.decide_disposition(
            actor=request.actor, plan=plan, comment=comment, seen=seen, **values
        )
        return
    actions.decide_many(
        actor=request.actor,
        plan=plan,
        numbers=groups.same_group(plan=plan, comment=comment),
        decision=actions.Decision(**values),
        seen=batches.newest_seen(plan=plan) if seen is None else seen,
        again=True,
        kind=BatchKind.GROUP,
    )


def _decided(request: HttpRequest, plan: Plan, comment: Comment) -> HttpResponse:
    if not request.htmx:
        messages.success(request, _("Decided; it shows to others once published."))
        return then(request, plan, comment)
    answer = _row(request, plan, comment)
    if "whole_group" in request.POST:
        answer["HX-Refresh"] = "true"  # other rows of the page changed with this one
    return answer


def _row(request: HttpRequest, plan: Plan, comment: Comment) -> HttpResponse:
    """The row of the table as it stands now."""
    comment = table.get_comment(actor=request.actor, plan=plan, number=comment.number)
    rows = table.rows_of([comment])
    context = {
        "plan": plan,
        "row": rows[0],
        "comment": comment,
        "disposition": rows[0].disposition,
        "can_publish": True,
        "bulk_url": reverse("preparation:bulk", args=[plan.key]),
        "is_focused": True,
        **table_acts(request, plan, rows),
    }
    return render(request, f"{FOLDER}/queue_row.html", context)


def _again(request: HttpRequest, plan: Plan, comment: Comment) -> DispositionForm:
    """The form as it was typed, which has now seen what somebody else decided."""
    data = request.POST.copy()
    data["seen"] = str(batches.newest_seen(plan=plan))
    return decide_form(request, plan, comment, data)


def decide_page(
    request: HttpRequest,
    plan: Plan,
    comment: Comment,
    form: DispositionForm,
    *,
    error: Conflict | None = None,
) -> HttpResponse:
    """The form as a page, or in the table's row; 409 with both decisions beside each other."""
    theirs = error.theirs if error and isinstance(error.theirs, Disposition) else None
    context = {
        "plan": plan,
        "comment": comment,
        "form": form,
        "shown": shown_fields(str(form["outcome"].value() or "")),
        "conflict": str(error.text) if error else "",
        "theirs": theirs or (comment.dispositions.order_by("-pk").first() if error else None),
    }
    name = "decide_row" if request.htmx else "decide"
    status = 409 if error else 422 if form.is_bound and form.errors else 200
    answer = render(request, f"{FOLDER}/{name}.html", context, status=status)
    patch_vary_headers(answer, ["HX-Request"])
    return answer
