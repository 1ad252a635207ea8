"""Provisions moved on the page of the working draft: by a step, or several at once."""

import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from plans.register.models import Plan
from plans.register.queries import get_plan
from plans.text import actions, queries
from plans.text.forms import MoveSelectedForm
from plans.text.models import Provision
from plans.text.rules import require_draft_sight
from plans.text.views.answers import page_of, tell_numbers
from stakeholders.terms.errors import Invalid

SLUG = re.compile(r"[-\w]+")


@require_POST
def moves(request: HttpRequest, key: str) -> HttpResponse:
    """A pressed button carries `step` = ITEM:up, :down, :POSITION or :@CHAPTER; else the chosen
    boxes are moved."""
    plan = get_plan(actor=request.actor, key=key)
    require_draft_sight(actor=request.actor, plan=plan)
    before = queries.numbers_of(plan)
    view, page = request.POST.get("view", ""), request.POST.get("page", "1")
    if request.POST.get("step"):
        moved = _step(request, plan)
        # The view follows what was moved onto another page of the chapter.
        page = str(page_of(moved)) if moved.chapter.key == view else page
    else:
        _chosen(request, plan)
    tell_numbers(request, before, queries.numbers_of(plan))
    home = reverse("text:home", args=[key])
    if not SLUG.fullmatch(view):
        return redirect(home)
    told = f"&page={page}" if page.isdecimal() and page != "1" else ""
    return redirect(f"{home}?chapter={view}{told}")


def _step(request: HttpRequest, plan: Plan) -> Provision:
    item, _colon, step = request.POST["step"].partition(":")
    found = queries.get_provision(plan, key=item)
    chapter, position = queries.place_after(found, step=step)
    return actions.move_provision(
        actor=request.actor, plan=plan, key=item, chapter=chapter, position=position
    )


def _chosen(request: HttpRequest, plan: Plan) -> None:
    form = MoveSelectedForm(request.POST, chapters=list(queries.chapters_of(plan)))
    if not form.is_valid():
        raise Invalid({name: str(texts[0]) for name, texts in form.errors.items()})
    keys = request.POST.getlist("keys")
    actions.move_provisions(actor=request.actor, plan=plan, keys=keys, **form.cleaned_data)
