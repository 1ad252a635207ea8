"""Reading comment forms on their way in, and what they are compared with."""

from collections import Counter
from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from django.db.models import QuerySet

from consult.phase2_preparation.comment_sheets.comparing import Entry, Ground, Held, Words
from consult.phase2_preparation.enums import DraftState
from consult.phase2_preparation.models import CommentDraft, Round, SheetImport
from consult.phase2_preparation.queries.comments import wording_of
from consult.phase2_preparation.queries.rounds import own_code, scope_of
from plans.register.models import RevisionItem
from plans.register.queries import entries_of, names_of
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import NotVisible

WORDS = ("text_zh", "text_en", "wording_zh", "wording_en")


def sheets_of(*, actor: Actor, one: Round) -> QuerySet[SheetImport]:
    """The acting person's forms not entered yet, newest first; only under the same mandate's
    jurisdiction."""
    return _own(actor, one).filter(entered_at=None).defer("parsed").order_by("-created_at")


def get_sheet(*, actor: Actor, one: Round, pk: UUID) -> SheetImport:
    """One form of the acting person. NotVisible for anybody else's."""
    found = _own(actor, one).filter(pk=pk).first()
    if found is None:
        raise NotVisible
    return found


def _own(actor: Actor, one: Round) -> QuerySet[SheetImport]:
    rows = SheetImport.objects.filter(round=one, user=actor.user_id)
    return rows.filter(jurisdiction=own_code(actor)).select_related("file")


def minute(at: datetime) -> str:
    """An instant as forms name it, YYYYMMDDTHHMMZ."""
    return f"{at.astimezone(UTC):%Y%m%dT%H%MZ}"


def entries_to_comment(one: Round) -> tuple[list[Entry], dict[str, RevisionItem]]:
    """The provisions of the round's revision as forms name them, and their rows by key.

    A number that several items bear names none of them. Two queries.
    """
    rows = list(entries_of(one.revision))
    scope = scope_of(one)
    entries = []
    for row in rows:
        wording = wording_of(row.version)
        entries.append(
            Entry(
                key=row.item.key,
                number=row.number,
                title_zh=wording.title_zh,
                title_en=wording.title_en,
                is_asked=row.item_id in scope,
            )
        )
    return entries, {row.item.key: row for row in rows}


def unambiguous(entries: Collection[Entry]) -> dict[str, Entry]:
    """Key -> entry; without its number where others bear the same."""
    count = Counter(one.number for one in entries)
    return {one.key: one if count[one.number] == 1 else replace(one, number="") for one in entries}


def held_drafts(*, code: str, one: Round, user: int | None = None) -> dict[str, Held]:
    """Key -> every comment of a jurisdiction in a round, the submitted ones too. One query.

    What a colleague of `user` is still writing for itself is hidden from it.
    """
    rows = CommentDraft.objects.filter(round=one, jurisdiction=code)
    return {
        str(row.key): Held(
            key=str(row.key),
            words=Words(
                item=row.item.key if row.item else "",
                type=row.type,
                **{name: getattr(row, name) for name in WORDS},
            ),
            is_submitted=row.state == DraftState.SUBMITTED,
            is_hidden=row.state == DraftState.DRAFT and row.author.user_id != user,
            at=minute(row.edited_at),
        )
        for row in rows.select_related("item", "author").order_by("pk")
    }


def body_names(code: str) -> list[str]:
    """What a form may call a jurisdiction. One query."""
    return names_in(names_of([code]).get(code), code)


def names_in(unit: Jurisdiction | None, code: str) -> list[str]:
    if unit is None:
        return [code]
    return [
        code,
        unit.name_zh,
        unit.name_en,
        unit.name_en_unique,
        unit.short_zh,
        unit.short_en,
    ]


def ground_of(*, one: Round, code: str | None, ids: Collection[str], user: int) -> Ground:
    """What a form of `user` with rows of these ids is compared with. A fixed number of queries.

    Without a code nothing of the round is held: every row is an opinion of its own.
    """
    entries, _rows = entries_to_comment(one)
    if code is None:
        return Ground(scope=f"round:{one.pk}", names=(), entries=entries)
    held = held_drafts(code=code, one=one, user=user)
    asked = {UUID(key) for key in ids} - {UUID(key) for key in held}
    known = CommentDraft.objects.filter(key__in=asked).values_list("key", flat=True)
    return Ground(
        scope=f"round:{one.pk}:{code}",
        names=body_names(code),
        entries=entries,
        held=held,
        foreign={str(key) for key in known},
    )
