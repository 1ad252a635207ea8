"""The joint office's text blocks."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from consult.phase2_preparation import actions, rules
from consult.phase2_preparation.forms import BlockForm
from consult.phase2_preparation.models import TextBlock
from consult.phase2_preparation.queries.blocks import blocks_for, get_block
from plans.register.models import Plan
from plans.register.queries import get_plan
from stakeholders.terms.errors import Invalid

ANY = ["GET", "HEAD", "POST"]
FIELDS = ("title", "outcome", "text_zh", "text_en")


@require_http_methods(ANY)
def block_list(request: HttpRequest, key: str) -> HttpResponse:
    """The text blocks; POST keeps a new one."""
    plan = get_plan(actor=request.actor, key=key)
    rules.require("text_block.add", actor=request.actor, plan=plan)
    form = BlockForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_block(actor=request.actor, plan=plan, text=form.text())
        except Invalid as error:
            form.show(error)
        else:
            messages.success(request, _("The text block was kept."))
            return redirect("preparation:blocks", plan.key)
    return _page(request, plan, form)


@require_http_methods(ANY)
def edit_block(request: HttpRequest, key: str, block: int) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    rules.require("text_block.edit", actor=request.actor, plan=plan)
    found = get_block(plan=plan, pk=block)
    initial = {name: getattr(found, name) for name in FIELDS}
    form = BlockForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_block(actor=request.actor, plan=plan, block=found, text=form.text())
        except Invalid as error:
            form.show(error)
        else:
            messages.success(request, _("The text block was kept."))
            return redirect("preparation:blocks", plan.key)
    return _page(request, plan, form, editing=found)


@require_POST
def remove_block(request: HttpRequest, key: str, block: int) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    rules.require("text_block.remove", actor=request.actor, plan=plan)
    actions.remove_block(actor=request.actor, plan=plan, block=get_block(plan=plan, pk=block))
    messages.success(request, _("The text block was removed."))
    return redirect("preparation:blocks", plan.key)


def _page(
    request: HttpRequest, plan: Plan, form: BlockForm, *, editing: TextBlock | None = None
) -> HttpResponse:
    context = {
        "plan": plan,
        "form": form,
        "blocks": blocks_for(plan=plan),
        "editing": editing,
    }
    status = 422 if form.errors else 200
    return render(request, "consult/phase2_preparation/blocks.html", context, status=status)
