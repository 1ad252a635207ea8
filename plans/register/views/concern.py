"""A party's own word on being concerned by an item."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from plans.register import queries
from plans.register.actions import declare_concern, renounce_concern
from plans.register.forms.attachments import ReasonForm
from plans.register.rules import ACTS, require, sees_draft
from stakeholders.terms.errors import Invalid

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
def declare(request: HttpRequest, key: str, item: str) -> HttpResponse:
    return _page(request, key, item, act="concern.declare", do=declare_concern)


@require_http_methods(METHODS)
def renounce(request: HttpRequest, key: str, item: str) -> HttpResponse:
    return _page(request, key, item, act="concern.renounce", do=renounce_concern)


def _page(
    request: HttpRequest, key: str, item: str, *, act: str, do: Callable[..., object]
) -> HttpResponse:
    plan = queries.get_plan(actor=request.actor, key=key)
    sees = sees_draft(actor=request.actor, plan=plan)
    found = queries.visible_item(plan, key=item, sees_draft=sees)
    require(act, ACTS, actor=request.actor, plan=plan, own=True)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            do(actor=request.actor, plan=plan, item=item, **form.cleaned_data)
            messages.success(request, _("Entered. It stands in the working draft."))
            return redirect("register:item", key=key, item=item)
        except Invalid as error:
            for name, text in error.errors.items():
                form.add_error(name if name in form.fields else None, str(text))
    titles = queries.titles_of(queries.latest_revision(plan))
    context = {
        "plan": plan,
        "item": found,
        "reading_label": titles.get(item, item),
        "form": form,
        "is_renouncing": act.endswith("renounce"),
    }
    status = 422 if form.errors else 200
    return render(request, "plans/register/concern.html", context, status=status)
