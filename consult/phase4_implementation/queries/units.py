"""The jurisdictions that readings and reports are of."""

from collections.abc import Iterable

from django.db.models import QuerySet

from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.terms.actor import Actor, Role


def _units() -> QuerySet[Jurisdiction]:
    return Jurisdiction.objects.defer("boundary")


def units_by_code(codes: Iterable[str]) -> dict[str, Jurisdiction]:
    """Code -> jurisdiction, without its outline. One query."""
    return _units().in_bulk(set(codes))


def units_for(*, actor: Actor, codes: Iterable[str]) -> list[Jurisdiction]:
    """Those of `codes` that `actor` may report for: its own, or all for the joint office."""
    asked = set(codes)
    if actor.role is not Role.COORDINATOR:
        asked &= {actor.jurisdiction_code or ""}
    return list(_units().filter(pk__in=asked).order_by("code"))


def units_with_outlines(codes: Iterable[str]) -> dict[str, Jurisdiction]:
    """Code -> jurisdiction with its outline, in order of the codes. One query."""
    rows = Jurisdiction.objects.filter(pk__in=set(codes)).order_by("code")
    return {one.pk: one for one in rows}
