"""Deciding on comments, one or many at once, and taking a bulk decision back."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from consult.matters.models import Matter
from consult.matters.queries import party_units
from consult.matters.steps import Wording
from consult.matters.steps import open_matter as open_matter_row
from consult.phase2_preparation import steps
from consult.phase2_preparation.enums import NEEDS_REASON, BatchKind, DispositionOutcome
from consult.phase2_preparation.models import Advice, Comment, Disposition, DispositionBatch
from consult.phase2_preparation.queries import batches, is_past
from consult.phase2_preparation.rules import require
from plans.register.models import Item, Plan
from plans.register.steps import lock_plan
from stakeholders.record import steps as record
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Conflict, Invalid, NotVisible


@dataclass(frozen=True, kw_only=True)
class NewMatter:
    """The matter that a comment is taken up as, when none exists yet.

    `stand`: what the commenter holds, as the facts of the matter begin with it.
    """

    title: Wording
    codes: tuple[str, ...]
    stand: Wording | None = None


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What comments are decided as. The texts may hold `{article}` and `{unit}` for many."""

    outcome: str
    reason_zh: str = ""
    reason_en: str = ""
    matter: Matter | None = None
    new_matter: NewMatter | None = None
    superseded_by: Comment | None = None
    superseded_item: Item | None = None
    follows: Advice | None = None

    def proposed(self) -> batches.Proposed:
        return batches.Proposed(
            outcome=self.outcome, reason_zh=self.reason_zh, reason_en=self.reason_en
        )


@transaction.atomic
def decide_disposition(
    *,
    actor: Actor,
    plan: Plan,
    comment: Comment,
    outcome: str,
    reason_zh: str = "",
    reason_en: str = "",
    matter: Matter | None = None,
    new_matter: NewMatter | None = None,
    superseded_by: Comment | None = None,
    superseded_item: Item | None = None,
    follows: Advice | None = None,
    seen: int | None = None,
) -> Disposition:
    """Decide on one comment, or decide anew: it is shown once published.

    `seen` is the id of the newest disposition of the plan when the form was shown.
    Refused, Invalid; Conflict where somebody else decided meanwhile. A reason is compulsory for a
    partly or not adopted comment; one that goes to a matter names an open matter of the plan, or
    opens a new one; a superseded one names the comment or the item in its place.
    """
    decision = Decision(
        outcome=outcome,
        reason_zh=reason_zh,
        reason_en=reason_en,
        matter=matter,
        new_matter=new_matter,
        superseded_by=superseded_by,
        superseded_item=superseded_item,
        follows=follows,
    )
    require("disposition.decide", actor=actor, plan=plan)
    one = comment.reply.round
    if comment.plan_id != plan.pk or (one.is_sealed and not is_past(one, at=clock.now())):
        raise NotVisible
    _check(decision, plan, [comment.pk])
    plan = lock_plan(plan)
    newest = comment.dispositions.order_by("-pk").first()
    if seen is not None and newest is not None and newest.pk > seen:
        raise Conflict(_("Somebody else decided on this comment meanwhile."), theirs=newest)
    resolved = _resolved(decision, actor, plan, comment)
    row = steps.write_dispositions(decided=[(comment, resolved)], actor=actor)[0]
    effects = {
        "disposition": row.pk,
        "content": _content(row),
        "matter": row.matter.key if row.matter else None,
        "superseded_by": _replacing(row),
        "follows": row.follows_id,
    }
    _append(actor, plan, "disposition.decide", f"comment:{comment}", effects)
    return row


@transaction.atomic
def decide_many(
    *,
    actor: Actor,
    plan: Plan,
    numbers: Collection[int],
    decision: Decision,
    seen: int,
    again: bool = False,
    kind: str = BatchKind.BULK,
) -> DispositionBatch:
    """Decide on many comments at once: one batch, one record entry, a fixed number of queries.

    `seen`: the newest disposition that the preview had shown. `again`: those already decided are
    decided anew, else they are left out. Refused, NotVisible for a number not there, Invalid;
    Conflict where one was decided meanwhile, or none is left.
    """
    require("disposition.decide", actor=actor, plan=plan)
    plan = lock_plan(plan)
    rows = batches.chosen_rows(actor=actor, plan=plan, numbers=numbers)
    if len(rows) != len(set(numbers)):
        raise NotVisible
    _check(decision, plan, [row.comment.pk for row in rows])
    changes = batches.changes_of(rows, proposed=decision.proposed(), again=again, seen=seen)
    if any(change.blocks for change in changes):
        raise Conflict(_("Some of these comments were decided on meanwhile: look at them again."))
    changes = [change for change in changes if not change.is_left_out]
    if not changes:
        raise Conflict(_("All of these comments are decided on already."))
    resolved = _resolved(decision, actor, plan, changes[0].row.comment)
    batch = steps.open_batch(
        plan=plan, actor=actor, kind=kind, outcome=decision.outcome, size=len(changes)
    )
    written = steps.write_dispositions(
        decided=[
            (c.row.comment, replace(resolved, reason_zh=c.reason_zh, reason_en=c.reason_en))
            for c in changes
        ],
        actor=actor,
        together=batch,
    )
    effects = {
        "batch": batch.pk,
        "outcome": batch.outcome,
        "matter": resolved.matter.key if resolved.matter else None,
        "dispositions": [[str(row.comment), row.pk, _content(row)] for row in written],
    }
    _append(actor, plan, "disposition.decide", f"plan:{plan.key}", effects)
    return batch


@transaction.atomic
def undo_batch(*, actor: Actor, plan: Plan, batch: DispositionBatch) -> int:
    """Take a bulk disposition back: what stood before stands again. Returns how many.

    Refused; Conflict once one of it is published, or when nothing of it stands.
    """
    require("disposition.undo", actor=actor, plan=plan)
    if batch.plan_id != plan.pk:
        raise NotVisible
    plan = lock_plan(plan)
    ids, published = batches.to_undo(batch=batch)
    if published:
        raise Conflict(_("Some of these dispositions are published already."))
    if not ids:
        raise Conflict(_("This was taken back already."))
    taken = steps.withdraw(ids=ids, actor=actor)
    effects = {"batch": batch.pk, "dispositions": ids}
    _append(actor, plan, "disposition.undo", f"plan:{plan.key}", effects)
    return taken


def _check(decision: Decision, plan: Plan, comments: Sequence[int]) -> None:
    """Invalid for what no comment can be decided as."""
    outcome = decision.outcome
    if outcome not in DispositionOutcome.values:
        raise Invalid({"outcome": _("Choose one of the values.")})
    if outcome in NEEDS_REASON and not (decision.reason_zh.strip() or decision.reason_en.strip()):
        raise Invalid({"reason_zh": _("Partly or not adopted: the reason is compulsory.")})
    if outcome != DispositionOutcome.TO_MATTER and (decision.matter or decision.new_matter):
        raise Invalid({"matter": _("Only a comment taken up as a matter names one.")})
    other, item = decision.superseded_by, decision.superseded_item
    if outcome != DispositionOutcome.SUPERSEDED and (other or item):
        raise Invalid({"superseded": _("Only a superseded comment names what takes its place.")})
    if outcome == DispositionOutcome.SUPERSEDED and not (other or item):
        raise Invalid({"superseded": _("Name the comment or the item that takes its place.")})
    foreign = (other is not None and other.plan_id != plan.pk) or (
        item is not None and item.plan_id != plan.pk
    )
    if foreign or (other is not None and other.pk in comments):
        raise Invalid({"superseded": _("Name another comment, or an item, of this plan.")})
    advice = decision.follows
    if advice is not None and advice.request.comment_id not in comments:
        raise Invalid({"follows": _("This advice was given on another comment.")})


def _resolved(decision: Decision, actor: Actor, plan: Plan, comment: Comment) -> steps.Resolved:
    matter = decision.matter
    if decision.outcome == DispositionOutcome.TO_MATTER:
        matter = _matter(actor, plan, comment, matter, decision.new_matter)
    return steps.Resolved(
        outcome=decision.outcome,
        reason_zh=decision.reason_zh,
        reason_en=decision.reason_en,
        matter=matter,
        superseded_by=decision.superseded_by,
        superseded_item=decision.superseded_item,
        follows=decision.follows,
    )


def _matter(
    actor: Actor, plan: Plan, comment: Comment, matter: Matter | None, new: NewMatter | None
) -> Matter:
    if matter is not None:
        if matter.plan_id != plan.pk:
            raise Invalid({"matter": _("Name a matter of this plan.")})
        return matter
    if new is None or not new.title:
        raise Invalid({"matter": _("Name the matter, or give a title for a new one.")})
    known = set(party_units(plan=plan).values_list("code", flat=True))
    if len(set(new.codes)) < 2 or not set(new.codes) <= known:
        raise Invalid({"codes": _("Choose at least two jurisdictions that take part in the plan.")})
    return open_matter_row(
        plan=plan,
        actor=actor,
        title=new.title,
        description=Wording(zh=comment.text_zh, en=comment.text_en),
        facts=new.stand,
        codes=new.codes,
        note=str(comment),
    )


def _content(row: Disposition) -> str:
    return canonical.digest_of([row.outcome, row.reason_zh, row.reason_en])


def _replacing(row: Disposition) -> str | None:
    """The comment or the item that takes the place of a superseded one, as the record names it."""
    if row.superseded_by is not None:
        return f"comment:{row.superseded_by}"
    return f"item:{row.superseded_item.key}" if row.superseded_item is not None else None


def _append(
    actor: Actor, plan: Plan, act: str, subject: str, effects: Mapping[str, object]
) -> None:
    record.append(
        chain=record.plan_chain(plan.key), actor=actor, act=act, subject=subject, effects=effects
    )
