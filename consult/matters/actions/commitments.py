"""Linked commitments: "A does x if B does y". Proposed, given, reported and confirmed as kept."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from consult.matters import steps
from consult.matters.enums import CommitmentEventKind, CommitmentState
from consult.matters.models import Commitment, Matter
from consult.matters.queries import CommitmentRow, commitments_of, confirmers_of
from consult.matters.rules import require, require_own
from consult.matters.steps import Wording
from plans.register.models import Plan
from stakeholders.notices.queries import told_keys
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Actor, ActorKind
from stakeholders.terms.duty import Text
from stakeholders.terms.errors import Conflict, Invalid, Refused
from stakeholders.terms.rights import Reason, Verdict

BINDING = (CommitmentState.IN_FORCE, CommitmentState.LAPSED)


@transaction.atomic
def propose_commitment(
    *,
    actor: Actor,
    plan: Plan,
    matter: Matter,
    holder: str,
    text: Wording,
    due_on: date | None = None,
    needs: Sequence[int] = (),
    needed_by: Sequence[int] = (),
) -> Commitment:
    """Propose that `holder` does something, if others (`needs`) do theirs.

    `needed_by` are commitments that shall hold only with this one; such a ring holds whole or not
    at all. A commitment already given cannot be bound to more. Refused, Invalid, Conflict.
    """
    require("commitment.propose", actor=actor, plan=plan, matter=matter)
    if holder not in {unit.code for unit in matter.jurisdictions.all()}:
        raise Invalid({"holder": _("Choose a party of the matter.")})
    if not text:
        raise Invalid({"text_zh": _("Say what is done.")})
    matter = steps.lock_open(matter)
    rows = {row.commitment.number: row for row in commitments_of(matter, at=clock.now())}
    if not {*needs, *needed_by} <= set(rows):
        raise Invalid({"needs": _("Choose commitments of this matter.")})
    for number in needed_by:
        if rows[number].worth.state != CommitmentState.PROPOSED:
            raise Conflict(_("A commitment that was given cannot be bound to more."))
    made = steps.write_commitment(
        matter=matter, actor=actor, holder=holder, text=text, due_on=due_on
    )
    steps.tie(
        [(made, rows[n].commitment) for n in sorted(set(needs))]
        + [(rows[n].commitment, made) for n in sorted(set(needed_by))]
    )
    steps.tell(
        plan=plan,
        matter=matter,
        title=_("A commitment was proposed in matter {key} {title}"),
        occasion=f"commitment-{made.pk}",
    )
    steps.put_on_record(
        actor=actor,
        plan=plan,
        act="commitment.propose",
        matter=matter,
        effects={
            "commitment": made.number,
            "holder": holder,
            "text": canonical.digest_of([text.zh, text.en]),
            "due_on": str(due_on) if due_on else None,
            "needs": sorted(set(needs)),
            "needed_by": sorted(set(needed_by)),
        },
    )
    return made


@transaction.atomic
def give_commitment(
    *, actor: Actor, plan: Plan, matter: Matter, commitment: Commitment, note: str = ""
) -> None:
    """Give one's word, as the holder. It binds when everything it needs was given too and the
    matter is agreed with it. Refused, Conflict."""
    row = _held("commitment.give", actor, plan, matter, commitment)
    if row.worth.state not in (CommitmentState.PROPOSED, CommitmentState.TAKEN_BACK):
        raise Conflict(_("This commitment was given already."))
    _say(
        actor,
        plan,
        matter,
        commitment,
        "commitment.give",
        CommitmentEventKind.GIVEN,
        note,
        _("A commitment was given in matter {key} {title}"),
    )


@transaction.atomic
def take_back_commitment(
    *, actor: Actor, plan: Plan, matter: Matter, commitment: Commitment, note: str
) -> None:
    """Take one's word back while it binds nobody; what relied on it waits again.

    Refused, Invalid, Conflict (in force, or never given).
    """
    row = _held("commitment.take_back", actor, plan, matter, commitment)
    if not note.strip():
        raise Invalid({"note": _("Give the reason.")})
    if row.worth.state in (*BINDING, CommitmentState.FULFILLED):
        raise Conflict(_("This commitment is in force: the others rely on it."))
    if row.worth.state not in (CommitmentState.GIVEN, CommitmentState.CONDITIONAL):
        raise Conflict(_("This commitment was not given."))
    _say(
        actor,
        plan,
        matter,
        commitment,
        "commitment.take_back",
        CommitmentEventKind.TAKEN_BACK,
        note,
        _("A commitment was taken back in matter {key} {title}"),
    )


@transaction.atomic
def report_commitment(
    *, actor: Actor, plan: Plan, matter: Matter, commitment: Commitment, note: str
) -> None:
    """Say, as the holder, that a commitment in force is kept, and how. The other side confirms.

    Refused, Invalid, Conflict.
    """
    row = _held("commitment.report", actor, plan, matter, commitment)
    if not note.strip():
        raise Invalid({"note": _("Say how it was kept.")})
    if row.worth.state not in BINDING:
        raise Conflict(_("Only a commitment in force can be kept."))
    _say(
        actor,
        plan,
        matter,
        commitment,
        "commitment.report",
        CommitmentEventKind.REPORTED,
        note,
        _("A commitment in matter {key} {title} is reported as kept: confirm it"),
    )


@transaction.atomic
def confirm_commitment(
    *, actor: Actor, plan: Plan, matter: Matter, commitment: Commitment, note: str = ""
) -> None:
    """Confirm, as the side it was promised to, that a commitment in force was kept.

    Refused (the holder itself, or a party it was not promised to), Conflict.
    """
    require("commitment.confirm", actor=actor, plan=plan, matter=matter)
    matter = steps.lock_matter(matter)
    rows = commitments_of(matter, at=clock.now())
    row = next(one for one in rows if one.commitment.pk == commitment.pk)
    if actor.jurisdiction_code not in confirmers_of(row, rows, matter):
        raise Refused(Verdict(allowed=False, reason=Reason.NOT_YOURS, act="commitment.confirm"))
    if row.worth.state not in BINDING:
        raise Conflict(_("Only a commitment in force can be kept."))
    _say(
        actor,
        plan,
        matter,
        commitment,
        "commitment.confirm",
        CommitmentEventKind.CONFIRMED,
        note,
        _("A commitment in matter {key} {title} was confirmed as kept"),
    )


def _held(
    act: str, actor: Actor, plan: Plan, matter: Matter, commitment: Commitment
) -> CommitmentRow:
    """The commitment as it stands, its matter locked, for its holder only. Keeping a promise goes
    on after the matter is closed."""
    require(act, actor=actor, plan=plan, matter=matter)
    require_own(actor=actor, act=act, code=str(commitment.holder_id))
    is_word = act in ("commitment.give", "commitment.take_back")
    matter = steps.lock_open(matter) if is_word else steps.lock_matter(matter)
    rows = commitments_of(matter, at=clock.now())
    return next(one for one in rows if one.commitment.pk == commitment.pk)


def _say(
    actor: Actor,
    plan: Plan,
    matter: Matter,
    commitment: Commitment,
    act: str,
    kind: CommitmentEventKind,
    note: str,
    title: Text,
) -> None:
    event = steps.write_event(commitment=commitment, actor=actor, kind=kind, note=note)
    steps.tell(plan=plan, matter=matter, title=title, occasion=f"event-{event.pk}")
    steps.put_on_record(
        actor=actor,
        plan=plan,
        act=act,
        matter=matter,
        effects={"commitment": commitment.number, "event": event.pk},
    )


@transaction.atomic
def tell_lapsed(*, actor: Actor, matter: Matter, at: datetime) -> int:
    """By the clock: who promised something in return for a commitment that has lapsed learns of
    it, once. Returns of how many pairs it was told here. Refused for anybody but the system."""
    if actor.kind is not ActorKind.SYSTEM:
        raise Refused(Verdict(allowed=False, reason=Reason.NO_MANDATE, act="commitment.lapse"))
    pairs = {
        f"commitment.lapse:{row.commitment.pk}:{lapsed.pk}": (row.commitment, lapsed)
        for row in commitments_of(matter, at=at)
        for lapsed in row.broken_by
        if lapsed.holder_id != row.commitment.holder_id
    }
    told = {key for _person, key in told_keys(keys=pairs)}
    fresh = [(key, pair) for key, pair in pairs.items() if key not in told]
    for key, (relying, lapsed) in fresh:
        steps.tell_lapse(matter=matter, relying=relying, lapsed=lapsed, key=key, at=at)
    return len(fresh)
