"""Answering dispositions: several at once by the contact point; what was not accepted."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from consult.phase2_preparation import actions, rules
from consult.phase2_preparation.forms import AnswersForm
from consult.phase2_preparation.queries import answering
from consult.phase2_preparation.queries.publishing import letters_of
from plans.register.models import Plan
from plans.register.queries import get_plan
from stakeholders.terms.asked import asked_number
from stakeholders.terms.errors import Conflict, Invalid

PAGE = 100


@require_http_methods(["GET", "HEAD", "POST"])
def answer_list(request: HttpRequest, key: str) -> HttpResponse:
    """What the own jurisdiction has to answer and has answered; the office: what was refused."""
    plan = get_plan(actor=request.actor, key=key)
    form = AnswersForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        code = request.actor.inside
        rules.require("disposition.answer", actor=request.actor, plan=plan, code=code)
        if form.is_valid():
            done = _answer(request, plan, form)
            if done:
                return done
    return _page(request, plan, form)


def _answer(request: HttpRequest, plan: Plan, form: AnswersForm) -> HttpResponse | None:
    ids = {asked_number(n, default=0) for n in request.POST.getlist("disposition")}
    rows = answering.own_dispositions(actor=request.actor, plan=plan, ids=ids)
    try:
        given = actions.answer_dispositions(
            actor=request.actor,
            plan=plan,
            dispositions=rows,
            accepts=request.POST.get("accepts") == "yes",
            text=form.cleaned_data["text"],
        )
    except Invalid as error:
        form.show(error)
        return None
    except Conflict as error:
        form.add_error(None, str(error.text))
        return None
    text = ngettext(
        "%(count)s answer was put on record.", "%(count)s answers were put on record.", len(given)
    )
    messages.success(request, text % {"count": len(given)})
    return redirect("preparation:answers", plan.key)


def _page(request: HttpRequest, plan: Plan, form: AnswersForm) -> HttpResponse:
    given = rules.facts(actor=request.actor, plan=plan, code=request.actor.inside)
    can_answer = bool(rules.can("disposition.answer", given=given))
    can_decide = bool(rules.can("disposition.decide", given=given))
    waiting = answering.to_answer(actor=request.actor, plan=plan)
    refused = answering.not_accepted(actor=request.actor, plan=plan)
    context = {
        "plan": plan,
        "form": form,
        "can_answer": can_answer,
        "can_decide": can_decide,
        "page_obj": Paginator(waiting, PAGE).get_page(request.GET.get("page")),
        "answered": answering.own_answered(actor=request.actor, plan=plan)[:PAGE],
        "refused": refused[:PAGE],
        "letters": letters_of(plan=plan),
        "ticked": request.POST.getlist("disposition"),
    }
    status = 422 if form.errors else 200
    return render(request, "consult/phase2_preparation/answers.html", context, status=status)
