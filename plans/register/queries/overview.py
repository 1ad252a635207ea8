"""The texts of a plan side by side: what is in force, what was published last, what is drafted."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db.models import Count, Max

from plans.register.enums import ItemKind
from plans.register.models import ItemDraft, Plan, Revision, RevisionItem
from plans.register.queries.revisions import whole_revisions
from stakeholders.terms.errors import Text


@dataclass(frozen=True, kw_only=True)
class TextState:
    """One text and how many items of each kind it holds; without a revision it is the draft."""

    revision: Revision | None
    counts: dict[str, int] = field(default_factory=dict)
    figures: list[tuple[Text, int]] = field(default_factory=list)
    edited_at: datetime | None = None
    is_in_force: bool = False
    is_frozen: bool = False

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def texts_of(plan: Plan, *, with_draft: bool) -> list[TextState]:
    """The text in force, the latest revision and, where it is for the reader, the working draft.

    Three queries, or four with the draft.
    """
    latest = whole_revisions(plan.revisions.defer("manifest")).order_by("-number").first()
    revisions = {one.pk: one for one in (plan.in_force, latest) if one is not None}
    rows = (
        RevisionItem.objects.filter(revision__in=list(revisions))
        .order_by()
        .values_list("revision", "item__kind")
        .annotate(size=Count("pk"))
    )
    held: dict[int, dict[str, int]] = {}
    for pk, kind, size in rows:
        held.setdefault(pk, {})[kind] = size
    found = [
        TextState(
            revision=one,
            counts=held.get(pk, {}),
            is_in_force=pk == plan.in_force_id,
            is_frozen=pk == plan.frozen_id,
        )
        for pk, one in revisions.items()
    ]
    return _compared([*found, _draft(plan)] if with_draft else found)


def _compared(texts: list[TextState]) -> list[TextState]:
    """Each with its figures: the kinds that any of the texts holds, in one order."""
    kinds = [kind for kind in ItemKind if any(one.counts.get(kind) for one in texts)]
    return [
        replace(one, figures=[(kind.label, one.counts.get(kind, 0)) for kind in kinds])
        for one in texts
    ]


def _draft(plan: Plan) -> TextState:
    drafts = ItemDraft.objects.filter(item__plan=plan, is_removed=False).order_by()
    rows = list(drafts.values_list("item__kind").annotate(size=Count("pk"), last=Max("edited_at")))
    return TextState(
        revision=None,
        counts={kind: size for kind, size, _last in rows},
        edited_at=max((last for _kind, _size, last in rows), default=None),
    )
