"""What the common statement says, as papers of their own: its tables, and what stays open."""

import json
from collections.abc import Mapping
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from consult.approval.dossier_papers.sheets import grid, paper_of
from consult.approval.queries.dossier_facts import Facts
from consult.phase2_preparation.papers.shape import (
    Block,
    Cells,
    Heading,
    Paper,
    Paragraph,
    day_words,
)
from consult.phase3_identification.board import spoken
from consult.phase3_identification.models import CommonStatement
from consult.phase3_identification.shown import annex, overridden_of, undecided_of
from plans.register.enums import ItemKind, Strength
from plans.register.queries import entries_of


def tables_paper(facts: Facts, statement: CommonStatement) -> Paper:
    """The indicators and the common standards of the statement's revision."""
    entries = entries_of(statement.revision).filter(
        item__kind__in=(ItemKind.INDICATOR, ItemKind.STANDARD)
    )
    indicators: list[Cells] = []
    standards: list[Cells] = []
    for entry in entries:
        held = json.loads(entry.version.content)
        content = held["content"]
        if entry.item.kind == ItemKind.INDICATOR:
            indicators.append(_indicator(entry.number, content, held.get("strength", "")))
        else:
            standards.append(_standard(entry.number, content))
    blocks: list[Block] = []
    heads: Cells
    if indicators:
        heads = (
            _("No."),
            _("Indicator"),
            _("Unit"),
            _("Target"),
            _("Warning value / limit"),
            _("Strength"),
        )
        blocks += [Heading(text=_("Indicators")), grid(heads, (8, 34, 12, 16, 18, 12), indicators)]
    if standards:
        heads = (_("No."), _("Common standard"), _("Unit"), _("Agreed value"), _("Reason"))
        blocks += [
            Heading(text=_("Common standards")),
            grid(heads, (8, 30, 12, 20, 30), standards),
        ]
    return paper_of(
        facts.plan,
        title=_("Tables of indicators and common standards"),
        at=statement.at,
        lines=(statement.revision.label,),
        blocks=blocks,
    )


def _indicator(number: str, content: Mapping[str, Any], strength: str) -> Cells:
    thresholds = content.get("thresholds") or {}
    bounds = " / ".join(one for one in map(thresholds.get, ("warning", "limit")) if one)
    year = content.get("target_year")
    target = str(content.get("target") or "")
    return (
        number,
        spoken(content.get("name")),
        _plain(content.get("unit")),
        f"{target} ({year})" if target and year else target,
        bounds,
        str(Strength(strength).label) if strength in Strength.values else "",
    )


def _standard(number: str, content: Mapping[str, Any]) -> Cells:
    return (
        number,
        spoken(content.get("title")),
        _plain(content.get("unit")),
        str(content.get("agreed") or ""),
        spoken(content.get("reason")),
    )


def _plain(said: object) -> str:
    """A word kept in one language or in both."""
    return spoken(said) if isinstance(said, Mapping) else str(said or "")


def left_paper(facts: Facts, statement: CommonStatement) -> Paper:
    """What the superior authority is asked to decide, and the differences that remain."""
    content = facts.content
    undecided = [
        (_("Article %(number)s") % row, "; ".join(map(str, row["supporters"])))  # type: ignore[call-overload]
        for row in undecided_of(content)
    ]
    overridden = [
        (_("Article %(number)s") % row, str(row["reason"])) for row in overridden_of(content)
    ]
    blocks: list[Block] = [
        Heading(text=_("Items left to the decision of the superior authority")),
        grid((_("Item"), _("Supported by")), (30, 70), undecided),
        Heading(text=_("Reservations")),
        grid(
            (_("Party"), _("Item"), _("Reservation"), _("Would be lifted by")),
            (18, 16, 40, 26),
            [_reservation(row) for row in annex(content, "reservations")],
        ),
        Heading(text=_("Objections and difficulties that remain")),
        grid(
            (_("Party"), _("Item"), _("Reason"), _("Wording that would do")),
            (18, 16, 36, 30),
            [_objection(row) for row in annex(content, "objections")],
        ),
    ]
    if overridden:
        blocks += [
            Heading(text=_("Items overridden by the charter’s special procedure")),
            grid((_("Item"), _("Reason")), (30, 70), overridden),
        ]
    blocks.append(
        Paragraph(
            text=_("As the common statement of %(day)s says.")
            % {"day": day_words(localtime(statement.at).date())}
        )
    )
    return paper_of(
        facts.plan,
        title=_("Items left to the superior authority and differences that remain"),
        at=statement.at,
        lines=(statement.revision.label,),
        blocks=blocks,
    )


def _reservation(row: Mapping[str, Any]) -> Cells:
    text = f"{row['scope']}\n{row['text']}".strip()
    return (row["party"], _("Article %(number)s") % row, text, row["lifted_if"])


def _objection(row: Mapping[str, Any]) -> Cells:
    return (row["party"], _("Article %(number)s") % row, row["text"], row["wording"])
