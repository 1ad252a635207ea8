"""The working draft of a chapter beside the text in force, or beside the latest revision."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from plans.register.models import Plan, Revision
from plans.register.queries import entries_of, latest_revision
from plans.register.reading import Reading
from plans.text.collisions import Texts, texts_of
from plans.text.queries import Article
from plans.text.states import TextChange, text_changes


@dataclass(frozen=True, kw_only=True)
class Beside:
    """A provision of the draft with what the published text says; None: it does not hold it."""

    reading: Reading
    published: Texts | None
    changes: list[TextChange]


def published_text(plan: Plan) -> Revision | None:
    """The text in force, else the latest revision. At most one query."""
    return plan.in_force or latest_revision(plan)


def draft_beside(found: Sequence[Article], *, revision: Revision | None) -> list[Beside]:
    """Provisions of the draft beside what `revision` says. One query, however many."""
    held: dict[int, Texts] = {}
    if revision is not None:
        ids = [one.provision.item_id for one in found]
        held = {
            entry.item_id: texts_of(json.loads(entry.version.content).get("content"))
            for entry in entries_of(revision).filter(item__in=ids)
        }
    rows = []
    for one in found:
        former = held.get(one.provision.item_id)
        now = texts_of(one.provision.item.draft.content)
        rows.append(
            Beside(
                reading=one.reading,
                published=former,
                changes=text_changes(former, now) if former else [],
            )
        )
    return rows
