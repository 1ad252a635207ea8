"""What the draft owes the comments, listed before a revision is published."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.phase2_preparation.audit import draft_findings
from consult.phase2_preparation.models import Disposition
from consult.phase2_preparation.queries import past_rounds
from plans.register.auditing import Audit
from plans.register.audits import mended_at
from plans.register.enums import Phase
from plans.register.models import Plan, RevisionItem
from plans.templatetags.plan_rooms import article_label
from stakeholders.terms import clock
from stakeholders.terms.errors import Text

UNCHANGED = "comment_unchanged"
UNEXPLAINED = "item_unexplained"
UNCONSULTED = "item_unconsulted"
LABELS: dict[str, Text] = {
    UNCHANGED: _("Comments adopted whose text has not changed"),
    UNEXPLAINED: _("Items changed without a comment or a decision as the reason"),
    UNCONSULTED: _("Items that were in no closed round in this wording"),
}


def comment_audits(plan: Plan) -> list[Audit]:
    """Adopted but unchanged, changed without a reason, not consulted on. At most eleven queries.

    Items count as not consulted once a round was held: before it nothing can have been.
    """
    if plan.phase != Phase.PREPARATION:
        return []
    now = clock.now()
    found = draft_findings(plan=plan, at=now)
    was_asked = past_rounds(plan, at=now).exists()
    unconsulted = found.unconsulted if was_asked else []
    return [
        *_unchanged(plan, found.unchanged),
        *_items(plan, UNEXPLAINED, found.unexplained),
        *_items(plan, UNCONSULTED, unconsulted),
    ]


def _unchanged(plan: Plan, rows: list[Disposition]) -> Iterator[Audit]:
    for row in rows:
        item = row.comment.item
        if item is not None:
            text = _("Comment {comment} was adopted, but its article has not changed.")
            yield Audit(
                kind=UNCHANGED,
                item=item.key,
                text=format_lazy(text, comment=str(row.comment)),
                url=mended_at(plan, item),
                label=LABELS[UNCHANGED],
            )


def _items(plan: Plan, kind: str, entries: list[RevisionItem]) -> Iterator[Audit]:
    texts = {
        UNEXPLAINED: _("{item} was changed without a comment or a decision as its reason."),
        UNCONSULTED: _("{item} was in no closed round in this wording."),
    }
    for entry in entries:
        yield Audit(
            kind=kind,
            item=entry.item.key,
            text=format_lazy(texts[kind], item=article_label(entry.number) or entry.item.key),
            url=reverse("preparation:explain", args=[plan.key, entry.item.key]),
            label=LABELS[kind],
        )
