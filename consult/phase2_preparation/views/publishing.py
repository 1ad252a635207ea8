"""Publishing in one batch: what will be shown, to whom it goes, with which letter."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from consult.matters.queries import party_units
from consult.phase2_preparation import actions, rules
from consult.phase2_preparation.enums import DispositionOutcome
from consult.phase2_preparation.forms import PublishForm
from consult.phase2_preparation.queries import publishing
from plans.register.models import Plan
from plans.register.queries import get_plan
from stakeholders.files.serving import answer_file
from stakeholders.terms.asked import asked_number
from stakeholders.terms.errors import Conflict

# Rows that can be ticked one by one; a form of more fields is refused, so more go by filter.
MOST_TICKED = 500


@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, key: str) -> HttpResponse:
    """What waits for publishing, by the filters of the address; POST publishes."""
    plan = get_plan(actor=request.actor, key=key)
    rules.require("disposition.publish", actor=request.actor, plan=plan)
    if request.method != "POST":
        return _page(request, plan, PublishForm(actor=request.actor, plan_key=plan.key))
    form = PublishForm(request.POST, request.FILES, actor=request.actor, plan_key=plan.key)
    if not form.is_valid():
        return _page(request, plan, form)
    try:
        rows = actions.publish_dispositions(
            actor=request.actor,
            plan=plan,
            numbers=_numbers(request, plan),
            note=form.cleaned_data["note"],
            file=form.cleaned_data["file"],
        )
    except Conflict as error:
        form.add_error(None, str(error.text))
        return _page(request, plan, form, status=409)
    text = ngettext(
        "%(count)s disposition was published.", "%(count)s dispositions were published.", len(rows)
    )
    messages.success(request, text % {"count": len(rows)})
    return redirect("preparation:dispositions", plan.key)


def _filters(request: HttpRequest) -> dict[str, str]:
    """The two filters of this page, from the address or the form."""
    asked = request.POST if request.method == "POST" else request.GET
    outcome = asked.get("outcome", "")
    return {
        "outcome": outcome if outcome in DispositionOutcome.values else "",
        "jurisdiction": asked.get("jurisdiction", "")[:6],
    }


def _numbers(request: HttpRequest, plan: Plan) -> list[int] | None:
    """The comments ticked; else those of the filters; None: all that wait."""
    if "chosen" in request.POST:
        return sorted({asked_number(n, default=0) for n in request.POST.getlist("number")} - {0})
    filters = _filters(request)
    if not any(filters.values()):
        return None
    rows = publishing.waiting(actor=request.actor, plan=plan, **filters)
    return [row.comment.number for row in rows]


def _page(request: HttpRequest, plan: Plan, form: PublishForm, *, status: int = 0) -> HttpResponse:
    filters = _filters(request)
    rows = publishing.waiting(actor=request.actor, plan=plan, **filters)
    context = {
        "plan": plan,
        "form": form,
        "filters": filters,
        "rows": rows[:MOST_TICKED],
        "total": len(rows),
        "can_tick": len(rows) <= MOST_TICKED,
        "by_outcome": publishing.by_outcome(rows),
        "by_party": publishing.by_party(rows),
        "lacking_reason": sum(row.lacks_reason for row in rows),
        "lacking_change": sum(row.lacks_change for row in rows),
        "outcomes": DispositionOutcome.choices,
        "units": party_units(plan=plan),
        "letters": publishing.letters_of(plan=plan),
    }
    status = status or (422 if form.is_bound and form.errors else 200)
    return render(request, "consult/phase2_preparation/publish.html", context, status=status)


@require_safe
def publication_letter(request: HttpRequest, key: str, letter: int) -> HttpResponseBase:
    """The explanatory letter of a batch, for whoever sees the plan."""
    plan = get_plan(actor=request.actor, key=key)
    return answer_file(publishing.get_publication_file(plan=plan, pk=letter), request=request)
