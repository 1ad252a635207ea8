"""The table of adopted and not adopted comments (意见采纳情况表) as a workbook."""

from collections.abc import Iterable
from io import BytesIO

from django.utils.translation import gettext as _

from consult.phase2_preparation.queries.dispositions import Row
from plans.register.models import Plan
from stakeholders.files.tables import write_xlsx
from stakeholders.templatetags.in_language import in_language

WIDTHS = (8, 24, 12, 60, 16, 60)


def workbook(*, plan: Plan, rows: Iterable[Row]) -> bytes:
    """The rows as an xlsx file under the plan's title. Nothing in it runs as a formula."""
    target = BytesIO()
    preface = [in_language(plan, "title")]
    if plan.is_demonstration:
        preface.append(_("Demonstration: names and opinions are made up."))
    heading = [
        _("No."),
        _("Commenter"),
        _("Article"),
        _("Comment"),
        _("Disposition"),
        _("Reason"),
    ]
    write_xlsx(
        target,
        sheet=_("Dispositions"),
        headings=heading,
        rows=(cells(row) for row in rows),
        preface=preface,
        widths=WIDTHS,
    )
    return target.getvalue()


def cells(row: Row) -> list[str]:
    """Number, commenter, article, comment, outcome and reason of one row."""
    comment, disposition = row.comment, row.disposition
    text = in_language(comment, "text")
    wording = in_language(comment, "wording")
    if wording:
        text = f"{text}\n{_('Proposed wording')}: {wording}"
    return [
        str(comment),
        commenter(row),
        str(getattr(comment, "article", None) or _("On the whole")),
        text,
        str(disposition.get_outcome_display()) if disposition else "",
        in_language(disposition, "reason") if disposition else "",
    ]


def commenter(row: Row) -> str:
    """The jurisdiction, the organization, or the kind of source of an entered opinion."""
    reply = row.comment.reply
    if row.comment.jurisdiction is not None:
        return str(row.comment.jurisdiction)
    return reply.speaker
