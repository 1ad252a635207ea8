"""The changes of the text in force: list, opening, and one change with what can be done next."""

from collections.abc import Callable, Mapping

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from consult.ballots.forms import ConfirmForm
from consult.ballots.views import answer_act, put_errors
from consult.workflow import actions
from consult.workflow.allowing import blockers
from consult.workflow.enums import ChangeWay, Standing
from consult.workflow.forms import AnswerForm, TextChangeForm, WithdrawForm
from consult.workflow.queries.changes import (
    Changing,
    Worded,
    changes_of,
    choices_in_force,
    get_change,
    open_change,
    worded,
)
from consult.workflow.rules import ACTS, answer_act_of, may_answer
from plans.register.models import Plan
from plans.register.queries import get_plan, names_of, parties_of
from plans.register.rules import can, require, sees_draft
from plans.text.comparing import compare_draft
from plans.text.shown import differences_of
from stakeholders.files.serving import answer_file
from stakeholders.people.reauthentication import recently_proved
from stakeholders.terms.duty import Text
from stakeholders.terms.errors import Conflict, Invalid, NotVisible

PAGE = 25
FORM_METHODS = ["GET", "HEAD", "POST"]


@require_safe
def change_list(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    found = changes_of(plan)
    context = {
        "plan": plan,
        "page_obj": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "may_open": can("change.open", ACTS, actor=request.actor, plan=plan)
        and not any(one.state.is_open for one in found),
    }
    return render(request, "consult/workflow/changes.html", context)


@require_http_methods(FORM_METHODS)
def change_open(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    require("change.open", ACTS, actor=request.actor, plan=plan)
    parties = [(one.jurisdiction_id, str(one.jurisdiction)) for one in parties_of(plan)]
    form = TextChangeForm(
        request.POST or None,
        request.FILES or None,
        items=choices_in_force(plan),
        parties=parties,
        actor=request.actor,
        plan_key=plan.key,
    )
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        try:
            made = actions.open_text_change(
                actor=request.actor,
                plan=plan,
                **{**values, "jurisdiction": values["jurisdiction"] or None},
            )
            return redirect("workflow:change", key=key, number=made.number)
        except (Invalid, Conflict) as error:
            put_errors(form, error)
    context = {"plan": plan, "form": form, "running": open_change(plan)}
    status = 422 if form.errors else 200
    return render(request, "consult/workflow/change_open.html", context, status=status)


@require_safe
def change_detail(request: HttpRequest, key: str, number: int) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    change = get_change(plan, number=number)
    is_worded = change.state.is_open and change.way is not ChangeWay.AMENDMENT
    found = (
        worded(plan, change) if is_worded and sees_draft(actor=request.actor, plan=plan) else None
    )
    context = {
        "plan": plan,
        "change": change,
        "titles": _titles(plan, change),
        **(_wording(request, plan, change, found) if found else {}),
        "may_withdraw": change.state.is_open
        and can("change.withdraw", ACTS, actor=request.actor, plan=plan),
    }
    return render(request, "consult/workflow/change.html", context)


def _titles(plan: Plan, change: Changing) -> list[str]:
    words = dict(choices_in_force(plan))
    return [words.get(key, key) for key in change.row.items]


def _wording(
    request: HttpRequest, plan: Plan, change: Changing, found: Worded
) -> dict[str, object]:
    """The draft beside the text in force, who is asked and has answered, and the next act."""
    assert plan.in_force is not None  # noqa: S101 - a change is opened on a text in force only
    keys = {one.reading.key for one in found.changes}
    compared = compare_draft(plan=plan, old=plan.in_force)
    names = names_of([*found.asked, *change.state.answers])
    is_current = change.state.wording == found.hash != ""
    code = request.actor.jurisdiction_code or ""
    return {
        "differences": differences_of([one for one in compared.changes if one.key in keys]),
        "blockers": blockers(plan, change, found),
        "asked": [(names[one], change.state.answers.get(one)) for one in found.asked],
        "is_current": is_current,
        "is_agreed": is_current and change.state.is_agreed(found.asked),
        "may_put": not is_current
        and can("change.put_forward", ACTS, actor=request.actor, plan=plan),
        "may_enforce": can("change.enforce", ACTS, actor=request.actor, plan=plan),
        "may_answer": is_current
        and code in found.asked
        and may_answer(actor=request.actor, plan=plan, way=change.way),
        "is_refused": change.state.standing is Standing.REFUSED,
    }


@require_safe
def change_file(request: HttpRequest, key: str, number: int) -> HttpResponseBase:
    plan = get_plan(actor=request.actor, key=key)
    stored = get_change(plan, number=number).row.file
    if stored is None:
        raise NotVisible
    return answer_file(stored, request=request)


@require_http_methods(FORM_METHODS)
def change_put_forward(request: HttpRequest, key: str, number: int) -> HttpResponse:
    plan, change = _load(request, key, number, "change.put_forward")
    words = {
        "title": gettext_lazy("Put the wording to the parties"),
        "text": gettext_lazy(
            "Every party the change concerns is asked. Changing the draft afterwards asks anew."
        ),
        "submit_label": gettext_lazy("Put to the parties"),
        "done": gettext_lazy("The parties are asked."),
    }

    def call() -> object:
        return actions.put_forward(actor=request.actor, plan=plan, number=number)

    return _act(request, plan, change, ConfirmForm(_posted(request)), call, words)


@require_http_methods(FORM_METHODS)
def change_enforce(request: HttpRequest, key: str, number: int) -> HttpResponse:
    plan, change = _load(request, key, number, "change.enforce")
    words = {
        "title": gettext_lazy("Put the change in force"),
        "text": gettext_lazy("A new revision becomes the text in force and is frozen."),
        "submit_label": gettext_lazy("Put in force"),
        "done": gettext_lazy("The changed text is in force."),
    }

    def call() -> object:
        return actions.enforce(actor=request.actor, plan=plan, number=number)

    return _act(request, plan, change, ConfirmForm(_posted(request)), call, words)


@require_http_methods(FORM_METHODS)
def change_withdraw(request: HttpRequest, key: str, number: int) -> HttpResponse:
    plan, change = _load(request, key, number, "change.withdraw")
    words = {
        "title": gettext_lazy("Withdraw the change"),
        "text": gettext_lazy("The drafts say again what is in force. What was said stays listed."),
        "submit_label": gettext_lazy("Withdraw the change"),
        "done": gettext_lazy("The change is withdrawn."),
    }
    form = WithdrawForm(_posted(request))

    def call() -> object:
        return actions.withdraw_text_change(
            actor=request.actor, plan=plan, number=number, reason=form.cleaned_data["reason"]
        )

    return _act(request, plan, change, form, call, words, is_danger=True)


@recently_proved
@require_http_methods(FORM_METHODS)
def change_answer(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """The word of a party the change concerns, on the wording the page shows."""
    plan = get_plan(actor=request.actor, key=key)
    change = get_change(plan, number=number)
    asked = worded(plan, change).asked if change.state.is_open else ()
    own = (request.actor.jurisdiction_code or "") in asked
    require(answer_act_of(change.way), ACTS, actor=request.actor, plan=plan, own=own)
    form = AnswerForm(_posted(request), initial={"wording": change.state.wording})
    words = {
        "title": gettext_lazy("Answer a change of the text in force"),
        "text": gettext_lazy("Your answer speaks for your jurisdiction, on the wording shown."),
        "submit_label": gettext_lazy("Answer"),
        "done": gettext_lazy("Your answer is taken."),
    }

    def call() -> object:
        return actions.answer_text_change(
            actor=request.actor, plan=plan, number=number, **form.cleaned_data
        )

    return _act(request, plan, change, form, call, words)


def _load(request: HttpRequest, key: str, number: int, act: str) -> tuple[Plan, Changing]:
    plan = get_plan(actor=request.actor, key=key)
    change = get_change(plan, number=number)
    require(act, ACTS, actor=request.actor, plan=plan)
    return plan, change


def _posted(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _act(
    request: HttpRequest,
    plan: Plan,
    change: Changing,
    form: forms.Form,
    call: Callable[[], object],
    words: Mapping[str, Text],
    is_danger: bool = False,
) -> HttpResponse:
    back = (reverse("workflow:change", args=[plan.key, change.row.number]), str(change.row))
    return answer_act(
        request, plan=plan, form=form, call=call, words=words, back=back, is_danger=is_danger
    )
