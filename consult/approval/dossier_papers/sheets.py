"""What the plan's rows say as papers: base confirmation, neighbours, experts, deliberations."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.utils.timezone import localtime
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from consult.approval.queries.dossier_facts import Facts
from consult.ballots.queries import electors_of, newest_positions
from consult.phase1_organization.base_set import set_at
from consult.phase2_preparation.models import CollectiveOpinion
from consult.phase2_preparation.papers.shape import (
    Block,
    Cells,
    Grid,
    Heading,
    Paper,
    Paragraph,
    day_words,
)
from consult.phase2_preparation.queries.experts import Member, members_of
from consult.phase2_preparation.queries.neighbours import Written
from consult.phase3_identification.board import spoken
from plans.register.models import Plan
from stakeholders.templatetags.in_language import in_language


def language() -> str:
    return "en" if (get_language() or "").startswith("en") else "zh"


def paper_of(
    plan: Plan, *, title: str, at: datetime, blocks: Sequence[Block], lines: Sequence[str] = ()
) -> Paper:
    """A paper of the dossier, marked where the plan is a demonstration."""
    notices = []
    if plan.is_demonstration:
        notices.append(_("Demonstration: names and opinions are made up."))
    return Paper(
        title=title,
        subject=plan.key,
        language=language(),
        at=at,
        lines=tuple(one for one in (in_language(plan, "title"), *lines) if one),
        notices=tuple(notices),
        blocks=tuple(blocks),
    )


def grid(headings: Cells, widths: Sequence[int], rows: Sequence[Cells], empty: str = "") -> Grid:
    def each() -> Iterator[Cells]:
        return iter(rows)

    return Grid(headings=headings, widths=widths, rows=each, empty=empty or _("None."))


def base_paper(facts: Facts) -> Paper:
    """What the parties agreed on as base map and base figures, and who said so."""
    ballot = facts.base.agreed
    if ballot is None:
        raise ValueError("no base set was agreed")
    files = [
        (in_language(one, "title"), one.get_purpose_display(), one.file.sha256)
        for one in set_at(facts.plan, at=ballot.opened_at)
    ]
    positions = newest_positions([ballot])
    said = []
    for elector in electors_of([ballot]).get(ballot.pk, []):
        row = positions.get((ballot.pk, elector.jurisdiction_id))
        value = str(row.get_value_display()) if row else _("No position")
        letter = (
            " ".join(one for one in (row.letter_number, day_words(row.letter_on)) if one)
            if row
            else ""
        )
        said.append((str(elector.jurisdiction), value, letter))
    agreed = day_words(localtime(ballot.end.at).date())
    return paper_of(
        facts.plan,
        title=_("Confirmation of base map and base figures"),
        at=ballot.end.at,
        lines=(_("Agreed on %(day)s") % {"day": agreed},),
        blocks=[
            Heading(text=_("Base map and base figures")),
            grid((_("Title"), _("Purpose"), _("Check number (SHA-256)")), (34, 16, 50), files),
            Heading(text=_("Positions of the parties")),
            grid((_("Party"), _("Position"), _("Letter")), (30, 30, 40), said),
        ],
    )


def neighbours_paper(facts: Facts, *, at: datetime) -> Paper:
    """The consulted neighbours, what each wrote and whether and how it was answered."""
    rows: list[Cells] = []
    for one in facts.neighbours:
        unit = str(one.jurisdiction)
        if one.is_missing:
            rows.append((unit, _("No opinion"), "", "", ""))
        for written in one.written:
            rows.append(
                (
                    unit,
                    written.result_label,
                    f"{written.letter_number} {day_words(written.letter_on)}".strip(),
                    written.text,
                    _answer(written),
                )
            )
    heads = (
        _("Neighbour"),
        pgettext("opinion of a neighbour", "Result"),
        _("Letter"),
        pgettext("adoption table", "Opinion"),
        _("Answer"),
    )
    return paper_of(
        facts.plan,
        title=_("Written opinions of neighbours and the answers"),
        at=at,
        blocks=[grid(heads, (14, 12, 18, 32, 24), rows, _("No neighbour is consulted."))],
    )


def _answer(written: Written) -> str:
    if written.answer is not None:
        letter = f"{written.answer.letter_number} {day_words(written.answer.letter_on)}".strip()
        return f"{written.answer.text}\n{letter}".strip()
    if written.round is not None and written.comments:
        return _(
            "%(answered)s of %(comments)s opinions answered, see the table of round %(round)s"
        ) % {
            "answered": written.answered,
            "comments": written.comments,
            "round": written.round,
        }
    return "" if written.is_answered else _("Not answered")


def experts_paper(plan: Plan, one: CollectiveOpinion) -> Paper:
    """A finished collective opinion with its members and how each signed."""
    if one.finished_at is None:
        raise ValueError("an opinion in work is no paper")
    return paper_of(
        plan,
        title=_("Collective expert opinion"),
        at=one.finished_at,
        lines=(f"{day_words(one.held_on)} {one.place}".strip(), one.revision.label),
        blocks=[
            Heading(text=pgettext("public display", "Result")),
            Paragraph(text=str(one.get_result_display())),
            Heading(text=_("Text of the opinion")),
            Paragraph(text=one.text),
            Heading(text=_("Members and signatures")),
            grid(
                (pgettext("person", "Name"), _("Organization"), _("Signature")),
                (30, 40, 30),
                [_member(member) for member in members_of(one)],
            ),
        ],
    )


def _member(member: Member) -> Cells:
    row = member.invitation
    name = str(row.shown_name)
    if row.is_chair:
        name = _("%(name)s (chair)") % {"name": name}
    body = str(row.organization) if row.organization and row.is_named else ""
    signed = member.signature
    if signed is None:
        return (name, body, _("Not signed"))
    said = f"{signed.get_way_display()} {day_words(localtime(signed.at).date())}"
    return (name, body, said)


def deliberation_paper(facts: Facts, *, at: datetime) -> Paper:
    """Which body of each party decided, when, and under which letter; as each declared."""
    rows = []
    for party in facts.parties:
        letter = party.get("letter") or {}
        row = facts.declarations.get(party["code"])
        meeting = (
            " ".join(one for one in (row.meeting, day_words(row.decided_on)) if one) if row else ""
        )
        rows.append(
            (
                spoken(party["name"]),
                party.get("decided_by") or _("Not said"),
                meeting,
                " ".join(str(letter.get(name) or "") for name in ("number", "on")).strip(),
            )
        )
    heads = (_("Party"), _("Decided by"), _("Meeting and day"), _("Letter"))
    return paper_of(
        facts.plan,
        title=_("Deliberation by the governments of the parties"),
        at=at,
        blocks=[grid(heads, (20, 32, 22, 26), rows)],
    )
