"""Reading what the parties reported, for whoever sees the plan."""

import json
from collections.abc import Iterable, Mapping, Sequence

from django.db.models import QuerySet

from consult.phase4_implementation.board import Board, Indicator, Series, Side, Step
from consult.phase4_implementation.models import Reading, StatusReport, ThresholdWarning
from consult.phase4_implementation.thresholds import read_thresholds
from plans.projects.models import Milestone, Project, ProjectParty
from plans.register.enums import ItemKind
from plans.register.models import Plan, RevisionItem
from plans.register.queries import latest_revision, visible_plans
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.terms.actor import Actor, Role
from stakeholders.terms.errors import NotVisible


def indicators_of(plan: Plan) -> list[Indicator]:
    """The indicators of the text in force, else of the last revision, in order. Two queries."""
    revision = plan.in_force or latest_revision(plan)
    if revision is None:
        return []
    entries = (
        RevisionItem.objects.filter(revision=revision, item__kind=ItemKind.INDICATOR)
        .select_related("item", "version")
        .order_by("position")
    )
    return [_indicator(entry) for entry in entries]


def find_indicator(plan: Plan, *, key: str) -> Indicator | None:
    """One indicator by its key, or None when the text holds it no longer."""
    return next((one for one in indicators_of(plan) if one.key == key), None)


def get_indicator(plan: Plan, *, key: str) -> Indicator:
    """One indicator by its key. NotVisible when the text holds none."""
    found = find_indicator(plan, key=key)
    if found is None:
        raise NotVisible
    return found


def _indicator(entry: RevisionItem) -> Indicator:
    content = json.loads(entry.version.content)["content"]
    name = _texts(content.get("name") or content.get("title"))
    unit = _texts(content.get("unit"))
    return Indicator(
        item_id=entry.item_id,
        key=entry.item.key,
        number=entry.number,
        name_zh=name["zh"] or entry.item.key,
        name_en=name["en"],
        unit_zh=unit["zh"],
        unit_en=unit["en"],
        concerned=tuple(entry.version.concerned),
        version_hash=entry.version.hash,
        thresholds=read_thresholds(content),
    )


def _texts(value: object) -> dict[str, str]:
    if isinstance(value, Mapping):
        return {code: str(value.get(code) or "") for code in ("zh", "en")}
    return {"zh": str(value or ""), "en": ""}


def _units() -> QuerySet[Jurisdiction]:
    return Jurisdiction.objects.defer("boundary")


def units_by_code(codes: Iterable[str]) -> dict[str, Jurisdiction]:
    """Code -> jurisdiction, without its outline. One query."""
    return _units().in_bulk(set(codes))


def units_for(*, actor: Actor, codes: Iterable[str]) -> list[Jurisdiction]:
    """Those of `codes` that `actor` may report for: its own, or all for the joint office."""
    asked = set(codes)
    if actor.role is not Role.COORDINATOR:
        asked &= {actor.jurisdiction_code or ""}
    return list(_units().filter(pk__in=asked).order_by("code"))


def newest_readings(plan: Plan, *, item_id: int | None = None) -> list[Reading]:
    """The reading that counts per indicator, jurisdiction and period, with its warning if any."""
    found = Reading.objects.filter(item__plan=plan)
    if item_id is not None:
        found = found.filter(item=item_id)
    return list(
        found.order_by("item_id", "jurisdiction_id", "period", "-pk")
        .distinct("item_id", "jurisdiction_id", "period")
        .select_related("warning", "jurisdiction")
        .defer("jurisdiction__boundary")
    )


def series_of(plan: Plan, indicators: Sequence[Indicator]) -> list[Series]:
    """Each indicator with its readings that count. Two queries for any number of indicators."""
    readings: dict[int, list[Reading]] = {one.item_id: [] for one in indicators}
    for reading in newest_readings(plan):
        readings.setdefault(reading.item_id, []).append(reading)
    units = units_by_code(code for one in indicators for code in one.concerned)
    return [Series.of(one, readings=readings[one.item_id], units=units) for one in indicators]


def all_readings(*, actor: Actor, plan: Plan) -> QuerySet[Reading]:
    """Every reading, corrected ones included, newest first."""
    plans = visible_plans(actor=actor).filter(pk=plan.pk).values("pk")
    found = Reading.objects.filter(item__plan__in=plans).select_related("item", "warning")
    return found.order_by("-pk")


def warnings_of(*, actor: Actor, plan: Plan) -> QuerySet[ThresholdWarning]:
    """The warnings of a plan, newest first."""
    plans = visible_plans(actor=actor).filter(pk=plan.pk).values("pk")
    return (
        ThresholdWarning.objects.filter(reading__item__plan__in=plans)
        .select_related("reading__item__plan", "reading__jurisdiction")
        .defer("reading__jurisdiction__boundary")
        .order_by("-pk")
    )


def get_warning(*, actor: Actor, plan: Plan, number: int) -> ThresholdWarning:
    """One warning. NotVisible when it is not there or not for `actor`."""
    found = warnings_of(actor=actor, plan=plan).filter(pk=number).first()
    if found is None:
        raise NotVisible
    return found


def reports_of(*, actor: Actor, plan: Plan) -> QuerySet[StatusReport]:
    """Every status report of a plan, newest first."""
    plans = visible_plans(actor=actor).filter(pk=plan.pk).values("pk")
    return (
        StatusReport.objects.filter(project__plan__in=plans)
        .select_related("project", "milestone", "jurisdiction", "mandate__user")
        .defer("jurisdiction__boundary")
        .order_by("-pk")
    )


def boards_of(projects: Sequence[Project]) -> list[Board]:
    """Each project with its milestones and what each party says. Three queries for any number."""
    keys = [one.pk for one in projects]
    milestones = Milestone.objects.filter(project__in=keys).select_related("owner")
    parties = ProjectParty.objects.filter(project__in=keys).select_related("jurisdiction")
    reports = (
        StatusReport.objects.filter(project__in=keys)
        .order_by("project_id", "milestone_id", "jurisdiction_id", "-pk")
        .distinct("project_id", "milestone_id", "jurisdiction_id")
    )
    newest = {(r.project_id, r.milestone_id, r.jurisdiction_id): r for r in reports}
    units: dict[int, list[Jurisdiction]] = {}
    for party in parties.defer("jurisdiction__boundary").order_by("role", "jurisdiction_id"):
        units.setdefault(party.project_id, []).append(party.jurisdiction)
    steps: dict[int, list[Milestone]] = {}
    for one in milestones.defer("owner__boundary").order_by("number"):
        steps.setdefault(one.project_id, []).append(one)
    return [
        Board(
            project=project,
            sides=[
                Side(jurisdiction=unit, report=newest.get((project.pk, None, unit.pk)))
                for unit in units.get(project.pk, [])
            ],
            steps=[
                Step(
                    milestone=one,
                    sides=[
                        Side(jurisdiction=unit, report=newest.get((project.pk, one.pk, unit.pk)))
                        for unit in units.get(project.pk, [])
                    ],
                )
                for one in steps.get(project.pk, [])
            ],
        )
        for project in projects
    ]
