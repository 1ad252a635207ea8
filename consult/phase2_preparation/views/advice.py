"""Advice on a comment: asked by the joint office, given by who was asked."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from consult.phase2_preparation import actions, queries, rules
from consult.phase2_preparation.forms import AdviceForm, AskForm
from consult.phase2_preparation.models import AdviceRequest, Comment
from consult.phase2_preparation.queries import advice
from consult.phase2_preparation.queries import dispositions as table
from plans.register.models import Plan
from plans.register.queries import get_plan
from stakeholders.terms import clock
from stakeholders.terms.errors import Invalid

ANY = ["GET", "HEAD", "POST"]
FOLDER = "consult/phase2_preparation"


def _load(request: HttpRequest, key: str, number: int) -> tuple[Plan, Comment]:
    plan = get_plan(actor=request.actor, key=key)
    return plan, table.get_comment(actor=request.actor, plan=plan, number=number)


@require_http_methods(ANY)
def ask(request: HttpRequest, key: str, number: int) -> HttpResponse:
    plan, comment = _load(request, key, number)
    rules.require("disposition.ask_advice", actor=request.actor, plan=plan)
    advisers = advice.advisers_of(plan=plan, comment=comment, at=clock.now())
    form = AskForm(request.POST if request.method == "POST" else None, advisers=advisers)
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask_advice(actor=request.actor, plan=plan, comment=comment, **form.values())
        except Invalid as error:
            form.show(error)
        else:
            messages.success(request, _("The advice was asked for."))
            return redirect("preparation:comment", plan.key, number)
    return _page(request, plan, comment, form, _("Ask for advice"))


@require_http_methods(ANY)
def give(request: HttpRequest, key: str, number: int, asked: int) -> HttpResponse:
    plan, comment = _load(request, key, number)
    rules.require("disposition.give_advice", actor=request.actor, plan=plan)
    found = advice.get_request(actor=request.actor, plan=plan, pk=asked)
    form = AdviceForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.give_advice(actor=request.actor, plan=plan, request=found, **form.cleaned_data)
        except Invalid as error:
            form.show(error)
        else:
            messages.success(request, _("Your advice was put on record."))
            return redirect("preparation:comment", plan.key, number)
    return _page(request, plan, comment, form, _("Give advice"), asked=found)


def _page(
    request: HttpRequest,
    plan: Plan,
    comment: Comment,
    form: AskForm | AdviceForm,
    title: str,
    *,
    asked: AdviceRequest | None = None,
) -> HttpResponse:
    context = {
        "plan": plan,
        "comment": comment,
        "wording": queries.wording_of(comment.version),
        "form": form,
        "title": title,
        "asked": asked,
    }
    status = 422 if form.errors else 200
    return render(request, f"{FOLDER}/advice.html", context, status=status)


def advice_on(request: HttpRequest, plan: Plan, comment: Comment) -> dict[str, object]:
    """What the page of a comment shows of advice to this reader; two or three queries."""
    found = list(advice.visible_requests(actor=request.actor, plan=plan).filter(comment=comment))
    mine = advice.asked_of(actor=request.actor, requests=found) if found else []
    given = rules.facts(actor=request.actor, plan=plan)
    return {
        "advice_requests": found,
        "advice_mine": mine if rules.can("disposition.give_advice", given=given) else [],
        "can_ask_advice": bool(rules.can("disposition.ask_advice", given=given)),
        "taken_back": table.taken_back(actor=request.actor, comment=comment),
    }
