"""Pages of amendments: proposing a wording, and deciding on it."""

import json
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from plans.register.models import Plan
from plans.register.queries import get_plan, visible_item
from plans.text import actions, queries
from plans.text.collisions import Texts, texts_of
from plans.text.forms import AmendmentFilterForm, AmendmentForm, DeclineForm, PutTogetherForm
from plans.text.models import Amendment, Provision
from plans.text.rules import (
    may_amend,
    may_decide,
    require_amending,
    require_draft_sight,
    require_drafting,
    sees_draft,
)
from plans.text.states import text_changes, three_states
from stakeholders.terms.asked import asked_number
from stakeholders.terms.errors import Conflict, Invalid

PAGE = 50
ANY = ["GET", "HEAD", "POST"]


@require_safe
def amendment_list(request: HttpRequest, key: str) -> HttpResponse:
    plan = _load(request, key)
    form = AmendmentFilterForm(
        request.GET, units=queries.units(plan), titles=queries.amended_items(plan)
    )
    found = queries.amendments_of(plan, **form.chosen())
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "plan": plan,
        "form": form,
        "page_obj": page,
        "proposals": queries.proposals(list(page)),
        "may_amend": may_amend(actor=request.actor, plan=plan),
    }
    return render(request, "plans/text/amendments.html", context)


@require_http_methods(ANY)
def amendment_add(request: HttpRequest, key: str, item: str) -> HttpResponse:
    plan = _load(request, key)
    provision = queries.get_provision(plan, key=item)
    require_amending(actor=request.actor, plan=plan)
    if request.method != "POST":
        base = _base(provision, request.GET.get("base", ""))
        return amendment_page(request, plan, provision, AmendmentForm(initial=base))
    return propose(request, plan, provision)


def propose(
    request: HttpRequest, plan: Plan, provision: Provision, *, comment: int | None = None
) -> HttpResponse:
    """Answer a posted proposal; `comment` is the number of the one whose wording is taken over."""
    form = AmendmentForm(request.POST)
    status = 422
    if form.is_valid():
        try:
            made = actions.propose_amendment(
                actor=request.actor,
                plan=plan,
                item=provision.item.key,
                base=form.cleaned_data["base"],
                texts=form.texts(),
                reason=form.cleaned_data["reason"],
                comment=comment,
            )
            messages.success(request, _("Proposed. Who drafts the chapter was told."))
            return redirect("text:amendment", key=plan.key, number=made.number)
        except Invalid as error:
            form.show(error)
        except Conflict as conflict:
            posted = request.POST.copy()
            posted["base"] = queries.base_hash_of(provision.item)
            form, status = AmendmentForm(posted), 409
            form.add_error(None, str(conflict.text))
    return amendment_page(request, plan, provision, form, status=status)


def amendment_page(
    request: HttpRequest,
    plan: Plan,
    provision: Provision,
    form: AmendmentForm,
    *,
    status: int = 200,
    comment: object = None,
) -> HttpResponse:
    """The form of a proposal, with what others propose for the same provision."""
    rows = queries.amendments_of(plan, state="open", item=provision.item.key)
    context = {
        "plan": plan,
        "provision": provision,
        "texts": texts_of(provision.item.draft.content),
        "form": form,
        "others": queries.proposals(list(rows)),
        "comment": comment,
    }
    return render(request, "plans/text/amendment_form.html", context, status=status)


@require_safe
def amendment(request: HttpRequest, key: str, number: int) -> HttpResponse:
    plan = _load(request, key)
    found = queries.get_amendment(plan, number=number)
    return _page(request, plan, found)


@require_http_methods(ANY)
def amendment_apply(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """POST adopts at once; where the draft moved on, the three texts are shown (also by GET),
    and what a person put together is posted here with `title_zh` and the other texts."""
    plan = _load(request, key)
    found = queries.get_amendment(plan, number=number)
    provision = queries.get_provision(plan, key=found.item.key)
    require_drafting("amendment.apply", actor=request.actor, plan=plan, chapter=provision.chapter)
    if request.method != "POST":
        return _three_page(request, plan, found, provision, None)
    form = PutTogetherForm(request.POST) if "text_zh" in request.POST else None
    if form is not None and not form.is_valid():
        return _three_page(request, plan, found, provision, form, status=422)
    texts = form.texts() if form else None
    edits = asked_number(request.POST.get("edits", ""), default=0)
    try:
        actions.apply_amendment(
            actor=request.actor, plan=plan, number=number, edits=edits, texts=texts
        )
    except Conflict as conflict:
        provision = queries.get_provision(plan, key=found.item.key)
        again = None
        if texts:
            draft = provision.item.draft
            again = PutTogetherForm({**texts.as_dict(), "edits": draft.edits})
        text = str(conflict.text)
        return _three_page(request, plan, found, provision, again, status=409, conflict=text)
    messages.success(request, _("The amendment was adopted into the working draft."))
    return redirect("text:amendment", key=key, number=number)


def _three_page(
    request: HttpRequest,
    plan: Plan,
    found: Amendment,
    provision: Provision,
    form: PutTogetherForm | None,
    *,
    status: int = 200,
    conflict: str = "",
) -> HttpResponse:
    draft = provision.item.draft
    present = texts_of(draft.content)
    rows = three_states(base=found.base_texts, present=present, proposed=found.texts)
    if form is None:
        merged = {row.name: row.merged for row in rows}
        form = PutTogetherForm(initial={**present.as_dict(), **merged, "edits": draft.edits})
    context = {
        "plan": plan,
        "amendment": found,
        "rows": rows,
        "form": form,
        "conflict": conflict,
        "is_open": queries.is_open(found),
        "overlaps": sum(row.is_overlap for row in rows),
    }
    return render(request, "plans/text/amendment_conflict.html", context, status=status)


@require_POST
def amendment_decline(request: HttpRequest, key: str, number: int) -> HttpResponse:
    plan = _load(request, key)
    form = DeclineForm(request.POST)
    try:
        reason = str(form.data.get("reason", ""))
        actions.decline_amendment(actor=request.actor, plan=plan, number=number, reason=reason)
    except Invalid as error:
        for name, text in error.errors.items():
            form.add_error(name or None, str(text))
        found = queries.get_amendment(plan, number=number)
        return _page(request, plan, found, decline=form)
    messages.success(request, _("The amendment was declined; its author was told."))
    return redirect("text:amendment", key=key, number=number)


@require_POST
def amendment_withdraw(request: HttpRequest, key: str, number: int) -> HttpResponse:
    plan = _load(request, key)
    actions.withdraw_amendment(actor=request.actor, plan=plan, number=number)
    messages.success(request, _("The amendment was withdrawn."))
    return redirect("text:amendment", key=key, number=number)


@require_safe
def item_credits(request: HttpRequest, key: str, item: str) -> HttpResponse:
    """Whose proposals the wordings of an item adopted; unpublished ones to who sees the draft."""
    plan = get_plan(actor=request.actor, key=key)
    is_inside = sees_draft(actor=request.actor, plan=plan)
    visible_item(plan, key=item, sees_draft=is_inside)
    found = queries.credits_of(plan, item=item)
    context = {
        "plan": plan,
        "item": item,
        "credits": [one for one in found if is_inside or one.revision is not None],
        "is_inside": is_inside,
        "may_amend": is_inside and may_amend(actor=request.actor, plan=plan),
    }
    name = "credits" if request.htmx else "credits_page"
    return render(request, f"plans/text/{name}.html", context)


def _load(request: HttpRequest, key: str) -> Plan:
    plan = get_plan(actor=request.actor, key=key)
    require_draft_sight(actor=request.actor, plan=plan)
    return plan


def _page(
    request: HttpRequest, plan: Plan, found: Amendment, *, decline: DeclineForm | None = None
) -> HttpResponse:
    provision = queries.get_provision(plan, key=found.item.key)
    decides = may_decide(actor=request.actor, plan=plan, chapter=provision.chapter, amendment=found)
    context = {
        "plan": plan,
        "amendment": found,
        "proposal": queries.proposals([found])[0],
        "changes": text_changes(found.base_texts, found.texts),
        "present": texts_of(found.item.draft.content),
        "edits": found.item.draft.edits,
        "chapter": provision.chapter,
        "can": decides,
        "decline": decline or DeclineForm(),
    }
    status = 422 if decline else 200
    return render(request, "plans/text/amendment.html", context, status=status)


def _base(provision: Provision, digest: str) -> dict[str, Any]:
    """What the form begins with: the version asked for, else the draft as it stands."""
    version = queries.get_version(provision.item, digest=digest) if digest else None
    if version is None:
        content: object = provision.item.draft.content
        digest = queries.base_hash_of(provision.item)
    else:
        content = json.loads(version.content)["content"]
    texts: Texts = texts_of(content)
    return {**texts.as_dict(), "base": digest}
