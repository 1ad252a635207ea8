"""Deciding on one comment: its form, in a page or in a row of the table, and the conflict page."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from consult.matters.queries import party_units, visible_matters
from consult.phase2_preparation import actions, rules
from consult.phase2_preparation.enums import BatchKind, DispositionOutcome
from consult.phase2_preparation.forms import DispositionForm
from consult.phase2_preparation.models import Comment, Disposition
from consult.phase2_preparation.queries import answers, batches, groups
from consult.phase2_preparation.queries import dispositions as table
from consult.phase2_preparation.queries.advice import visible_requests
from consult.phase2_preparation.queries.blocks import blocks_for
from consult.phase2_preparation.queries.replacing import replacing
from plans.register.models import Plan
from plans.register.queries import get_plan
from stakeholders.templatetags.in_language import in_language
from stakeholders.terms.errors import Conflict, Invalid

FOLDER = "consult/phase2_preparation"
TITLE_LENGTH = 60


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, key: str, number: int) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    comment = table.get_comment(actor=request.actor, plan=plan, number=number)
    rules.require("disposition.decide", actor=request.actor, plan=plan)
    if request.method != "POST":
        return decide_page(request, plan, comment, decide_form(request, plan, comment))
    form = decide_form(request, plan, comment, request.POST)
    if form.is_valid():
        try:
            _act(request, plan, comment, form)
        except Invalid as error:
            form.show(error)
        except Conflict as error:
            return decide_page(request, plan, comment, _again(request, plan, comment), error=error)
        else:
            return _decided(request, plan, comment)
    return decide_page(request, plan, comment, form)


def _act(request: HttpRequest, plan: Plan, comment: Comment, form: DispositionForm) -> None:
    """Decide on the comment, or on all of its group."""
    other, item = replacing(actor=request.actor, plan=plan, text=form.cleaned_data["superseded"])
    values: dict[str, Any] = {**form.values(), "superseded_by": other, "superseded_item": item}
    seen = form.cleaned_data["seen"]
    if not form.cleaned_data.get("whole_group"):
        actions.decide_disposition(
            actor=request.actor, plan=plan, comment=comment, seen=seen, **values
        )
        return
    actions.decide_many(
        actor=request.actor,
        plan=plan,
        numbers=groups.same_group(plan=plan, comment=comment),
        decision=actions.Decision(**values),
        seen=batches.newest_seen(plan=plan) if seen is None else seen,
        again=True,
        kind=BatchKind.GROUP,
    )


def _decided(request: HttpRequest, plan: Plan, comment: Comment) -> HttpResponse:
    if not request.htmx:
        messages.success(request, _("Decided; it shows to others once published."))
        return redirect("preparation:comment", plan.key, comment.number)
    comment = table.get_comment(actor=request.actor, plan=plan, number=comment.number)
    rows = table.rows_of([comment])
    context = {"plan": plan, "row": rows[0], "is_just_decided": True}
    context |= table_acts(request, plan, rows)
    return render(request, f"{FOLDER}/disposition_row.html", context)


def _again(request: HttpRequest, plan: Plan, comment: Comment) -> DispositionForm:
    """The form as it was typed, which has now seen what somebody else decided."""
    data = request.POST.copy()
    data["seen"] = str(batches.newest_seen(plan=plan))
    return decide_form(request, plan, comment, data)


def decide_page(
    request: HttpRequest,
    plan: Plan,
    comment: Comment,
    form: DispositionForm,
    *,
    error: Conflict | None = None,
) -> HttpResponse:
    """The form as a page, or in the table's row; 409 with both decisions beside each other."""
    theirs = error.theirs if error and isinstance(error.theirs, Disposition) else None
    context = {
        "plan": plan,
        "comment": comment,
        "form": form,
        "conflict": str(error.text) if error else "",
        "theirs": theirs or (comment.dispositions.order_by("-pk").first() if error else None),
    }
    name = "decide_row" if request.htmx else "decide"
    status = 409 if error else 422 if form.is_bound and form.errors else 200
    answer = render(request, f"{FOLDER}/{name}.html", context, status=status)
    patch_vary_headers(answer, ["HX-Request"])
    return answer


def decide_form(
    request: HttpRequest, plan: Plan, comment: Comment, data: QueryDict | None = None
) -> DispositionForm:
    """The form with what the address asks for: an outcome, or the lifting to a matter."""
    requests = visible_requests(actor=request.actor, plan=plan).filter(comment=comment)
    return DispositionForm(
        data,
        initial={"seen": batches.newest_seen(plan=plan), **_initial(request, comment)},
        matters=visible_matters(actor=request.actor, plan=plan),
        units=party_units(plan=plan),
        blocks=blocks_for(plan=plan),
        advices=[advice for one in requests for advice in one.advices.all()],
        names=(batches.names_in(comment, "zh"), batches.names_in(comment, "en")),
        grouped=len(groups.same_group(plan=plan, comment=comment)),
    )


def _initial(request: HttpRequest, comment: Comment) -> dict[str, object]:
    outcome = request.GET.get("outcome", "")
    if outcome not in DispositionOutcome.values:
        return {"whole_group": True}
    initial: dict[str, object] = {"outcome": outcome, "whole_group": True}
    if outcome == DispositionOutcome.TO_MATTER:
        initial |= _lifted(comment)
    return initial


def _lifted(comment: Comment) -> dict[str, object]:
    """What a new matter begins with: its title, its parties, and what the commenter holds."""
    said = in_language(comment, "text")
    answer = answers.last_answer(comment)
    refusal = answer.text if answer and not answer.accepts else ""
    stand = {
        f"stand_{code}": "\n".join(
            text
            for text in (
                getattr(comment, f"text_{code}"),
                getattr(comment, f"wording_{code}"),
                refusal,
            )
            if text
        )
        for code in ("zh", "en")
        if getattr(comment, f"text_{code}")
    }
    codes = [comment.jurisdiction_id] if comment.jurisdiction_id else []
    return {"title_zh": said[:TITLE_LENGTH], "codes": codes, **stand}


def table_acts(request: HttpRequest, plan: Plan, rows: list[table.Row]) -> dict[str, object]:
    """What the table's page needs for deciding in it: who may, groups, the newest seen, undo."""
    given = rules.facts(actor=request.actor, plan=plan)
    if not rules.can("disposition.decide", given=given):
        return {"can_decide": False}
    return {
        "can_decide": True,
        "groups": groups.memberships([row.comment for row in rows]),
        "seen": batches.newest_seen(plan=plan),
        "undoable": batches.last_undoable(plan=plan),
        "outcomes": list(enumerate(DispositionOutcome, start=1)),
        "quick": [DispositionOutcome.ADOPTED, DispositionOutcome.NOTED],
    }
