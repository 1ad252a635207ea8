"""Imports on their way: each is seen by the person who brought the file."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from plans.register.enums import ItemKind
from plans.register.models import Plan
from plans.text.documents.matching import Held
from plans.text.models import Provision, TextImport
from plans.text.queries.drafting import chapters_of
from plans.text.wording import wording_of
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import NotVisible


@dataclass(frozen=True, kw_only=True)
class Draft:
    """The working draft as an import looks at it; `taken` are the keys of all items."""

    provisions: dict[str, Provision]
    chapters: list[Held]
    held: list[Held]
    taken: frozenset[str]


def imports_of(*, actor: Actor, plan: Plan) -> QuerySet[TextImport]:
    """The acting person's imports that are not entered yet, newest first, without their text."""
    rows = TextImport.objects.filter(plan=plan, user=actor.user_id, entered_at=None).select_related(
        "file"
    )
    return rows.defer("parsed", "corrections", "base").order_by("-created_at")


def get_import(*, actor: Actor, plan: Plan, pk: UUID) -> TextImport:
    """One import of the acting person. NotVisible for anybody else's."""
    found = (
        TextImport.objects.filter(plan=plan, user=actor.user_id, pk=pk)
        .select_related("file")
        .first()
    )
    if found is None:
        raise NotVisible
    return found


def present_draft(plan: Plan) -> Draft:
    """Every provision with its draft, removed ones too, and the chapters. Three queries."""
    rows = (
        Provision.objects.filter(chapter__plan=plan, item__kind=ItemKind.PROVISION)
        .select_related("chapter", "item__draft")
        .order_by("chapter__position", "chapter_id", "position", "pk")
    )
    provisions = {one.item.key: one for one in rows}
    held, number = [], 0
    for key, one in provisions.items():
        if one.item.draft.is_removed:
            held.append(Held(key=key, number=0, title_zh=""))  # found by its lasting key only
            continue
        number += 1
        wording = wording_of(one.item.draft)
        held.append(
            Held(key=key, number=number, title_zh=wording.title_zh, text_zh=wording.text_zh)
        )
    chapters = [
        Held(key=one.key, number=n, title_zh=one.title_zh)
        for n, one in enumerate(chapters_of(plan), start=1)
    ]
    taken = frozenset(plan.items.values_list("key", flat=True))
    return Draft(provisions=provisions, chapters=chapters, held=held, taken=taken)
