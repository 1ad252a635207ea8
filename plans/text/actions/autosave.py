"""What a person types is kept until it saves. No act: nothing of it stands, so nothing of it is
on the record, and nobody but the mandate's holder ever reads it."""

from collections.abc import Mapping
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from plans.register.models import Plan
from plans.register.steps import lock_draft
from plans.text import steps
from plans.text.models import Autosave
from plans.text.queries import get_chapter, get_provision
from plans.text.rules import require_drafting
from plans.text.wording import Wording, wording_of
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor, ActorKind
from stakeholders.terms.errors import Invalid, Refused
from stakeholders.terms.rights import Reason, Verdict

MOST = 200_000  # characters of one editor altogether


@transaction.atomic
def keep_typed_edit(
    *,
    actor: Actor,
    plan: Plan,
    key: str,
    edits: int,
    fields: Mapping[str, list[str]],
    wording: Wording | None = None,
) -> Autosave | None:
    """Keep what was typed over the draft of a provision read as its save number `edits`.

    `wording`: what the fields say, where they say a whole one. What the draft holds already is
    forgotten instead, and None answered. Raises NotVisible, Refused (also while frozen), Invalid.
    """
    provision = get_provision(plan, key=key)
    require_drafting("provision.edit", actor=actor, plan=plan, chapter=provision.chapter)
    _check(fields)
    # A save on its way ends first: else what it saved would come back as typed and not saved.
    draft = lock_draft(provision.item)
    if wording is not None and wording == wording_of(draft):
        steps.drop_autosave(actor=actor, item=provision.item)
        return None
    return steps.put_autosave(actor=actor, item=provision.item, edits=edits, fields=fields)


@transaction.atomic
def keep_typed_provision(
    *, actor: Actor, plan: Plan, chapter: str, fields: Mapping[str, list[str]]
) -> Autosave:
    """Keep what was typed for a new provision of a chapter. NotVisible, Refused, Invalid."""
    into = get_chapter(plan, key=chapter)
    require_drafting("provision.add", actor=actor, plan=plan, chapter=into)
    _check(fields)
    return steps.put_autosave(actor=actor, chapter=into, edits=0, fields=fields)


@transaction.atomic
def discard_typed_edit(*, actor: Actor, plan: Plan, key: str) -> int:
    """Forget what the actor had typed over a provision; says whether there was any.

    Raises NotVisible, Refused.
    """
    provision = get_provision(plan, key=key)
    require_drafting("provision.edit", actor=actor, plan=plan, chapter=provision.chapter)
    return steps.drop_autosave(actor=actor, item=provision.item)


@transaction.atomic
def discard_typed_provision(*, actor: Actor, plan: Plan, chapter: str) -> int:
    """Forget what the actor had typed for a new provision; says whether there was any.

    Raises NotVisible, Refused.
    """
    into = get_chapter(plan, key=chapter)
    require_drafting("provision.add", actor=actor, plan=plan, chapter=into)
    return steps.drop_autosave(actor=actor, chapter=into)


def forget_typed(*, actor: Actor, older_than: timedelta) -> int:
    """Housekeeping: delete what was typed longer ago than `older_than`; says how many."""
    if actor.kind is not ActorKind.SYSTEM:
        verdict = Verdict(allowed=False, reason=Reason.NO_MANDATE, act="autosave.forget")
        raise Refused(verdict)
    return steps.drop_autosaves(before=clock.now() - older_than)


def _check(fields: Mapping[str, list[str]]) -> None:
    """What the database cannot hold, or nobody types."""
    texts = [text for values in fields.values() for text in values]
    if sum(map(len, texts)) > MOST:
        raise Invalid({"": _("This is too long to be kept unsaved.")})
    if any("\x00" in text for text in texts):
        raise Invalid({"": _("The text holds a null character and cannot be kept unsaved.")})
