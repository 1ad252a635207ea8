"""Reading positions and declarations. Unscoped: what is sealed is left out through `sees`."""

from collections.abc import Iterable

from consult.ballots.models import Position
from consult.phase3_identification.models import (
    Declaration,
    SignOff,
)
from consult.phase3_identification.queries.standing import standing_of
from plans.register.models import Plan


def held_positions(sign_off: SignOff) -> dict[tuple[int, str], Position]:
    """(item id, code) -> what the party holds on the item now, whatever the wording it was said to.

    By the pure rule of staleness: `fate` says what became of the position and `is_stale` whether it
    waits for renewal; an objection or reservation that passed on stands on the successor, too; on a
    removed item only such differences are left. Three queries. Unscoped: filter by `sees`.
    """
    return standing_of(sign_off).cells()


def newest_declarations(sign_off: SignOff) -> dict[str, Declaration]:
    """Code -> the declaration that counts. Unscoped: filter by `sees` before showing content."""
    rows = (
        Declaration.objects.filter(sign_off=sign_off)
        .order_by("jurisdiction_id", "-pk")
        .distinct("jurisdiction_id")
        .select_related("mandate__user", "jurisdiction")
    )
    return {str(row.jurisdiction_id): row for row in rows}


def declaration_of(sign_off: SignOff, *, code: str | None) -> Declaration | None:
    """The declaration of one party that counts now."""
    rows = sign_off.declarations.filter(jurisdiction=code)
    return rows.order_by("-pk").first() if code else None


def last_declared_on(plan: Plan, *, code: str | None) -> int | None:
    """The number of the revision on which a party took its last position, for that party."""
    rows = Declaration.objects.filter(sign_off__plan=plan, jurisdiction=code)
    newest = rows.order_by("-pk").values_list("revision__number", flat=True)
    return newest.first() if code else None


def newest_answers(sign_offs: Iterable[SignOff]) -> set[tuple[int, str]]:
    """(sign-off, code) of every party that has declared. Answered or not is never sealed."""
    rows = Declaration.objects.filter(sign_off__in=[s.pk for s in sign_offs])
    return set(rows.order_by().values_list("sign_off_id", "jurisdiction_id").distinct())
