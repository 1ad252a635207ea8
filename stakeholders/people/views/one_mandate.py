"""One mandate: its history and letter, claiming, confirming, refusing, ending it; who grants."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from stakeholders.files.serving import answer_file
from stakeholders.people import actions
from stakeholders.people.catalogue import words_of
from stakeholders.people.enums import RoleName
from stakeholders.people.forms import ClaimForm, ReasonForm, put_errors
from stakeholders.people.models import Mandate
from stakeholders.people.queries import (
    get_held_mandate,
    get_mandate,
    history_of,
    is_independent,
    pending_mandates,
    substitutions_of,
)
from stakeholders.people.reauthentication import recently_proved
from stakeholders.people.rules import BY_TWO, GRANTS, SUBSTITUTABLE, may_grant
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor, Role
from stakeholders.terms.errors import Conflict, Invalid, NotVisible

FOLDER = "stakeholders/people"
PAGE = 50


@require_safe
def mandate(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_mandate(actor=request.actor, pk=pk)
    context = {
        "mandate": found,
        "acts": words_of(found.acts or []),
        "history": history_of(found),
        "substitutions": substitutions_of(found),
        "doors": _doors(request.actor, found),
    }
    return render(request, f"{FOLDER}/mandate.html", context)


def _doors(actor: Actor, found: Mandate) -> dict[str, bool]:
    """Which links the page offers; the actions decide."""
    now = clock.now()
    goes_on = found.valid_until is None or found.valid_until > now
    waits = found.is_pending and goes_on and is_independent(actor=actor, mandate=found)
    own = actor.mandate_id == found.pk
    return {
        "confirm": waits and may_grant(actor=actor, act="mandate.confirm", mandate=found),
        "refuse": waits and may_grant(actor=actor, act="mandate.refuse", mandate=found),
        "end": goes_on and may_grant(actor=actor, act="mandate.end", mandate=found),
        "substitute": goes_on
        and not found.is_pending
        and found.stands_in_for_id is None
        and Role(found.role) in SUBSTITUTABLE
        and (own or may_grant(actor=actor, act="mandate.substitute", mandate=found)),
    }


@require_safe
def document(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The letter behind a mandate, for who sees the mandate."""
    found = get_mandate(actor=request.actor, pk=pk)
    if found.document_file is None:
        raise NotVisible
    return answer_file(found.document_file, request=request)


@require_safe
def pending(request: HttpRequest) -> HttpResponse:
    """The mandates that wait for me as the second person."""
    rows = pending_mandates(actor=request.actor, at=clock.now())
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(request, f"{FOLDER}/pending.html", {"page": page})


@require_safe
def who_grants(request: HttpRequest) -> HttpResponse:
    """The table of who may grant what, read off `rules.GRANTS`."""
    labels = {Role(name.value): name.label for name in RoleName}
    rows = [
        {
            "by": labels[rule.by] if rule.by else _("Administrator of the site"),
            "reach": sorted(rule.reach),
            "roles": [labels[role] for role in Role if role in rule.roles],
            "acts": words_of(sorted(rule.acts)),
        }
        for rule in GRANTS
    ]
    context = {
        "rows": rows,
        "by_two": [labels[role] for role in Role if role in BY_TWO],
        "substitutable": [labels[role] for role in Role if role in SUBSTITUTABLE],
    }
    return render(request, f"{FOLDER}/who_grants.html", context)


@recently_proved
@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: HttpRequest) -> HttpResponse:
    """ "I am the contact point of …": a pending mandate, by a letter."""
    start = {"jurisdiction": request.GET.get("code", "")}
    form = ClaimForm(
        request.POST or None, request.FILES or None, actor=request.actor, initial=start
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.claim_contact_point(actor=request.actor, **form.cleaned_data)
        except Invalid as error:
            put_errors(form, error.errors)
        except Conflict as error:
            form.add_error("jurisdiction", str(error.text))
        else:
            text = _("Your claim is entered. It counts when the letter has been confirmed.")
            messages.success(request, text)
            return redirect("people:mandate", pk=made.pk)
    status = 422 if form.errors else 200
    return render(request, f"{FOLDER}/claim.html", {"form": form}, status=status)


@recently_proved
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    found = _to_confirm(request.actor, pk)
    if request.method == "POST":
        done = actions.confirm_mandate(actor=request.actor, mandate=found)
        if done.is_pending:
            text = _("Your jurisdiction has agreed. The mandate counts when the others have too.")
        else:
            text = _("The mandate is confirmed and counts from now on.")
        messages.success(request, text)
        return redirect("people:mandates")
    return render(request, f"{FOLDER}/confirm.html", {"mandate": found})


@require_http_methods(["GET", "HEAD", "POST"])
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    found = _to_confirm(request.actor, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.refuse_mandate(actor=request.actor, mandate=found, **form.cleaned_data)
        messages.success(request, _("The mandate is refused. Its person is told."))
        return redirect("people:pending")
    context = {"form": form, "mandate": found}
    status = 422 if form.errors else 200
    return render(request, f"{FOLDER}/refuse.html", context, status=status)


def _to_confirm(actor: Actor, pk: int) -> Mandate:
    """A mandate the actor keeps, or may confirm; one's own page is no door to its confirmation."""
    found = get_mandate(actor=actor, pk=pk)
    if found.user_id == actor.user_id:
        raise NotVisible
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_held_mandate(actor=request.actor, pk=pk)
    if request.method == "POST":
        actions.end_mandate(actor=request.actor, mandate=found)
        messages.success(request, _("The mandate has ended."))
        return redirect("people:mandates")
    return render(request, f"{FOLDER}/end.html", {"mandate": found})
