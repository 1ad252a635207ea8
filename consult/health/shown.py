"""A check as its pages show it: progress by party, the border table, whose move it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from consult.health.content import plain
from consult.health.enums import CheckStage, Comparison
from consult.health.models import BorderItem
from consult.health.queries import Whole, figures_for
from consult.health.standing import compare
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.terms.duty import Text

STAGE_TONES: Mapping[str, str] = {
    CheckStage.FILLING: "info",
    CheckStage.READY: "info",
    CheckStage.PUT_FORWARD: "info",
    CheckStage.OUTDATED: "warning",
    CheckStage.NOT_PASSED: "danger",
    CheckStage.SIGNED: "success",
    CheckStage.PUBLISHED: "success",
}
RESULT_TONES: Mapping[str, str] = {
    Comparison.OPEN: "neutral",
    Comparison.AGREES: "success",
    Comparison.DIFFERS: "warning",
}
MOVES: Mapping[str, Text] = {
    CheckStage.FILLING: _("The parties fill in their parts."),
    CheckStage.READY: _("The joint office puts the report forward."),
    CheckStage.PUT_FORWARD: _("The signatories take their positions."),
    CheckStage.OUTDATED: _("The joint office puts a new edition forward."),
    CheckStage.NOT_PASSED: _("Not all agree: change what was objected to, then a new edition."),
    CheckStage.SIGNED: _("The joint office publishes the report."),
    CheckStage.PUBLISHED: _("Nobody has to do anything."),
}


@dataclass(frozen=True, kw_only=True)
class PartyLine:
    """How far a party is: of each part, how many are in of how many."""

    unit: Jurisdiction
    sections: tuple[int, int]
    figures: tuple[int, int]
    reviews: tuple[int, int]
    left: int


@dataclass(frozen=True, kw_only=True)
class Side:
    """One side of a border item: `value` is "" where it is not stated or not for the reader."""

    unit: Jurisdiction
    is_stated: bool
    is_sealed: bool
    value: str
    source: str
    note: str
    first: str
    figure_id: int | None
    has_file: bool


@dataclass(frozen=True, kw_only=True)
class BorderLine:
    """A border item; `gap`: how far apart the two figures lie, once both are open."""

    item: BorderItem
    owner: Side
    reader: Side
    result: Comparison
    tone: str
    has_finding: bool
    gap: str


def stage_look(whole: Whole) -> dict[str, object]:
    """The word, tone and next move of a check's stage."""
    stage = whole.stage
    return {
        "stage": stage.value,
        "word": stage.label,
        "tone": STAGE_TONES[stage],
        "move": MOVES[stage],
    }


def party_lines(whole: Whole, units: Mapping[str, Jurisdiction]) -> list[PartyLine]:
    """One line per party that has something to fill in. No query."""
    return [_line(whole, code, units[code]) for code in whole.codes if code in units]


def _line(whole: Whole, code: str, unit: Jurisdiction) -> PartyLine:
    sections = [one for one in whole.sections if code in one.jurisdictions]
    items = [one for one in whole.items if code in (one.owner_id, one.reader_id)]
    standing = {one.pk for one in whole.reservations if one.jurisdiction_id == code}
    reviewed = {
        row.reservation_id
        for row in whole.reviews.values()
        if row.reservation.jurisdiction_id == code
    }
    left = (
        len(whole.sections_left(code)),
        len(whole.items_left(code)),
        len(whole.reservations_left(code)),
    )
    totals = (len(sections), len(items), len(standing | reviewed))
    done = [(total - missing, total) for total, missing in zip(totals, left, strict=True)]
    return PartyLine(unit=unit, sections=done[0], figures=done[1], reviews=done[2], left=sum(left))


def border_lines(whole: Whole, *, inside: str | None) -> list[BorderLine]:
    """The border items as who speaks for `inside` may see them. No query."""
    return [border_line(whole, item, inside=inside) for item in whole.items]


def border_line(whole: Whole, item: BorderItem, *, inside: str | None) -> BorderLine:
    seen = figures_for(whole, item, inside=None)
    owner, reader = (seen.get(str(code)) for code in (item.owner_id, item.reader_id))
    result = compare(
        owner.value if owner else None,
        reader.value if reader else None,
        tolerance=item.tolerance,
    )
    gap = plain(abs(owner.value - reader.value)) if owner and reader else ""
    return BorderLine(
        item=item,
        owner=_side(whole, item, item.owner, inside),
        reader=_side(whole, item, item.reader, inside),
        result=result,
        tone=RESULT_TONES[result],
        has_finding=any(one.border_item_id == item.pk for one in whole.findings),
        gap=gap,
    )


def _side(whole: Whole, item: BorderItem, unit: Jurisdiction, inside: str | None) -> Side:
    shown = figures_for(whole, item, inside=inside)
    row = shown.get(unit.code)
    former = whole.first.get((item.pk, unit.code)) if row else None
    return Side(
        unit=unit,
        is_stated=unit.code in shown,
        is_sealed=unit.code in shown and row is None,
        value=plain(row.value) if row else "",
        source=row.source if row else "",
        note=row.note if row else "",
        first=plain(former.value) if former else "",
        figure_id=row.pk if row else None,
        has_file=bool(row and row.file_id),
    )


def section_lines(whole: Whole, units: Mapping[str, Jurisdiction]) -> list[dict[str, object]]:
    """Each section with what every party that is asked says in it."""
    return [
        {
            "section": one,
            "texts": [
                (units[code], whole.texts.get((one.pk, code)))
                for code in one.jurisdictions
                if code in units
            ],
        }
        for one in whole.sections
    ]


def own_parts(whole: Whole, code: str | None) -> dict[str, Sequence[object]]:
    """What a party has still to do, for the top of the page."""
    if code is None:
        return {"sections": [], "items": [], "reservations": []}
    return {
        "sections": whole.sections_left(code),
        "items": whole.items_left(code),
        "reservations": whole.reservations_left(code),
    }
