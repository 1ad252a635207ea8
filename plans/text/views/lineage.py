"""One page for what can become of a provision: split, merged, replaced."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from plans.register.models import Plan
from plans.register.queries import get_plan
from plans.text import queries
from plans.text.actions import merge_provisions, replace_provision, split_provision
from plans.text.forms.lineage import MergeForm, ReplaceForm, SplitForm
from plans.text.models import Provision
from plans.text.rules import require_drafting
from plans.text.wording import wording_of
from stakeholders.terms.errors import Invalid

Forms = dict[str, forms.Form]


@require_safe
def lineage(request: HttpRequest, key: str, item: str) -> HttpResponse:
    plan, found = _loaded(request, key, item, "item.split")
    return _page(request, plan, found, _forms(plan, found))


@require_POST
def split(request: HttpRequest, key: str, item: str) -> HttpResponse:
    return _act(request, key, item, "split", split_provision)


@require_POST
def merge(request: HttpRequest, key: str, item: str) -> HttpResponse:
    return _act(request, key, item, "merge", merge_provisions)


@require_POST
def replace(request: HttpRequest, key: str, item: str) -> HttpResponse:
    return _act(request, key, item, "replace", replace_provision)


def _act(
    request: HttpRequest, key: str, item: str, name: str, do: Callable[..., Any]
) -> HttpResponse:
    """Do the act; the first new article opens in the editor."""
    plan, found = _loaded(request, key, item, f"item.{name}")
    held = _forms(plan, found, **{name: request.POST})
    form = held[name]
    if form.is_valid():
        try:
            made = do(actor=request.actor, plan=plan, key=item, **form.cleaned_data)
        except Invalid as error:
            for field, text in error.errors.items():
                form.add_error(field if field in form.fields else None, str(text))
        else:
            first = made[0] if isinstance(made, list) else made
            messages.success(request, _("Done. The new article holds the former text: edit it."))
            return redirect("text:provision", key=key, item=first.item.key)
    return _page(request, plan, found, held)


def _loaded(request: HttpRequest, key: str, item: str, act: str) -> tuple[Plan, Provision]:
    plan = get_plan(actor=request.actor, key=key)
    found = queries.get_provision(plan, key=item)
    require_drafting(act, actor=request.actor, plan=plan, chapter=found.chapter)
    return plan, found


def _forms(plan: Plan, found: Provision, **data: Any) -> Forms:
    initial = {"edits": found.item.draft.edits}
    others = [
        (one.provision.item.key, f"{one.reading.number_label} {one.reading.title_zh}")
        for one in queries.articles(plan)
        if one.provision.pk != found.pk
    ]
    return {
        "split": SplitForm(data.get("split"), initial=initial, auto_id="split_%s"),
        "merge": MergeForm(data.get("merge"), others=others, auto_id="merge_%s"),
        "replace": ReplaceForm(data.get("replace"), initial=initial, auto_id="replace_%s"),
    }


def _page(request: HttpRequest, plan: Plan, found: Provision, held: Forms) -> HttpResponse:
    wording = wording_of(found.item.draft)
    context = {"plan": plan, "provision": found, "wording": wording, "forms": held}
    status = 422 if any(form.errors for form in held.values()) else 200
    return render(request, "plans/text/lineage.html", context, status=status)
