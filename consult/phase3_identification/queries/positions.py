"""Reading positions and declarations. Unscoped: what is sealed is left out through `sees`."""

import json
from collections.abc import Iterable

from django.db import connection
from django.db.models import QuerySet

from consult.ballots.models import Position, TwoPersonProposal
from consult.ballots.queries import waiting_proposal
from consult.phase1_organization.enums import TwoPersonAct
from consult.phase3_identification.models import (
    Declaration,
    SignOff,
)
from consult.phase3_identification.queries.sign_offs import sees
from consult.phase3_identification.queries.standing import standing_of
from plans.register.models import Plan, Revision, RevisionItem
from stakeholders.templatetags.in_language import in_language
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import NotVisible

TAKE = TwoPersonAct.POSITION.value


def held_positions(sign_off: SignOff) -> dict[tuple[int, str], Position]:
    """(item id, code) -> what the party holds on the item now, whatever the wording it was said to.

    By the pure rule of staleness: `fate` says what became of the position and `is_stale` whether it
    waits for renewal; an objection or reservation that passed on stands on the successor, too; on a
    removed item only such differences are left. Three queries. Unscoped: filter by `sees`.
    """
    return standing_of(sign_off).cells()


# The newest position of each party on each item, an item in one row. By hand, because the querysets
# of Django cannot group what DISTINCT ON has chosen without looking every row up a second time.
MARKS = """
SELECT item_id, string_agg(code || ' ' || value || ' ' || has_text, ',' ORDER BY code)
  FROM (SELECT DISTINCT ON (b.item_id, p.jurisdiction_id)
               b.item_id, p.jurisdiction_id AS code, p.value,
               CASE WHEN p.text = '' OR p.wording = '' THEN '0' ELSE '1' END AS has_text
          FROM consult_signoffballot b JOIN consult_position p ON p.ballot_id = b.ballot_id
         WHERE b.sign_off_id = %s
         ORDER BY b.item_id, p.jurisdiction_id, p.id DESC) newest
 GROUP BY item_id
"""


def held_marks(sign_off: SignOff) -> dict[int, str]:
    """Item id -> "code value has_text" of the newest position of each party on it, in order of code.

    For pages that show states only: a tenth of what reading twenty thousand positions costs. Items
    on which the parties said the same have the same text. One query. Unscoped: filter by `sees`.
    """
    with connection.cursor() as cursor:
        cursor.execute(MARKS, [sign_off.pk])
        return dict(cursor.fetchall())


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


def _readable() -> QuerySet[Declaration]:
    return Declaration.objects.select_related(
        "sign_off__end",
        "revision",
        "jurisdiction",
        "mandate__user",
        "mandate__jurisdiction",
        "mandate__organization",
        "letter_file",
    )


def get_declaration(plan: Plan, *, pk: int, actor: Actor) -> Declaration:
    """One declaration of the plan. NotVisible when it is not there or sealed for `actor`."""
    found = _readable().filter(sign_off__plan=plan, pk=pk).first()
    if found is None or not _may_read(found, actor=actor):
        raise NotVisible
    return found


def declarations_of(plan: Plan, *, code: str, actor: Actor) -> list[Declaration]:
    """All declarations of a party in a plan's sign-offs that `actor` may read, oldest first."""
    rows = _readable().filter(sign_off__plan=plan, jurisdiction=code).order_by("pk")
    return [row for row in rows if _may_read(row, actor=actor)]


def _may_read(row: Declaration, *, actor: Actor) -> bool:
    return sees(row.sign_off, actor=actor, at=clock.now())(str(row.jurisdiction_id))


def item_labels(revisions: Iterable[Revision]) -> dict[str, str]:
    """Key of an item -> its number and title, as in the newest of the revisions that holds it."""
    rows = (
        RevisionItem.objects.filter(revision__in={row.pk for row in revisions})
        .order_by("revision__number")
        .values_list("item__key", "number", "version__content")
    )
    labels = {}
    for key, number, content in rows:
        said = json.loads(content).get("content") or {}
        title = said.get("title") or said.get("name") or {}
        words = {f"title_{name}": text for name, text in title.items()}
        labels[key] = f"{number} {in_language(words, 'title')}".strip()
    return labels


def subject_of_position(sign_off: SignOff) -> str:
    """What a position prepared for a second person names as its subject."""
    return f"sign_off:{sign_off.pk}"


def waiting_position(*, actor: Actor, sign_off: SignOff) -> TwoPersonProposal | None:
    """What waits for a second person inside the actor's jurisdiction; nobody else's."""
    if not actor.inside:
        return None
    return waiting_proposal(sign_off.plan, TAKE, subject_of_position(sign_off), actor.inside)
