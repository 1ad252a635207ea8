"""Signing the comment of another jurisdiction, and taking the signature back."""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consult.phase2_preparation import steps
from consult.phase2_preparation.checks import still_asked
from consult.phase2_preparation.models import Comment, CommentSupport
from consult.phase2_preparation.queries import is_past, signs_now, visible_comments
from consult.phase2_preparation.rules import require
from plans.register.models import Plan
from plans.register.steps import lock_plan
from stakeholders.record import steps as record
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Conflict, Invalid, NotVisible

MOST = 300


@transaction.atomic
def cosign_comment(
    *, actor: Actor, plan: Plan, comment: Comment, withdraw: bool = False, text: str = ""
) -> CommentSupport:
    """Sign another jurisdiction's comment for one's own, or take the signature back (`withdraw`).

    Only while its round takes answers of the own jurisdiction, and never while it is sealed: then
    the comment is not there. NotVisible, Refused, Invalid, Conflict.
    """
    require("comment.cosign", actor=actor, plan=plan)
    plan = lock_plan(plan)
    found = visible_comments(actor=actor, plan=plan).select_related("reply__round")
    shown = found.filter(Q(is_revealed=True), pk=comment.pk).first()
    if shown is None:
        raise NotVisible
    one = shown.reply.round
    still_asked(one, actor, "comment.cosign")
    if is_past(one, at=clock.now()) and one.is_sealed:
        raise Conflict(_("This round is closed."))
    if shown.jurisdiction_id == actor.jurisdiction:
        raise Invalid({"": _("This comment is your own.")})
    if len(text) > MOST:
        raise Invalid({"text": _("This text is too long.")})
    if signs_now(shown, code=actor.jurisdiction) is not withdraw:
        raise Conflict(
            _("Your jurisdiction does not sign this comment.")
            if withdraw
            else _("Your jurisdiction signs this comment already.")
        )
    row = steps.write_support(comment=shown, actor=actor, is_withdrawn=withdraw, text=text)
    record.append(
        chain=record.plan_chain(plan.key),
        actor=actor,
        act="comment.cosign",
        subject=f"comment:{shown.number}",
        effects={"withdrawn": withdraw, "text": canonical.digest(row.text)},
    )
    return row
