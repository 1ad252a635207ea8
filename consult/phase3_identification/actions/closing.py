"""Closing a sign-off: by its rules, or without result."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.ballots.enums import Outcome
from consult.ballots.steps import end_ballots
from consult.phase3_identification.board import Board, BoardRow, board
from consult.phase3_identification.models import (
    CommonStatement,
    SignOff,
    SignOffEnd,
)
from consult.phase3_identification.queries import (
    frozen_of,
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
from stakeholders.terms.duty import Blocker
from stakeholders.terms.errors import Blocked, Invalid


@transaction.atomic
def close_sign_off(*, actor: Actor, plan: Plan) -> SignOffEnd:
    """Close the sign-off: every item is held against its rule; passed when all of them pass.

    A coordinator closes when all have spoken or the hour has come; SYSTEM only at the hour. A
    passed one composes the common statement. Raises Refused, Conflict, Blocked with who is missing.
    """
    plan = lock_plan(plan)
    require("sign_off.close", ACTS, actor=actor, plan=plan)
    sign_off = open_one(plan)
    now = clock.now()
    is_due = sign_off.closes_at is not None and now >= sign_off.closes_at
    state = board(sign_off=sign_off, revision=frozen_of(plan))
    _refuse_early(plan, state, is_due=is_due, is_person=actor.kind is not ActorKind.SYSTEM)
    passed = [row for row in state.rows if row.passes]
    is_passed = len(passed) == len(state.rows)
    _end_rows(passed, Outcome.PASSED.value)
    _end_rows([row for row in state.rows if not row.passes], Outcome.FAILED.value)
    _end_rows(state.removed, Outcome.SUPERSEDED.value)
    failed = [row.key for row in state.rows if not row.passes]
    end = SignOffEnd.objects.create(
        sign_off=sign_off,
        revision=frozen_of(plan),
        outcome=Outcome.PASSED.value if is_passed else Outcome.FAILED.value,
        result=canonical.canonical(
            {"passed": len(passed), "failed": failed, "totals": dict(state.totals)}
        ),
        at=now,
    )
    statement = _compose(plan, sign_off, state, now) if is_passed else None
    title = _("Sign-off closed: passed") if is_passed else _("Sign-off closed: not passed")
    tell(plan, codes=[p.code for p in state.parties], kind="sign_off.close", title=title)
    record.append(
        chain=record.plan_chain(plan.key),
        actor=actor,
        act="sign_off.close",
        subject=f"sign_off:{sign_off.pk}",
        effects={
            "revision": frozen_of(plan).hash,
            "outcome": end.outcome,
            "failed": failed,
            "statement": statement.hash if statement else None,
            "opened": _reveal(sign_off),
        },
    )
    return end


def _refuse_early(plan: Plan, state: Board, *, is_due: bool, is_person: bool) -> None:
    if is_due:
        return
    url = reverse("identification:overview", args=[plan.key])
    missing = [party for party in state.parties if party.code not in state.spoken]
    blockers = [
        Blocker(
            code="position",
            text=format_lazy(_("{party} has not taken a position."), party=party),
            url=url,
        )
        for party in missing
    ]
    if not is_person:
        text = _("The closing hour has not come.")
        blockers.append(Blocker(code="hour", text=text, url=url))
    if blockers:
        raise Blocked(blockers)


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
    content = compose(
        plan=plan,
        sign_off=sign_off,
        revision=frozen_of(plan),
        board=state,
        declarations=newest_declarations(sign_off),
        reservations=list(standing_reservations(plan)),
        closed_at=now,
        head=head_of(chain=record.plan_chain(plan.key)),
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
