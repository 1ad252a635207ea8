"""Amendments: a wording proposed, then adopted, declined or withdrawn."""

import json
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.functional import lazystr
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from plans.register.models import ItemDraft, Plan
from plans.register.steps import edit_draft, lock_plan, version_content
from plans.text import steps
from plans.text.collisions import Texts, changed, content_with, texts_of
from plans.text.enums import AmendmentOutcomeKind
from plans.text.models import Amendment, AmendmentOutcome, Provision
from plans.text.queries import (
    base_hash_of,
    get_amendment,
    get_provision,
    get_version,
    has_moved_on,
    is_open,
)
from plans.text.rules import require_amending, require_drafting, require_withdrawing
from plans.text.wording import check, wording_of
from stakeholders.notices.steps import notify
from stakeholders.people.queries import coordinators_of, people_of
from stakeholders.record import steps as record
from stakeholders.templatetags.in_language import chosen_when_read
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Actor, Role
from stakeholders.terms.errors import Conflict, Invalid, Text

REASON_LIMIT = 2_000


@transaction.atomic
def propose_amendment(
    *,
    actor: Actor,
    plan: Plan,
    item: str,
    base: str,
    texts: Texts,
    reason: str,
    comment: int | None = None,
) -> Amendment:
    """Propose `texts` for the provision `item`, against the state of it named by the hash `base`:
    a published version, or the draft as it stands. `comment`: whose wording is taken over.

    Raises NotVisible, Refused (also while frozen), Invalid, and Conflict with the present draft
    when the base is neither.
    """
    plan = lock_plan(plan)
    provision = get_provision(plan, key=item)
    require_amending(actor=actor, plan=plan)
    version = get_version(provision.item, digest=base)
    draft = provision.item.draft
    if version is None and base != base_hash_of(provision.item):
        text = _("The draft was changed while you wrote. Compare your text with it once more.")
        raise Conflict(text, theirs=draft)
    content = json.loads(version.content)["content"] if version else draft.content
    before = texts_of(content)
    _check_standing(draft)
    _check_reason(reason)
    if not changed(before, texts):
        raise Invalid({"text_zh": _("This is the wording that stands already.")})
    _check_texts(draft, texts)
    amendment = steps.create_amendment(
        plan=plan,
        item=provision.item,
        base=before,
        base_hash=base,
        base_version=version,
        texts=texts,
        reason=reason.strip(),
        comment=comment,
        actor=actor,
    )
    _ask(amendment, provision)
    _record(
        "amendment.propose",
        actor=actor,
        amendment=amendment,
        effects={
            "item": item,
            "base": base,
            "wording": canonical.digest_of(texts.as_dict()),
            "comment": comment,
        },
    )
    return amendment


@transaction.atomic
def apply_amendment(
    *, actor: Actor, plan: Plan, number: int, edits: int, texts: Texts | None = None
) -> AmendmentOutcome:
    """Make the proposed wording that of the draft, read as its save number `edits`.

    Where the draft's text is no longer the one the amendment began from, only `texts`, put
    together knowingly by a person who may draft in the chapter, become the draft.
    Raises NotVisible, Refused (also while frozen), Invalid, and Conflict with the present draft
    when it moved on without `texts`, or somebody saved after `edits`.
    """
    plan = lock_plan(plan)
    amendment, provision = _open(plan, number)
    require_drafting("amendment.apply", actor=actor, plan=plan, chapter=provision.chapter)
    _check_open(amendment)
    draft = provision.item.draft
    _check_standing(draft)
    if texts is None and has_moved_on(amendment):
        text = _("The draft has moved on since this was proposed. Put the texts together first.")
        raise Conflict(text, theirs=draft)
    wanted = texts or amendment.texts
    _check_texts(draft, wanted)
    changes = {"content": content_with(draft.content, wanted), "change_claim": ""}
    draft = edit_draft(draft=draft, edits=edits, actor=actor, changes=changes)
    digest = canonical.digest_of(version_content(draft))
    outcome = steps.end_amendment(
        amendment=amendment,
        outcome=AmendmentOutcomeKind.APPLIED,
        actor=actor,
        draft_hash=digest,
        edits=draft.edits,
    )
    _tell(amendment, actor, _("Your amendment {sign} was adopted into the draft"))
    _record(
        "amendment.apply",
        actor=actor,
        amendment=amendment,
        effects={
            "item": provision.item.key,
            "edits": draft.edits,
            "draft": digest,
            "verbatim": texts is None or texts == amendment.texts,
        },
    )
    return outcome


@transaction.atomic
def decline_amendment(*, actor: Actor, plan: Plan, number: int, reason: str) -> AmendmentOutcome:
    """Say no to a proposed wording, with the reason. By who may draft in the chapter.

    Raises NotVisible, Refused, Invalid.
    """
    plan = lock_plan(plan)
    amendment, provision = _open(plan, number)
    require_drafting("amendment.decline", actor=actor, plan=plan, chapter=provision.chapter)
    _check_open(amendment)
    _check_reason(reason)
    outcome = steps.end_amendment(
        amendment=amendment,
        outcome=AmendmentOutcomeKind.DECLINED,
        actor=actor,
        reason=reason.strip(),
    )
    _tell(amendment, actor, _("Your amendment {sign} was declined"))
    effects = {"item": provision.item.key, "reason": canonical.digest(outcome.reason)}
    _record("amendment.decline", actor=actor, amendment=amendment, effects=effects)
    return outcome


@transaction.atomic
def withdraw_amendment(*, actor: Actor, plan: Plan, number: int) -> AmendmentOutcome:
    """Take back what one's own party, or the joint team, proposed.

    Raises NotVisible, Refused, Invalid.
    """
    plan = lock_plan(plan)
    amendment, provision = _open(plan, number)
    require_withdrawing(actor=actor, plan=plan, amendment=amendment)
    _check_open(amendment)
    outcome = steps.end_amendment(
        amendment=amendment, outcome=AmendmentOutcomeKind.WITHDRAWN, actor=actor
    )
    effects = {"item": provision.item.key}
    _record("amendment.withdraw", actor=actor, amendment=amendment, effects=effects)
    return outcome


def _open(plan: Plan, number: int) -> tuple[Amendment, Provision]:
    amendment = get_amendment(plan, number=number)
    return amendment, get_provision(plan, key=amendment.item.key)


def _check_open(amendment: Amendment) -> None:
    if not is_open(amendment):
        raise Invalid({"": _("This amendment is closed already.")})


def _check_standing(draft: ItemDraft) -> None:
    if draft.is_removed:
        raise Invalid({"": _("This provision was taken out of the draft.")})


def _check_texts(draft: ItemDraft, texts: Texts) -> None:
    """Raise Invalid, by field, for texts that the provision may not have."""
    wording = replace(
        wording_of(draft),
        title_zh=texts.title_zh,
        title_en=texts.title_en,
        text_zh=texts.text_zh,
        text_en=texts.text_en,
        change_claim="",
    )
    check(wording)


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise Invalid({"reason": _("Give the reason.")})
    if len(reason) > REASON_LIMIT:
        limit = {"limit": REASON_LIMIT}
        raise Invalid({"reason": _("This text has at most %(limit)s characters.") % limit})


def _ask(amendment: Amendment, provision: Provision) -> None:
    """Tell who drafts the chapter, the joint office where nobody does; not the author."""
    now, plan = clock.now(), amendment.plan
    drafting = people_of(
        codes=provision.chapter.drafting, roles=[Role.PLANNER], at=now, plan_key=plan.key
    )
    people = {user for found in drafting.values() for user in found}
    people = people or set(coordinators_of(plan_key=plan.key, at=now))
    title = _("Amendment {sign} of {item} was proposed · {plan}")
    notify(
        people=people - {amendment.mandate.user_id},
        kind="amendment.proposed",
        title=format_lazy(
            title,
            sign=str(amendment),
            item=chosen_when_read(provision.item.draft.content["title"]),
            plan=lazystr(plan),
        ),
        url=reverse("text:amendment", args=[plan.key, amendment.number]),
        key=f"amendment.proposed:{amendment.pk}",
        plan_key=plan.key,
    )


def _tell(amendment: Amendment, actor: Actor, title: Text) -> None:
    """Tell the author, unless it was the author who acted."""
    author = amendment.mandate.user_id
    if author == actor.user_id:
        return
    notify(
        people=[author],
        kind="amendment",
        title=format_lazy(title, sign=str(amendment)),
        url=reverse("text:amendment", args=[amendment.plan.key, amendment.number]),
        key=f"amendment:{amendment.pk}",
        plan_key=amendment.plan.key,
    )


def _record(act: str, *, actor: Actor, amendment: Amendment, effects: dict[str, Any]) -> None:
    record.append(
        chain=record.plan_chain(amendment.plan.key),
        actor=actor,
        act=act,
        subject=f"amendment:{amendment.number}",
        effects=effects,
    )
