"""The table of adopted and not adopted comments (意见采纳情况表) as a workbook."""

from collections.abc import Iterable
from io import BytesIO

from django.utils.translation import gettext as _
from xlsxwriter import Workbook

from consult.phase2_preparation.disposition_queries import Row
from plans.register.models import Plan
from stakeholders.templatetags.in_language import in_language

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDTHS = (8, 24, 12, 60, 16, 60)


def workbook(*, plan: Plan, rows: Iterable[Row]) -> bytes:
    """The rows as an xlsx file. Every cell is written as text, so nothing runs as a formula."""
    target = BytesIO()
    book = Workbook(target, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet(_("Dispositions")[:31])
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    plain = book.add_format({"text_wrap": True, "valign": "top"})
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    heading = [
        _("No."),
        _("Commenter"),
        _("Article"),
        _("Comment"),
        _("Disposition"),
        _("Reason"),
    ]
    lines = [[in_language(plan, "title")]]
    if plan.is_demonstration:
        lines.append([_("Demonstration: names and opinions are made up.")])
    head = len(lines)
    lines += [heading, *(cells(row) for row in rows)]
    for number, line in enumerate(lines):
        style = bold if number <= head else plain
        for column, text in enumerate(line):
            sheet.write_string(number, column, text[:32_000], style)
    sheet.freeze_panes(head + 1, 0)
    book.close()
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
    return str(reply.organization or reply.get_source_display())
