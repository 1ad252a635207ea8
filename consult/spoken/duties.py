"""Who owes a word on an act entered for it."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.spoken.enums import ActKind, confirmer_of
from consult.spoken.models import EnteredAct
from consult.spoken.queries import is_any_waiting, waiting_for, waiting_of
from plans.register.models import Plan
from stakeholders.people.enums import Basis
from stakeholders.terms.actor import Actor
from stakeholders.terms.duty import NOBODY, Duty, Text


def duties(*, plans: Sequence[Plan], now: datetime) -> list[Duty]:
    """Confirm or refuse, until the hour at which the entry lapses. Two queries at most."""
    return [_duty(act) for act in waiting_of(plans, at=now)] if is_any_waiting(at=now) else []


def duties_of_invited(*, actor: Actor, now: datetime) -> list[Duty]:
    """The same for the actor's own jurisdiction, also on plans it cannot see yet. Two queries at
    most."""
    if not is_any_waiting(at=now):
        return []
    return [_duty(act) for act in waiting_for(actor=actor, at=now)]


def _duty(act: EnteredAct) -> Duty:
    # Mail and feeds carry the titles of duties: of a sealed act they do not name the kind.
    title: Text = _("Confirm or refuse an act entered for you")
    if not act.is_sealed:
        title = format_lazy(
            _("Confirm or refuse what was entered for you: {act}"), act=ActKind(act.kind).label
        )
    # What is said ad referendum in a sealed act is known to nobody outside the party.
    by_office = act.basis == Basis.ON_EVIDENCE
    enterer = act.mandate.user_id if by_office else NOBODY
    return Duty(
        kind="spoken.confirm",
        plan_id=act.plan_id,
        subject_id=act.pk,
        title=title,
        url=reverse("spoken:detail", args=[act.plan.key, act.pk]),
        due_at=act.confirm_by,
        since=act.at,
        holder_code=str(act.jurisdiction_id),
        roles=frozenset({confirmer_of(act.kind).value}),
        secret_of=enterer if act.is_sealed else None,
    )
