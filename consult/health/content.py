"""What an edition of the report holds: the whole check as it stands, as one canonical text.

Figures are decimal strings. A border item that only one side has stated says so without a figure.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from consult.health.models import BorderFigure, BorderItem
from consult.health.queries import Whole, figures_for
from consult.health.standing import compare
from consult.phase4_implementation.enums import WarningLevel
from consult.phase4_implementation.series import plain
from consult.phase4_implementation.standings import Standing
from stakeholders.terms import canonical


def edition(whole: Whole, *, number: int, standings: Sequence[Standing]) -> dict[str, Any]:
    """The edition `number` of the check's report, for `canonical`."""
    check = whole.check
    return {
        "format": "jointplan-health-check-1",
        "plan": check.plan.key,
        "kind": check.kind,
        "year": check.year,
        "edition": number,
        "parts": whole.parts,
        "missing": {code: count for code, count in whole.missing.items() if count},
        "sections": _sections(whole),
        "border": [_border(whole, item) for item in whole.items],
        "findings": _findings(whole),
        "reservations": _reservations(whole),
        "indicators": _indicators(standings, year=check.year),
    }


def _sections(whole: Whole) -> list[dict[str, Any]]:
    return [
        {
            "number": one.number,
            "title_zh": one.title_zh,
            "title_en": one.title_en,
            "texts": {
                code: {
                    "zh": row.text_zh,
                    "en": row.text_en,
                    "file": row.file.sha256 if row.file else None,
                }
                for code in one.jurisdictions
                if (row := whole.texts.get((one.pk, code)))
            },
            "asked": sorted(one.jurisdictions),
        }
        for one in whole.sections
    ]


def _border(whole: Whole, item: BorderItem) -> dict[str, Any]:
    shown = figures_for(whole, item, inside=None)
    owner, reader = (shown.get(code) for code in (item.owner_id, item.reader_id))
    verdict = compare(
        owner.value if owner else None,
        reader.value if reader else None,
        tolerance=item.tolerance,
    )
    return {
        "number": item.number,
        "title_zh": item.title_zh,
        "title_en": item.title_en,
        "unit_zh": item.unit_zh,
        "unit_en": item.unit_en,
        "owner": item.owner_id,
        "reader": item.reader_id,
        "tolerance": plain(item.tolerance),
        "owner_said": _said(owner),
        "reader_said": _said(reader),
        "stated": sorted(shown),
        "result": verdict.value,
    }


def _said(row: BorderFigure | None) -> dict[str, str] | None:
    if row is None:
        return None
    return {"value": plain(row.value), "source": row.source, "note": row.note}


def _findings(whole: Whole) -> list[dict[str, Any]]:
    return [
        {
            "number": one.number,
            "title_zh": one.title_zh,
            "title_en": one.title_en,
            "text_zh": one.text_zh,
            "text_en": one.text_en,
            "border_item": one.border_item.number if one.border_item else None,
            "jurisdictions": sorted(one.jurisdictions),
        }
        for one in whole.findings
    ]


def _reservations(whole: Whole) -> list[dict[str, Any]]:
    """Those that stand, reviewed or not, and those lifted in the review."""
    rows = {row.pk: row for row in whole.reservations}
    rows |= {review.reservation_id: review.reservation for review in whole.reviews.values()}
    return [_reservation(whole, pk) for pk in sorted(rows)]


def _reservation(whole: Whole, pk: int) -> dict[str, Any]:
    review = whole.reviews.get(pk)
    row = review.reservation if review else next(r for r in whole.reservations if r.pk == pk)
    return {
        "item": row.item.key,
        "jurisdiction": row.jurisdiction_id,
        "text_zh": row.text_zh,
        "text_en": row.text_en,
        "decision": review.decision if review else None,
        "next_on": review.next_on if review else row.review_on,
        "said_zh": review.text_zh if review else "",
        "said_en": review.text_en if review else "",
    }


def _indicators(standings: Sequence[Standing], *, year: int) -> list[dict[str, Any]]:
    """Each indicator of the text: how it stands, and the newest reading of every side that
    reported. Thresholds are those of the check's year."""
    return [
        {
            "key": one.indicator.key,
            "number": one.indicator.number,
            "name_zh": one.indicator.name_zh,
            "name_en": one.indicator.name_en,
            "unit_zh": one.indicator.unit_zh,
            "unit_en": one.indicator.unit_en,
            "state": one.state.value,
            **{
                level.value: _level(one.indicator.threshold(level, year=year))
                for level in WarningLevel
            },
            "readings": _readings(one),
        }
        for one in standings
    ]


def _readings(standing: Standing) -> list[dict[str, str]]:
    newest = {one.code: one for one in standing.newest}
    return [
        {"jurisdiction": code or "", "period": found.period, "value": plain(found.value)}
        for code in (None, *standing.indicator.concerned)
        if (found := newest.get(code))
    ]


def _level(value: Decimal | None) -> str | None:
    return None if value is None else plain(value)


def content_of(row: BorderFigure) -> str:
    """What a figure says, as canonical text without free words: what its commitment covers."""
    return canonical.canonical(
        {
            "item": row.item_id,
            "jurisdiction": row.jurisdiction_id,
            "value": plain(row.value),
            "source": canonical.digest(row.source),
            "note": canonical.digest(row.note),
            "file": row.file.sha256 if row.file else None,
        }
    )
