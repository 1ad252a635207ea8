"""The dispositions table, one comment with its dispositions, and the reasons of changes."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consult.matters.queries import party_units, visible_matters
from consult.phase2_preparation import actions, audit, queries, rules
from consult.phase2_preparation.forms import (
    AnswerForm,
    DispositionForm,
    ExplainForm,
    FilterForm,
)
from consult.phase2_preparation.models import Comment
from consult.phase2_preparation.proposals import proposed_text
from consult.phase2_preparation.queries import dispositions as table
from consult.phase2_preparation.views.inside import anchor_now
from plans.register.enums import ItemKind
from plans.register.models import Plan
from plans.register.queries import get_item, get_plan, latest_revision, titles_of
from plans.text.collisions import texts_of
from plans.text.forms import AmendmentForm
from plans.text.queries import base_hash_of, get_provision
from plans.text.rules import may_amend, require_amending
from plans.text.views.amendments import amendment_page, propose
from stakeholders.templatetags.in_language import in_language
from stakeholders.terms import clock
from stakeholders.terms.asked import asked_number
from stakeholders.terms.errors import Conflict, Invalid, NotVisible

PAGE = 50


@require_safe
def disposition_list(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    form = FilterForm(request.GET, units=party_units(plan=plan))
    found = table.disposition_table(actor=request.actor, plan=plan, filters=form.chosen())
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    given = rules.facts(actor=request.actor, plan=plan)
    context = {
        "plan": plan,
        "form": form,
        "page_obj": page,
        "rows": table.rows_of(list(page)),
        "query": request.GET.urlencode(),
        "can_publish": rules.can("disposition.publish", given=given),
    }
    return render(request, "consult/phase2_preparation/dispositions.html", context)


@require_POST
def publish(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    chosen = {asked_number(n, default=0) for n in request.POST.getlist("number")} - {0}
    rows = actions.publish_dispositions(
        actor=request.actor, plan=plan, numbers=chosen if "chosen" in request.POST else None
    )
    messages.success(request, _("%(count)s dispositions were published.") % {"count": len(rows)})
    return redirect("preparation:dispositions", plan.key)


@require_safe
def comment_detail(request: HttpRequest, key: str, number: int) -> HttpResponse:
    plan, comment = _load(request, key, number)
    return _comment_page(request, plan, comment)


def _load(request: HttpRequest, key: str, number: int) -> tuple[Plan, Comment]:
    plan = get_plan(actor=request.actor, key=key)
    return plan, table.get_comment(actor=request.actor, plan=plan, number=number)


def _comment_page(
    request: HttpRequest,
    plan: Plan,
    comment: Comment,
    *,
    decide: DispositionForm | None = None,
    answer: AnswerForm | None = None,
) -> HttpResponse:
    history = table.history_of(actor=request.actor, comment=comment)
    given = rules.facts(actor=request.actor, plan=plan, code=comment.jurisdiction_id)
    shown = next((d for d in history if hasattr(d, "publication")), None)
    if decide is None and rules.can("disposition.decide", given=given):
        decide = _decide_form(request, plan)
    if answer is None and shown and rules.can("disposition.answer", given=given):
        answer = AnswerForm()
    context = {
        "plan": plan,
        "row": table.Row(comment=comment),
        "comment": comment,
        "wording": queries.wording_of(comment.version),
        "supports": queries.supports_of([comment]).get(comment.pk),
        "placed": anchor_now(plan, comment),
        "history": history,
        "shown": shown,
        "decide": decide,
        "answer": answer,
        "may_amend": may_take_over(comment) and may_amend(actor=request.actor, plan=plan),
    }
    bad = any(form is not None and form.errors for form in (decide, answer))
    return render(
        request, "consult/phase2_preparation/comment.html", context, status=422 if bad else 200
    )


def _decide_form(
    request: HttpRequest, plan: Plan, data: QueryDict | None = None
) -> DispositionForm:
    matters = visible_matters(actor=request.actor, plan=plan)
    return DispositionForm(data, matters=matters, units=party_units(plan=plan))


@require_POST
def decide(request: HttpRequest, key: str, number: int) -> HttpResponse:
    plan, comment = _load(request, key, number)
    rules.require("disposition.decide", actor=request.actor, plan=plan)
    form = _decide_form(request, plan, request.POST)
    if form.is_valid():
        try:
            actions.decide_disposition(
                actor=request.actor, plan=plan, comment=comment, **form.values()
            )
        except Invalid as error:
            form.show(error)
        else:
            messages.success(request, _("Decided; it shows to others once published."))
            return redirect("preparation:comment", plan.key, number)
    return _comment_page(request, plan, comment, decide=form)


@require_POST
def answer(request: HttpRequest, key: str, number: int) -> HttpResponse:
    plan, comment = _load(request, key, number)
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
            return redirect("preparation:comment", plan.key, number)
    return _comment_page(request, plan, comment, answer=form)


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


def may_take_over(comment: Comment) -> bool:
    """Whether the comment proposes a wording for a provision that stands in the draft."""
    item = comment.item
    proposes = bool(comment.wording_zh or comment.wording_en)
    return proposes and item is not None and item.kind == ItemKind.PROVISION


@require_http_methods(["GET", "HEAD", "POST"])
def take_over(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Make the wording that a comment proposes an amendment; the form begins with it."""
    plan, comment = _load(request, key, number)
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
