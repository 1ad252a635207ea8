"""The room of phase 1, inviting, answering."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from consult.ballots.views import put_errors
from consult.phase1_organization import actions
from consult.phase1_organization.forms import AnswerForm, InviteForm
from consult.phase1_organization.queries import (
    asked,
    get_answer,
    get_invitation,
    invitations_to,
    is_replaced,
    open_invitations_to,
    speaker_for,
    suggested_units,
)
from consult.phase1_organization.rules import ACTS, answer_verdict
from consult.phase1_organization.views.screens import (
    TONES,
    acting_label,
    doors,
    organization_screen,
)
from plans.register.enums import CO_MAKING, PartyRole
from plans.register.queries import get_plan
from plans.register.rules import require
from stakeholders.files.serving import answer_file
from stakeholders.terms import clock
from stakeholders.terms.errors import Conflict, Invalid, NotVisible

FOLDER = "consult/phase1_organization"
PAGE = 25


@require_safe
def home(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    context = organization_screen(actor=request.actor, plan=plan)
    return render(request, f"{FOLDER}/home.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest, key: str) -> HttpResponse:
    """Ask jurisdictions; `?code=&role=` fills in one that asked for another role."""
    plan = get_plan(actor=request.actor, key=key)
    require("invitation.send", ACTS, actor=request.actor, plan=plan)
    start = {
        "others": request.GET.get("code", ""),
        "role": request.GET.get("role", PartyRole.CO_MAKER.value),
        "must_sign": request.GET.get("role", PartyRole.CO_MAKER) in CO_MAKING,
        "weight": "1",
    }
    form = InviteForm(request.POST or None, initial=start, units=suggested_units(plan))
    if request.method == "POST" and form.is_valid():
        try:
            rows = actions.invite(actor=request.actor, plan=plan, invitations=form.askings())
        except Invalid as error:
            put_errors(form, error)
        else:
            messages.success(request, _("Invitations sent: %(number)d") % {"number": len(rows)})
            return redirect("organization:home", key=plan.key)
    context = {"plan": plan, "form": form, "acting_label": acting_label(request)}
    return render(request, f"{FOLDER}/invite.html", context, status=422 if form.errors else 200)


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The invitations to my jurisdiction: open ones first of all, then the rest."""
    now = clock.now()
    page = Paginator(invitations_to(actor=request.actor), PAGE).get_page(request.GET.get("page"))
    context = {
        "open": asked(open_invitations_to(actor=request.actor, at=now)[:PAGE], at=now),
        "page_obj": page,
        "rows": [(one, TONES[one.state]) for one in asked(page.object_list, at=now)],
    }
    return render(request, f"{FOLDER}/invitations.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    invitation = get_invitation(actor=request.actor, pk=pk)
    form = AnswerForm(
        request.POST or None,
        request.FILES or None,
        role=invitation.role,
        actor=request.actor,
        plan_key=invitation.plan.key,
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer_invitation(
                actor=request.actor, invitation=invitation, reply=form.reply()
            )
        except (Invalid, Conflict) as error:
            put_errors(form, error)
        else:
            messages.success(request, _("Your answer was handed to the joint office."))
            return redirect("organization:invitation", pk=invitation.pk)
    replaced = {invitation.pk} if is_replaced(invitation) else set()
    (one,) = asked([invitation], at=clock.now(), replaced=replaced)
    speaker = speaker_for(actor=request.actor, invitation=invitation)
    verdict = answer_verdict(actor=speaker, invitation=invitation)
    context = {
        "one": one,
        "tone": TONES[one.state],
        "form": form,
        "doors": doors({"invitation.answer": verdict}),
        "acting_label": acting_label(request),
    }
    status = 422 if form.errors else 200
    return render(request, f"{FOLDER}/invitation.html", context, status=status)


@require_safe
def letter(request: HttpRequest, key: str, pk: int) -> HttpResponseBase:
    """The letter that came with an answer, for who sees the answer."""
    stored = get_answer(actor=request.actor, key=key, pk=pk).letter_file
    if stored is None:
        raise NotVisible
    return answer_file(stored, request=request)
