"""The one page of an invited person, by the link of its mail or signed in as an expert.

The link is exchanged by POST for a short session bound to this page: opening the address does
nothing (mail scanners do), and no later address holds the secret.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from consult.phase2_preparation.actions import asked, panels
from consult.phase2_preparation.checks import check_opening
from consult.phase2_preparation.enums import LINK_KEY, Asks
from consult.phase2_preparation.forms import asked as forms
from consult.phase2_preparation.models import ExpertInvitation
from consult.phase2_preparation.queries import experts as queries
from consult.phase2_preparation.steps.experts import receipt_of
from stakeholders.files.serving import answer_file
from stakeholders.people.queries import actor_of
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Conflict, Invalid, NotVisible

FOLDER = "consult/phase2_preparation"
LASTS = timedelta(hours=4)
GUESSES = "asked_link"
ANY = ["GET", "HEAD", "POST"]


@login_not_required
@never_cache
@require_http_methods(ANY)
def door(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows a button and asks the database nothing; POST exchanges the link for a session."""
    if request.method != "POST":
        return _guarded(render(request, f"{FOLDER}/asked_door.html"))
    if not ratelimit.consume(request, action=GUESSES, dry_run=True):
        return ratelimit.respond_429(request)
    try:
        row = asked.enter_by_link(actor=request.actor, token=token)
    except NotVisible:
        ratelimit.consume(request, action=GUESSES)
        return _ended(request, _("This link opens nothing. A newer mail may hold another."))
    except Conflict as error:
        return _ended(request, str(error.text))
    if not request.user.is_authenticated:
        request.session.cycle_key()
    request.session[LINK_KEY] = {"invitation": row.pk, "at": clock.now().isoformat()}
    return redirect("preparation:entered")


@login_not_required
@never_cache
@require_http_methods(ANY)
def entered(request: HttpRequest) -> HttpResponse:
    """The page for who came in by a link."""
    try:
        row = _entered(request)
    except NotVisible:
        return _ended(
            request, _("Open the link of your newest mail again. What you kept is there.")
        )
    except Conflict as error:
        return _ended(request, str(error.text))
    back = reverse("preparation:entered")
    return _guarded(_answered(request, queries.link_actor(row), row, back))


@login_not_required
@never_cache
@require_safe
def entered_file(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    try:
        row = _entered(request)
    except Conflict as error:
        raise NotVisible from error
    return answer_file(queries.get_file(row, pk=pk))


@never_cache
@require_http_methods(ANY)
def signed_in(request: HttpRequest, invitation: int) -> HttpResponse:
    """The page for an expert with an account."""
    actor, row = _own(request, invitation)
    return _answered(request, actor, row, reverse("preparation:asked", args=[row.pk]))


@require_safe
def signed_in_file(request: HttpRequest, invitation: int, pk: UUID) -> HttpResponseBase:
    _actor, row = _own(request, invitation)
    return answer_file(queries.get_file(row, pk=pk), request=request)


def _own(request: HttpRequest, pk: int) -> tuple[Actor, ExpertInvitation]:
    """The invitation, and the expert the person acts as there: whoever the header names, this page
    knows experts only, and a mandate for another plan opens nothing. NotVisible."""
    held = [actor_of(mandate) for mandate in request.mandates]
    for actor in (request.actor, *held):
        try:
            return actor, queries.own_invitation(actor=actor, pk=pk)
        except NotVisible:
            continue
    raise NotVisible


def _entered(request: HttpRequest) -> ExpertInvitation:
    """The invitation of this session. NotVisible without one or a fresh one; Conflict once over."""
    held = request.session.get(LINK_KEY) or {}
    try:
        at = datetime.fromisoformat(str(held.get("at")))
    except ValueError as error:
        raise NotVisible from error
    row = queries.invitation_entered(pk=held["invitation"])
    if at < row.void_before or clock.now() >= at + LASTS:
        raise NotVisible
    check_opening(row)
    return row


def _ended(request: HttpRequest, text: str) -> HttpResponse:
    """Why there is nothing to see; what was typed meanwhile is shown, so that it can be copied."""
    typed = [
        value
        for name, value in request.POST.items()
        if name not in {"csrfmiddlewaretoken", "do", "key"} and len(value) > 20
    ]
    context = {"said": text, "typed": typed}
    return _guarded(render(request, f"{FOLDER}/asked_door.html", context, status=404))


def _guarded(response: HttpResponse) -> HttpResponse:
    """No address that opens something goes out as a referrer; its origin does, for CSRF checks."""
    response["Referrer-Policy"] = "strict-origin"
    return response


Handler = Callable[[Actor, ExpertInvitation, Mapping[str, Any]], str]


def _answered(request: HttpRequest, actor: Actor, row: ExpertInvitation, back: str) -> HttpResponse:
    """Do what a form of the page asks, or show the page."""
    bound: dict[str, Any] = {}
    if request.method == "POST":
        do = request.POST.get("do", "")
        if do not in HANDLERS:
            raise NotVisible
        form = forms.made(do, row, request.POST, request.FILES)
        if form.is_valid():
            try:
                said = HANDLERS[do](actor, row, form.cleaned_data)
            except Invalid as error:
                form.show(error)
            except Conflict as error:
                form.add_error(None, str(error.text))
            else:
                messages.success(request, said)
                return redirect(back)
        bound[do] = form
    return _page(request, actor, row, back, bound)


def _page(
    request: HttpRequest, actor: Actor, row: ExpertInvitation, back: str, bound: dict[str, Any]
) -> HttpResponse:
    opinion = getattr(row, "opinion", None)
    files = list(row.files.select_related("stored"))
    is_link = actor.user_id is None
    name = "preparation:entered_file" if is_link else "preparation:asked_file"
    args = [] if is_link else [row.pk]
    links = [(one, reverse(name, args=[*args, one.stored_id])) for one in files]
    is_signature = row.asks == Asks.SIGNATURE
    said = queries.said_by(row)
    context = {
        "invitation": row,
        "revision": queries.revision_of(row),
        "action": back,
        "acting_mandate": actor.mandate_id,
        "asked_files": [pair for pair in links if not pair[0].is_answer],
        "answer_files": [pair for pair in links if pair[0].is_answer],
        "is_open": row.is_open and not is_signature,
        "opinion": opinion,
        "receipt": receipt_of(row) if opinion else "",
        "said": said,
        "titles": queries.titles_asked(row),
        "answers": forms.answer_forms(said, bound),
        "collective": row.collective if is_signature else None,
        "members": queries.members_of(row.collective) if row.collective else [],
        "signed_at": queries.signed_at(row),
        **forms.for_page(row, bound, editing=request.GET.get("remark", "")),
    }
    if row.is_open and not is_signature:
        context["chapters"] = queries.chapters_asked(row)
        context["remarks"] = row.remarks.select_related("item").order_by("pk")
    status = 422 if bound else 200
    return render(request, f"{FOLDER}/asked.html", context, status=status)


def _remark(actor: Actor, row: ExpertInvitation, data: Mapping[str, Any]) -> str:
    asked.save_remark(
        actor=actor,
        row=row,
        key=data["key"],
        item_key=data["item"],
        kind=data["type"],
        text=data["text"],
        wording=data["wording"],
    )
    return _("The remark is kept. It is not handed in yet.")


def _drop_remark(actor: Actor, row: ExpertInvitation, data: Mapping[str, Any]) -> str:
    asked.drop_remark(actor=actor, row=row, key=data["key"])
    return _("The remark was deleted.")


def _result(actor: Actor, row: ExpertInvitation, data: Mapping[str, Any]) -> str:
    given = {"result": data["result"], "summary": data["summary"]}
    asked.save_result(actor=actor, row=row, **given)
    if not data["hand_in"]:
        return _("Kept as a draft. It is not handed in yet.")
    asked.submit_opinion(actor=actor, row=row, **given)
    return _("Your opinion was handed in. Thank you.")


def _file(actor: Actor, row: ExpertInvitation, data: Mapping[str, Any]) -> str:
    asked.add_file(actor=actor, row=row, upload=data["file"])
    return _("The file is kept. It is handed in with the opinion.")


def _drop_file(actor: Actor, row: ExpertInvitation, data: Mapping[str, Any]) -> str:
    asked.drop_file(actor=actor, row=row, pk=data["key"])
    return _("The file was taken back.")


def _decline(actor: Actor, row: ExpertInvitation, data: Mapping[str, Any]) -> str:
    asked.decline_opinion(actor=actor, row=row, reason=data["reason"])
    return _("The joint office was told that you decline.")


def _suggest(actor: Actor, row: ExpertInvitation, data: Mapping[str, Any]) -> str:
    given = {name: data[name] for name in ("name", "field", "email")}
    asked.suggest_expert(actor=actor, row=row, **given)
    return _("Thank you. The joint office decides whether to invite this person.")


def _longer(actor: Actor, row: ExpertInvitation, data: Mapping[str, Any]) -> str:
    asked.ask_longer(actor=actor, row=row, until=data["until"], reason=data["reason"])
    return _("The joint office was asked for more time.")


def _answer(actor: Actor, row: ExpertInvitation, data: Mapping[str, Any]) -> str:
    said = {one.disposition.pk: one.disposition for one in queries.said_by(row) if one.disposition}
    if data["disposition"] not in said:
        raise Conflict(_("A newer disposition was published: read it first."))
    asked.answer_by_invitation(
        actor=actor,
        row=row,
        disposition=said[data["disposition"]],
        accepts=data["accepts"] == "yes",
        text=data["text"],
    )
    return _("Your answer was put on record.")


def _sign(actor: Actor, row: ExpertInvitation, data: Mapping[str, Any]) -> str:
    panels.sign_collective(actor=actor, row=row, content=data["content"])
    return _("Your signature was put on record.")


HANDLERS: Mapping[str, Handler] = {
    "remark": _remark,
    "drop_remark": _drop_remark,
    "result": _result,
    "file": _file,
    "drop_file": _drop_file,
    "decline": _decline,
    "suggest": _suggest,
    "longer": _longer,
    "answer": _answer,
    "sign": _sign,
}
