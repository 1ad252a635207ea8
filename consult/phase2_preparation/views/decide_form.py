"""The form of a decision and what the table offers, with what the address asks for."""

from django.http import HttpRequest, QueryDict

from consult.matters.queries import party_units, visible_matters
from consult.phase2_preparation import rules
from consult.phase2_preparation.enums import DispositionOutcome
from consult.phase2_preparation.forms import DispositionForm
from consult.phase2_preparation.models import Comment
from consult.phase2_preparation.queries import answering, batches, groups
from consult.phase2_preparation.queries import dispositions as table
from consult.phase2_preparation.queries.advice import visible_requests
from consult.phase2_preparation.queries.blocks import blocks_for
from plans.register.models import Plan
from stakeholders.templatetags.in_language import in_language
from stakeholders.terms.rights import Facts

TITLE_LENGTH = 60
STAND = ("stand_zh", "stand_en")
KNOWN = frozenset(DispositionOutcome.values)


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
    if outcome == DispositionOutcome.TO_MATTER:  # one was not accepted; the others may be settled
        return {"outcome": outcome, **_lifted(comment)}
    return {"outcome": outcome, "whole_group": True}


def _lifted(comment: Comment) -> dict[str, object]:
    """What a new matter begins with: its title, its parties, and what the commenter holds."""
    said = in_language(comment, "text")
    answer = answering.last_answer(comment)
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


def shown_fields(outcome: str) -> list[str]:
    """The fields that a row of the table shows for an outcome that is chosen already."""
    named = {
        DispositionOutcome.TO_MATTER: ["matter", "title_zh", "title_en", *STAND, "codes"],
        DispositionOutcome.SUPERSEDED: ["superseded"],
    }
    fields = ["block", "reason_zh", "reason_en", "follows", "whole_group"]
    return [*named.get(DispositionOutcome(outcome), []), *fields] if outcome in KNOWN else []


def table_acts(
    request: HttpRequest, plan: Plan, rows: list[table.Row], *, given: Facts | None = None
) -> dict[str, object]:
    """What the table's page needs for deciding in it: who may (by the facts `given`, else read
    here), groups, the newest seen, undo."""
    if given is None:
        given = rules.facts(actor=request.actor, plan=plan)
    if not rules.can("disposition.decide", given=given):
        return {"can_decide": False}
    held = groups.memberships([row.comment for row in rows])
    for row in rows:
        row.comment.membership = held.get(row.comment.pk)
    return {
        "can_decide": True,
        "seen": batches.newest_seen(plan=plan),
        "undoable": batches.last_undoable(plan=plan),
        "outcomes": list(enumerate(DispositionOutcome, start=1)),
        "quick": [DispositionOutcome.ADOPTED, DispositionOutcome.NOTED],
    }
