"""Pages of a jurisdiction's own reply in the making, and of co-signing."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consult.phase2_preparation import actions, queries, rules
from consult.phase2_preparation.enums import DraftState
from consult.phase2_preparation.forms import CosignForm, NoteForm
from consult.phase2_preparation.models import CommentDraft, Round
from consult.phase2_preparation.queries.dispositions import get_comment
from plans.register.models import Plan
from plans.register.queries import get_plan
from stakeholders.files.serving import answer_file
from stakeholders.people.queries import INSIDERS
from stakeholders.terms.errors import Conflict, Invalid, NotVisible
from stakeholders.terms.rights import Facts

ANY = ["GET", "HEAD", "POST"]
# The order of the page: what waits first.
ORDER = (DraftState.SHARED, DraftState.CLEARED, DraftState.SENT_BACK, DraftState.DRAFT)
BUTTONS = (
    "comment.draft",
    "comment.clear",
    "comment.send_back",
    "comment.withdraw_clearance",
    "comment.note",
    "reply.submit",
)


def load_inside(request: HttpRequest, key: str, number: int) -> tuple[Plan, Round]:
    """NotVisible for whoever works in no jurisdiction that was asked."""
    plan = get_plan(actor=request.actor, key=key)
    one = queries.get_round(plan, number=number)
    one.plan = plan
    code = queries.own_code(request.actor)
    asked = code is not None and one.invitees.filter(jurisdiction=code).exists()
    if not asked or request.actor.role not in INSIDERS:
        raise NotVisible
    return plan, one


def _set_context(request: HttpRequest, plan: Plan, one: Round) -> dict[str, Any]:
    """The drafts by state, each with its item and the wording it is about."""
    given = rules.facts(actor=request.actor, plan=plan, code=queries.own_code(request.actor))
    drafts = queries.drafts_with_notes(actor=request.actor, one=one)
    entries = queries.entries_by_key(one, {d.item.key for d in drafts if d.item})
    lines: list[dict[str, Any]] = [
        {
            "draft": draft,
            "entry": entries.get(draft.item.key) if draft.item else None,
            "wording": queries.wording_of(entries[draft.item.key].version)
            if draft.item and draft.item.key in entries
            else None,
        }
        for draft in drafts
    ]
    groups = [(state, [line for line in lines if line["draft"].state == state]) for state in ORDER]
    return {
        "plan": plan,
        "one": one,
        "groups": [(state, rows) for state, rows in groups if rows],
        "cleared": [line for line in lines if line["draft"].state == DraftState.CLEARED],
        "total": len(lines),
        "can": {act.replace(".", "_"): bool(rules.can(act, given=given)) for act in BUTTONS},
        "may_answer": queries.may_answer(actor=request.actor, one=one),
        "steps": queries.reply_steps(actor=request.actor, one=one),
    }


def beside_comments(
    request: HttpRequest, one: Round, articles: Sequence[queries.Article], given: Facts
) -> dict[str, Any]:
    """What the page of a round shows beside its comments: signatures, own steps."""
    code = queries.own_code(request.actor)
    said = [comment for article in articles for comment in article.comments]
    may_cosign = rules.can("comment.cosign", given=given) and queries.still_takes(
        actor=request.actor, one=one
    )
    return {
        "supports": queries.supports_of(said),
        "may_cosign": bool(may_cosign),
        "own_code": code,
        "steps": queries.reply_steps(actor=request.actor, one=one),
    }


@require_safe
def ours(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """All drafts of the own jurisdiction by state, and its steps before the reply."""
    plan, one = load_inside(request, key, number)
    context = _set_context(request, plan, one)
    return render(request, "consult/phase2_preparation/ours.html", context)


@require_safe
def ours_printed(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """The set to be submitted on paper, for the leader's signature."""
    plan, one = load_inside(request, key, number)
    context = _set_context(request, plan, one)
    context["unit"] = queries.unit_of(request.actor)
    return render(request, "consult/phase2_preparation/ours_print.html", context)


@require_POST
def do_with_many(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Clear or send back the comments chosen on the page, all or none."""
    plan, one = load_inside(request, key, number)
    drafts = queries.drafts_by_key(
        actor=request.actor, one=one, keys=uuids(request.POST.getlist("draft"))
    )
    given: dict[str, Any] = {"actor": request.actor, "plan": plan, "drafts": drafts}
    try:
        if request.POST.get("do") == "back":
            reason = request.POST.get("reason", "")
            count = len(actions.send_back_comments(reason=reason, **given))
            said = ngettext("%(n)s comment was sent back.", "%(n)s comments were sent back.", count)
        else:
            count = len(actions.clear_comments(**given))
            said = ngettext("%(n)s comment was cleared.", "%(n)s comments were cleared.", count)
    except Invalid as error:
        context = _set_context(request, plan, one)
        context["fault"] = " ".join(str(text) for text in error.errors.values())
        context["chosen"] = {one.key for one in drafts}
        context["reason"] = request.POST.get("reason", "")
        return render(request, "consult/phase2_preparation/ours.html", context, status=422)
    messages.success(request, said % {"n": count})
    return redirect("preparation:ours", key, number)


def uuids(values: list[str]) -> list[str]:
    """NotVisible for what is no key of a draft."""
    try:
        return [str(UUID(value)) for value in values]
    except ValueError as error:
        raise NotVisible from error


def _draft(
    request: HttpRequest, key: str, number: int, draft: str
) -> tuple[Plan, Round, CommentDraft]:
    plan = get_plan(actor=request.actor, key=key)
    one = queries.get_round(plan, number=number)
    one.plan = plan
    return plan, one, queries.get_draft(actor=request.actor, one=one, key=draft)


@require_POST
def withdraw_clearance(request: HttpRequest, key: str, number: int, draft: str) -> HttpResponse:
    plan, _one, found = _draft(request, key, number, draft)
    actions.withdraw_clearance(actor=request.actor, plan=plan, draft=found)
    return redirect(f"{reverse('preparation:ours', args=[key, number])}#{found.key}")


@require_http_methods(ANY)
def notes(request: HttpRequest, key: str, number: int, draft: str) -> HttpResponse:
    """What colleagues say to each other about a draft."""
    plan, one, found = _draft(request, key, number, draft)
    rules.require("comment.note", actor=request.actor, plan=plan, code=found.jurisdiction_id)
    form = NoteForm(request.POST or None)
    status = 422 if request.method == "POST" and not form.is_valid() else 200
    if request.method == "POST" and status == 200:
        text = form.cleaned_data["text"]
        try:
            actions.note_on_draft(actor=request.actor, plan=plan, draft=found, text=text)
            return redirect("preparation:draft_notes", key, number, found.key)
        except (Invalid, Conflict) as error:
            faults = error.errors.values() if isinstance(error, Invalid) else [error.text]
            form.add_error("text", " ".join(str(one) for one in faults))
            status = 422 if isinstance(error, Invalid) else 409
    context = {
        "plan": plan,
        "one": one,
        "draft": found,
        "notes": queries.notes_of(found),
        "form": form,
    }
    return render(request, "consult/phase2_preparation/draft_notes.html", context, status=status)


@require_safe
def draft_file(
    request: HttpRequest, key: str, number: int, draft: str, pk: UUID
) -> HttpResponseBase:
    _plan, one, found = _draft(request, key, number, draft)
    stored = queries.get_draft_file(actor=request.actor, one=one, draft=found.key, pk=pk)
    return answer_file(stored, request=request)


@require_safe
def comment_file(request: HttpRequest, key: str, pk: UUID) -> HttpResponseBase:
    """A file of a comment, for who sees the comment."""
    plan = get_plan(actor=request.actor, key=key)
    stored = queries.get_comment_file(actor=request.actor, plan=plan, pk=pk)
    return answer_file(stored, request=request)


@require_POST
def cosign(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Sign another's comment, or take the signature back."""
    plan = get_plan(actor=request.actor, key=key)
    comment = get_comment(actor=request.actor, plan=plan, number=number)
    form = CosignForm(request.POST)
    if not form.is_valid():
        raise Invalid({name: str(errors[0]) for name, errors in form.errors.items()})
    row = actions.cosign_comment(
        actor=request.actor,
        plan=plan,
        comment=comment,
        withdraw=bool(form.cleaned_data["withdraw"]),
    )
    said = _("Your signature was taken back.") if row.is_withdrawn else _("You sign this comment.")
    messages.success(request, said)
    url = reverse("preparation:round", args=[key, comment.reply.round.number])
    key = comment.item.key if comment.item else ""
    return redirect(f"{url}?item={key}#{key}" if key else url)
