"""Where comments belong in a later revision or in the draft: few queries, however many comments."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from consult.phase2_preparation.anchoring import Anchor, Pin, State, anchor, heirs
from consult.phase2_preparation.models import Comment
from consult.phase2_preparation.proposals import quote_in
from plans.indicators import queries as indicators
from plans.register.manifest import Place, Sealed, seal
from plans.register.models import ItemVersion, Lineage, Plan, Revision
from plans.register.queries import canonical_contents, drafts_of, latest_revision
from plans.register.rules import sees_draft
from plans.text.queries import numbers_of, standards_outline
from stakeholders.terms.actor import Actor


@dataclass(frozen=True, kw_only=True)
class There:
    """An item of the later text, for a link to it."""

    key: str
    number: str
    kind: str


@dataclass(frozen=True, kw_only=True)
class Placed:
    """A comment with its anchor and the items it belongs to, in the draft or as published."""

    comment: Comment
    anchor: Anchor
    items: tuple[There, ...]
    is_draft: bool = False


def placed_now(*, actor: Actor, plan: Plan, comment: Comment) -> Placed | None:
    """Where a comment read `with_unit` belongs in the working draft, or in the latest revision for
    who does not see the draft; None for one on the whole. A fixed number of queries."""
    revision = latest_revision(plan)
    if comment.item_id is None or revision is None:
        return None
    if not sees_draft(actor=actor, plan=plan):
        return placed_in_revision([comment], revision=revision)[0]
    items = _with_heirs(comment.item_id, continuations_in(plan))
    drafts = drafts_of(plan).filter(item__in=items, is_removed=False)
    numbers = _numbers_in_draft(plan)
    places = [
        Place(item=draft.item, number=numbers[draft.item.key])
        for draft in drafts
        if draft.item.key in numbers
    ]
    sealed = {place.item.pk: seal(place.item.draft) for place in places}
    return placed_in_draft([comment], plan=plan, places=places, sealed=sealed)[0]


def _with_heirs(item: int, continuations: Mapping[int, Sequence[int]]) -> set[int]:
    """The item and all it was split, merged or replaced into, however often. Pure."""
    found, row = {item}, [item]
    while row:
        row = [heir for one in row for heir in continuations.get(one, ()) if heir not in found]
        found.update(row)
    return found


def _numbers_in_draft(plan: Plan) -> dict[str, str]:
    """Item key -> number that the next revision would give it."""
    others = [*standards_outline(plan)[1], *indicators.outline(plan)[1]]
    articles = {key: str(number) for key, number in numbers_of(plan).items()}
    return articles | {place.item.key: place.number for place in others}


Texts = Callable[[set[int]], Mapping[int, Mapping[str, str]]]


def placed_in_revision(comments: Sequence[Comment], *, revision: Revision) -> list[Placed]:
    """Comments read `with_unit`, in a revision of their plan. Four queries."""
    rows = revision.entries.values_list(
        "item_id", "item__key", "item__kind", "number", "version_id", "version__hash"
    )
    states, there, versions = {}, {}, {}
    for item, key, kind, number, version, digest in rows:
        states[item] = State(wording=digest, number=number, texts={})
        there[item] = There(key=key, number=number, kind=kind)
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
    there = {
        pk: There(key=place.item.key, number=place.number, kind=place.item.kind)
        for pk, place in by_item.items()
    }

    def texts(items: set[int]) -> Mapping[int, Mapping[str, str]]:
        return {item: texts_of(by_item[item].item.draft.content) for item in items}

    found = _placed(comments, plan=plan, states=states, there=there, texts=texts)
    return [replace(one, is_draft=True) for one in found]


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
