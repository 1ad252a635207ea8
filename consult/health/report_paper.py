"""The report of a check (体检评估报告) as a paper, in the active language, with its charts.

Everything comes from the edition that the parties take their position on, so that the file says what
was agreed, whatever became of the check since.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from io import BytesIO
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from consult.health.charts import Bar, Chart, Level, bars_chart
from consult.health.enums import Comparison, ReviewDecision
from consult.health.models import CheckReport
from consult.health.subjects import named
from consult.phase2_preparation.papers.docx_writing import write_docx
from consult.phase2_preparation.papers.pdf_writing import picture_png, write_pdf
from consult.phase2_preparation.papers.shape import (
    Block,
    Cell,
    Grid,
    Heading,
    Paper,
    Paragraph,
    Picture,
    day_words,
)
from consult.phase3_identification.shown import demonstration_note
from consult.phase3_identification.sign_off_sheet import paper_language
from consult.phase4_implementation.enums import IndicatorState
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.templatetags.in_language import in_language

NUMERALS = "一二三四五六七八九十"
Content = Mapping[str, Any]
Units = Mapping[str, Jurisdiction]
MILLIMETRES = 150


def report_docx(report: CheckReport, *, units: Units) -> bytes:
    """For Word and WPS, in the layout of offices."""
    out = BytesIO()
    write_docx(report_paper(report, units=units), out)
    return out.getvalue()


def report_pdf(report: CheckReport, *, units: Units) -> bytes:
    return write_pdf(report_paper(report, units=units))


def report_paper(report: CheckReport, *, units: Units) -> Paper:
    """The edition as a paper; a demonstration says so on every page."""
    content = json.loads(report.content)
    plan = report.health_check.plan
    said = {
        "plan": in_language(plan, "title"),
        "check": named(content["kind"], content["year"]),
    }
    return Paper(
        title=_("%(plan)s: report of the %(check)s") % said,
        subject=plan.key,
        language=paper_language(),
        at=report.at,
        lines=[_("Edition %(number)s, hash %(hash)s") % _named(report)],
        notices=[demonstration_note()] if plan.is_demonstration else [],
        blocks=list(_numbered(_sections(content, units))),
    )


def _named(report: CheckReport) -> dict[str, object]:
    return {"number": report.number, "hash": report.hash}


def _numbered(sections: Iterator[tuple[str, list[Block]]]) -> Iterator[Block]:
    """Chapters as 一、二、三 in Chinese, as figures in English."""
    for place, (title, blocks) in enumerate(sections):
        number = f"{place + 1}. " if paper_language() == "en" else f"{_numeral(place)}、"
        yield Heading(text=f"{number}{title}")
        yield from blocks


def _numeral(place: int) -> str:
    """一 to 十九."""
    ten, one = divmod(place + 1, 10)
    return ("十" if ten else "") + (NUMERALS[one - 1] if one else "")


def _sections(content: Content, units: Units) -> Iterator[tuple[str, list[Block]]]:
    for one in content["sections"]:
        yield in_language(one, "title"), _texts(one, units)
    yield _("Indicators as they stand"), _charts(content, units)
    yield _("Border items, read again by the neighbour"), _border(content, units)
    yield pgettext("health check", "Findings"), _findings(content, units)
    yield _("Reservations looked at again"), _reservations(content, units)


def _name(units: Units, code: str) -> str:
    return str(units.get(code, code))


def _names(units: Units, codes: Sequence[str]) -> str:
    return pgettext("between names", ", ").join(_name(units, code) for code in codes)


def _texts(section: Content, units: Units) -> list[Block]:
    blocks: list[Block] = []
    for code in section["asked"]:
        said = section["texts"].get(code)
        blocks.append(Heading(text=_name(units, code), level=2))
        text = _chosen(said["zh"], said["en"]) if said else _("No text was handed in.")
        blocks.append(Paragraph(text=text))
    return blocks


def _chosen(zh: str, en: str) -> str:
    first, second = (en, zh) if paper_language() == "en" else (zh, en)
    return first or second


def report_charts(content: Content, units: Units) -> list[Chart]:
    """A chart per indicator that has readings, and one of the border items that both stated."""
    found = [_indicator_chart(one, units) for one in content["indicators"] if one["readings"]]
    return found + [
        _border_chart(one, units)
        for one in content["border"]
        if one["owner_said"] and one["reader_said"]
    ]


def _indicator_chart(one: Content, units: Units) -> Chart:
    bars = [
        Bar(
            label=_name(units, row["jurisdiction"]) if row["jurisdiction"] else _("The whole area"),
            value=Decimal(row["value"]),
            said=f"{row['value']} ({row['period']})",
        )
        for row in one["readings"]
    ]
    levels = [
        Level(name=name, value=Decimal(one[key]))
        for key, name in (("warning", _("Warning value")), ("limit", _("Limit")))
        if one[key] is not None
    ]
    title = f"{one['number']} {in_language(one, 'name')}".strip()
    return bars_chart(title=title, unit=in_language(one, "unit"), bars=bars, levels=levels)


def _border_chart(one: Content, units: Units) -> Chart:
    unit = in_language(one, "unit")
    bars = [
        Bar(
            label=_name(units, one[side]),
            value=Decimal(one[f"{side}_said"]["value"]),
            said=one[f"{side}_said"]["value"],
            tone=tone,
        )
        for tone, side in enumerate(("owner", "reader"))
    ]
    return bars_chart(title=in_language(one, "title"), unit=unit, bars=bars)


def _charts(content: Content, units: Units) -> list[Block]:
    """Each chart, and below it the table of the same figures."""
    blocks: list[Block] = []
    for one in content["indicators"]:
        if not one["readings"]:
            continue
        chart = _indicator_chart(one, units)
        blocks += [Heading(text=f"{chart.title} {chart.unit}".strip(), level=2), _pictured(chart)]
        blocks += [Paragraph(text=str(IndicatorState(one["state"]).label)), _twin(chart)]
    return blocks or [Paragraph(text=_("No reading was reported."))]


def _twin(chart: Chart) -> Grid:
    rows = [(bar.label, bar.said) for bar in chart.bars]
    rows += [(level.name, str(level.value)) for level in chart.levels]
    return _table((_("Unit or threshold"), _("Figure")), (60, 40), rows)


def _pictured(chart: Chart) -> Grid:
    height = max(round(MILLIMETRES * chart.height / chart.width), 1)
    picture = Picture(
        png=picture_png(chart.svg, millimetres=MILLIMETRES, height=height),
        svg=chart.svg,
        millimetres=MILLIMETRES,
        height=height,
        told=chart.told,
    )
    return _table((), (1,), [(picture,)])


def _table(headings: Sequence[str], widths: Sequence[int], rows: Sequence[Sequence[Cell]]) -> Grid:
    return Grid(headings=headings, widths=widths, rows=lambda: iter(rows), empty=_("None."))


def _border(content: Content, units: Units) -> list[Block]:
    headings = (
        pgettext("of an item", "No."),
        _("Border item"),
        _("Figure of the owner"),
        _("Read again by the neighbour"),
        _("Tolerance"),
        _("Result"),
    )
    rows = [
        (
            str(one["number"]),
            f"{in_language(one, 'title')} {in_language(one, 'unit')}".strip(),
            _figure(units, one, "owner"),
            _figure(units, one, "reader"),
            one["tolerance"],
            str(Comparison(one["result"]).label),
        )
        for one in content["border"]
    ]
    blocks: list[Block] = [_table(headings, (7, 27, 24, 24, 8, 10), rows)]
    for one in content["border"]:
        if one["owner_said"] and one["reader_said"]:
            chart = _border_chart(one, units)
            blocks += [Heading(text=f"{chart.title} {chart.unit}".strip(), level=2)]
            blocks.append(_pictured(chart))
    return blocks


def _figure(units: Units, one: Content, side: str) -> str:
    said = one[f"{side}_said"]
    lines = [_name(units, one[side])]
    if said is None:
        is_stated = one[side] in one["stated"]
        lines.append(_("stated, not open") if is_stated else _("not stated"))
    else:
        lines += [part for part in (said["value"], said["source"], said["note"]) if part]
    return "\n".join(lines)


def _findings(content: Content, units: Units) -> list[Block]:
    blocks: list[Block] = []
    for one in content["findings"]:
        title = f"HF{one['number']} {in_language(one, 'title')}"
        blocks.append(Heading(text=title, level=2))
        blocks.append(Paragraph(text=_chosen(one["text_zh"], one["text_en"])))
        concerns = _("Concerns: %(who)s") % {"who": _names(units, one["jurisdictions"])}
        blocks.append(Paragraph(text=concerns, is_note=True))
    return blocks or [Paragraph(text=_("None."))]


def _reservations(content: Content, units: Units) -> list[Block]:
    headings = (_("Party"), _("Reservation"), _("Review"), _("Next review"))
    rows = [
        (
            _name(units, one["jurisdiction"]),
            _chosen(one["text_zh"], one["text_en"]),
            _reviewed(one),
            day_words(parse_date(one["next_on"])) if one["next_on"] else "",
        )
        for one in content["reservations"]
    ]
    return [_table(headings, (18, 42, 22, 18), rows)]


def _reviewed(one: Content) -> str:
    if one["decision"] is None:
        return _("not looked at")
    said = _chosen(one["said_zh"], one["said_en"])
    return f"{ReviewDecision(one['decision']).label}\n{said}".strip()
