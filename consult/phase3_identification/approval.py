"""The approval slip (签署审批单) of a party's position as a paper, in the active language.

What is asked, what the staff advise, which steps it went through, and room for a signature. The
same paper is shown on screen, printed, and written as PDF and Word.
"""

from collections.abc import Iterator, Sequence

from django.utils.timezone import localtime
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from consult.phase2_preparation.papers.shape import Block, Cells, Grid, Heading, Paper, Paragraph
from consult.phase3_identification.leading import Changed, Leading, Said
from consult.phase3_identification.shown import demonstration_note
from plans.templatetags.plan_rooms import article_label
from stakeholders.templatetags.in_language import in_language
from stakeholders.templatetags.moment import moment
from stakeholders.terms import clock

SHORT = 23  # signs of a hash that people compare


def approval_paper(page: Leading) -> Paper:
    """One sheet for the signatory of one party; shows what that party may read, nothing else."""
    blocks: list[Block] = [_asked(page)]
    blocks += _advice(page)
    blocks += _proposal(page)
    blocks += _steps(page)
    blocks += _changes(page)
    blocks += [Heading(text=_("Decision of the signatory")), _signing()]
    notices = [demonstration_note()] if page.plan.is_demonstration else []
    if page.prepared is None or not page.may_sign:
        notices.append(_("Not ready for signature"))
    unit = page.mandate.jurisdiction if page.mandate else None
    return Paper(
        title=_("Approval slip for signature"),
        subject=page.plan.key,
        language="en" if (get_language() or "").startswith("en") else "zh",
        at=page.prepared.draft.edited_at if page.prepared else clock.now(),
        lines=tuple(str(one) for one in (in_language(page.plan, "title"), unit) if one),
        notices=tuple(notices),
        blocks=blocks,
    )


def _grid(headings: Cells, widths: Sequence[int], rows: Sequence[Cells]) -> Grid:
    def each() -> Iterator[Cells]:
        return iter(rows)

    return Grid(headings=headings, widths=widths, rows=each)


def _asked(page: Leading) -> Grid:
    closes = page.sign_off.closes_at
    rows = [
        (
            pgettext("approval slip", "Asked of you"),
            _("Our position on %(label)s") % {"label": page.revision.label},
        ),
        (_("Items that concern us"), str(len(page.rows))),
        (_("Check number of the text"), page.revision.hash[:SHORT]),
        (_("Deadline"), moment(closes) if closes else _("none")),
    ]
    if page.is_sealed:
        rows.append((_("Sealed"), _("Until it closes nobody else reads our position.")))
    return _grid((pgettext("approval slip", "Matter"), _("Content")), (22, 78), rows)


def _advice(page: Leading) -> list[Block]:
    if page.prepared is None:
        return [Paragraph(text=_("No position has been prepared."))]
    draft = page.prepared.draft
    signed = f"{in_language(draft.editor.user, 'name')} {localtime(draft.edited_at):%Y-%m-%d}"
    text = draft.advice or _("No note was written.")
    return [
        Heading(text=_("What our staff advise")),
        Paragraph(text=text),
        Paragraph(text=signed, is_signature=True),
    ]


def _proposal(page: Leading) -> list[Block]:
    if page.prepared is None:
        return []
    value = page.proposed_value or _("not chosen yet")
    lead = _("On all items that concern us: %(value)s.") % {"value": value}
    blocks: list[Block] = [Heading(text=_("Proposed position"))]
    blocks.append(Paragraph(text=f"{lead}\n{page.proposed_text}".strip()))
    if page.proposed:
        rows = [(_article(one), one.label, _said(one)) for one in page.proposed]
        heads = (_("Article"), _("Position"), _("Text"))
        blocks.append(_grid(heads, (22, 18, 60), rows))
    else:
        blocks.append(Paragraph(text=_("No exception.")))
    if page.notes:
        noted = [(_article(one), one.note) for one in page.notes]
        blocks.append(_grid((_("Article"), _("Note to the signatory")), (22, 78), noted))
    letter = " ".join(text for text in page.letter.values() if text)
    if letter:
        blocks.append(Paragraph(text=_("Letter and decision: %(text)s") % {"text": letter}))
    return blocks


def _article(one: Said) -> str:
    if one.row is None:
        return one.key
    return f"{article_label(one.row.number)} {one.row.title}"


def _said(one: Said) -> str:
    lines = [
        one.text,
        _("Wording that would do: %(what)s") % {"what": one.wording} if one.wording else "",
        _("Covers: %(what)s") % {"what": one.scope} if one.scope else "",
        _("Would be lifted by: %(what)s") % {"what": one.lifted_if} if one.lifted_if else "",
        _("Review on %(day)s") % {"day": one.review_on} if one.review_on else "",
        _("Note: %(text)s") % {"text": one.note} if one.note else "",
        _("The wording changed after this was prepared.") if one.is_touched else "",
    ]
    return "\n".join(line for line in lines if line)


def _steps(page: Leading) -> list[Block]:
    found = page.prepared
    if found is None or found.running is None:
        return []
    made = found.passed()
    rows = []
    for step in found.running.steps:
        one = made.get(step.pk)
        who = str(in_language(one.mandate.user, "name")) if one else ""
        when = f"{localtime(one.at):%Y-%m-%d %H:%M}" if one else ""
        rows.append((str(step), who, when, one.note if one else ""))
    heads = (_("Step"), _("Passed by"), _("Time"), _("Note"))
    return [
        Heading(text=_("Steps inside our jurisdiction")),
        _grid(heads, (24, 22, 24, 30), rows),
    ]


def _changes(page: Leading) -> list[Block]:
    blocks: list[Block] = [Heading(text=_("Changed since our last word"))]
    if page.last is None:
        text = _("We have not spoken on this text yet.")
    elif not page.changed and not page.removed:
        text = _("Nothing has changed for us.")
    else:
        rows = [(_row(one), str(one.kind.label)) for one in page.changed]
        rows += [(title, _("Removed")) for title in page.removed]
        return [*blocks, _grid((_("Article"), _("Change")), (76, 24), rows)]
    return [*blocks, Paragraph(text=text)]


def _row(one: Changed) -> str:
    return f"{article_label(one.number)} {one.title}"


def _signing() -> Grid:
    rows = [
        (_("Decision"), _("□ Agreed as proposed    □ Agreed with changes    □ Sent back")),
        (_("Instructions"), "\n\n"),
        (_("Signature"), "\n\n"),
        (_("Date"), ""),
    ]
    return _grid(
        (pgettext("approval slip", "Signing"), _("To be filled in by the signatory")),
        (22, 78),
        rows,
    )


def shown_blocks(paper: Paper) -> list[dict[str, object]]:
    """The blocks of a paper for a page; a table is named by the heading before it."""
    found: list[dict[str, object]] = []
    label = paper.title
    for one in paper.blocks:
        if isinstance(one, Grid):
            rows = [list(row) for row in one.rows()]
            found.append({"headings": one.headings, "rows": rows, "label": label})
        else:
            label = one.text if isinstance(one, Heading) else label
            found.append({"is_heading": isinstance(one, Heading), "text": one.text})
    return found
