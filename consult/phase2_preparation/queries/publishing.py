"""Reading what waits for publishing, and the letters that went with what was published."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q

from consult.phase2_preparation.enums import CHANGES_TEXT, NEEDS_REASON, DispositionOutcome
from consult.phase2_preparation.models import Comment, Disposition, PublicationLetter
from consult.phase2_preparation.queries.dispositions import disposition_table
from consult.phase2_preparation.queries.queue import newest
from plans.register.models import Plan, RevisionItem
from plans.register.queries import latest_revision
from stakeholders.files.models import StoredFile
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import NotVisible


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """One decided disposition that is not published, with what speaks against publishing it."""

    comment: Comment
    disposition: Disposition
    lacks_reason: bool
    lacks_change: bool


@dataclass(frozen=True, kw_only=True)
class Counted:
    """A name with how many dispositions it has."""

    name: str
    number: int


def waiting(
    *, actor: Actor, plan: Plan, outcome: str = "", jurisdiction: str = ""
) -> list[Waiting]:
    """The decided dispositions that wait for publishing, in order; four queries.

    `lacks_change`: adopted, wholly or in part, while the latest revision still holds the wording
    that was commented on.
    """
    pending = newest([plan.pk]).filter(publication__isnull=True)
    found = disposition_table(actor=actor, plan=plan).filter(pk__in=pending.values("comment"))
    if outcome:
        found = found.filter(Q(newest_outcome=outcome))
    if jurisdiction:
        found = found.filter(jurisdiction=jurisdiction)
    comments = list(found)
    ids = [comment.newest_id for comment in comments]  # type: ignore[attr-defined]
    rows = Disposition.objects.select_related("matter").in_bulk(ids)
    last = latest_revision(plan)
    entries = RevisionItem.objects.filter(revision=last) if last else RevisionItem.objects.none()
    stands = set(entries.values_list("version_id", flat=True))
    return [
        _waiting(comment, rows[pk], stands)
        for comment, pk in zip(comments, ids, strict=True)
        if pk in rows
    ]


def _waiting(comment: Comment, row: Disposition, stands: Collection[int]) -> Waiting:
    return Waiting(
        comment=comment,
        disposition=row,
        lacks_reason=row.outcome in NEEDS_REASON and not (row.reason_zh or row.reason_en),
        lacks_change=row.outcome in CHANGES_TEXT and comment.version_id in stands,
    )


def by_outcome(rows: Collection[Waiting]) -> list[Counted]:
    counts = Counter(row.disposition.outcome for row in rows)
    return [
        Counted(name=str(one.label), number=counts[one.value])
        for one in DispositionOutcome
        if counts[one.value]
    ]


def by_party(rows: Collection[Waiting]) -> list[Counted]:
    """How many of each commenter, in the order of their codes; entered opinions last."""
    units = {r.comment.jurisdiction_id: r.comment.jurisdiction for r in rows}
    counts = Counter(row.comment.jurisdiction_id for row in rows)
    named = [Counted(name=str(units[pk]), number=counts[pk]) for pk in sorted(filter(None, units))]
    others = Counter(row.comment.commenter for row in rows if row.comment.jurisdiction_id is None)
    return [*named, *(Counted(name=name, number=n) for name, n in sorted(others.items()))]


def letters_of(*, plan: Plan) -> list[PublicationLetter]:
    """The letters that went with published dispositions of a plan the caller loaded, newest first."""
    return list(PublicationLetter.objects.filter(plan=plan).select_related("file").order_by("-pk"))


def get_publication_file(*, plan: Plan, pk: int) -> StoredFile:
    """The file of a publication letter of a plan the caller loaded by `get_plan`. NotVisible."""
    row = PublicationLetter.objects.filter(plan=plan, pk=pk).select_related("file").first()
    if row is None or row.file is None:
        raise NotVisible
    return row.file
