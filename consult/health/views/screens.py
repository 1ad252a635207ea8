"""What the pages of a check share: loading, units, doors, one form and its act."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from consult.ballots.views import put_errors
from consult.health.models import HealthCheck
from consult.health.queries import Whole, get_check, whole_of
from consult.health.rules import ACTS
from consult.health.shown import stage_look
from consult.health.standing import is_over
from consult.health.subjects import title_of
from plans.register.models import Plan
from plans.register.queries import get_plan
from plans.register.rules import plan_facts
from stakeholders.terms.duty import Text
from stakeholders.terms.errors import Conflict, Invalid
from stakeholders.terms.rights import decide

FOLDER = "consult/health"
FORM_METHODS = ["GET", "HEAD", "POST"]


def load(request: HttpRequest, key: str, pk: int) -> tuple[Plan, HealthCheck]:
    plan = get_plan(actor=request.actor, key=key)
    return plan, get_check(plan, pk=pk)


def doors(request: HttpRequest, plan: Plan, *, whole: Whole | None = None) -> dict[str, bool]:
    """Act with an underscore for its dot -> whether the page shows the way to it. Two queries."""
    facts = plan_facts(actor=request.actor, plan=plan, own=True)
    found = {act.replace(".", "_"): bool(decide(act, rule, facts)) for act, rule in ACTS.items()}
    if whole is not None and is_over(whole.stage):
        after = {"finding_to_matter", "check_publish"}
        found = {name: may and name in after for name, may in found.items()}
    return found


def context_of(plan: Plan, check: HealthCheck, whole: Whole | None = None) -> dict[str, Any]:
    """What every page of a check reads."""
    whole = whole or whole_of(check)
    return {
        "plan": plan,
        "check": check,
        "whole": whole,
        "check_title": title_of(check),
        **stage_look(whole),
    }


def act_page(
    request: HttpRequest,
    *,
    plan: Plan,
    form: forms.Form,
    call: Callable[[], object],
    words: Mapping[str, Text],
    back: tuple[str, Text],
    extra: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Show the form or do the act; what was typed stays beside what is refused."""
    status = 422 if form.is_bound and not form.is_valid() else 200
    if request.method == "POST" and form.is_valid():
        try:
            call()
        except (Invalid, Conflict) as error:
            put_errors(form, error)
            status = 409 if isinstance(error, Conflict) else 422
        else:
            messages.success(request, str(words["done"]))
            return redirect(back[0])
    context = {
        "plan": plan,
        "form": form,
        "back": back[0],
        "back_label": back[1],
        **words,
        **(extra or {}),
    }
    return render(request, f"{FOLDER}/act.html", context, status=status)


def back_to(plan: Plan, check: HealthCheck, *, page: str = "check", mark: str = "") -> str:
    return reverse(f"health:{page}", args=[plan.key, check.pk]) + mark
