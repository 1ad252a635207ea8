"""One comment with all that belongs to it, and the way through the list it was opened from."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from consult.matters.queries import party_units
from consult.phase2_preparation import queries, rules
from consult.phase2_preparation.forms import AnswerForm, DispositionForm, FilterForm
from consult.phase2_preparation.models import Comment
from consult.phase2_preparation.queries import dispositions as table
from consult.phase2_preparation.queries.beside import beside
from consult.phase2_preparation.queries.thread import thread_of
from consult.phase2_preparation.views.advice import advice_on
from consult.phase2_preparation.views.decide_form import decide_form
from plans.register.enums import ItemKind
from plans.register.models import Plan
from plans.register.queries import get_plan
from plans.text.rules import may_amend
from stakeholders.terms.errors import Invalid


@require_safe
def comment_detail(request: HttpRequest, key: str, number: int) -> HttpResponse:
    plan, comment = load(request, key, number)
    return comment_page(request, plan, comment)


def load(request: HttpRequest, key: str, number: int) -> tuple[Plan, Comment]:
    plan = get_plan(actor=request.actor, key=key)
    return plan, table.get_comment(actor=request.actor, plan=plan, number=number)


def comment_page(
    request: HttpRequest,
    plan: Plan,
    comment: Comment,
    *,
    decide: DispositionForm | None = None,
    answer: AnswerForm | None = None,
) -> HttpResponse:
    """The page, with the forms of who may decide or answer; 422 with one that was refused."""
    given = rules.facts(actor=request.actor, plan=plan, code=comment.jurisdiction_id)
    thread = thread_of(actor=request.actor, comment=comment)
    decided = [one for one in thread if one.kind == "decided" and one.disposition]
    published = [one for one in decided if hasattr(one.disposition, "publication")]
    shown = published[-1].disposition if published else None
    if decide is None and rules.can("disposition.decide", given=given):
        decide = decide_form(request, plan, comment)
    if answer is None and shown and rules.can("disposition.answer", given=given):
        answer = AnswerForm()
    context = {
        "plan": plan,
        "row": table.Row(comment=comment),
        "comment": comment,
        "beside": beside(actor=request.actor, plan=plan, comment=comment),
        "supports": queries.supports_of([comment]).get(comment.pk),
        "placed": queries.placed_now(actor=request.actor, plan=plan, comment=comment),
        "thread": thread,
        "latest": decided[-1].disposition if decided else None,
        "shown": shown,
        "decide": decide,
        "answer": answer,
        "may_amend": may_take_over(comment) and may_amend(actor=request.actor, plan=plan),
        **advice_on(request, plan, comment),
        **_way(request, plan, comment),
    }
    bad = any(form is not None and form.errors for form in (decide, answer))
    return render(
        request, "consult/phase2_preparation/comment.html", context, status=422 if bad else 200
    )


def _way(request: HttpRequest, plan: Plan, comment: Comment) -> dict[str, object]:
    """The comments before and after in the list of the address, which the links keep."""
    try:
        filters = FilterForm(request.GET, units=party_units(plan=plan)).chosen()
    except Invalid:
        filters = {}
    query = QueryDict(mutable=True)
    query.update(filters)
    neighbours = table.neighbours_of(
        actor=request.actor, plan=plan, comment=comment, filters=filters
    )
    back = reverse("preparation:dispositions", args=[plan.key])
    asked = query.urlencode()
    return {
        "neighbours": neighbours,
        "query": asked,
        "back_url": f"{back}?{asked}" if asked else back,
    }


def then(request: HttpRequest, plan: Plan, comment: Comment) -> HttpResponse:
    """Back to the comment after an act, or on to the next one of the list when asked for."""
    number, way = comment.number, _way(request, plan, comment)
    neighbours = way["neighbours"]
    if request.POST.get("then") == "next" and isinstance(neighbours, table.Neighbours):
        number = neighbours.next or number
    url = reverse("preparation:comment", args=[plan.key, number])
    return redirect(f"{url}?{way['query']}" if way["query"] else url)


def may_take_over(comment: Comment) -> bool:
    """Whether the comment proposes a wording for a provision that stands in the draft."""
    item = comment.item
    proposes = bool(comment.wording_zh or comment.wording_en)
    return proposes and item is not None and item.kind == ItemKind.PROVISION
