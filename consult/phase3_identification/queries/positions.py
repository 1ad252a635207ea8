"""Reading positions and declarations. Unscoped: what is sealed is left out through `sees`."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection
from django.db.models import F

from consult.ballots.models import Position
from consult.phase3_identification.models import (
    Declaration,
    SignOff,
)
from plans.register.models import Plan


def held_positions(sign_off: SignOff) -> dict[tuple[int, str], Position]:
    """(item id, code) -> the newest position of the party on the item, whatever the wording.

    One query; `on` is the id of the item's ballot it was taken in. Unscoped: filter by `sees`.
    """
    rows = (
        Position.objects.filter(ballot__sign_off_ballot__sign_off=sign_off)
        .annotate(item_id=F("ballot__sign_off_ballot__item"), on=F("ballot__sign_off_ballot"))
        .order_by("item_id", "jurisdiction_id", "-pk")
        .distinct("item_id", "jurisdiction_id")
        .select_related("mandate__user", "ballot")
    )
    return {(row.item_id, str(row.jurisdiction_id)): row for row in rows}


# The newest position of each party on each item, an item in one row. By hand, because the querysets
# of Django cannot group what DISTINCT ON has chosen without looking every row up a second time.
MARKS = """
SELECT item_id, string_agg(code || ' ' || value || ' ' || has_text, ',' ORDER BY code),
       string_agg(ballot::text, ',' ORDER BY code), min(ballot)
  FROM (SELECT DISTINCT ON (b.item_id, p.jurisdiction_id)
               b.item_id, p.jurisdiction_id AS code, p.value, b.id AS ballot,
               CASE WHEN p.text = '' OR p.wording = '' THEN '0' ELSE '1' END AS has_text
          FROM consult_signoffballot b JOIN consult_position p ON p.ballot_id = b.ballot_id
         WHERE b.sign_off_id = %s
         ORDER BY b.item_id, p.jurisdiction_id, p.id DESC) newest
 GROUP BY item_id
"""


@dataclass(frozen=True, slots=True)
class Marks:
    """The newest positions on one item as two texts, party by party in order of code.

    `said`: "code value has_text" of each; `on`: the id of the item's ballot each was taken in.
    Items on which the parties said the same have the same `said`. `oldest`: the least of `on`.
    """

    said: str
    on: str
    oldest: int


def held_marks(sign_off: SignOff) -> dict[int, Marks]:
    """Item id -> what the parties hold on it, for pages that show states only. One query.

    A tenth of what reading twenty thousand positions costs. Unscoped: filter by `sees`.
    """
    with connection.cursor() as cursor:
        cursor.execute(MARKS, [sign_off.pk])
        return {item: Marks(*marks) for item, *marks in cursor.fetchall()}


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
