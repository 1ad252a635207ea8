"""Pages of comments inside a jurisdiction, and of the reply it submits."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consult.phase2_preparation import actions, queries, rules
from consult.phase2_preparation.enums import EDITABLE, DraftState
from consult.phase2_preparation.forms import ReasonForm, ReplyForm
from consult.phase2_preparation.models import CommentDraft, Round
from plans.register.models import Plan
from plans.register.queries import get_plan, titles_of
from stakeholders.files.serving import answer_file
from stakeholders.terms.errors import Conflict, Invalid

ANY = ["GET", "HEAD", "POST"]


def _load(request: HttpRequest, key: str, number: int) -> tuple[Plan, Round]:
    plan = get_plan(actor=request.actor, key=key)
    one = queries.get_round(plan, number=number)
    one.plan = plan
    return plan, one


def _back(plan: Plan, one: Round, item_key: str = "") -> str:
    url = reverse("preparation:round", args=[plan.key, one.number])
    return f"{url}?item={item_key}#{item_key}" if item_key else url


def _after(request: HttpRequest, plan: Plan, one: Round, draft: CommentDraft) -> str:
    """Where the act was asked for: the list of the own jurisdiction, or the text beside."""
    if request.GET.get("list") == "ours":
        return f"{reverse('preparation:ours', args=[plan.key, one.number])}#{draft.key}"
    return _back(plan, one, draft.item.key if draft.item else "")


@require_POST
def delete_comment(request: HttpRequest, key: str, number: int, draft: str) -> HttpResponse:
    plan, one, found = _draft(request, key, number, draft)
    actions.delete_comment(actor=request.actor, plan=plan, draft=found)
    messages.success(request, _("The draft was deleted."))
    return redirect(_after(request, plan, one, found))


@require_POST
def clear_comment(request: HttpRequest, key: str, number: int, draft: str) -> HttpResponse:
    plan, one, found = _draft(request, key, number, draft)
    actions.clear_comment(actor=request.actor, plan=plan, draft=found)
    return redirect(_after(request, plan, one, found))


def _draft(
    request: HttpRequest, key: str, number: int, draft: str
) -> tuple[Plan, Round, CommentDraft]:
    plan, one = _load(request, key, number)
    return plan, one, queries.get_draft(actor=request.actor, one=one, key=draft)


@require_http_methods(ANY)
def send_back(request: HttpRequest, key: str, number: int, draft: str) -> HttpResponse:
    plan, one, found = _draft(request, key, number, draft)
    rules.require("comment.send_back", actor=request.actor, plan=plan, code=found.jurisdiction_id)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.send_back(actor=request.actor, plan=plan, draft=found, **form.cleaned_data)
        except Invalid as error:
            form.show(error)
        else:
            return redirect(_after(request, plan, one, found))
    context = {"plan": plan, "one": one, "form": form, "title": _("Send the comment back")}
    status = 422 if form.errors else 200
    return render(request, "consult/phase2_preparation/form.html", context, status=status)


@require_http_methods(ANY)
def submit_reply(request: HttpRequest, key: str, number: int) -> HttpResponse:
    plan, one = _load(request, key, number)
    rules.require(
        "reply.submit", actor=request.actor, plan=plan, code=request.actor.jurisdiction_code
    )
    nil = request.GET.get("nil") == "1"
    posted = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = ReplyForm(
        *posted, initial={"is_nil": nil}, actor=request.actor, plan_key=plan.key, one=one
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.submit_reply(
                actor=request.actor,
                plan=plan,
                one=one,
                letter=form.letter(),
                is_nil=data["is_nil"],
                text=data["text"],
                oral=form.oral(),
            )
        except Invalid as error:
            form.show(error)
        except Conflict as error:
            form.add_error(None, str(error.text))
        else:
            messages.success(request, _("Your answer was submitted."))
            return redirect(_back(plan, one))
    drafts = queries.visible_drafts(actor=request.actor, one=one)
    context = {
        "plan": plan,
        "one": one,
        "form": form,
        "is_nil": form["is_nil"].value() in (True, "True", "on", "true"),
        "cleared": drafts.filter(state=DraftState.CLEARED),
        "left_out": drafts.filter(state__in=EDITABLE - {DraftState.CLEARED}).count(),
        "titles": titles_of(one.revision),
        "steps": queries.reply_steps(actor=request.actor, one=one),
    }
    status = 422 if form.errors else 200
    return render(request, "consult/phase2_preparation/reply.html", context, status=status)


@require_safe
def letter(request: HttpRequest, key: str, reply: int) -> HttpResponseBase:
    """The letter that came with a reply, for who sees the reply."""
    plan = get_plan(actor=request.actor, key=key)
    stored = queries.get_letter(actor=request.actor, plan=plan, reply=reply)
    return answer_file(stored, request=request)
