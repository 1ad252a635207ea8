"""Internal notes, for their holder only (`rules.note_holder`)."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count

from plans.register.models import Plan
from plans.text.models import InternalNote, Provision
from plans.text.queries.saves import mandates_by_id
from stakeholders.people.models import Mandate
from stakeholders.terms.errors import NotVisible


@dataclass(frozen=True, kw_only=True)
class Note:
    """A note with who wrote it and who resolved it, if anybody did."""

    note: InternalNote
    mandate: Mandate | None
    resolved_by: Mandate | None

    @property
    def is_open(self) -> bool:
        return not hasattr(self.note, "resolution")


def notes_of(provision: Provision, *, holder: str) -> list[Note]:
    """The notes of one holder on a provision, open ones first, newest first. Two queries."""
    rows = list(
        InternalNote.objects.filter(item_id=provision.item_id, holder=holder)
        .select_related("resolution")
        .order_by("-at", "-pk")
    )
    ends = {row.pk: row.resolution.mandate_id for row in rows if hasattr(row, "resolution")}
    people = mandates_by_id([*(row.mandate_id for row in rows), *ends.values()])
    found = [
        Note(
            note=row,
            mandate=people.get(row.mandate_id),
            resolved_by=people.get(ends.get(row.pk, 0)),
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: not one.is_open)


def get_note(plan: Plan, *, pk: int, holder: str | None) -> InternalNote:
    """One note of the holder's. NotVisible for another's, as for one that is not there."""
    rows = InternalNote.objects.filter(item__plan=plan, pk=pk, holder=holder or "")
    note = rows.select_related("item", "resolution").first()
    if note is None:
        raise NotVisible
    return note


def open_notes(item_ids: Iterable[int], *, holder: str | None) -> dict[int, int]:
    """Item id -> how many notes of the holder's are open on it. One query, none for nobody."""
    if holder is None:
        return {}
    rows = InternalNote.objects.filter(
        item_id__in=list(item_ids), holder=holder, resolution__isnull=True
    )
    return dict(rows.values_list("item_id").annotate(n=Count("pk")).order_by())
