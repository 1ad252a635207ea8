"""Reading amendments: of a plan whose working draft the caller may see, and the credit for them.

That the reader sees the draft is asked by `rules.require_draft_sight` before.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import F, Q, QuerySet

from plans.register.models import Item, ItemVersion, Plan, RevisionItem
from plans.register.queries import whole_revisions
from plans.register.steps import version_content
from plans.text.collisions import Touched, change_of, collide, texts_of
from plans.text.enums import JOINT_TEAM, AmendmentOutcomeKind, AmendmentState
from plans.text.models import Amendment, AmendmentOutcome
from stakeholders.templatetags.in_language import in_language
from stakeholders.terms import canonical
from stakeholders.terms.errors import NotVisible


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """An amendment as it stands: its state, whether the text moved on, and what it collides with."""

    amendment: Amendment
    state: AmendmentState
    moved_on: bool = False
    collisions: list[Amendment] = field(default_factory=list)


def amendments_of(
    plan: Plan, *, state: str = "", item: str = "", party: str = ""
) -> QuerySet[Amendment]:
    """The amendments of a plan, newest first. `party` is a code, or "joint"."""
    rows = (
        Amendment.objects.filter(plan=plan)
        .select_related("item__draft", "outcome", "jurisdiction", "mandate__user")
        .select_related("mandate__organization", "mandate__jurisdiction", "base_version")
        .defer("jurisdiction__boundary", "mandate__jurisdiction__boundary")
        .order_by("-number")
    )
    if state == AmendmentState.OPEN:
        rows = rows.filter(outcome__isnull=True)
    elif state:
        rows = rows.filter(outcome__outcome=state)
    if item:
        rows = rows.filter(item__key=item)
    if party:
        whose = Q(jurisdiction__isnull=True) if party == JOINT_TEAM else Q(jurisdiction=party)
        rows = rows.filter(whose)
    return rows


def amended_items(plan: Plan) -> dict[str, str]:
    """Key -> title of the provisions somebody proposed a wording for. One query."""
    rows = Item.objects.filter(amendments__plan=plan).select_related("draft").distinct()
    texts = {item.key: texts_of(item.draft.content) for item in rows.order_by("key")}
    return {key: in_language(one, "title") for key, one in texts.items()}


def get_amendment(plan: Plan, *, number: int) -> Amendment:
    """One amendment of the plan. NotVisible when it is not there."""
    found = amendments_of(plan).filter(number=number).first()
    if found is None:
        raise NotVisible
    return found


def is_open(amendment: Amendment) -> bool:
    return not hasattr(amendment, "outcome")


def has_moved_on(amendment: Amendment) -> bool:
    """Whether the draft no longer holds the text that the amendment began from."""
    return texts_of(amendment.item.draft.content) != amendment.base_texts


def proposals(amendments: Sequence[Amendment]) -> list[Proposal]:
    """Amendments as they stand. One query, however many."""
    items = {one.item_id for one in amendments if is_open(one)}
    others = Amendment.objects.filter(item__in=items, outcome__isnull=True).order_by("number")
    rivals: dict[int, list[tuple[Amendment, Touched]]] = {}
    for one in others:
        rivals.setdefault(one.item_id, []).append((one, change_of(one.base_texts, one.texts)))
    return [_proposal(one, rivals.get(one.item_id, ())) for one in amendments]


def _proposal(amendment: Amendment, rivals: Iterable[tuple[Amendment, Touched]]) -> Proposal:
    if not is_open(amendment):
        return Proposal(amendment=amendment, state=AmendmentState(amendment.outcome.outcome))
    own = change_of(amendment.base_texts, amendment.texts)
    return Proposal(
        amendment=amendment,
        state=AmendmentState.OPEN,
        moved_on=has_moved_on(amendment),
        collisions=[
            other for other, change in rivals if other.pk != amendment.pk and collide(own, change)
        ],
    )


def base_hash_of(item: Item) -> str:
    """What names the present state of the draft as the base of an amendment."""
    return canonical.digest_of(version_content(item.draft))


def get_version(item: Item, *, digest: str) -> ItemVersion | None:
    return ItemVersion.objects.filter(item=item, hash=digest).first()


@dataclass(frozen=True, kw_only=True)
class Credit:
    """Who proposed a wording that a revision adopted; no revision while it is not published.

    `is_verbatim`: the revision holds the draft just as the amendment left it.
    """

    amendment: Amendment
    revision: int | None
    is_verbatim: bool


def credits_of(plan: Plan, *, item: str) -> list[Credit]:
    """The amendments adopted in an item, oldest first, each with the revision that followed.

    Three queries.
    """
    outcomes = (
        AmendmentOutcome.objects.filter(
            amendment__plan=plan, amendment__item__key=item, outcome=AmendmentOutcomeKind.APPLIED
        )
        .select_related("amendment__jurisdiction", "amendment__mandate__user")
        .select_related("amendment__mandate__organization", "amendment__mandate__jurisdiction")
        .order_by("at", "pk")
    )
    wholes = whole_revisions(plan.revisions.order_by("number"))
    published = list(wholes.values_list("published_at", "number"))
    held: Mapping[int, str] = dict(
        RevisionItem.objects.filter(revision__plan=plan, item__key=item)
        .annotate(hash=F("version__hash"))
        .values_list("revision__number", "hash")
    )
    times = [at for at, _number in published]
    found = []
    for outcome in outcomes:
        index = bisect_left(times, outcome.at)
        number = published[index][1] if index < len(published) else None
        found.append(
            Credit(
                amendment=outcome.amendment,
                revision=number,
                is_verbatim=number is not None and held.get(number) == outcome.draft_hash,
            )
        )
    return found
