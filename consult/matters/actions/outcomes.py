"""How a matter ends: agreed by all its parties, its difference reserved, or withdrawn."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from consult.matters import steps
from consult.matters.enums import CommitmentState, MoveKind, Outcome
from consult.matters.models import Matter, MatterAgreement, MatterOption, OptionVersion
from consult.matters.queries import (
    agreement_row,
    commitments_of,
    day_of,
    draft_on_table,
    newest_version,
    opened_by,
    withdrawn_at,
)
from consult.matters.rules import objection_until, require, require_own
from consult.matters.steps import Wording
from plans.register.models import Plan
from plans.register.queries import latest_revision, titles_of
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import OF_ALL_PARTIES, Actor
from stakeholders.terms.errors import Conflict, Invalid

# With these a package can come into force when the matter is agreed.
READY = (CommitmentState.GIVEN, CommitmentState.IN_FORCE, CommitmentState.FULFILLED)


@transaction.atomic
def propose_agreement(
    *,
    actor: Actor,
    plan: Plan,
    matter: Matter,
    text: Wording,
    option: MatterOption | None = None,
    items: Sequence[str] = (),
    commitments: Sequence[int] = (),
) -> MatterAgreement:
    """Put on the table what would settle the matter: a text or an option, the provisions that
    carry it, the commitments that go with it. It takes the place of a former draft.

    Refused, Invalid, Conflict (closed, the option was withdrawn).
    """
    require("agreement.propose", actor=actor, plan=plan, matter=matter)
    if not text and option is None:
        raise Invalid({"text_zh": _("Say what is agreed, or choose the option.")})
    if items and not set(items) <= set(titles_of(latest_revision(plan))):
        raise Invalid({"items": _("Choose published provisions of this plan.")})
    matter = steps.lock_open(matter)
    version = _chosen(option)
    _require_whole(matter, commitments)
    draft = steps.write_agreement(
        matter=matter,
        actor=actor,
        text=text,
        option=version,
        items=items,
        commitments=commitments,
    )
    steps.tell(
        plan=plan,
        matter=matter,
        title=_("An agreement on matter {key} {title} is proposed: confirm or refuse it"),
        occasion=f"agreement-{draft.pk}",
    )
    steps.put_on_record(
        actor=actor,
        plan=plan,
        act="agreement.propose",
        matter=matter,
        effects={
            "agreement": draft.number,
            "text": canonical.digest_of([text.zh, text.en]),
            "option": option.label if option else None,
            "version": version.number if version else None,
            "items": draft.items,
            "commitments": draft.commitments,
        },
    )
    return draft


def _require_whole(matter: Matter, commitments: Sequence[int]) -> None:
    """Invalid unless these are commitments of the matter, with all they are tied to."""
    known = {row.commitment.number: row for row in commitments_of(matter, at=clock.now())}
    gone = {n for n, row in known.items() if row.worth.state == CommitmentState.TAKEN_BACK}
    if not set(commitments) <= set(known) - gone:
        raise Invalid({"commitments": _("Choose commitments of this matter.")})
    for number in set(commitments):
        ring = {one.number for one in known[number].package} | {
            one.number for one in known[number].needs
        }
        if not ring <= set(commitments):
            raise Invalid(
                {"commitments": _("A commitment is tied to others: take all of them or none.")}
            )


def _chosen(option: MatterOption | None) -> OptionVersion | None:
    if option is None:
        return None
    if getattr(option, "withdrawal", None) is not None:
        raise Conflict(_("This option was withdrawn."))
    return newest_version(option)


@transaction.atomic
def answer_agreement(
    *,
    actor: Actor,
    plan: Plan,
    matter: Matter,
    agreement: MatterAgreement,
    confirms: bool,
    reason: str = "",
) -> Matter:
    """Confirm or refuse, as a party, the draft on the table. The last confirmation closes the
    matter as agreed; one refusal keeps it open.

    Refused, Invalid, Conflict (closed, another draft is on the table, commitments that go with it
    still wait).
    """
    require("agreement.answer", actor=actor, plan=plan, matter=matter)
    if not confirms and not reason.strip():
        raise Invalid({"reason": _("Give the reason.")})
    matter = steps.lock_open(matter)
    if draft_on_table(matter) != agreement:
        raise Conflict(_("Another draft is on the table now. Read it and answer that one."))
    answer = steps.write_answer(agreement=agreement, actor=actor, confirms=confirms, reason=reason)
    is_agreed = agreement_row(matter, agreement).is_complete
    if is_agreed:
        _require_ready(matter, agreement)
        steps.close(matter, outcome=Outcome.AGREED)
        steps.move(matter=matter, actor=actor, kind=MoveKind.CLOSED)
    title = _("A party refuses the draft agreement on matter {key} {title}")
    if confirms:
        title = _("A party confirms the draft agreement on matter {key} {title}")
    if is_agreed:
        title = _("Matter {key} {title} is agreed: all its parties have confirmed")
    steps.tell(plan=plan, matter=matter, title=title, occasion=f"answer-{answer.pk}")
    steps.put_on_record(
        actor=actor,
        plan=plan,
        act="agreement.answer",
        matter=matter,
        effects={
            "agreement": agreement.number,
            "confirms": confirms,
            "reason": canonical.digest_of([reason]) if reason else None,
            "outcome": matter.outcome,
        },
    )
    return matter


def _require_ready(matter: Matter, agreement: MatterAgreement) -> None:
    """Conflict while a commitment of the draft still waits: the package comes whole or not."""
    waiting = [
        f"C{row.commitment.number}"
        for row in commitments_of(matter, at=clock.now())
        if row.commitment.number in agreement.commitments and row.worth.state not in READY
    ]
    if waiting:
        text = _("These commitments have to be given first: {names}.")
        raise Conflict(str(text).format(names=", ".join(waiting)))


@transaction.atomic
def close_matter(
    *, actor: Actor, plan: Plan, matter: Matter, note: str, review_on: date | None = None
) -> Matter:
    """Close a matter with its difference reserved (求同存异): each party's newest stand is kept as
    its view, and the matter comes up again on `review_on`.

    Refused, Invalid, Conflict.
    """
    require("matter.close", actor=actor, plan=plan, matter=matter)
    errors = {}
    if not note.strip():
        errors["note"] = _("Say what is reserved.")
    if review_on is None:
        errors["review_on"] = _("Say when it is looked at again.")
    elif review_on <= day_of(clock.now()):
        errors["review_on"] = _("Choose a day that is still to come.")
    if errors:
        raise Invalid(errors)
    matter = steps.lock_open(matter)
    views = matter.stands.order_by("jurisdiction_id", "-pk").distinct("jurisdiction_id")
    kept = [row.pk for row in views if row.jurisdiction in matter.jurisdictions.all()]
    steps.close(matter, outcome=Outcome.RESERVED, review_on=review_on)
    row = steps.move(matter=matter, actor=actor, kind=MoveKind.CLOSED, note=note)
    steps.tell(
        plan=plan,
        matter=matter,
        title=_("Matter {key} {title} was closed"),
        occasion=f"move-{row.pk}",
    )
    steps.put_on_record(
        actor=actor,
        plan=plan,
        act="matter.close",
        matter=matter,
        effects={
            "outcome": matter.outcome,
            "level": matter.level,
            "stands": kept,
            "review_on": str(review_on),
        },
    )
    return matter


@transaction.atomic
def withdraw_matter(*, actor: Actor, plan: Plan, matter: Matter, note: str) -> Matter:
    """Withdraw, as the side that opened it, an open matter. The other parties may object.

    Refused (opened by another side), Invalid, Conflict.
    """
    require("matter.withdraw", actor=actor, plan=plan, matter=matter)
    opener = opened_by(matter)
    office = opener is None or opener.role in OF_ALL_PARTIES
    code = None if office or opener is None else opener.jurisdiction_id
    require_own(actor=actor, act="matter.withdraw", code=code)
    if not note.strip():
        raise Invalid({"note": _("Give the reason.")})
    matter = steps.lock_open(matter)
    steps.close(matter, outcome=Outcome.WITHDRAWN)
    row = steps.move(matter=matter, actor=actor, kind=MoveKind.CLOSED, note=note)
    steps.tell(
        plan=plan,
        matter=matter,
        title=_("Matter {key} {title} was withdrawn; a party may object"),
        occasion=f"move-{row.pk}",
    )
    steps.put_on_record(
        actor=actor,
        plan=plan,
        act="matter.withdraw",
        matter=matter,
        effects={"outcome": matter.outcome, "level": matter.level},
    )
    return matter


@transaction.atomic
def object_to_withdrawal(*, actor: Actor, plan: Plan, matter: Matter, note: str) -> Matter:
    """Object, as a party, to the withdrawal of a matter: it is open again where it stood.

    Refused, Invalid, Conflict (not withdrawn, or too late).
    """
    require("matter.object", actor=actor, plan=plan, matter=matter)
    if not note.strip():
        raise Invalid({"note": _("Give the reason.")})
    matter = steps.lock_matter(matter)
    since = withdrawn_at(matter)
    if since is None:
        raise Conflict(_("This matter was not withdrawn."))
    if clock.now() >= objection_until(since):
        raise Conflict(_("The time to object to the withdrawal is over."))
    steps.reopen(matter)
    code = str(actor.jurisdiction_code)
    row = steps.move(matter=matter, actor=actor, kind=MoveKind.REOPENED, note=note, code=code)
    steps.tell(
        plan=plan,
        matter=matter,
        title=_("A party objects to the withdrawal of matter {key} {title}: it is open again"),
        occasion=f"move-{row.pk}",
    )
    steps.put_on_record(
        actor=actor,
        plan=plan,
        act="matter.object",
        matter=matter,
        effects={"former": Outcome.WITHDRAWN.value, "level": matter.level},
    )
    return matter
