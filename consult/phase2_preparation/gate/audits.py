"""Blockers of joint preparation: what the audits of the text find."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.phase2_preparation.audit import findings
from consult.phase2_preparation.gate.grouping import grouped
from consult.phase2_preparation.models import Disposition
from plans.register.models import Plan, RevisionItem
from stakeholders.terms.duty import Blocker
from stakeholders.terms.errors import Text

UNEXPLAINED = (
    _("Article {number} was changed without a comment or a decision as its reason."),
    _("{count} articles were changed without a comment or a decision as their reason."),
)
UNCONSULTED = (
    _("Article {number} was in no closed round in this wording."),
    _("{count} articles were in no closed round in this wording."),
)
UNCHANGED = (
    _("Comment {comment} was adopted, but its article has not changed in the newest revision."),
    _("{count} comments were adopted, but their articles have not changed in the newest revision."),
)


def audit_blockers(plan: Plan, now: datetime) -> list[Blocker]:
    found = findings(plan=plan, at=now)
    changes = reverse("preparation:changes", args=[plan.key])
    return [
        *_articles("item.unexplained", found.unexplained, UNEXPLAINED, changes),
        *_articles("item.unconsulted", found.unconsulted, UNCONSULTED, changes),
        *_comments("comment.unchanged", plan, found.unchanged, changes),
    ]


def _articles(
    code: str, entries: Sequence[RevisionItem], texts: tuple[Text, Text], changes: str
) -> list[Blocker]:
    def one(entry: RevisionItem) -> Blocker:
        text = format_lazy(texts[0], number=entry.number)
        return Blocker(code=code, text=text, url=f"{changes}#{entry.item.key}", grant="draft")

    return grouped(
        entries, number=len(entries), one=one, many=lambda n: _many(code, texts[1], n, changes)
    )


def _comments(code: str, plan: Plan, rows: Sequence[Disposition], changes: str) -> list[Blocker]:
    def one(row: Disposition) -> Blocker:
        url = reverse("preparation:comment", args=[plan.key, row.comment.number])
        text = format_lazy(UNCHANGED[0], comment=str(row.comment))
        return Blocker(code=code, text=text, url=url, grant="draft")

    return grouped(
        rows, number=len(rows), one=one, many=lambda n: _many(code, UNCHANGED[1], n, changes)
    )


def _many(code: str, text: Text, number: int, url: str) -> Blocker:
    return Blocker(code=code, text=format_lazy(text, count=str(number)), url=url, grant="draft")
