"""Acts on dispositions, the table as a workbook, and the reasons of changes."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consult.matters.queries import visible_matters
from consult.phase2_preparation import actions, audit, rules
from consult.phase2_preparation.forms import (
    AnswerForm,
    ExplainForm,
)
from consult.phase2_preparation.proposals import proposed_text
from consult.phase2_preparation.views.item import (
    comment_page,
    load,
    may_take_over,
    then,
)
from plans.register.queries import get_item, get_plan, latest_revision, titles_of
from plans.text.collisions import texts_of
from plans.text.forms import AmendmentForm
from plans.text.queries import base_hash_of, get_provision
from plans.text.rules import require_amending
from plans.text.views.amendments import amendment_page, propose
from stakeholders.templatetags.in_language import in_language
from stakeholders.terms import clock
from stakeholders.terms.asked import asked_number
from stakeholders.terms.errors import Conflict, Invalid, NotVisible


@require_POST
def answer(request: HttpRequest, key: str, number: int) -> HttpResponse:
    plan, comment = load(request, key, number)
    rules.require(
        "disposition.answer", actor=request.actor, plan=plan, code=comment.jurisdiction_id
    )
    asked = comment.dispositions.filter(
        pk=_number(request.POST.get("disposition")), publication__isnull=False
    ).first()
    if asked is None:
        raise NotVisible
    form = AnswerForm(request.POST)
    if form.is_valid():
        try:
            actions.answer_disposition(
                actor=request.actor, plan=plan, disposition=asked, **form.cleaned_data
            )
        except Invalid as error:
            form.show(error)
        except Conflict as error:
            form.add_error(None, str(error.text))
        else:
            messages.success(request, _("Your answer was put on record."))
            return then(request, plan, comment)
    return comment_page(request, plan, comment, answer=form)


def _number(text: str | None) -> int:
    return asked_number(text or "", default=0)


@require_safe
def change_list(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    given = rules.facts(actor=request.actor, plan=plan)
    context = {
        "plan": plan,
        "found": audit.findings(plan=plan, at=clock.now()),
        "reasons": audit.reasons_of(actor=request.actor, plan=plan),
        "titles": titles_of(latest_revision(plan)),
        "can_explain": rules.can("change.explain", given=given),
    }
    return render(request, "consult/phase2_preparation/changes.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def explain_change(request: HttpRequest, key: str, item: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    rules.require("change.explain", actor=request.actor, plan=plan)
    found = get_item(plan, key=item)
    form = ExplainForm(
        request.POST if request.method == "POST" else None,
        dispositions=audit.newest_published(plan=plan),
        matters=visible_matters(actor=request.actor, plan=plan),
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.explain_change(actor=request.actor, plan=plan, item=found, **form.values())
        except Invalid as error:
            form.show(error)
        else:
            messages.success(request, _("The reason was put on record."))
            return redirect("preparation:changes", plan.key)
    lead = titles_of(latest_revision(plan)).get(item, item)
    context = {"plan": plan, "form": form, "title": _("Reason of a change"), "lead": lead}
    status = 422 if form.errors else 200
    return render(request, "consult/phase2_preparation/form.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def take_over(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Make the wording that a comment proposes an amendment; the form begins with it."""
    plan, comment = load(request, key, number)
    require_amending(actor=request.actor, plan=plan)
    if comment.item is None or not may_take_over(comment):
        raise NotVisible
    provision = get_provision(plan, key=comment.item.key)
    if request.method == "POST":
        return propose(request, plan, provision, comment=comment.number)
    draft = texts_of(provision.item.draft.content)
    initial = {
        **draft.as_dict(),
        "base": base_hash_of(provision.item),
        "text_zh": proposed_text(comment, language="zh", text=draft.text_zh),
        "text_en": proposed_text(comment, language="en", text=draft.text_en),
        "reason": in_language(comment, "text"),
    }
    form = AmendmentForm(initial=initial)
    return amendment_page(request, plan, provision, form, comment=comment)
