"""Bulk disposition: choose, look at what it would do, apply, undo."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from consult.matters.queries import party_units, visible_matters
from consult.phase2_preparation import actions, rules
from consult.phase2_preparation.enums import Warned
from consult.phase2_preparation.filling import packed, unpacked
from consult.phase2_preparation.forms import BulkForm, FilterForm
from consult.phase2_preparation.queries import batches
from consult.phase2_preparation.queries import dispositions as table
from consult.phase2_preparation.queries.blocks import blocks_for
from consult.phase2_preparation.queries.replacing import replacing
from plans.register.models import Plan
from plans.register.queries import get_plan
from stakeholders.terms.asked import asked_number
from stakeholders.terms.errors import Conflict, Invalid

PAGE = "consult/phase2_preparation/bulk.html"
# Rows that the preview shows one by one; the counts are of all.
MOST_SHOWN = 200


@require_POST
def bulk(request: HttpRequest, key: str) -> HttpResponse:
    """Three steps of one form: the selection, the preview, and applying it."""
    plan = get_plan(actor=request.actor, key=key)
    rules.require("disposition.decide", actor=request.actor, plan=plan)
    step = request.POST.get("step", "")
    if step not in ("preview", "apply"):
        numbers = selected(request, plan)
        if not numbers:
            messages.error(request, _("Choose at least one comment."))
            return redirect("preparation:dispositions", plan.key)
        return _page(request, plan, _form(request, plan, numbers=numbers), numbers)
    form = _form(request, plan, request.POST)
    numbers = unpacked(request.POST.get("numbers", ""))
    if not form.is_valid():
        return _page(request, plan, form, numbers)
    try:
        decision = _decision(request, plan, form)
        if step == "apply":
            return _apply(request, plan, form, decision, numbers)
    except Invalid as error:
        form.show(error)
        return _page(request, plan, form, numbers)
    return _page(request, plan, form, numbers, decision=decision)


def selected(request: HttpRequest, plan: Plan) -> list[int]:
    """The numbers ticked, or all that the filters of the list leave."""
    if "all" not in request.POST:
        return sorted({asked_number(n, default=0) for n in request.POST.getlist("number")} - {0})
    asked = QueryDict(request.POST.get("filters", ""))
    filters = FilterForm(asked, units=party_units(plan=plan)).chosen()
    found = table.disposition_table(actor=request.actor, plan=plan, filters=filters)
    return sorted(found.values_list("number", flat=True))


def _form(
    request: HttpRequest,
    plan: Plan,
    data: QueryDict | None = None,
    *,
    numbers: list[int] | None = None,
) -> BulkForm:
    initial = {"numbers": packed(numbers or []), "seen": batches.newest_seen(plan=plan)}
    matters = visible_matters(actor=request.actor, plan=plan)
    return BulkForm(data, initial=initial, matters=matters, blocks=blocks_for(plan=plan))


def _decision(request: HttpRequest, plan: Plan, form: BulkForm) -> actions.Decision:
    data = form.cleaned_data
    other, item = replacing(actor=request.actor, plan=plan, text=data["superseded"])
    return actions.Decision(
        outcome=data["outcome"],
        reason_zh=form.reason("zh"),
        reason_en=form.reason("en"),
        matter=form.matters.get(data["matter"]),
        superseded_by=other,
        superseded_item=item,
    )


def _apply(
    request: HttpRequest,
    plan: Plan,
    form: BulkForm,
    decision: actions.Decision,
    numbers: list[int],
) -> HttpResponse:
    try:
        batch = actions.decide_many(
            actor=request.actor,
            plan=plan,
            numbers=numbers,
            decision=decision,
            seen=form.cleaned_data["seen"],
            again=form.cleaned_data["again"],
        )
    except Conflict as error:
        return _page(request, plan, form, numbers, decision=decision, conflict=str(error.text))
    messages.success(
        request, _("%(count)s comments were decided on. You can undo it.") % {"count": batch.size}
    )
    return redirect("preparation:dispositions", plan.key)


def _page(
    request: HttpRequest,
    plan: Plan,
    form: BulkForm,
    numbers: list[int],
    *,
    decision: actions.Decision | None = None,
    conflict: str = "",
) -> HttpResponse:
    context: dict[str, object] = {
        "plan": plan,
        "form": form,
        "count": len(numbers),
        "conflict": conflict,
        "decision": decision,
        "becomes": decision.proposed() if decision else None,
    }
    if decision is not None:
        rows = batches.chosen_rows(actor=request.actor, plan=plan, numbers=numbers)
        seen, again = form.cleaned_data["seen"], form.cleaned_data["again"]
        found = batches.changes_of(rows, proposed=decision.proposed(), again=again, seen=seen)
        context |= _counted(found)
    status = 409 if conflict else 422 if form.is_bound and form.errors else 200
    return render(request, PAGE, context, status=status)


def _counted(changes: list[batches.Change]) -> dict[str, object]:
    warned = [(one.label, sum(one in c.warnings for c in changes)) for one in Warned]
    return {
        "changes": changes[:MOST_SHOWN],
        "hidden": max(len(changes) - MOST_SHOWN, 0),
        "deciding": sum(not change.is_left_out for change in changes),
        "left_out": sum(change.is_left_out for change in changes),
        "warned": [(label, number) for label, number in warned if number],
        "is_blocked": any(change.blocks for change in changes),
    }


@require_safe
def batch_list(request: HttpRequest, key: str) -> HttpResponse:
    """The bulk dispositions of the plan, each with what can still be undone."""
    plan = get_plan(actor=request.actor, key=key)
    rules.require("disposition.undo", actor=request.actor, plan=plan)
    context = {"plan": plan, "batches": batches.batches_of(plan=plan)}
    return render(request, "consult/phase2_preparation/batches.html", context)


@require_POST
def undo(request: HttpRequest, key: str, batch: int) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    rules.require("disposition.undo", actor=request.actor, plan=plan)
    found = batches.get_batch(plan=plan, pk=batch)
    taken = actions.undo_batch(actor=request.actor, plan=plan, batch=found)
    messages.success(request, _("%(count)s dispositions were taken back.") % {"count": taken})
    return redirect("preparation:dispositions", plan.key)
