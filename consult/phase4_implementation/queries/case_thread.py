"""A case as one thread: the warning, what was said and done, later readings, in order of time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.matters.enums import Level
from consult.phase4_implementation.models import CaseAnswer, Reading, ThresholdWarning
from consult.phase4_implementation.queries.case_grounds import is_within
from consult.phase4_implementation.queries.cases import CaseRow
from consult.tasks.enums import Origin
from consult.tasks.models import Task
from consult.tasks.queries import visible_tasks
from plans.register.models import Plan
from stakeholders.files.models import StoredFile
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.people.models import Mandate
from stakeholders.terms.actor import Actor
from stakeholders.terms.duty import Text


@dataclass(frozen=True, kw_only=True)
class Word:
    """One thing said under a label."""

    label: Text | str
    text_zh: str = ""
    text_en: str = ""
    day: date | None = None


@dataclass(frozen=True, kw_only=True)
class Event:
    """One thing on the thread. `unit`: whose word it is (none: the joint office's or the hour's)."""

    at: datetime
    label: Text | str
    unit: Jurisdiction | None = None
    mandate: Mandate | None = None
    words: tuple[Word, ...] = ()
    url: str = ""
    file: StoredFile | None = None
    is_on_behalf: bool = False
    anchor: str = ""


def thread_of_case(row: CaseRow, *, plan: Plan) -> list[Event]:
    """Everything on a case in order of time; two queries besides those of the case."""
    events = [
        *_readings(row, plan),
        *_warnings(row, plan),
        *_moves(row),
        *(_answer(one) for one in row.answers),
        *_views(row),
        *_end(row, plan),
    ]
    return sorted(events, key=lambda one: one.at)


def _same(row: CaseRow) -> dict[str, object]:
    first = row.reading
    return {"item": first.item_id, "jurisdiction": first.jurisdiction_id}


def _readings(row: CaseRow, plan: Plan) -> Iterator[Event]:
    """The warning's reading and all later ones of its indicator and unit until the case ended."""
    found = Reading.objects.filter(**_same(row), pk__gte=row.reading.pk)
    if row.end:
        found = found.filter(at__lte=row.end.at)
    for one in found.select_related("jurisdiction", "mandate__user").order_by("pk"):
        side = _("within") if is_within(one, row.indicator) else _("beyond a threshold")
        yield Event(
            at=one.at,
            label=format_lazy(
                _("Reading of {period}: {value}, {side}"),
                period=one.period,
                value=one.plain_value,
                side=side,
            ),
            unit=one.jurisdiction,
            mandate=one.mandate,
            is_on_behalf=one.is_on_behalf,
            words=(Word(label=_("Evidence"), text_zh=one.evidence),),
            url=reverse("implementation:indicator", args=[plan.key, one.item.key])
            if row.indicator
            else "",
        )


def _warnings(row: CaseRow, plan: Plan) -> Iterator[Event]:
    same = {f"reading__{name}": value for name, value in _same(row).items()}
    found = ThresholdWarning.objects.filter(**same, pk__gte=row.case.warning_id)
    if row.end:
        found = found.filter(at__lte=row.end.at)
    for one in found.order_by("pk"):
        yield Event(
            at=one.at,
            label=format_lazy(_("Warning: {level}"), level=one.get_level_display()),
            url=reverse("implementation:warning", args=[plan.key, one.pk]),
        )


def _moves(row: CaseRow) -> Iterator[Event]:
    level = ""
    for place, move in enumerate(row.moves):
        label = _("Raised to: {level}")
        if place == 0:
            label = _("Case opened, at: {level}")
        elif move.level == level:
            label = _("A later warning asks anew, at: {level}")
        level = move.level
        words = [Word(label=_("Reason"), text_zh=move.note)] if move.note else []
        if move.due_at:
            words.append(Word(label=_("Answer due"), day=move.due_at))
        yield Event(
            at=move.at,
            label=format_lazy(label, level=Level(move.level).label),
            mandate=move.mandate,
            words=tuple(words),
        )


def _answer(one: CaseAnswer) -> Event:
    return Event(
        at=one.at,
        label=_("Answer"),
        unit=one.jurisdiction,
        mandate=one.mandate,
        words=(
            Word(label=_("Cause"), text_zh=one.cause_zh, text_en=one.cause_en),
            Word(label=_("Measure"), text_zh=one.measure_zh, text_en=one.measure_en),
            Word(label=_("Done by"), day=one.done_on),
        ),
        file=one.file,
        is_on_behalf=one.is_on_behalf,
        anchor=f"answer-{one.pk}",
    )


def _views(row: CaseRow) -> Iterator[Event]:
    for one in row.views:
        words: tuple[Word, ...] = ()
        if one.text_zh or one.text_en:
            words = (Word(label=_("Text"), text_zh=one.text_zh, text_en=one.text_en),)
        yield Event(
            at=one.at,
            label=_("Accepts the measure") if one.accepts else _("Asks for more"),
            unit=one.jurisdiction,
            mandate=one.mandate,
            words=words,
            file=one.file,
            anchor=f"view-{one.pk}",
        )


def _end(row: CaseRow, plan: Plan) -> Iterator[Event]:
    end = row.end
    if end is None:
        return
    words: tuple[Word, ...] = ()
    if end.reason_zh or end.reason_en:
        words = (Word(label=_("Reason"), text_zh=end.reason_zh, text_en=end.reason_en),)
    yield Event(
        at=end.at,
        label=end.get_outcome_display(),
        mandate=end.mandate,
        words=words,
        url=reverse("matters:detail", args=[plan.key, end.matter.key]) if end.matter else "",
        file=end.file,
        anchor="end",
    )


def tasks_of_case(row: CaseRow, *, actor: Actor) -> list[tuple[Task, str]]:
    """The tasks that the measures of a closed case went on as; the page of each, "" for who does
    not see it there."""
    found = Task.objects.filter(
        plan=row.case.plan_id, origin=Origin.CASE, origin_id=str(row.case.number)
    )
    rows = list(found.select_related("owner").defer("owner__boundary").order_by("number"))
    seen = visible_tasks(actor=actor, plan=row.case.plan).filter(pk__in=[one.pk for one in rows])
    open_to = set(seen.values_list("pk", flat=True)) if rows else set()
    pages = [reverse("tasks:detail", args=[row.case.plan.key, one.number]) for one in rows]
    return [(one, url if one.pk in open_to else "") for one, url in zip(rows, pages, strict=True)]
