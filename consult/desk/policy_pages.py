"""When and whom a plan reminds: the policy, what it does to a deadline, and the policies before."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from consult.ballots.views import put_errors
from consult.desk.actions import set_reminders
from consult.desk.policies import policy_of, versions_of
from consult.desk.policy_forms import PolicyForm, default_deadline, filled
from consult.desk.preview import preview
from consult.desk.rules import ACTS
from plans.register.models import Plan
from plans.register.queries import get_plan
from plans.register.rules import can, require
from stakeholders.jurisdictions.queries import overrides_at
from stakeholders.terms import clock
from stakeholders.terms.errors import Conflict, Invalid


@require_http_methods(["GET", "HEAD", "POST"])
def reminders(request: HttpRequest, key: str) -> HttpResponse:
    """Read by whoever sees the plan, set by its joint office. The button `preview` sets nothing."""
    plan = get_plan(actor=request.actor, key=key)
    form = None
    if request.method == "POST":
        require("reminders.set", ACTS, actor=request.actor, plan=plan)
        form = PolicyForm(request.POST)
        if form.is_valid() and "preview" not in request.POST and _set(request, plan, form):
            messages.success(request, _("The reminder policy counts from now on."))
            return redirect("desk:reminders", key=key)
    return _page(request, plan, form)


def _set(request: HttpRequest, plan: Plan, form: PolicyForm) -> bool:
    """Whether the act took it; what it refused stands in the form."""
    base = form.cleaned_data["base"]
    try:
        set_reminders(actor=request.actor, plan=plan, policy=form.policy(), base=base)
    except (Invalid, Conflict) as error:
        put_errors(form, error)
        return False
    return True


def _page(request: HttpRequest, plan: Plan, form: PolicyForm | None) -> HttpResponse:
    standing, now = policy_of(plan), clock.now()
    today = timezone.localtime(now).date()
    day, policy = default_deadline(today), standing.policy
    if form is None:
        form = PolicyForm(initial=filled(standing, deadline=day))
    elif form.is_valid():
        day, policy = form.cleaned_data["deadline"] or day, form.policy()
    is_set = form.is_bound and form.is_valid() and "preview" in request.POST
    context = {
        "plan": plan,
        "form": form,
        "standing": standing,
        "may_set": bool(can("reminders.set", ACTS, actor=request.actor, plan=plan)),
        "day": day,
        "lines": preview(policy, day=day, calendar=overrides_at(now)),
        "is_typed": policy != standing.policy,
        "versions": versions_of(plan),
    }
    status = 422 if form.is_bound and not is_set else 200
    return render(request, "consult/desk/reminders.html", context, status=status)
