"""The reply of the approving authority: entered, corrected, its conditions, what parties note."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from consult.approval.actions import replies as actions
from consult.approval.deciding import untouched
from consult.approval.forms.replies import ITEMS, OF_ROW, ROWS, AcknowledgeForm, ReplyForm, rows_in
from consult.approval.imposed import imposed_items
from consult.approval.models import ApprovalLetter
from consult.approval.naming import offered
from consult.approval.queries.replies import (
    ReplyState,
    answered,
    awaits_completion,
    reply_state,
    submission_of,
)
from consult.approval.queries.sight import require_dossier_sight
from consult.approval.rules import ACTS, is_addressee, must_sign
from consult.ballots.views import put_errors
from plans.register.models import Plan
from plans.register.queries import get_plan, names_of, readings_of
from plans.register.rules import can, may_draft, require, sees_draft
from stakeholders.files.serving import answer_file
from stakeholders.terms.errors import Conflict, Invalid, NotVisible

ANY = ["GET", "HEAD", "POST"]
FOLDER = "consult/approval"


@dataclass(frozen=True)
class Desk:
    """What the form of a reply is about; `state` is the reply that is corrected."""

    request: HttpRequest
    plan: Plan
    submission: ApprovalLetter
    state: ReplyState | None = None

    @property
    def options(self) -> dict[str, Any]:
        codes = self.submission.addressees
        names = names_of(codes)
        return {
            "actor": self.request.actor,
            "plan_key": self.plan.key,
            "addressees": [(code, str(names.get(code, code))) for code in codes],
            "is_correction": self.state is not None,
        }

    def bound(self) -> ReplyForm:
        data = self.request.POST
        return ReplyForm(data, self.request.FILES, count=rows_in(data), **self.options)

    def grown(self) -> ReplyForm:
        """The form as typed with one row more, not yet judged; a file sent with it is kept."""
        sent = self.bound()
        sent.is_valid()
        initial = {name: sent[name].value() for name in sent.fields}
        return ReplyForm(initial=initial, count=sent.count + 1, **self.options)

    def fresh(self) -> ReplyForm:
        """Empty, or filled with the reply that is corrected."""
        if self.state is None:
            initial: Mapping[str, Any] = {"senders": self.submission.addressees}
            return ReplyForm(initial=initial, **self.options)
        filled = _filled(self.state)
        count = max(len(self.state.conditions), ROWS)
        return ReplyForm(initial=filled, count=count, **self.options)


def _filled(state: ReplyState) -> dict[str, Any]:
    letter = state.letter
    found: dict[str, Any] = {
        "outcome": state.outcome.value,
        "senders": letter.senders,
        "number": letter.number,
        "dated_on": letter.dated_on,
        "file": letter.file,
    }
    for at, one in enumerate(state.conditions):
        item = one.before.number or one.key if one.before else ""
        values = (item, one.text_zh, one.text_en)
        found |= {f"condition-{at}-{n}": v for n, v in zip(OF_ROW, values, strict=True)}
    return found


@require_http_methods(ANY)
def reply(request: HttpRequest, key: str) -> HttpResponse:
    """Enter the reply that has come; the button `more` adds a row and enters nothing."""
    plan = get_plan(actor=request.actor, key=key)
    submission = submission_of(plan)
    own = is_addressee(submission, actor=request.actor)
    require("approval.reply", ACTS, actor=request.actor, plan=plan, own=own)
    if submission is None or answered(submission) is not None:
        status = 409 if request.method == "POST" else 200
        context = {"plan": plan, "submission": submission, "state": reply_state(plan)}
        return render(request, f"{FOLDER}/reply_closed.html", context, status=status)
    return _entering(Desk(request, plan, submission))


@require_http_methods(ANY)
def correct_reply(request: HttpRequest, key: str) -> HttpResponse:
    """Replace a reply that was entered wrongly, as long as nothing came of it."""
    plan = get_plan(actor=request.actor, key=key)
    require("approval.correct", ACTS, actor=request.actor, plan=plan)
    submission, state = submission_of(plan), reply_state(plan)
    if submission is None or state is None:
        raise Conflict(_("There is no reply to correct."))
    if request.method != "POST":
        try:
            untouched(plan, state, outcome=state.outcome)
        except Conflict as error:
            context = {"plan": plan, "submission": submission, "told": error.text}
            return render(request, f"{FOLDER}/reply_closed.html", context)
    return _entering(Desk(request, plan, submission, state))


def _entering(desk: Desk) -> HttpResponse:
    request, form = desk.request, desk.fresh()
    if request.method == "POST" and "more" in request.POST:
        form = desk.grown()
    elif request.method == "POST":
        form = desk.bound()
        if form.is_valid() and _enter(desk, form):
            messages.success(request, _("The reply is entered."))
            return redirect("approval:conditions", key=desk.plan.key)
    context = {
        "plan": desk.plan,
        "form": form,
        "state": desk.state,
        "submission": desk.submission,
        "items": offered(readings_of(desk.submission.revision), language=get_language() or ""),
        "items_id": ITEMS,
        "awaits_completion": awaits_completion(desk.submission),
    }
    status = 422 if form.is_bound else 200
    return render(request, f"{FOLDER}/reply.html", context, status=status)


def _enter(desk: Desk, form: ReplyForm) -> bool:
    """Whether the act took it; what it refused stands in the form."""
    given = {"actor": desk.request.actor, "plan": desk.plan}
    said, decision = form.said(), form.decision()
    try:
        if desk.state is None:
            actions.file_reply(**given, said=said, decision=decision)
        else:
            reason = form.cleaned_data["reason"]
            actions.correct_reply(**given, said=said, decision=decision, reason=reason)
    except (Invalid, Conflict) as error:
        put_errors(form, error)
        return False
    return True


@require_safe
def conditions(request: HttpRequest, key: str) -> HttpResponse:
    """What the reply decided, each condition with its state and both wordings."""
    plan = get_plan(actor=request.actor, key=key)
    require_dossier_sight(actor=request.actor, plan=plan)
    state = reply_state(plan)
    may_correct = can("approval.correct", ACTS, actor=request.actor, plan=plan)
    context = {
        "plan": plan,
        "state": state,
        "may_draft": bool(state and state.is_open) and may_draft(actor=request.actor, plan=plan),
        "may_correct": bool(may_correct and state and state.is_untouched),
        **_shown(request, plan, state),
    }
    return render(request, f"{FOLDER}/conditions.html", context)


@require_http_methods(ANY)
def acknowledge(request: HttpRequest, key: str) -> HttpResponse:
    """A party notes what the reply changed: both wordings, the condition, one button."""
    plan = get_plan(actor=request.actor, key=key)
    own = must_sign(plan, code=str(request.actor.jurisdiction_code))
    require("approval.acknowledge", ACTS, actor=request.actor, plan=plan, own=own)
    form = AcknowledgeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.acknowledge(actor=request.actor, plan=plan, **form.cleaned_data)
        except Conflict as error:
            put_errors(form, error)
        else:
            messages.success(request, _("Your jurisdiction has acknowledged the approved text."))
            return redirect("approval:conditions", key=key)
    state = reply_state(plan)
    code = request.actor.jurisdiction_code
    context = {
        "plan": plan,
        "form": form,
        "state": state,
        "is_due": state is not None and code in state.outstanding,
        "is_done": state is not None and code in state.acknowledged,
        **_shown(request, plan, state),
    }
    status = 422 if form.errors else 200
    return render(request, f"{FOLDER}/acknowledge.html", context, status=status)


def _shown(request: HttpRequest, plan: Plan, state: ReplyState | None) -> dict[str, Any]:
    if state is None:
        return {"lines": [], "names": {}}
    codes = {*state.letter.senders, *state.acknowledged, *state.outstanding}
    reads = sees_draft(actor=request.actor, plan=plan)
    return {
        "lines": imposed_items(plan, state, sees_draft=reads),
        "names": names_of(codes),
        "is_side": True,
    }


@require_safe
def reply_file(request: HttpRequest, key: str) -> HttpResponseBase:
    """The letter of the reply."""
    plan = get_plan(actor=request.actor, key=key)
    require_dossier_sight(actor=request.actor, plan=plan)
    state = reply_state(plan)
    if state is None or state.letter.file is None:
        raise NotVisible
    return answer_file(state.letter.file, request=request)
