"""Row writes of phase 4."""

from dataclasses import dataclass
from decimal import Decimal

from consult.phase4_implementation.board import Indicator
from consult.phase4_implementation.models import Reading, StatusReport, ThresholdWarning
from consult.phase4_implementation.thresholds import crossed
from plans.projects.models import Milestone, Project
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor


@dataclass(frozen=True, kw_only=True)
class Said:
    """The content of a status report."""

    progress: str
    percent: int | None = None
    text_zh: str = ""
    text_en: str = ""
    evidence: str = ""


def add_report(
    *, actor: Actor, project: Project, milestone: Milestone | None, code: str, said: Said
) -> StatusReport:
    return StatusReport.objects.create(
        project=project,
        milestone=milestone,
        jurisdiction_id=code,
        progress=said.progress,
        percent=said.percent,
        text_zh=said.text_zh,
        text_en=said.text_en,
        evidence=said.evidence,
        is_on_behalf=code != actor.jurisdiction_code,
        mandate_id=actor.mandate,
        at=clock.now(),
    )


def add_reading(
    *,
    actor: Actor,
    indicator: Indicator,
    code: str | None,
    period: str,
    value: Decimal,
    evidence: str,
) -> Reading:
    return Reading.objects.create(
        item_id=indicator.item_id,
        jurisdiction_id=code,
        period=period,
        value=value,
        evidence=evidence,
        is_on_behalf=code is not None and code != actor.jurisdiction_code,
        mandate_id=actor.mandate,
        at=clock.now(),
    )


def raise_warning(*, reading: Reading, indicator: Indicator) -> ThresholdWarning | None:
    """The warning of a reading that crosses a threshold tested on it, or None."""
    limits = indicator.thresholds
    if not limits.tests(is_whole=reading.jurisdiction_id is None):
        return None
    level = crossed(
        direction=limits.direction,
        warning=limits.warning,
        limit=limits.limit,
        value=reading.value,
    )
    if level is None:
        return None
    return ThresholdWarning.objects.create(
        reading=reading,
        level=level,
        threshold=format(limits.figure(level) or Decimal(0), "f"),
        at=clock.now(),
    )
