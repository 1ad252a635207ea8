"""Deciding on comments, publishing in one batch, the commenter's answer, reasons of changes."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.matters.models import Matter
from consult.matters.queries import party_units
from consult.matters.steps import Wording
from consult.matters.steps import open_matter as open_matter_row
from consult.phase2_preparation import steps
from consult.phase2_preparation.enums import NEEDS_REASON, DispositionOutcome
from consult.phase2_preparation.models import ChangeReason, Comment, CommenterAnswer, Disposition
from consult.phase2_preparation.queries import is_past
from consult.phase2_preparation.queries.dispositions import decided_unpublished
from consult.phase2_preparation.rules import require
from plans.register.models import Item, Plan
from plans.register.steps import lock_plan
from stakeholders.notices.steps import notify
from stakeholders.people.queries import coordinators_of, people_of
from stakeholders.record import steps as record
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Actor, Role
from stakeholders.terms.duty import Text
from stakeholders.terms.errors import Conflict, Invalid, NotVisible


@dataclass(frozen=True, kw_only=True)
class NewMatter:
    """The matter that a comment is taken up as, when none exists yet."""

    title: Wording
    codes: tuple[str, ...]


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
) -> Disposition:
    """Decide on one comment, or decide anew: it is shown once published. Refused, Invalid.

    A reason is compulsory for a partly or not adopted comment; one that goes to a matter names
    an open matter of the plan, or opens a new one.
    """
    require("disposition.decide", actor=actor, plan=plan)
    one = comment.reply.round
    if comment.plan_id != plan.pk or (one.is_sealed and not is_past(one, at=clock.now())):
        raise NotVisible
    if outcome not in DispositionOutcome.values:
        raise Invalid({"outcome": _("Choose one of the values.")})
    if outcome in NEEDS_REASON and not (reason_zh.strip() or reason_en.strip()):
        raise Invalid({"reason_zh": _("Partly or not adopted: the reason is compulsory.")})
    plan = lock_plan(plan)
    if outcome == DispositionOutcome.TO_MATTER:
        matter = _matter(actor, plan, comment, matter, new_matter)
    elif matter is not None or new_matter is not None:
        raise Invalid({"matter": _("Only a comment taken up as a matter names one.")})
    row = steps.write_disposition(
        comment=comment,
        actor=actor,
        outcome=outcome,
        reason_zh=reason_zh,
        reason_en=reason_en,
        matter=matter,
    )
    effects = {
        "disposition": row.pk,
        "content": canonical.digest_of([row.outcome, row.reason_zh, row.reason_en]),
        "matter": matter.key if matter else None,
    }
    _append(actor, plan, "disposition.decide", f"comment:{comment}", effects)
    return row


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
        codes=new.codes,
        note=str(comment),
    )


@transaction.atomic
def publish_dispositions(
    *, actor: Actor, plan: Plan, numbers: Collection[int] | None = None
) -> list[Disposition]:
    """Show the decided dispositions to all in one batch: all, or those of the comments named.

    Refused; Conflict when nothing waits for publishing.
    """
    require("disposition.publish", actor=actor, plan=plan)
    plan = lock_plan(plan)
    rows = decided_unpublished(plan=plan)
    if numbers is not None:
        rows = [row for row in rows if row.comment.number in numbers]
    if not rows:
        raise Conflict(_("No decided disposition waits for publishing."))
    batch = steps.publish(dispositions=rows, actor=actor)
    codes = plan.parties.filter(left_at__isnull=True).values_list("jurisdiction_id", flat=True)
    at = clock.now()
    people = people_of(codes=codes, roles=[Role.CONTACT_POINT], at=at, plan_key=plan.key)
    text = _("The dispositions of {count} comments were published")
    _tell(
        plan,
        {pk for ids in people.values() for pk in ids},
        format_lazy(text, count=str(len(rows))),
        reverse("preparation:dispositions", args=[plan.key]),
        f"dispositions:{batch}",
    )
    effects = {
        "batch": batch,
        "dispositions": [[str(row.comment), row.pk, row.outcome] for row in rows],
    }
    _append(actor, plan, "disposition.publish", f"plan:{plan.key}", effects)
    return rows


@transaction.atomic
def answer_disposition(
    *, actor: Actor, plan: Plan, disposition: Disposition, accepts: bool, text: str = ""
) -> CommenterAnswer:
    """Say for the commenter whether it accepts the disposition. Refused, Invalid, Conflict."""
    comment = disposition.comment
    require("disposition.answer", actor=actor, plan=plan, code=comment.jurisdiction_id)
    if not accepts and not text.strip():
        raise Invalid({"text": _("Say why it is not accepted.")})
    plan = lock_plan(plan)
    shown = comment.dispositions.filter(publication__isnull=False).order_by("-pk").first()
    if shown is None or shown.pk != disposition.pk:
        raise Conflict(_("A newer disposition was published: read it first."), theirs=shown)
    row = steps.write_answer(disposition=disposition, actor=actor, accepts=accepts, text=text)
    _tell(
        plan,
        set(coordinators_of(plan_key=plan.key, at=clock.now())),
        format_lazy(_("The commenter answered the disposition of {comment}"), comment=str(comment)),
        reverse("preparation:comment", args=[plan.key, comment.number]),
        f"answer:{row.pk}",
    )
    effects = {
        "disposition": disposition.pk,
        "accepts": accepts,
        "text": canonical.digest(row.text),
    }
    _append(actor, plan, "disposition.answer", f"comment:{comment}", effects)
    return row


@transaction.atomic
def explain_change(
    *,
    actor: Actor,
    plan: Plan,
    item: Item,
    disposition: Disposition | None = None,
    matter: Matter | None = None,
    note: str = "",
) -> ChangeReason:
    """Say why an item is changed: by a disposition, a matter or a named decision.

    Refused, Invalid.
    """
    require("change.explain", actor=actor, plan=plan)
    if disposition is None and matter is None and not note.strip():
        raise Invalid({"note": _("Name the comment, the matter or the decision.")})
    foreign = (
        item.plan_id != plan.pk
        or (disposition is not None and disposition.comment.plan_id != plan.pk)
        or (matter is not None and matter.plan_id != plan.pk)
    )
    if foreign:
        raise Invalid({"item": _("This does not belong to this plan.")})
    row = steps.explain(
        plan=plan, item=item, actor=actor, disposition=disposition, matter=matter, note=note
    )
    effects = {
        "reason": row.pk,
        "disposition": disposition.pk if disposition else None,
        "matter": matter.key if matter else None,
        "note": canonical.digest(row.note),
    }
    _append(actor, plan, "change.explain", f"item:{item.key}", effects)
    return row


def _tell(plan: Plan, people: set[int], title: Text, url: str, key: str) -> None:
    notify(people=people, kind="disposition", title=title, url=url, key=key, plan_key=plan.key)


def _append(
    actor: Actor, plan: Plan, act: str, subject: str, effects: Mapping[str, object]
) -> None:
    record.append(
        chain=record.plan_chain(plan.key),
        actor=actor,
        act=act,
        subject=subject,
        effects=effects,
    )
