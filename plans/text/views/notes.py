"""Internal notes on a provision, and who changed what in it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from plans.register.queries import get_plan
from plans.register.rules import require
from plans.text import actions, queries
from plans.text.enums import JOINT_TEAM
from plans.text.forms import NoteForm, ProvisionForm, change_in_words
from plans.text.rules import ACTS, note_holder, require_draft_sight
from plans.text.views.answers import show_errors
from plans.text.wording import wording_of
from stakeholders.terms.asked import asked_number
from stakeholders.terms.errors import Invalid, NotVisible


@require_http_methods(["GET", "HEAD", "POST"])
def notes(request: HttpRequest, key: str, item: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    require("note.add", ACTS, actor=request.actor, plan=plan)
    holder = note_holder(actor=request.actor, plan=plan)
    if holder is None:  # a body's planner: no party and no joint team
        raise NotVisible
    found = queries.get_provision(plan, key=item)
    form = NoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            text = form.cleaned_data["text"]
            actions.add_note(actor=request.actor, plan=plan, key=item, text=text)
            return redirect("text:notes", key=key, item=item)
        except Invalid as error:
            show_errors(form, error)
    context = {
        "plan": plan,
        "provision": found,
        "wording": wording_of(found.item.draft),
        "notes": queries.notes_of(found, holder=holder),
        "form": form,
        "is_joint": holder == JOINT_TEAM,
    }
    return render(request, "plans/text/notes.html", context, status=422 if form.errors else 200)


@require_POST
def note_resolve(request: HttpRequest, key: str, note: int) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    end = actions.resolve_note(actor=request.actor, plan=plan, note=note)
    messages.success(request, _("The note is resolved."))
    return redirect("text:notes", key=key, item=end.note.item.key)


@require_safe
def history(request: HttpRequest, key: str, item: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    require_draft_sight(actor=request.actor, plan=plan)
    found = queries.get_provision(plan, key=item)
    page = max(asked_number(request.GET.get("page", ""), default=1), 1)
    saves, has_more = queries.saves_of(found, page=page)
    codes = [code for one in saves for code in one.save.concerned]
    form = ProvisionForm(units=queries.units(plan, extra=codes))
    context = {
        "plan": plan,
        "provision": found,
        "wording": wording_of(found.item.draft),
        "saves": [(one, [change_in_words(form, c) for c in one.changes]) for one in saves],
        "newer": page - 1,
        "older": page + 1 if has_more else 0,
    }
    return render(request, "plans/text/history.html", context)
