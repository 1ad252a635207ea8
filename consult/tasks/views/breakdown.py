"""The editor of the task breakdown."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from consult.tasks.actions.breakdown import issue_breakdown
from consult.tasks.forms.tables import BreakdownForm
from consult.tasks.queries.breakdown import proposal_of
from consult.tasks.rules import require
from consult.tasks.views.tasks import ANY, refuse
from plans.register.queries import get_plan
from stakeholders.terms.errors import Conflict, Invalid


@require_http_methods(ANY)
def edit(request: HttpRequest, key: str) -> HttpResponse:
    """What the text in force proposes as a table; it is issued as a whole."""
    plan = get_plan(actor=request.actor, key=key)
    require("breakdown.issue", actor=request.actor, plan=plan)
    proposal = proposal_of(plan)
    posted = request.POST if request.method == "POST" else None
    if posted is not None and proposal.revision and not proposal.open_lines:
        raise Conflict(_("Every line is issued"))
    form = BreakdownForm(posted, proposal=proposal)
    if posted is not None and form.is_valid():
        try:
            made = issue_breakdown(
                actor=request.actor,
                plan=plan,
                revision=form.cleaned_data["revision"],
                lines=form.lines(),
            )
        except (Invalid, Conflict) as error:
            refuse(form, error)
        else:
            text = ngettext("%(count)d task was issued.", "%(count)d tasks were issued.", len(made))
            messages.success(request, text % {"count": len(made)})
            return redirect("tasks:list", key)
    issued = [one for one in proposal.lines if not one.is_open]
    context = {
        "plan": plan,
        "proposal": proposal,
        "form": form,
        "issued": issued,
        "parties": list(proposal.units.parties.values()),
    }
    status = 422 if form.errors else 200
    return render(request, "consult/tasks/breakdown.html", context, status=status)
