"""The gate of the present phase, publishing, advancing, reopening."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from consult.approval.queries.replies import ReplyState, reply_state
from consult.phase3_identification.queries import current_sign_off, get_request
from consult.workflow import actions, gates, queries
from consult.workflow.audits import audits_of, groups_of
from consult.workflow.forms import PublishForm, ReopenForm
from consult.workflow.impacts import consent_impact_of, repeating_rounds
from consult.workflow.imposing import approved_text_due, differing, letter_named
from consult.workflow.rules import ACTS, publishing, require_publishing
from plans.register.enums import Phase
from plans.register.models import Plan
from plans.register.queries import get_plan, latest_revision, names_of
from plans.register.rules import can, plan_facts, require, require_draft_sight
from stakeholders.people.enums import RoleName
from stakeholders.terms.errors import Blocked, Invalid, NotVisible

FORM_METHODS = ["GET", "HEAD", "POST"]


@require_safe
def gate(request: HttpRequest, key: str) -> HttpResponse:
    """The whole page; the panel or its first line (`?next`) for a page that loads it."""
    plan = get_plan(actor=request.actor, key=key)
    if request.htmx:
        part = "next" if "next" in request.GET else "panel"
        return render(request, f"consult/workflow/gate.html#{part}", _gate_context(request, plan))
    context = {
        **_gate_context(request, plan),
        "steps": queries.phase_steps_of(plan),
        "may_publish": publishing(actor=request.actor, plan=plan, state=approved_text_due(plan)),
        "may_reopen": can("phase.reopen", ACTS, actor=request.actor, plan=plan),
    }
    return render(request, "consult/workflow/gate.html", context)


@require_safe
def since(request: HttpRequest, key: str) -> HttpResponse:
    """What changed since the reader's jurisdiction last spoke: a page, or the lines alone for a
    page that loads them."""
    plan = get_plan(actor=request.actor, key=key)
    context = {"plan": plan, "since": queries.since(plan, actor=request.actor)}
    name = "consult/workflow/since.html" + ("#lines" if request.htmx else "")
    return render(request, name, context)


@require_http_methods(FORM_METHODS)
def publish(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    reply = approved_text_due(plan)
    require_publishing(actor=request.actor, plan=plan, state=reply)
    form = PublishForm(
        request.POST or None,
        initial=_stage_before(plan),
        is_imposed=reply is not None,
        is_explained=bool(reply and reply.of_plan),
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.publish(actor=request.actor, plan=plan, **form.cleaned_data)
            messages.success(
                request, _("Revision %(number)s is published.") % {"number": made.number}
            )
            return redirect("register:revision", key=key, number=made.number)
        except Invalid as error:
            _show(form, error)
        except Blocked as blocked:
            if reply is not None:
                form.add_error(None, _("The draft is not the text that the reply asks for."))
                return _publishing(request, plan, form, reply)
            said = pgettext("between names", ", ").join(str(one.text) for one in blocked.blockers)
            form.add_error("accepts_gaps", _("The text is not frozen with gaps: %s") % said)
    return _publishing(request, plan, form, reply)


def _publishing(
    request: HttpRequest, plan: Plan, form: PublishForm, reply: ReplyState | None
) -> HttpResponse:
    found = queries.pending(plan)
    groups = found.groups
    shown = {code for group in groups for one in group.shown for code in one.concerned}
    names = names_of(shown)
    context = {
        "plan": plan,
        "form": form,
        "pending": found,
        "groups": groups,
        "total": sum(group.number for group in groups),
        **_impact_context(request, plan, found, reply),
        "names": names,
        "audits": groups_of(audits_of(plan)),
    }
    status = 422 if form.errors else 200
    return render(request, "consult/workflow/publish.html", context, status=status)


@require_safe
def impact(request: HttpRequest, key: str) -> HttpResponse:
    """What publishing would cost in consent, for whoever sees the draft."""
    plan = get_plan(actor=request.actor, key=key)
    require_draft_sight(actor=request.actor, plan=plan)
    found, reply = queries.pending(plan), approved_text_due(plan)
    context = {
        "plan": plan,
        "pending": found,
        "may_publish": publishing(actor=request.actor, plan=plan, state=reply),
        **_impact_context(request, plan, found, reply),
    }
    return render(request, "consult/workflow/impact.html", context)


def _impact_context(
    request: HttpRequest, plan: Plan, found: queries.Pending, reply: ReplyState | None
) -> dict[str, object]:
    """What it costs; of the approved text nothing, but what still keeps it from being published."""
    if reply is not None:
        blockers = differing(plan, reply, found) if found.places else []
        return {"reply": reply, "blockers": blockers}
    return {
        "consent": consent_impact_of(plan, found, actor=request.actor),
        "moving": queries.moving_comments(found, plan=plan, actor=request.actor),
        "repeating": repeating_rounds(plan),
    }


def _stage_before(plan: Plan) -> dict[str, str]:
    """What the form begins with: the stage the plan has reached."""
    former = latest_revision(plan)
    return {"stage": former.stage} if former else {}


@require_http_methods(FORM_METHODS)
def advance(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    require("phase.advance", ACTS, actor=request.actor, plan=plan)
    if request.method == "POST":
        step = actions.advance(actor=request.actor, plan=plan)
        entered = {"phase": Phase(step.to_phase).label}
        messages.success(request, _("The plan has entered the phase “%(phase)s”.") % entered)
        return redirect(plan)
    return render(request, "consult/workflow/advance.html", _gate_context(request, plan))


@require_http_methods(FORM_METHODS)
def reopen(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    require("phase.reopen", ACTS, actor=request.actor, plan=plan)
    state = reply_state(plan)
    returned = state if state is not None and state.waits_for_reopening else None
    form = ReopenForm(
        request.POST or None,
        items=queries.choices_of_open(plan),
        initial={"reason": letter_named(plan, returned) if returned else ""},
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.reopen(actor=request.actor, plan=plan, **form.cleaned_data)
            messages.success(request, _("The plan is in joint preparation again."))
            return redirect("workflow:gate", key=key)
        except Invalid as error:
            _show(form, error)
    status = 422 if form.errors else 200
    context = {"plan": plan, "form": form, "returned": returned}
    return render(request, "consult/workflow/reopen.html", context, status=status)


@require_http_methods(FORM_METHODS)
def accept_reopening(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """The joint office accepts a party's request: its items go back to preparation."""
    plan = get_plan(actor=request.actor, key=key)
    require("reopening.accept", ACTS, actor=request.actor, plan=plan)
    current = current_sign_off(plan)
    if current is None:
        raise NotVisible
    asked = get_request(current, pk=pk)
    if request.method == "POST":
        actions.accept_reopening(actor=request.actor, plan=plan, pk=pk)
        messages.success(request, _("The articles are in joint preparation again."))
        return redirect("identification:reopenings", key=key)
    context = {"plan": plan, "asked": asked}
    return render(request, "consult/workflow/accept_reopening.html", context)


def _gate_context(request: HttpRequest, plan: Plan) -> dict[str, object]:
    verdict = can("phase.advance", ACTS, actor=request.actor, plan=plan)
    holders = [str(RoleName(role.value).label) for role in sorted(verdict.holders)]
    is_last = plan.phase == Phase.IMPLEMENTATION
    return {
        "plan": plan,
        "blockers": gates.blockers_of(plan),
        "next_title": "" if is_last else Phase(plan.phase + 1).label,
        "may_advance": bool(verdict),
        "grants": plan_facts(actor=request.actor, plan=plan).grants,
        "holders": holders,
        "is_last": is_last,
    }


def _show(form: PublishForm | ReopenForm, error: Invalid) -> None:
    for field, text in error.errors.items():
        form.add_error(field if field in form.fields else None, str(text))
