"""Reading bulk dispositions: what they would do, what they did, and whether they can be undone."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Max, Q

from consult.phase2_preparation.enums import NEEDS_REASON, DispositionOutcome, Warned
from consult.phase2_preparation.filling import filled
from consult.phase2_preparation.models import Comment, Disposition, DispositionBatch
from consult.phase2_preparation.queries.dispositions import Row, disposition_table, rows_of
from plans.register.models import Plan
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import NotVisible


@dataclass(frozen=True, kw_only=True)
class Proposed:
    """What many comments would be decided as, before its texts are filled in for each."""

    outcome: str
    reason_zh: str = ""
    reason_en: str = ""

    def get_outcome_display(self) -> str:
        return str(DispositionOutcome(self.outcome).label)


@dataclass(frozen=True, kw_only=True)
class Change:
    """What a bulk disposition does to one comment: what it is now, what it becomes."""

    row: Row
    reason_zh: str
    reason_en: str
    warnings: tuple[Warned, ...]
    is_left_out: bool

    @property
    def blocks(self) -> bool:
        """Whether this comment keeps the whole from being applied."""
        return not self.is_left_out and bool({Warned.NO_REASON, Warned.CHANGED} & {*self.warnings})


def newest_seen(*, plan: Plan) -> int:
    """The id of the newest disposition of the plan: what a page has shown goes up to it."""
    found = Disposition.every.filter(comment__plan=plan).aggregate(last=Max("pk"))["last"]
    return int(found or 0)


def chosen_rows(*, actor: Actor, plan: Plan, numbers: Collection[int]) -> list[Row]:
    """The rows of the comments named that the actor sees, in order; three queries."""
    found = disposition_table(actor=actor, plan=plan).filter(number__in=list(numbers))
    return rows_of(list(found))


def changes_of(
    rows: Collection[Row], *, proposed: Proposed, again: bool, seen: int
) -> list[Change]:
    """What the proposal does to each row. `again`: those already decided are decided anew."""
    return [_change(row, proposed, again=again, seen=seen) for row in rows]


def _change(row: Row, proposed: Proposed, *, again: bool, seen: int) -> Change:
    zh, en = names_in(row.comment, "zh"), names_in(row.comment, "en")
    reason_zh = filled(proposed.reason_zh, article=zh[0], unit=zh[1]).strip()
    reason_en = filled(proposed.reason_en, article=en[0], unit=en[1]).strip()
    warnings = []
    if row.disposition is not None:
        warnings.append(Warned.PUBLISHED if row.is_published else Warned.DECIDED)
        if row.answer is not None:
            warnings.append(Warned.ANSWERED)
        if row.disposition.pk > seen:
            warnings.append(Warned.CHANGED)
    if proposed.outcome in NEEDS_REASON and not (reason_zh or reason_en):
        warnings.append(Warned.NO_REASON)
    return Change(
        row=row,
        reason_zh=reason_zh,
        reason_en=reason_en,
        warnings=tuple(warnings),
        is_left_out=row.disposition is not None and not again and row.disposition.pk <= seen,
    )


def names_in(comment: Comment, language: str) -> tuple[str, str]:
    """(article, commenter) of a comment as a reason in `language` names them."""
    number = str(getattr(comment, "article", None) or "")
    if language == "zh":
        article = f"第{number}条" if number.isdigit() else number or "规划整体"
    else:
        article = f"Article {number}" if number.isdigit() else number or "the plan as a whole"
    who = comment.jurisdiction
    if who is None:
        return article, comment.reply.speaker
    zh, en = who.name_zh, who.name_en
    return article, (zh or en) if language == "zh" else (en or zh)


@dataclass(frozen=True, kw_only=True)
class Undoable:
    """A bulk disposition with how many of its rows still stand, and how many are published."""

    batch: DispositionBatch
    standing: int
    published: int

    @property
    def can_be_undone(self) -> bool:
        return self.standing > 0 and self.published == 0


def batches_of(*, plan: Plan) -> list[Undoable]:
    """The bulk dispositions of a plan, newest first. One query."""
    stands = Q(dispositions__withdrawal__isnull=True)
    shown = Count("dispositions__publication")
    rows = (
        DispositionBatch.objects.filter(plan=plan)
        .select_related("mandate__user")
        .annotate(standing=Count("dispositions", filter=stands), published=shown)
        .order_by("-pk")
    )
    return [Undoable(batch=row, standing=row.standing, published=row.published) for row in rows]


def last_undoable(*, plan: Plan) -> Undoable | None:
    """The newest bulk disposition, while it can be undone."""
    last = DispositionBatch.objects.filter(plan=plan).order_by("-pk").first()
    if last is None:
        return None
    one = _standing(last)
    return one if one.can_be_undone else None


def get_batch(*, plan: Plan, pk: int) -> DispositionBatch:
    found = DispositionBatch.objects.filter(plan=plan, pk=pk).first()
    if found is None:
        raise NotVisible
    return found


def _standing(batch: DispositionBatch) -> Undoable:
    counted = Disposition.objects.filter(together=batch).aggregate(
        standing=Count("pk"), published=Count("publication")
    )
    return Undoable(batch=batch, **counted)


def to_undo(*, batch: DispositionBatch) -> tuple[list[int], int]:
    """Unscoped, for the action: the ids that still stand, and how many of them are published."""
    rows = Disposition.objects.filter(together=batch).values_list("pk", "publication")
    found = list(rows)
    return [pk for pk, _shown in found], sum(1 for _pk, shown in found if shown is not None)
