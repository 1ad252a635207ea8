"""What each way of changing the text in force may change, and what keeps a draft from it.

A correction mends what everybody reads the same way; a local adjustment leaves what binds: the
strength of an item, whom it concerns, the targets of binding indicators. All else is an amendment.
"""

import json
from collections.abc import Iterator, Mapping, Sequence

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.workflow.enums import ChangeWay
from consult.workflow.queries import Change
from consult.workflow.queries.changes import Changing, Worded
from plans.register.enums import ChangeKind, ItemKind, Strength
from plans.register.models import ItemVersion, Plan, RevisionItem
from plans.templatetags.plan_rooms import article_label
from stakeholders.terms.duty import Blocker, Text

ALLOWED: Mapping[ChangeWay, frozenset[ChangeKind]] = {
    ChangeWay.CORRECTION: frozenset({ChangeKind.EDITORIAL, ChangeKind.TRANSLATION}),
    ChangeWay.ADJUSTMENT: frozenset(
        {
            ChangeKind.EDITORIAL,
            ChangeKind.TRANSLATION,
            ChangeKind.TEXT,
            ChangeKind.MAP,
            ChangeKind.INDICATOR,
        }
    ),
}
TOO_MUCH: Mapping[ChangeWay, Text] = {
    ChangeWay.CORRECTION: _(
        "{item}: “{kind}” is more than a correction. Claim the change as editorial and have another "
        "party confirm it, or make it a local adjustment or an amendment."
    ),
    ChangeWay.ADJUSTMENT: _("{item}: “{kind}” is more than a local adjustment: make an amendment."),
}
BINDING = _("{item}: the target of a binding indicator is changed by an amendment only.")
UNNAMED = _("{item} was changed, and this change does not name it.")
ELSEWHERE = _("{item} stands elsewhere than in the text in force: move it back first.")
CHAPTERS = _("The chapters differ from those in force: a change of items leaves them.")
NOTHING = _("The draft reads as the text in force: word the change first.")
FIXED = ("target", "target_year", "allocations", "path")


def unnamed(plan: Plan, change: Changing, keys: Sequence[str]) -> list[Blocker]:
    """A line for each of `keys`, items that differ from those in force, the amendment does not name;
    an item it adds is not in force yet and need not be named."""
    held = RevisionItem.objects.filter(revision=plan.in_force_id, item__key__in=keys)
    known = set(held.values_list("item__key", flat=True))
    named = set(change.row.items)
    return _lines(plan, "change.unnamed", UNNAMED, [k for k in keys if k in known - named])


def elsewhere(plan: Plan, keys: Sequence[str]) -> list[Blocker]:
    """A line for each item that stands elsewhere than in the text in force."""
    return _lines(plan, "change.elsewhere", ELSEWHERE, keys)


def _lines(plan: Plan, code: str, text: Text, keys: Sequence[str]) -> list[Blocker]:
    url = reverse("text:home", args=[plan.key])
    return [
        Blocker(code=code, text=format_lazy(text, item=key), url=url, grant="draft") for key in keys
    ]


def blockers(plan: Plan, change: Changing, found: Worded) -> list[Blocker]:
    """Why the draft cannot be put to the parties as this correction or adjustment. One query."""
    drafts = reverse("text:home", args=[plan.key])
    named = frozenset(change.row.items)
    lines = [
        _blocker("change.unnamed", UNNAMED, one, drafts)
        for one in found.changes
        if one.reading.key not in named and one.kind is not ChangeKind.MOVED
    ]
    allowed = ALLOWED.get(change.way, frozenset(ChangeKind))
    lines += [
        _blocker("change.too_much", TOO_MUCH[change.way], one, drafts)
        for one in found.changes
        if one.kind not in allowed
    ]
    lines += [
        _blocker("change.binding", BINDING, one, drafts) for one in _fixed(plan, found.changes)
    ]
    headings = [[one.key, one.title_zh, one.title_en] for one in found.pending.headings]
    if plan.in_force and headings != json.loads(plan.in_force.manifest).get("headings", []):
        lines.append(Blocker(code="change.chapters", text=CHAPTERS, url=drafts, grant="draft"))
    if not found.changes:
        lines.append(Blocker(code="change.nothing", text=NOTHING, url=drafts, grant="draft"))
    return lines


def _fixed(plan: Plan, changes: Sequence[Change]) -> Iterator[Change]:
    """Binding indicators whose target or allocations differ from those in force."""
    some = {one.reading.key: one for one in changes if one.kind is ChangeKind.INDICATOR}
    rows = ItemVersion.objects.filter(
        revision_entries__revision=plan.in_force_id,
        item__key__in=some,
        item__kind=ItemKind.INDICATOR,
        strength=Strength.BINDING,
    ).select_related("item__draft")
    for row in rows if some else ():
        before = json.loads(row.content)["content"]
        after = row.item.draft.content
        if any(before.get(name) != after.get(name) for name in FIXED):
            yield some[row.item.key]


def _blocker(code: str, text: Text, one: Change, url: str) -> Blocker:
    number = one.reading.number
    item = article_label(number) or number or one.reading.key
    said = format_lazy(text, item=item, kind=one.kind.label)
    return Blocker(code=code, text=said, url=url, grant="draft")
