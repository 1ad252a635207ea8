"""Reporting in phase 4: how a project stands, and what an indicator measures."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.phase4_implementation import steps
from consult.phase4_implementation.board import Indicator
from consult.phase4_implementation.enums import Progress, WarningLevel
from consult.phase4_implementation.models import PERIOD, Reading, StatusReport, ThresholdWarning
from consult.phase4_implementation.queries import get_indicator
from consult.phase4_implementation.rules import require
from plans.projects.models import Milestone, Project
from plans.projects.queries import party_codes
from plans.register.models import Plan
from plans.register.steps import lock_plan
from stakeholders.notices.steps import notify
from stakeholders.people.queries import people_of
from stakeholders.record import steps as record
from stakeholders.templatetags.in_language import in_language
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Actor, Role
from stakeholders.terms.errors import Invalid, Text

DIGITS, PLACES = 18, 6
name_of = lazy(in_language, str)


@transaction.atomic
def report_status(
    *,
    actor: Actor,
    project: Project,
    jurisdiction: str,
    said: steps.Said,
    milestone: Milestone | None = None,
) -> StatusReport:
    """A party of the project says how it, or one milestone, stands; the newest report counts.

    By its contact point or planner, or by the coordinator on its behalf. NotVisible, Refused,
    Invalid.
    """
    plan = lock_plan(project.plan)
    parties = frozenset(party_codes(project))
    require("status.report", actor=actor, plan=plan, code=jurisdiction, parties=parties)
    faults = _status_faults(project, milestone, jurisdiction, parties, said)
    if faults:
        raise Invalid(faults)
    report = steps.add_report(
        actor=actor, project=project, milestone=milestone, code=jurisdiction, said=said
    )
    number = f".{milestone.number}" if milestone else ""
    record.append(
        chain=record.plan_chain(plan.key),
        actor=actor,
        act="status.report",
        subject=f"project:{project.key}{number}",
        effects={
            "report": report.pk,
            "jurisdiction": jurisdiction,
            "progress": str(said.progress),
            "percent": said.percent,
            "text": canonical.digest_of([said.text_zh, said.text_en, said.evidence]),
            "on_behalf": report.is_on_behalf,
        },
    )
    return report


def _status_faults(
    project: Project,
    milestone: Milestone | None,
    jurisdiction: str,
    parties: frozenset[str],
    said: steps.Said,
) -> dict[str, Text]:
    faults: dict[str, Text] = {}
    if jurisdiction not in parties:
        faults["jurisdiction"] = _("This jurisdiction is no party of the project.")
    if milestone is not None and milestone.project_id != project.pk:
        faults["milestone"] = _("This milestone belongs to another project.")
    if said.progress not in Progress.values:
        faults["progress"] = _("Choose one of the values offered.")
    if said.percent is not None and not 0 <= said.percent <= 100:
        faults["percent"] = _("The part done lies between 0 and 100 %.")
    return faults


@transaction.atomic
def report_reading(
    *,
    actor: Actor,
    plan: Plan,
    item: str,
    jurisdiction: str | None,
    period: str,
    value: Decimal,
    evidence: str,
) -> Reading:
    """Enter a measured value of the indicator `item` (its key); None: for the whole area.

    A reading that crosses a threshold raises its warning at once and the parties concerned are
    told. By a concerned party's contact point or planner for itself, or by the coordinator, who
    alone reports the whole area. NotVisible, Refused, Invalid.
    """
    plan = lock_plan(plan)
    indicator = get_indicator(plan, key=item)
    parties = frozenset(indicator.concerned)
    require("reading.report", actor=actor, plan=plan, code=jurisdiction, parties=parties)
    faults = _reading_faults(jurisdiction, parties, period, value, evidence)
    if faults:
        raise Invalid(faults)
    reading = steps.add_reading(
        actor=actor,
        indicator=indicator,
        code=jurisdiction,
        period=period,
        value=value,
        evidence=evidence,
    )
    warning = steps.raise_warning(reading=reading, indicator=indicator)
    if warning is not None:
        _tell_concerned(plan, indicator, warning)
    record.append(
        chain=record.plan_chain(plan.key),
        actor=actor,
        act="reading.report",
        subject=f"item:{item}",
        effects={
            "reading": {
                "id": reading.pk,
                "jurisdiction": jurisdiction,
                "period": period,
                "value": format(value, "f"),
                "evidence": canonical.digest(evidence),
                "version": indicator.version_hash,
                "on_behalf": reading.is_on_behalf,
            },
            "warning": _effect(warning),
        },
    )
    return reading


def _effect(warning: ThresholdWarning | None) -> dict[str, object] | None:
    if warning is None:
        return None
    return {"id": warning.pk, "level": str(warning.level), "threshold": warning.threshold}


def _reading_faults(
    jurisdiction: str | None,
    parties: frozenset[str],
    period: str,
    value: Decimal,
    evidence: str,
) -> dict[str, Text]:
    faults: dict[str, Text] = {}
    if jurisdiction is not None and jurisdiction not in parties:
        faults["jurisdiction"] = _("The indicator does not concern this jurisdiction.")
    try:
        PERIOD(period)
    except ValidationError:
        faults["period"] = PERIOD.message
    if not value.is_finite() or abs(value) >= 10 ** (DIGITS - PLACES):
        faults["value"] = _("Enter a number of at most twelve digits before the point.")
    elif value != round(value, PLACES):
        faults["value"] = _("A value has at most six decimal places.")
    if not evidence.strip():
        faults["evidence"] = _("Name the document that proves the value.")
    return faults


def _tell_concerned(plan: Plan, indicator: Indicator, warning: ThresholdWarning) -> None:
    people = people_of(
        codes=indicator.concerned,
        roles=[Role.CONTACT_POINT, Role.SIGNATORY],
        at=clock.now(),
        plan_key=plan.key,
    )
    notify(
        people=[user for users in people.values() for user in users],
        kind="warning.raise",
        title=format_lazy(
            _("Warning on indicator {number} {name}: {level}"),
            number=indicator.number,
            name=name_of(indicator, "name"),
            level=WarningLevel(warning.level).label,
        ),
        url=warning.get_absolute_url(),
        key=f"warning.raise:{warning.pk}",
        plan_key=plan.key,
    )
