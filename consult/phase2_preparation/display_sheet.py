"""The result sheet of a public display (公示情况说明) as a paper, in the active language."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from consult.phase2_preparation.adoption_table.counting import OUTCOMES
from consult.phase2_preparation.adoption_table.table import outcome_label
from consult.phase2_preparation.models import DisplayFinish, DisplaySheet, Round
from consult.phase2_preparation.papers.shape import (
    Block,
    Grid,
    Heading,
    Paper,
    Paragraph,
    day_words,
)
from consult.phase2_preparation.queries.displays import SourceCount
from plans.register.models import Plan
from stakeholders.templatetags.in_language import in_language


@dataclass(frozen=True, kw_only=True)
class Period:
    """The first and the last local day of a display, and how many days that is."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """Days from the opening to the end, as a display of 30 days is counted."""
        return (self.last - self.first).days


def period_of(one: Round) -> Period:
    return Period(first=one.opens_at.astimezone(ZoneInfo(one.zone)).date(), last=one.closes_on)


def sheet_paper(
    *,
    plan: Plan,
    one: Round,
    sheet: DisplaySheet,
    finish: DisplayFinish | None,
    counts: Sequence[SourceCount],
) -> Paper:
    """The sheet with its period and numbers. A version not issued says so on every page."""
    notices = []
    if plan.is_demonstration:
        notices.append(_("Demonstration: names and opinions are made up."))
    if finish is None:
        notices.append(_("Draft, not issued"))
    blocks: list[Block] = [
        Heading(text=_("Period, places and media")),
        Paragraph(text=_period_text(one)),
    ]
    place = in_language(sheet, "place") or one.note
    if place:
        blocks.append(Paragraph(text=place))
    blocks += [Heading(text=_("Number of opinions by source")), _numbers(counts)]
    for heading, text in (
        (_("Main opinions and how they were dealt with"), in_language(sheet, "main")),
        (pgettext("public display", "Result"), in_language(sheet, "result")),
        (_("Attachments"), sheet.attachments),
    ):
        if text:
            blocks += [Heading(text=heading), Paragraph(text=text)]
    if finish is not None:
        signed = f"{finish.issuer}\n{day_words(finish.issued_on)}"
        blocks.append(Paragraph(text=signed, is_signature=True))
    return Paper(
        title=_("Result of the public display"),
        subject=plan.key,
        language="en" if (get_language() or "").startswith("en") else "zh",
        at=_state(sheet, finish),
        lines=tuple(
            line
            for line in (in_language(plan, "title"), finish.document_number if finish else "")
            if line
        ),
        notices=tuple(notices),
        blocks=tuple(blocks),
    )


def _period_text(one: Round) -> str:
    period = period_of(one)
    return _("%(revision)s was on display from %(first)s to %(last)s, %(days)s days.") % {
        "revision": one.revision.label,
        "first": day_words(period.first),
        "last": day_words(period.last),
        "days": period.days,
    }


def _state(sheet: DisplaySheet, finish: DisplayFinish | None) -> datetime:
    return finish.at if finish is not None else sheet.at


def _numbers(counts: Sequence[SourceCount]) -> Grid:
    rows = [
        (one.label, *(str(one.by_outcome[value]) for value in OUTCOMES), str(one.total))
        for one in counts
    ]
    together = [str(sum(one.by_outcome[value] for one in counts)) for value in OUTCOMES]
    rows.append((_("Together"), *together, str(sum(one.total for one in counts))))
    return Grid(
        headings=(_("Source"), *(outcome_label(value) for value in OUTCOMES), _("Together")),
        widths=(20, *(11,) * (len(OUTCOMES) + 1)),
        rows=lambda: iter(rows),
    )
