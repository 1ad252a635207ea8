"""Where comments belong in a later revision or in the draft: few queries, however many comments."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from consult.phase2_preparation.anchoring import Anchor, Pin, State, anchor, heirs
from consult.phase2_preparation.models import Comment
from consult.phase2_preparation.proposals import quote_in
from plans.register.manifest import Place, Sealed
from plans.register.models import ItemVersion, Lineage, Plan, Revision
from plans.register.queries import canonical_contents


@dataclass(frozen=True, kw_only=True)
class There:
    """An item of the later text, for a link to it."""

    key: str
    number: str


@dataclass(frozen=True, kw_only=True)
class Placed:
    """A comment with its anchor and the items it belongs to."""

    comment: Comment
    anchor: Anchor
    items: tuple[There, ...]


Texts = Callable[[set[int]], Mapping[int, Mapping[str, str]]]


def placed_in_revision(comments: Sequence[Comment], *, revision: Revision) -> list[Placed]:
    """Comments read `with_unit`, in a revision of their plan. Four queries."""
    rows = revision.entries.values_list(
        "item_id", "item__key", "number", "version_id", "version__hash"
    )
    states, there, versions = {}, {}, {}
    for item, key, number, version, digest in rows:
        states[item] = State(wording=digest, number=number, texts={})
        there[item] = There(key=key, number=number)
        versions[item] = version

    def texts(items: set[int]) -> Mapping[int, Mapping[str, str]]:
        contents = canonical_contents(versions[item] for item in items)
        return {
            item: texts_of(json.loads(contents[versions[item]]).get("content")) for item in items
        }

    return _placed(comments, plan=revision.plan, states=states, there=there, texts=texts)


def placed_in_draft(
    comments: Sequence[Comment],
    *,
    plan: Plan,
    places: Sequence[Place],
    sealed: Mapping[int, Sealed],
) -> list[Placed]:
    """Comments read `with_unit`, in the working draft as `places` says it stands. Two queries."""
    by_item = {place.item.pk: place for place in places}
    states = {
        pk: State(wording=sealed[pk].hash, number=place.number, texts={})
        for pk, place in by_item.items()
    }
    there = {pk: There(key=place.item.key, number=place.number) for pk, place in by_item.items()}

    def texts(items: set[int]) -> Mapping[int, Mapping[str, str]]:
        return {item: texts_of(by_item[item].item.draft.content) for item in items}

    return _placed(comments, plan=plan, states=states, there=there, texts=texts)


def continuations_in(plan: Plan) -> dict[int, list[int]]:
    """Item -> the items it was split, merged or replaced into. One query."""
    found: dict[int, list[int]] = {}
    rows = Lineage.objects.filter(item__plan=plan).order_by("pk")
    for former, item in rows.values_list("predecessor_id", "item_id"):
        found.setdefault(former, []).append(item)
    return found


def _placed(
    comments: Sequence[Comment],
    *,
    plan: Plan,
    states: Mapping[int, State],
    there: Mapping[int, There],
    texts: Texts,
) -> list[Placed]:
    """Texts are read only where a passage has to be looked for."""
    continuations = continuations_in(plan)
    pinned = ItemVersion.objects.filter(pk__in={c.version_id for c in comments if c.version_id})
    hashes = dict(pinned.values_list("pk", "hash"))
    pins = [(comment, _pin(comment, hashes)) for comment in comments]
    wanted: set[int] = set()
    for _comment, pin in pins:
        if pin.quote is None or pin.item is None:
            continue
        found = heirs(pin.item, now=states, continuations=continuations)
        wanted |= {item for item in (pin.item, *found) if item in states}
    read = texts(wanted) if wanted else {}
    now = {
        item: replace(state, texts=read[item]) if item in read else state
        for item, state in states.items()
    }
    return [_one(comment, pin, now, continuations, there) for comment, pin in pins]


def _one(
    comment: Comment,
    pin: Pin,
    now: Mapping[int, State],
    continuations: Mapping[int, Sequence[int]],
    there: Mapping[int, There],
) -> Placed:
    found = anchor(pin, now=now, continuations=continuations)
    return Placed(comment=comment, anchor=found, items=tuple(there[one] for one in found.items))


def _pin(comment: Comment, hashes: Mapping[int, str]) -> Pin:
    if comment.item_id is None or comment.version_id is None:
        return Pin(item=None)
    number = str(getattr(comment, "article", "") or "")
    state = State(wording=hashes[comment.version_id], number=number, texts={})
    return Pin(item=comment.item_id, state=state, quote=quote_in(comment))


def texts_of(content: object) -> dict[str, str]:
    """Language -> text of an item's content; nothing for kinds without a text."""
    text = content.get("text") if isinstance(content, Mapping) else None
    if not isinstance(text, Mapping):
        return {}
    return {code: str(text.get(code) or "") for code in ("zh", "en")}


def moving(before: Sequence[Placed], after: Sequence[Placed]) -> list[Placed]:
    """Those that stand otherwise after a publishing than before it, as they stand after it."""
    was = {one.comment.pk: one.anchor for one in before}
    return [one for one in after if was.get(one.comment.pk) != one.anchor]
