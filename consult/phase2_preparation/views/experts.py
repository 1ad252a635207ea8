"""The joint office's page of people asked for opinions, and the opinions as the parties see them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consult.phase2_preparation import rules
from consult.phase2_preparation.actions import experts as actions
from consult.phase2_preparation.enums import InvitationState
from consult.phase2_preparation.forms.experts import InviteForm, LongerForm
from consult.phase2_preparation.models import ExpertInvitation
from consult.phase2_preparation.queries import experts as queries
from consult.phase2_preparation.queries import get_round, is_past, rounds_of
from plans.register.models import Plan
from plans.register.queries import get_plan, latest_revision, titles_of
from stakeholders.files import serving
from stakeholders.terms import clock
from stakeholders.terms.errors import Conflict, Invalid

FOLDER = "consult/phase2_preparation"
ANY = ["GET", "HEAD", "POST"]
TONES = {
    InvitationState.WAITING: "warning",
    InvitationState.OPENED: "info",
    InvitationState.ANSWERED: "success",
    InvitationState.DECLINED: "neutral",
    InvitationState.OVERDUE: "danger",
    InvitationState.REVOKED: "neutral",
}


@require_safe
def expert_list(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    given = rules.facts(actor=request.actor, plan=plan)
    rows = queries.invitation_rows(actor=request.actor, plan=plan)
    state = request.GET.get("state", "")
    shown = [row for row in rows if state in ("", row.invitation.state)]
    now = clock.now()
    context = {
        "plan": plan,
        "rows": [(row, TONES[row.invitation.state]) for row in shown],
        "has_rows": bool(rows),
        "titles": titles_of(latest_revision(plan)) if rows else {},
        "state": state,
        "states": InvitationState.choices,
        "opinions": queries.visible_opinions(actor=request.actor, plan=plan),
        "collective": queries.visible_collective(actor=request.actor, plan=plan),
        "running": [one for one in rounds_of(plan) if not is_past(one, at=now)],
        "can_invite": rules.can("expert.invite", given=given),
        "can_remind": rules.can("expert.remind", given=given),
        "can_erase": rules.can("expert.erase", given=given),
    }
    return render(request, f"{FOLDER}/experts.html", context)


@require_http_methods(ANY)
def invite(request: HttpRequest, key: str, number: int) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    one = get_round(plan, number=number)
    rules.require("expert.invite", actor=request.actor, plan=plan)
    posted = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = InviteForm(
        *posted,
        actor=request.actor,
        plan_key=plan.key,
        one=one,
        scope=queries.scope_choices(one.revision),
        experts=queries.expert_choices(plan),
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.invite_expert(actor=request.actor, plan=plan, one=one, **form.values())
        except Invalid as error:
            form.show(error)
        except Conflict as error:
            form.add_error(None, str(error.text))
        else:
            messages.success(request, _("The invitation is on its way."))
            return redirect("preparation:experts", plan.key)
    title = _("Ask for an opinion in round %(number)s") % {"number": one.number}
    return form_page(request, plan, form, title, one.revision.label)


def form_page(
    request: HttpRequest, plan: Plan, form: Any, title: str, lead: object = ""
) -> HttpResponse:
    context = {"plan": plan, "form": form, "title": title, "lead": str(lead)}
    status = 422 if form.errors else 200
    return render(request, f"{FOLDER}/expert_form.html", context, status=status)


def _load(request: HttpRequest, key: str, number: int, act: str) -> tuple[Plan, ExpertInvitation]:
    plan = get_plan(actor=request.actor, key=key)
    rules.require(act, actor=request.actor, plan=plan)
    return plan, queries.get_invitation(plan, number=number)


@require_POST
def remind(request: HttpRequest, key: str, number: int) -> HttpResponse:
    plan, row = _load(request, key, number, "expert.remind")
    actions.remind_expert(actor=request.actor, plan=plan, row=row)
    messages.success(request, _("The invitation is sent again. The former link opens no more."))
    return _back(row)


@require_POST
def revoke(request: HttpRequest, key: str, number: int) -> HttpResponse:
    plan, row = _load(request, key, number, "expert.revoke")
    actions.revoke_expert(actor=request.actor, plan=plan, row=row)
    messages.success(request, _("The invitation is revoked: its link opens no more."))
    return _back(row)


def _back(row: ExpertInvitation) -> HttpResponse:
    if row.collective is not None:
        return redirect("preparation:collective", row.plan.key, row.collective.number)
    return redirect("preparation:experts", row.plan.key)


@require_http_methods(ANY)
def extend(request: HttpRequest, key: str, number: int) -> HttpResponse:
    plan, row = _load(request, key, number, "expert.extend")
    form = LongerForm(
        request.POST if request.method == "POST" else None,
        initial={"closes_on": row.longer_until},
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.extend_expert(
                actor=request.actor, plan=plan, row=row, until=form.until(row.zone)
            )
        except Invalid as error:
            form.show(error)
        except Conflict as error:
            form.add_error(None, str(error.text))
        else:
            messages.success(request, _("More time is given."))
            return _back(row)
    title = _("Give more time: %(who)s") % {"who": row.pseudonym}
    return form_page(request, plan, form, title, row.longer_reason)


@require_POST
def erase(request: HttpRequest, key: str, number: int) -> HttpResponse:
    plan, row = _load(request, key, number, "expert.erase")
    actions.erase_expert(actor=request.actor, plan=plan, row=row)
    messages.success(request, _("Name and address are erased. What was said stays."))
    return _back(row)


@require_POST
def decide(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    rules.require("expert.decide_suggestion", actor=request.actor, plan=plan)
    found = queries.get_suggestion(plan, pk=pk)
    invite = request.POST.get("invite") == "1"
    actions.decide_suggestion(actor=request.actor, plan=plan, suggestion=found, invite=invite)
    messages.success(
        request, _("The invitation is on its way.") if invite else _("The name was set aside.")
    )
    return redirect("preparation:experts", plan.key)


@require_safe
def answer_file(request: HttpRequest, key: str, pk: UUID) -> HttpResponseBase:
    """A file that came with an opinion, for who may read the opinion."""
    plan = get_plan(actor=request.actor, key=key)
    stored = queries.get_answer_file(actor=request.actor, plan=plan, pk=pk)
    return serving.answer_file(stored, request=request)
