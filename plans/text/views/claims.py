"""Pages of editorial claims and of defined terms."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from plans.register.models import Plan
from plans.register.queries import get_plan
from plans.register.rules import can
from plans.text import actions, queries
from plans.text.comparing import claimed_change
from plans.text.forms import AnswerForm, TermForm
from plans.text.rules import ACTS, answerable, require_draft_sight
from plans.text.shown import differences_of
from stakeholders.terms.errors import Invalid


@require_safe
def claims(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    return _claims_page(request, plan)


@require_POST
def claim_answer(request: HttpRequest, key: str, item: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    form = AnswerForm(request.POST)
    if form.is_valid():
        try:
            actions.answer_claim(actor=request.actor, plan=plan, key=item, **form.cleaned_data)
            messages.success(request, _("Your answer is noted."))
            return redirect("text:claims", key=key)
        except Invalid as error:
            for field, text in error.errors.items():
                form.add_error(field if field in form.fields else None, str(text))
    return _claims_page(request, plan, item=item, form=form)


def _claims_page(
    request: HttpRequest, plan: Plan, *, item: str = "", form: AnswerForm | None = None
) -> HttpResponse:
    require_draft_sight(actor=request.actor, plan=plan)
    found = queries.claims_of(plan)
    shown = differences_of([claimed_change(one) for one in found])
    own = answerable(actor=request.actor, plan=plan, claims=[one.claim for one in found])
    code = request.actor.jurisdiction_code
    rows = [
        {
            "claimed": claimed,
            "one": one,
            "form": form if form and claimed.item.key == item else AnswerForm(),
            "may_answer": claimed.claim.pk in own and not claimed.answered_by(code),
        }
        for claimed, one in zip(found, shown, strict=True)
    ]
    context = {"plan": plan, "rows": rows, "form": form, "is_side": False}
    return render(request, "plans/text/claims.html", context, status=422 if form else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def terms(request: HttpRequest, key: str) -> HttpResponse:
    """The terms the plan defines, and the form for one more."""
    plan = get_plan(actor=request.actor, key=key)
    require_draft_sight(actor=request.actor, plan=plan)
    form = TermForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_term(actor=request.actor, plan=plan, **form.cleaned_data)
            return redirect("text:terms", key=key)
        except Invalid as error:
            for field, text in error.errors.items():
                form.add_error(field if field in form.fields else None, str(text))
    may_edit = can("term.add", ACTS, actor=request.actor, plan=plan)
    context = {
        "plan": plan,
        "terms": queries.terms_of(plan),
        "form": form if may_edit else None,
        "may_remove": may_edit,
    }
    return render(request, "plans/text/terms.html", context, status=422 if form.errors else 200)


@require_POST
def term_remove(request: HttpRequest, key: str, term: int) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    actions.remove_term(actor=request.actor, plan=plan, term=term)
    messages.success(request, _("The term is defined no more."))
    return redirect("text:terms", key=key)
