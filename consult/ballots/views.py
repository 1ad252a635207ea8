"""One form, one act of a ballot, back to its page. The views of the slices call it."""

from collections.abc import Callable, Mapping

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from plans.register.models import Plan
from stakeholders.terms.duty import Text
from stakeholders.terms.errors import Conflict, Invalid


def answer_act(
    request: HttpRequest,
    *,
    plan: Plan,
    form: forms.Form,
    call: Callable[[], object],
    words: Mapping[str, Text],
    back: tuple[str, Text],
    is_danger: bool = False,
) -> HttpResponse:
    """Show the form or do the act; refused input is shown in the form with what was typed.

    `words`: title, text, submit_label, done. `back`: address and name of the page it belongs to.
    """
    if request.method == "POST" and form.is_valid():
        try:
            call()
        except (Invalid, Conflict) as error:
            put_errors(form, error)
        else:
            messages.success(request, str(words["done"]))
            return redirect(back[0])
    context = {
        "plan": plan,
        "form": form,
        "acting_label": str(request.mandate) if request.mandate else "",
        "is_danger": is_danger,
        "back": back[0],
        "back_label": back[1],
        "cancel": back[0],
        **words,
    }
    return render(request, "consult/ballots/act.html", context, status=422 if form.errors else 200)


def put_errors(form: forms.Form, error: Invalid | Conflict) -> None:
    """Show what an action refused beside the fields of the form it came from."""
    if isinstance(error, Conflict):
        form.add_error(None, str(error.text))
        return
    for field, text in error.errors.items():
        form.add_error(field if field in form.fields else None, str(text))
