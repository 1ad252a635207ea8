"""Reading the facts of a matter."""

from django.db.models import QuerySet

from consult.matters.models import Matter, MatterFact
from stakeholders.terms.errors import NotVisible


def facts_of(matter: Matter) -> QuerySet[MatterFact]:
    """All facts in the order they were stated; a corrected one knows its correction."""
    rows = MatterFact.objects.filter(matter=matter).order_by("pk")
    return rows.select_related("mandate__user", "file", "corrects", "corrected_by", "jurisdiction")


def get_fact(matter: Matter, *, number: int) -> MatterFact:
    found = MatterFact.objects.filter(matter=matter, number=number).select_related("file").first()
    if found is None:
        raise NotVisible
    return found
