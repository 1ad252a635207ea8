"""What the indicators measure, and the warnings that raises."""

from decimal import Decimal

from django.db import transaction
from django.utils.timezone import localtime

from consult.phase4_implementation import steps
from consult.phase4_implementation.alerting import effect, overtaken, warn
from consult.phase4_implementation.checking import faults_of
from consult.phase4_implementation.models import Reading
from consult.phase4_implementation.queries import find_reading, get_indicator
from consult.phase4_implementation.rules import require
from plans.register.models import Plan
from plans.register.steps import lock_plan
from stakeholders.files.models import StoredFile
from stakeholders.record import steps as record
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Invalid


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
    file: StoredFile | None = None,
    reason: str = "",
    seen: int | None = None,
) -> Reading:
    """Enter a measured value of the indicator `item` (its key); None: for the whole area.

    Where one stands for the unit and period, this one corrects it and says why. `seen`: the newest
    reading of the plan when the page was read; one entered there since is a Conflict (`theirs`).
    By a concerned party's contact point or planner for itself, or by the coordinator, who alone
    reports the whole area. NotVisible, Refused, Invalid, Conflict.
    """
    plan = lock_plan(plan)
    indicator = get_indicator(plan, key=item)
    parties = frozenset(indicator.concerned)
    require("reading.report", actor=actor, plan=plan, code=jurisdiction, parties=parties)
    former = find_reading(indicator, jurisdiction=jurisdiction, period=period)
    if former is not None and seen is not None and former.pk > seen:
        raise overtaken(former)
    faults = faults_of(
        indicator=indicator,
        jurisdiction=jurisdiction,
        period=period,
        value=value,
        evidence=evidence,
        reason=reason,
        former=former,
        today=localtime(clock.now()).date(),
    )
    if faults:
        raise Invalid(faults)
    said = steps.Measured(
        indicator=indicator,
        jurisdiction=jurisdiction,
        period=period,
        value=value,
        evidence=evidence,
        file=file,
        reason=reason,
    )
    return _entered(actor=actor, plan=plan, said=said, former=former)


def _entered(*, actor: Actor, plan: Plan, said: steps.Measured, former: Reading | None) -> Reading:
    reading = steps.add_readings(actor=actor, measured=[said])[0]
    warnings = warn(plan=plan, readings=[reading], indicators=[said.indicator])
    record.append(
        chain=record.plan_chain(plan.key),
        actor=actor,
        act="reading.report",
        subject=f"item:{said.indicator.key}",
        effects={
            "reading": _effect(reading, said, former),
            "warnings": [effect(one) for one in warnings],
        },
    )
    return reading


def _effect(reading: Reading, said: steps.Measured, former: Reading | None) -> dict[str, object]:
    return {
        "id": reading.pk,
        "jurisdiction": said.jurisdiction,
        "period": said.period,
        "value": format(said.value, "f"),
        "evidence": canonical.digest(said.evidence),
        "file": said.file.sha256 if said.file else None,
        "corrects": former.pk if former else None,
        "reason": canonical.digest(said.reason) if said.reason else None,
        "version": said.indicator.version_hash,
        "on_behalf": reading.is_on_behalf,
    }
