"""The way up and back: its page, and a form for each letter."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from consult.approval import shown
from consult.approval.actions.after_reply import (
    correct_letter,
    file_plan,
    publish_plan,
)
from consult.approval.actions.going_up import (
    ask_completion,
    complete_papers,
    forward_plan,
    submit_plan,
)
from consult.approval.enums import LetterKind
from consult.approval.forms.letters import FORMS, ApprovalLetterForm, authorities
from consult.approval.models import ApprovalLetter
from consult.approval.queries.readiness import (
    correctable,
    may_ask,
    may_forward,
    notice_of,
    what_holds,
)
from consult.approval.queries.replies import reply_state
from consult.approval.queries.sight import require_dossier_sight, sees_dossier
from consult.approval.queries.standing import Standing, get_letter, history_of, standing_of
from consult.approval.rules import ACTS
from plans.register.models import Plan
from plans.register.queries import get_plan, names_of
from plans.register.rules import require, sees_draft
from stakeholders.files.serving import answer_file
from stakeholders.terms.errors import Blocked, Conflict, Invalid, NotVisible

ANY = ["GET", "HEAD", "POST"]
FOLDER = "consult/approval"
Do = Callable[[ApprovalLetterForm], ApprovalLetter]


@require_safe
def overview(request: HttpRequest, key: str) -> HttpResponse:
    """The steps in order and the letters there are; whoever looks on sees reply and publication."""
    plan = get_plan(actor=request.actor, key=key)
    standing = standing_of(plan)
    sees = sees_dossier(actor=request.actor, plan=plan)
    may = shown.allowed(standing, request.actor)
    rows = history_of(plan) if sees else []
    units = names_of(shown.codes_of(standing, rows))
    lines = shown.lines_of(
        standing, may=may, actor=request.actor, units=units, is_open_only=not sees
    )
    state = reply_state(plan) if sees else None
    running = standing.submission is not None and standing.reply is None
    context = {
        "plan": plan,
        "standing": standing,
        "sees": sees,
        "makes": sees and sees_draft(actor=request.actor, plan=plan),
        "lines": lines,
        "letters": shown.history(
            rows,
            standing=standing,
            units=units,
            may=may,
            is_reply_open=state is not None and state.is_untouched,
        ),
        "state": state,
        "names": names_of([*state.letter.senders, *state.acknowledged, *state.outstanding])
        if state
        else {},
        "can_note": may["approval.acknowledge"]
        and state is not None
        and request.actor.jurisdiction_code in state.outstanding,
        "may": may,
        "can_ask": running and may["approval.ask_completion"],
    }
    return render(request, f"{FOLDER}/overview.html", context)


@require_http_methods(ANY)
def submit(request: HttpRequest, key: str) -> HttpResponse:
    plan, standing = _ground(request, key, "approval.submit")
    return _write(
        request,
        standing,
        LetterKind.SUBMISSION,
        lambda form: submit_plan(actor=request.actor, plan=plan, said=form.said()),
        title=_("Enter the joint request for approval"),
        done=_("The joint request is on file."),
        blockers=what_holds(standing),
    )


@require_http_methods(ANY)
def forward(request: HttpRequest, key: str) -> HttpResponse:
    plan, standing = _ground(request, key, "approval.forward", may_forward)
    unit = request.GET.get("unit")
    return _write(
        request,
        standing,
        LetterKind.FORWARDING,
        lambda form: forward_plan(actor=request.actor, plan=plan, said=form.said()),
        title=_("Enter the examination and forwarding"),
        done=_("The forwarding is on file."),
        initial={"senders": unit} if unit else {},
    )


@require_http_methods(ANY)
def ask(request: HttpRequest, key: str) -> HttpResponse:
    plan, standing = _ground(request, key, "approval.ask_completion", may_ask)
    return _write(
        request,
        standing,
        LetterKind.COMPLETION_ASKED,
        lambda form: ask_completion(actor=request.actor, plan=plan, said=form.said()),
        title=_("Enter a notice to complete"),
        done=_("The notice is on file."),
    )


@require_http_methods(ANY)
def complete(request: HttpRequest, key: str, notice: int) -> HttpResponse:
    plan, standing = _ground(request, key, "approval.complete")
    asked = standing.rows[notice_of(standing, notice).pk]
    return _write(
        request,
        standing,
        LetterKind.COMPLETION,
        lambda form: complete_papers(
            actor=request.actor, plan=plan, notice=notice, said=form.said()
        ),
        title=_("Enter the completed papers"),
        done=_("The completed papers are on file."),
        notice=asked,
    )


@require_http_methods(ANY)
def publish(request: HttpRequest, key: str) -> HttpResponse:
    plan, standing = _ground(request, key, "approval.publish")
    return _write(
        request,
        standing,
        LetterKind.PUBLICATION,
        lambda form: publish_plan(actor=request.actor, plan=plan, said=form.said()),
        title=_("Enter the publication of the approved plan"),
        done=_("The publication is on file."),
    )


@require_http_methods(ANY)
def file_(request: HttpRequest, key: str) -> HttpResponse:
    plan, standing = _ground(request, key, "approval.file")
    return _write(
        request,
        standing,
        LetterKind.FILING,
        lambda form: file_plan(actor=request.actor, plan=plan, said=form.said()),
        title=_("Enter the filing of the approved plan"),
        done=_("The filing is on file."),
    )


@require_http_methods(ANY)
def correct(request: HttpRequest, key: str, letter: int) -> HttpResponse:
    plan, standing = _ground(request, key, "approval.correct")
    former = correctable(standing, letter)
    return _write(
        request,
        standing,
        LetterKind(former.kind),
        lambda form: correct_letter(
            actor=request.actor,
            plan=plan,
            letter=letter,
            said=form.said(),
            reason=form.cleaned_data["reason"],
        ),
        title=_("Correct a letter"),
        done=_("The letter was corrected; what answers it answers the new one."),
        former=former,
    )


@require_safe
def letter_file(request: HttpRequest, key: str, letter: int) -> HttpResponseBase:
    """The document of a letter, for who sees the dossier; that of the publication for all."""
    plan = get_plan(actor=request.actor, key=key)
    found = get_letter(plan, pk=letter)
    if found.kind != LetterKind.PUBLICATION or hasattr(found, "corrected_by"):
        require_dossier_sight(actor=request.actor, plan=plan)
    if found.file is None:
        raise NotVisible
    return answer_file(found.file, request=request)


def _ground(
    request: HttpRequest, key: str, act: str, own: Callable[..., bool] | None = None
) -> tuple[Plan, Standing]:
    """The plan and how far it is, for who may do the act."""
    plan = get_plan(actor=request.actor, key=key)
    standing = standing_of(plan)
    is_own = own(standing, request.actor) if own else None
    require(act, ACTS, actor=request.actor, plan=plan, own=is_own)
    return plan, standing


def _write(
    request: HttpRequest,
    standing: Standing,
    kind: LetterKind,
    do: Do,
    *,
    title: str,
    done: str,
    former: ApprovalLetter | None = None,
    initial: dict[str, object] | None = None,
    **context: Any,
) -> HttpResponse:
    """One form for one letter: kept with what is typed until it is right."""
    plan, posted = standing.plan, request.method == "POST"
    form = FORMS[kind.value](
        *((request.POST, request.FILES) if posted else (None, None)),
        standing=standing,
        units=names_of([*authorities(standing), *standing.facts.parties]),
        actor=request.actor,
        plan_key=plan.key,
        former=former,
        initial=initial,
    )
    if posted and form.is_valid():
        try:
            do(form)
        except Invalid as error:
            form.show(error)
        except Conflict as error:
            form.add_error(None, str(error.text))
        except Blocked as error:
            form.add_error(None, _("The plan cannot be submitted yet."))
            context["blockers"] = error.blockers
        else:
            messages.success(request, done)
            return redirect("approval:overview", plan.key)
    context |= {"plan": plan, "form": form, "title": title, "former": former}
    status = 422 if form.errors else 200
    return render(request, f"{FOLDER}/letter_form.html", context, status=status)
