"""The page of the sign-off, and those of former ones as they ended."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from consult.ballots.enums import Outcome
from consult.phase3_identification import shown
from consult.phase3_identification.consent_matrix.cells import chapters_of
from consult.phase3_identification.consent_matrix.wanted import Wanted
from consult.phase3_identification.duties import duties
from consult.phase3_identification.models import SignOff
from consult.phase3_identification.queries import (
    Life,
    adoptions_of,
    charter_of,
    current_sign_off,
    declaration_of,
    ended_sign_offs,
    former_positions,
    get_ended,
    has_ended,
    last_day_to_ask,
    life_of,
    prepared_overrides,
    requests_of,
)
from consult.phase3_identification.views.reopening import why_not_ask
from consult.phase3_identification.views.screens import (
    FOLDER,
    days_left,
    may_do,
    read_board,
)
from plans.register.models import Plan
from plans.register.queries import get_plan
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor
from stakeholders.terms.duty import Duty, Text


@dataclass(frozen=True, kw_only=True)
class Way:
    """Something that can be done with the sign-off; `why_not`: what stands against it now."""

    label: Text
    url: str
    why_not: object = None
    is_first: bool = False


@require_GET
def overview(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    current = current_sign_off(plan)
    can = may_do(request, plan)
    past = ended_sign_offs(plan)
    context: dict[str, object] = {
        "plan": plan,
        "sign_off": current,
        "can": can,
        "past": past,
        "owed": _owed(plan, request.actor),
    }
    if current is not None:
        state, revision = read_board(request, plan, current)
        is_over = has_ended(current)
        code = request.actor.inside
        mine = declaration_of(current, code=code)
        context |= {
            "board": state,
            "revision": revision,
            "parties": shown.party_tallies(state),
            "needed": shown.needed_groups(state),
            "tally": shown.tally(state),
            "days_left": None if is_over else days_left(current),
            "is_over": is_over,
            "is_early": is_over
            and current.end.outcome != Outcome.WITHOUT_RESULT
            and current.closes_at is not None
            and current.end.at < current.closes_at,
            "mine": mine,
            "requests": requests_of(current),
            "adoptions": adoptions_of(current),
        }
        if not is_over:
            life = life_of(current, at=clock.now())
            context |= {
                "life": life,
                "ways": _ways(plan, life, can),
                "prepared": prepared_overrides(current),
                "former_said": [] if mine else former_positions(current, code=code),
                "last_day_to_ask": last_day_to_ask(current, charter_of(current)),
                "why_not_ask": why_not_ask(current, code=code),
            }
    return render(request, f"{FOLDER}/sign_off.html", context)


def _owed(plan: Plan, actor: Actor) -> list[Duty]:
    """What the sign-off asks of the reader: the duties the desk shows, of this plan and slice."""
    if actor.role is None:
        return []
    role = actor.role.value
    return [
        duty
        for duty in duties(plans=[plan], now=clock.now())
        if role in duty.roles
        and duty.holder_code in (None, actor.jurisdiction_code)
        and duty.user_id in (None, actor.person)
    ]


def _ways(plan: Plan, life: Life, can: dict[str, bool]) -> list[Way]:
    """What the joint office can do with an open sign-off, and why not where it cannot."""
    if not can["sign_off_withdraw"]:
        return []
    return [
        Way(
            label=CLOSINGS[life.way_to_close],
            url=reverse(f"identification:{life.way_to_close}", args=[plan.key]),
            why_not=life.why_not_close,
            is_first=True,
        ),
        Way(
            label=_("Recall"),
            url=reverse("identification:recall", args=[plan.key]),
            why_not=life.why_not_recall,
        ),
        Way(
            label=_("Adopt first what has passed"),
            url=reverse("identification:adoption", args=[plan.key]),
            why_not=life.why_not_adopt,
        ),
        Way(
            label=_("Override an item"),
            url=reverse("identification:overrides", args=[plan.key]),
            why_not=life.why_not_override,
        ),
        Way(
            label=_("Take articles back to preparation"),
            url=reverse("workflow:reopen", args=[plan.key]),
        ),
        Way(label=_("End without result"), url=reverse("identification:end", args=[plan.key])),
    ]


CLOSINGS = {
    "close": _("Close the sign-off"),
    "close_early": _("Close early"),
    "prepare_close": _("Prepare the close for a second person"),
    "confirm_close": _("Confirm the close as the second person"),
}


@require_GET
def former(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """A sign-off that has ended, with its matrix as it stood at its end."""
    plan = get_plan(actor=request.actor, key=key)
    row: SignOff = get_ended(plan, number=number)
    state, revision = read_board(request, plan, row)
    context = {
        "plan": plan,
        "sign_off": row,
        "number": number,
        "revision": revision,
        "board": state,
        "tally": shown.tally(state),
        "chapters": chapters_of(
            state.rows,
            parties=state.parties,
            wanted=Wanted(),
            headings=shown.headings_of(revision),
            is_over=True,
            base=None,
        ),
        "columns": len(state.parties) + 3,
        "past": ended_sign_offs(plan),
    }
    return render(request, f"{FOLDER}/former.html", context)
