"""What the reply imposed, item by item: its conditions beside the wording submitted and now."""

from collections.abc import Sequence
from dataclasses import dataclass

from consult.approval.queries.replies import ConditionState, ReplyState
from plans.register.audits import mended_at
from plans.register.models import Plan
from plans.register.reading import Reading
from plans.text.comparing import compare, compare_draft
from plans.text.shown import ItemDifference, differences_of


@dataclass(frozen=True, kw_only=True)
class ImposedItem:
    """One item with what the reply says of it; `difference` is None while nothing differs, or where
    the reader does not see the draft."""

    before: Reading
    conditions: Sequence[ConditionState]
    difference: ItemDifference | None = None
    url: str = ""  # where it is edited

    @property
    def taken_up(self) -> str:
        return self.conditions[0].taken_up.value

    @property
    def taken_up_label(self) -> object:
        return self.conditions[0].taken_up.label


def imposed_items(plan: Plan, state: ReplyState, *, sees_draft: bool) -> list[ImposedItem]:
    """The items the reply names, in its order. The wording now is that of the approved text, before
    it is published that of the working draft. A fixed number of queries."""
    by_key: dict[str, list[ConditionState]] = {}
    for one in state.conditions:
        if one.before is not None:
            by_key.setdefault(one.key, []).append(one)
    differing = _differences(plan, state, frozenset(by_key), sees_draft=sees_draft)
    return [
        ImposedItem(
            before=before,
            conditions=some,
            difference=differing.get(key),
            url=mended_at(plan, item),
        )
        for key, some in by_key.items()
        if (before := some[0].before) is not None and (item := some[0].row.item) is not None
    ]


def _differences(
    plan: Plan, state: ReplyState, keys: frozenset[str], *, sees_draft: bool
) -> dict[str, ItemDifference]:
    if not keys:
        return {}
    if state.approved is not None:
        found = compare(old=state.submitted, new=state.approved)
    elif sees_draft and state.is_approving:
        found = compare_draft(plan=plan, old=state.submitted)
    else:
        return {}
    changes = [one for one in found.changes if one.key in keys and _differs(one.old, one.new)]
    return {one.reading.key: one for one in differences_of(changes)}


def _differs(old: object, new: object) -> bool:
    return getattr(old, "hash", "") != getattr(new, "hash", "")
