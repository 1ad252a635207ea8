"""Closing a sign-off: by its rules at the hour or early, or without result."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.ballots.enums import Outcome
from consult.ballots.steps import end_ballots
from consult.phase3_identification.adopting import parts_said
from consult.phase3_identification.board import Board, BoardRow, board
from consult.phase3_identification.checks import refuse_alone, refuse_close, waits_for_override
from consult.phase3_identification.models import (
    CommonStatement,
    SignOff,
    SignOffEnd,
)
from consult.phase3_identification.queries import (
    Life,
    adopted_entries,
    adoptions_of,
    frozen_of,
    life_of,
    newest_declarations,
    standing_reservations,
)
from consult.phase3_identification.rules import ACTS
from consult.phase3_identification.statement import compose
from consult.phase3_identification.steps import (
    signing_weights,
)
from consult.phase3_identification.telling import open_one, tell
from plans.register.models import Plan
from plans.register.rules import require
from plans.register.steps import lock_plan
from stakeholders.record import steps as record
from stakeholders.record.queries import head_of
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Actor, ActorKind
from stakeholders.terms.duty import Blocker, Text
from stakeholders.terms.errors import Blocked, Invalid


@transaction.atomic
def close_sign_off(*, actor: Actor, plan: Plan) -> SignOffEnd:
    """Close the sign-off at or after its hour, or when all have spoken where it has none.

    Every item is held against its rule; it passes when all of them pass or are overridden. A passed
    one composes the common statement. SYSTEM closes at the hour only. Raises Refused, Conflict,
    Blocked with who is missing, and where the charter asks a second person of whoever closes.
    """
    plan = lock_plan(plan)
    require("sign_off.close", ACTS, actor=actor, plan=plan)
    life = life_of(open_one(plan), at=clock.now())
    if actor.kind is ActorKind.SYSTEM:
        return _close_by_clock(actor, plan, life)
    refuse_close(plan, life, is_early=False)
    refuse_alone(plan, life)
    return close_now(actor=actor, plan=plan, life=life, act="sign_off.close")


@transaction.atomic
def close_early(*, actor: Actor, plan: Plan) -> SignOffEnd:
    """Close before the hour, when all have spoken: an act of its own name.

    Raises Refused, Conflict when it is not early, Blocked as `close_sign_off`.
    """
    plan = lock_plan(plan)
    require("sign_off.close_early", ACTS, actor=actor, plan=plan)
    life = life_of(open_one(plan), at=clock.now())
    refuse_close(plan, life, is_early=True)
    refuse_alone(plan, life)
    return close_now(actor=actor, plan=plan, life=life, act="sign_off.close_early")


def _close_by_clock(actor: Actor, plan: Plan, life: Life) -> SignOffEnd:
    """The hour was given at the opening, so the clock needs no second person. It waits some days
    where an override could still let every item pass."""
    if not life.is_due:
        url = reverse("identification:overview", args=[plan.key])
        raise Blocked([Blocker(code="hour", text=_("The closing hour has not come."), url=url)])
    state = board(sign_off=life.sign_off, revision=frozen_of(plan))
    if waits_for_override(life, state):
        url = reverse("identification:overrides", args=[plan.key])
        text = _("Items that do not pass can still be overridden.")
        raise Blocked([Blocker(code="override", text=text, url=url)])
    return close_now(actor=actor, plan=plan, life=life, act="sign_off.close", state=state)


def close_now(
    *,
    actor: Actor,
    plan: Plan,
    life: Life,
    act: str,
    state: Board | None = None,
    effects: Mapping[str, object] | None = None,
) -> SignOffEnd:
    """End every ballot and the sign-off by their rules, tell, and leave the one record entry.

    The caller has required the right and refused what is too soon. `effects` are the caller's own.
    """
    sign_off = life.sign_off
    state = state or board(sign_off=sign_off, revision=frozen_of(plan))
    passed = [row for row in state.rows if row.passes]
    overridden = [row for row in state.rows if not row.passes and row.override]
    failed = [row for row in state.rows if row.passes is False and not row.override]
    undecided = [row for row in state.rows if row.passes is None and not row.override]
    _end_rows(passed, Outcome.PASSED.value)
    _end_rows(overridden, Outcome.OVERRIDDEN.value)
    _end_rows(failed, Outcome.FAILED.value)
    _end_rows(undecided, Outcome.WITHOUT_RESULT.value)  # no signing party is competent for them
    _end_rows(state.removed, Outcome.SUPERSEDED.value)
    has_failed = bool(failed) or not (passed or overridden)
    apart = _apart(passed, overridden)
    end = SignOffEnd.objects.create(
        sign_off=sign_off,
        revision=frozen_of(plan),
        outcome=Outcome.FAILED.value if has_failed else Outcome.PASSED.value,
        result=canonical.canonical(
            {
                "passed": len(passed),
                "failed": [row.key for row in failed],
                "totals": dict(state.totals),
                **apart,
                **({"not_decided_here": [row.key for row in undecided]} if undecided else {}),
            }
        ),
        at=life.at,
    )
    statement = None if has_failed else _compose(plan, sign_off, state, life.at)
    codes = [party.code for party in life.parties]
    tell(plan, codes=codes, kind="sign_off.close", title=_told(passed, overridden, has_failed))
    record.append(
        chain=record.plan_chain(plan.key),
        actor=actor,
        act=act,
        subject=f"sign_off:{sign_off.pk}",
        effects={
            "revision": frozen_of(plan).hash,
            "outcome": end.outcome,
            "failed": [row.key for row in failed],
            **apart,
            "statement": statement.hash if statement else None,
            "opened": _reveal(sign_off),
            **(effects or {}),
        },
    )
    return end


def _apart(passed: Sequence[BoardRow], overridden: Sequence[BoardRow]) -> dict[str, list[str]]:
    """The items that came through otherwise than by this close: adopted first, overridden."""
    adopted = [row.key for row in passed if row.adopted]
    return {
        **({"adopted": adopted} if adopted else {}),
        **({"overridden": [row.key for row in overridden]} if overridden else {}),
    }


def _told(passed: Sequence[BoardRow], overridden: Sequence[BoardRow], has_failed: bool) -> Text:
    if has_failed:
        return _("Sign-off closed: not passed")
    if not overridden:
        return _("Sign-off closed: passed")
    text = _("Sign-off closed: {passed} items passed, {overridden} overridden")
    return format_lazy(text, passed=len(passed), overridden=len(overridden))


def _end_rows(rows: Sequence[BoardRow], outcome: str) -> None:
    live = [row for row in rows if getattr(row.ballot.ballot, "end", None) is None]
    end_ballots(
        ballots=[row.ballot.ballot for row in live],
        outcome=outcome,
        results={row.ballot.ballot_id: canonical.canonical(row.result) for row in live},
    )


def _reveal(sign_off: SignOff) -> list[dict[str, str]]:
    """Opens the commitments of a sealed sign-off: nonce and digest of each declaration."""
    if not sign_off.is_sealed:
        return []
    return [
        {
            "commitment": canonical.commitment(row.content, row.nonce),
            "nonce": row.nonce,
            "declaration": row.hash,
        }
        for row in sign_off.declarations.order_by("pk")
    ]


def _compose(plan: Plan, sign_off: SignOff, state: Board, now: datetime) -> CommonStatement:
    parts = list(adoptions_of(sign_off))
    content = compose(
        plan=plan,
        sign_off=sign_off,
        revision=frozen_of(plan),
        board=state,
        declarations=newest_declarations(sign_off),
        reservations=list(standing_reservations(plan)),
        closed_at=now,
        head=head_of(chain=record.plan_chain(plan.key)),
        parts=parts_said(parts, adopted_entries(parts)),
    )
    return CommonStatement.objects.create(
        sign_off=sign_off,
        revision=frozen_of(plan),
        content=content,
        hash=canonical.digest(content),
        at=now,
    )


@transaction.atomic
def end_without_result(*, actor: Actor, plan: Plan, reason: str) -> SignOffEnd:
    """End an open sign-off without evaluating it; positions stay on record. Reason compulsory."""
    plan = lock_plan(plan)
    require("sign_off.withdraw", ACTS, actor=actor, plan=plan)
    sign_off = open_one(plan)
    if not reason.strip():
        raise Invalid({"reason": _("Ending without result needs its reason.")})
    rows = sign_off.item_ballots.filter(ballot__end__isnull=True).select_related("ballot")
    end_ballots(
        ballots=[row.ballot for row in rows],
        outcome=Outcome.WITHOUT_RESULT.value,
        reason=reason,
    )
    end = SignOffEnd.objects.create(
        sign_off=sign_off,
        revision=plan.frozen or sign_off.revision,
        outcome=Outcome.WITHOUT_RESULT.value,
        reason=reason.strip(),
        at=clock.now(),
    )
    title = _("Sign-off ended without result")
    tell(plan, codes=signing_weights(plan), kind="sign_off.withdraw", title=title)
    record.append(
        chain=record.plan_chain(plan.key),
        actor=actor,
        act="sign_off.withdraw",
        subject=f"sign_off:{sign_off.pk}",
        effects={
            "reason": canonical.digest(reason.strip()),
            "opened": _reveal(sign_off),
        },
    )
    return end
