"""One provision becomes several, several become one, or a new one takes the place of an old one.

The old ones leave the next revision and stay as predecessors of the new ones, whose drafts are
filled from them; the editor writes on from there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from plans.register.enums import LineageKind
from plans.register.models import Plan
from plans.register.steps import (
    edit_draft,
    link_predecessors,
    lock_plan,
    version_content,
)
from plans.text import steps
from plans.text.models import Provision
from plans.text.queries import get_provision
from plans.text.rules import require_drafting
from plans.text.wording import TITLE_LIMIT, Wording, check, merged_wording, wording_of
from stakeholders.record import steps as record
from stakeholders.terms import canonical
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Conflict, Invalid

MOST_PARTS = 12
KEY_LENGTH = 60


@transaction.atomic
def split_provision(
    *, actor: Actor, plan: Plan, key: str, edits: int, titles: Sequence[str]
) -> list[Provision]:
    """Put two or more new provisions, one for each title, in the place of one (its key).

    Each begins with the whole of its wording. Raises NotVisible, Refused (also while frozen),
    Invalid, and Conflict when it was saved after its save number `edits`, or is removed.
    """
    plan = lock_plan(plan)
    old = _standing(actor, plan, "item.split", key)
    named = [title.strip() for title in titles if title.strip()]
    if not 2 <= len(named) <= MOST_PARTS:
        text = _("Name two to %(most)s new articles, one title a line.")
        raise Invalid({"titles": text % {"most": MOST_PARTS}})
    if len(set(named)) < len(named) or any(len(title) > TITLE_LIMIT for title in named):
        raise Invalid({"titles": _("Each title is another one, of at most 200 characters.")})
    held = wording_of(old.item.draft)
    wordings = [_fresh(held, title_zh=title, title_en="") for title in named]
    return _succeed(
        actor=actor,
        plan=plan,
        kind=LineageKind.SPLIT,
        old=[old],
        edits={key: edits},
        wordings=wordings,
    )


@transaction.atomic
def merge_provisions(
    *,
    actor: Actor,
    plan: Plan,
    key: str,
    others: Sequence[str],
    title_zh: str,
    title_en: str = "",
) -> Provision:
    """Put one new provision in the place of `key` that also holds what the `others` say.

    Whoever was concerned by one of them is concerned; it is as binding and as closed as the
    strictest of them. The actor drafts in the chapters of all. Raises NotVisible, Refused (also
    while frozen), Invalid, Conflict.
    """
    plan = lock_plan(plan)
    keys = list(dict.fromkeys([key, *others]))
    old = [_standing(actor, plan, "item.merge", one) for one in keys]
    if len(old) < 2:
        raise Invalid({"others": _("Choose at least one other article to merge with.")})
    merged = merged_wording([wording_of(one.item.draft) for one in old])
    wording = replace(merged, title_zh=title_zh.strip(), title_en=title_en.strip())
    return _succeed(
        actor=actor,
        plan=plan,
        kind=LineageKind.MERGE,
        old=old,
        edits={one.item.key: one.item.draft.edits for one in old},
        wordings=[wording],
    )[0]


@transaction.atomic
def replace_provision(
    *, actor: Actor, plan: Plan, key: str, edits: int, title_zh: str, title_en: str = ""
) -> Provision:
    """Put a new provision in the place of an old one (its key), beginning with its text.

    Raises NotVisible, Refused (also while frozen), Invalid, Conflict.
    """
    plan = lock_plan(plan)
    old = _standing(actor, plan, "item.replace", key)
    held = wording_of(old.item.draft)
    wording = _fresh(held, title_zh=title_zh.strip(), title_en=title_en.strip())
    return _succeed(
        actor=actor,
        plan=plan,
        kind=LineageKind.REPLACE,
        old=[old],
        edits={key: edits},
        wordings=[wording],
    )[0]


def _fresh(held: Wording, *, title_zh: str, title_en: str) -> Wording:
    return replace(held, title_zh=title_zh, title_en=title_en, change_claim="")


def _standing(actor: Actor, plan: Plan, act: str, key: str) -> Provision:
    """A provision the actor may do `act` on and that was not removed yet."""
    provision = get_provision(plan, key=key)
    require_drafting(act, actor=actor, plan=plan, chapter=provision.chapter)
    if provision.item.draft.is_removed:
        raise Conflict(_("This article is taken out of the next revision already."))
    return provision


def _succeed(
    *,
    actor: Actor,
    plan: Plan,
    kind: LineageKind,
    old: Sequence[Provision],
    edits: Mapping[str, int],
    wordings: Sequence[Wording],
) -> list[Provision]:
    """The new provisions in the place of the first of the old ones, which are removed."""
    for wording in wordings:
        check(wording)
    chapter, place = old[0].chapter, _place(old[0])
    for one in old:
        edit_draft(
            draft=one.item.draft,
            edits=edits[one.item.key],
            actor=actor,
            changes={"is_removed": True},
        )
    made = [
        steps.create_provision(
            plan=plan,
            key=key,
            wording=wording,
            chapter=chapter,
            position=place + index,
            actor=actor,
        )
        for index, (key, wording) in enumerate(
            zip(_free_keys(plan, old[0].item.key, len(wordings)), wordings, strict=True)
        )
    ]
    for one in made:
        link_predecessors(
            item=one.item, predecessors=[p.item for p in old], kind=kind.value, actor=actor
        )
    _record(actor, plan, kind, old, made)
    return made


def _place(provision: Provision) -> int:
    """Its position, from 1, among those of its chapter that are not removed."""
    keys = (
        Provision.objects.filter(chapter=provision.chapter_id, item__draft__is_removed=False)
        .order_by("position", "pk")
        .values_list("pk", flat=True)
    )
    return list(keys).index(provision.pk) + 1


def _free_keys(plan: Plan, stem: str, number: int) -> list[str]:
    """Keys that say whence the items came: `taipu-2`, `taipu-3`."""
    taken = set(plan.items.values_list("key", flat=True))
    names = (f"{stem[: KEY_LENGTH - 5]}-{n}" for n in range(2, len(taken) + number + 3))
    return [name for name in names if name not in taken][:number]


def _record(
    actor: Actor,
    plan: Plan,
    kind: LineageKind,
    old: Sequence[Provision],
    made: Sequence[Provision],
) -> None:
    record.append(
        chain=record.plan_chain(plan.key),
        actor=actor,
        act=f"item.{kind.value}",
        subject=f"item:{old[0].item.key}",
        effects={
            "chapter": old[0].chapter.key,
            "predecessors": [one.item.key for one in old],
            "drafts": {
                one.item.key: canonical.digest_of(version_content(one.item.draft)) for one in made
            },
        },
    )
