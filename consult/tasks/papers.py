"""The table of responsibilities, a year's programme and a supervision note as papers."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from consult.approval.dossier_papers.sheets import grid, paper_of
from consult.phase2_preparation.papers.shape import Block, Heading, Paper, Paragraph, day_words
from consult.tasks.enums import NoteSubject
from consult.tasks.queries import TaskState
from consult.tasks.queries.notes import NoteState
from consult.tasks.queries.programmes import YearState
from consult.tasks.standing import Stage
from plans.register.models import Plan
from stakeholders.files.tables import Cell
from stakeholders.templatetags.in_language import in_language
from stakeholders.terms import clock

BREAKDOWN_WIDTHS = (5, 24, 16, 12, 15, 11, 17, 10)
YEAR_WIDTHS = (5, 24, 30, 14, 12, 15)


def state_words(row: TaskState) -> str:
    """Where a task stands in words: that it was sent back or is late is said, too."""
    if row.stage is Stage.STRUCK_OFF:
        return pgettext("task", "Struck off")
    if row.stage is Stage.DROPPED:
        return pgettext("task", "Dropped")
    if row.stage is Stage.HANDLED:
        return pgettext("task", "Done, not yet struck off")
    if row.is_late:
        return pgettext("task", "Late")
    if row.standing.is_sent_back:
        return pgettext("task", "Sent back")
    return str(row.progress_label) if row.progress else pgettext("task", "In work")


def listed(units: Iterable[object]) -> str:
    return pgettext("between names", ", ").join(str(one) for one in units)


def table_headings() -> list[str]:
    """The columns of the official table of responsibilities (责任分工表)."""
    return [
        _("No."),
        _("Task"),
        _("Basis"),
        _("Lead unit"),
        _("Cooperating units"),
        _("Until when"),
        _("What proves it"),
        _("State"),
    ]


def table_rows(rows: Sequence[TaskState], titles: Mapping[str, str]) -> Iterator[list[Cell]]:
    """A task a line; `titles` names the items."""
    for row in rows:
        item = row.task.item
        yield [
            row.task.number,
            in_language(row.task, "title"),
            titles.get(item.key, item.key) if item else row.task.get_origin_display(),
            str(row.unit),
            listed(row.partners),
            row.due_on,
            in_language(row.task, "evidence"),
            state_words(row),
        ]


def year_headings() -> list[str]:
    return [
        _("No."),
        _("Task"),
        _("What is done this year"),
        _("Lead unit"),
        _("Until when"),
        _("State"),
    ]


def year_rows(year: YearState) -> Iterator[list[Cell]]:
    for row in year.lines:
        yield [
            row.state.task.number,
            in_language(row.state.task, "title"),
            in_language(row.line, "text"),
            str(row.state.unit),
            row.due_on,
            state_words(row.state),
        ]


def _written(rows: Iterable[Sequence[Cell]]) -> list[list[str]]:
    """Cells as a paper writes them."""
    return [[_cell(one) for one in row] for row in rows]


def _cell(cell: Cell) -> str:
    if isinstance(cell, date):
        return day_words(cell)
    return "" if cell is None else str(cell)


def breakdown_paper(plan: Plan, rows: Sequence[TaskState], titles: Mapping[str, str]) -> Paper:
    """The official table of responsibilities, on landscape pages."""
    table = grid(table_headings(), BREAKDOWN_WIDTHS, _written(table_rows(rows, titles)))
    title = _("Table of responsibilities")
    paper = paper_of(plan, title=title, at=clock.now(), blocks=[table])
    return replace(paper, is_landscape=True)


def year_paper(plan: Plan, year: YearState) -> Paper:
    one = year.programme
    issued = _("Edition %(edition)s, issued on %(day)s") % {
        "edition": one.edition,
        "day": day_words(localtime(one.at).date()),
    }
    title = _("Programme of %(year)s") % {"year": one.year}
    table = grid(year_headings(), YEAR_WIDTHS, _written(year_rows(year)))
    paper = paper_of(plan, title=title, at=one.at, blocks=[table], lines=[issued])
    return replace(paper, is_landscape=True)


def note_paper(plan: Plan, state: NoteState) -> Paper:
    """The note as it was issued, with the replies and what became of them."""
    note = state.note
    facts = [
        (_("Addressee"), str(note.addressee)),
        (_("About"), subject_words(state)),
        (_("To be answered by"), day_words(localtime(note.due_at).date())),
        (_("Document number"), note.letter),
    ]
    blocks: list[Block] = [
        grid((_("Point"), _("Content")), (25, 75), [one for one in facts if one[1]]),
        Heading(text=pgettext("supervision note", "What is asked")),
        Paragraph(text=in_language(note, "text")),
        Paragraph(text=str(state.issuer), is_signature=True, is_kept=True),
        Paragraph(text=day_words(localtime(note.at).date()), is_signature=True),
    ]
    for reply in state.replies:
        blocks += [
            Heading(text=_("Reply of %(day)s") % {"day": day_words(localtime(reply.at).date())}),
            Paragraph(text=in_language(reply, "text")),
        ]
        verdict = getattr(reply, "verdict", None)
        if verdict is not None:
            word = _("Accepted.") if verdict.accepts else _("More is asked for.")
            blocks.append(Paragraph(text=f"{word} {verdict.reason}".strip(), is_note=True))
    number = _("No. %(number)s") % {"number": state.label}
    paper = paper_of(plan, title=_("Supervision note"), at=note.at, blocks=blocks)
    return replace(paper, number=number)


def subject_words(state: NoteState) -> str:
    """ "Task 3", or what else it is about."""
    label = str(NoteSubject(state.note.subject).label)
    return f"{label} {state.note.subject_id}".strip()
