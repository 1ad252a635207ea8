"""Reading display rounds: the newest sheet, whether it is issued, and how many opinions came."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from consult.phase2_preparation.enums import DispositionOutcome, RoundKind, Source
from consult.phase2_preparation.models import Comment, DisplayFinish, DisplaySheet, Round
from consult.phase2_preparation.queries.dispositions import disposition_table, sees_undecided
from consult.phase2_preparation.queries.rounds import get_round
from plans.register.models import Plan
from stakeholders.files.models import StoredFile
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import NotVisible


@dataclass(frozen=True, kw_only=True)
class SourceCount:
    """Comments of one source in a round, in all and by what became of them."""

    source: str
    total: int
    by_outcome: dict[str, int]

    @property
    def label(self) -> str:
        return str(Source(self.source).label)


def get_display(plan: Plan, *, number: int) -> Round:
    """A display round of a plan loaded by `get_plan`. NotVisible for a round of another kind."""
    one = get_round(plan, number=number)
    if one.kind != RoundKind.DISPLAY:
        raise NotVisible
    return one


def sheets_of(*, actor: Actor, one: Round) -> list[DisplaySheet]:
    """The versions of the sheet, newest first: all to the joint office, to others the issued."""
    rows = DisplaySheet.objects.filter(round=one).select_related("finish", "file", "mandate__user")
    if not sees_undecided(actor):
        rows = rows.filter(finish__isnull=False)
    return list(rows.order_by("-number"))


def finish_of(sheet: DisplaySheet | None) -> DisplayFinish | None:
    """The issue of one version, None where it was not issued."""
    return getattr(sheet, "finish", None) if sheet is not None else None


def get_sheet(*, actor: Actor, one: Round, number: int | None = None) -> DisplaySheet:
    """One version, or the newest that the actor sees. NotVisible where there is none."""
    rows = sheets_of(actor=actor, one=one)
    found = next((row for row in rows if number in (None, row.number)), None)
    if found is None:
        raise NotVisible
    return found


def get_proof(*, actor: Actor, one: Round, number: int) -> StoredFile:
    """The file of one version. NotVisible where there is none."""
    found = get_sheet(actor=actor, one=one, number=number)
    if found.file is None:
        raise NotVisible
    return found.file


def counts_of(*, actor: Actor, plan: Plan, one: Round) -> list[SourceCount]:
    """How many comments came by which way, as far as the actor may see them. One query."""
    return counted(disposition_table(actor=actor, plan=plan, filters={"round": str(one.number)}))


def counted(rows: QuerySet[Comment]) -> list[SourceCount]:
    """`counts_of` for comments with their `newest_outcome`. One query."""
    outcomes = [*DispositionOutcome.values, ""]
    found = {
        row["reply__source"]: row
        for row in rows.order_by()
        .values("reply__source")
        .annotate(
            total=Count("pk"),
            **{
                f"as_{value}": Count("pk", filter=Q(newest_outcome=value))
                for value in outcomes[:-1]
            },
        )
    }
    counts = []
    for source in Source.values:
        row = found.get(source, {})
        by_outcome = {value: row.get(f"as_{value}", 0) for value in outcomes[:-1]}
        total = row.get("total", 0)
        by_outcome[""] = total - sum(by_outcome.values())
        counts.append(SourceCount(source=source, total=total, by_outcome=by_outcome))
    return counts


def finished_displays(plans: Collection[int]) -> set[int]:
    """Unscoped, for gate and duties: plans with an issued sheet of a display round. One query."""
    rows = DisplayFinish.objects.filter(
        sheet__round__plan__in=plans, sheet__round__kind=RoundKind.DISPLAY
    )
    return set(rows.values_list("sheet__round__plan", flat=True))
