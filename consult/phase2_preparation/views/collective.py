"""Pages of the common opinion of a group of experts."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consult.phase2_preparation import rules
from consult.phase2_preparation.actions import panels as actions
from consult.phase2_preparation.forms.experts import CollectiveForm, MemberForm, minuted_initial
from consult.phase2_preparation.models import CollectiveOpinion
from consult.phase2_preparation.queries import experts as queries
from consult.phase2_preparation.views.experts import form_page
from plans.register.models import Plan
from plans.register.queries import get_plan, latest_revision
from stakeholders.files.serving import answer_file
from stakeholders.terms.errors import Conflict, Invalid, NotVisible

FOLDER = "consult/phase2_preparation"
ANY = ["GET", "HEAD", "POST"]


def _load(
    request: HttpRequest, key: str, number: int, *, act: str = ""
) -> tuple[Plan, CollectiveOpinion]:
    """The plan and its common opinion; Refused first for who may not do `act` at all."""
    plan = get_plan(actor=request.actor, key=key)
    if act:
        rules.require(act, actor=request.actor, plan=plan)
    return plan, queries.get_collective(actor=request.actor, plan=plan, number=number)


@require_http_methods(ANY)
def write(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    return _write(request, plan, None)


@require_http_methods(ANY)
def change(request: HttpRequest, key: str, number: int) -> HttpResponse:
    return _write(request, *_load(request, key, number))


def _write(request: HttpRequest, plan: Plan, one: CollectiveOpinion | None) -> HttpResponse:
    rules.require("collective.write", actor=request.actor, plan=plan)
    posted = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    initial = minuted_initial(one) if one else {}
    form = CollectiveForm(*posted, initial=initial, actor=request.actor, plan_key=plan.key)
    if request.method == "POST" and form.is_valid():
        try:
            one = actions.write_collective(
                actor=request.actor, plan=plan, one=one, minuted=form.minuted()
            )
        except Invalid as error:
            form.show(error)
        except Conflict as error:
            form.add_error(None, str(error.text))
        else:
            messages.success(request, _("Kept. It stands once the chair has signed."))
            return redirect("preparation:collective", plan.key, one.number)
    revision = one.revision if one else latest_revision(plan)
    return form_page(
        request, plan, form, _("Collective expert opinion"), revision.label if revision else ""
    )


@require_safe
def detail(request: HttpRequest, key: str, number: int) -> HttpResponse:
    plan, one = _load(request, key, number)
    return _page(request, plan, one, None)


def _page(
    request: HttpRequest, plan: Plan, one: CollectiveOpinion, form: MemberForm | None
) -> HttpResponse:
    given = rules.facts(actor=request.actor, plan=plan)
    is_writing = one.finished_at is None and bool(rules.can("collective.write", given=given))
    members = queries.members_of(one)
    context = {
        "plan": plan,
        "one": one,
        "members": members,
        "chair_signed": any(m.invitation.is_chair and m.signature for m in members),
        "is_writing": is_writing,
        "form": form or (MemberForm(experts=queries.expert_choices(plan)) if is_writing else None),
    }
    status = 422 if form is not None else 200
    return render(request, f"{FOLDER}/collective.html", context, status=status)


@require_POST
def add_member(request: HttpRequest, key: str, number: int) -> HttpResponse:
    plan, one = _load(request, key, number, act="collective.add_member")
    form = MemberForm(request.POST, experts=queries.expert_choices(plan))
    if form.is_valid():
        try:
            actions.add_member(actor=request.actor, plan=plan, one=one, **form.values())
        except Invalid as error:
            form.show(error)
        except Conflict as error:
            form.add_error(None, str(error.text))
        else:
            messages.success(request, _("The member is asked to sign."))
            return redirect("preparation:collective", plan.key, one.number)
    return _page(request, plan, one, form)


@require_POST
def sign(request: HttpRequest, key: str, number: int, member: int) -> HttpResponse:
    """Enter a signature given on paper."""
    plan, one = _load(request, key, number, act="collective.enter_signature")
    row = queries.get_invitation(plan, number=member)
    actions.enter_signature(actor=request.actor, plan=plan, one=one, row=row)
    messages.success(request, _("The signature was entered."))
    return redirect("preparation:collective", plan.key, one.number)


@require_POST
def finish(request: HttpRequest, key: str, number: int) -> HttpResponse:
    plan, one = _load(request, key, number, act="collective.finish")
    actions.finish_collective(actor=request.actor, plan=plan, one=one)
    messages.success(request, _("The common opinion stands."))
    return redirect("preparation:collective", plan.key, one.number)


@require_safe
def file(request: HttpRequest, key: str, number: int) -> HttpResponseBase:
    """The signed copy, for who sees the opinion."""
    _plan, one = _load(request, key, number)
    if one.file is None:
        raise NotVisible
    return answer_file(one.file, request=request)
