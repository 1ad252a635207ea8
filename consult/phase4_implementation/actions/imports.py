"""Taking over a table of readings in one act."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from consult.phase4_implementation import steps
from consult.phase4_implementation.alerting import effect, warn
from consult.phase4_implementation.enums import RowState
from consult.phase4_implementation.models import Reading, ThresholdWarning
from consult.phase4_implementation.queries import rows_of_table
from consult.phase4_implementation.reading_sheets import FIELD, Column, Row
from consult.phase4_implementation.rules import require
from plans.register.models import Plan
from plans.register.steps import lock_plan
from stakeholders.files.models import StoredFile
from stakeholders.record import steps as record
from stakeholders.terms import canonical
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Invalid

TAKEN = frozenset({RowState.NEW, RowState.CORRECTION})


@dataclass(frozen=True, kw_only=True)
class Taken:
    """What an upload brought; `left` are the rows with a fault, which stay in the file."""

    readings: Sequence[Reading]
    warnings: Sequence[ThresholdWarning]
    left: int


@transaction.atomic
def import_readings(
    *,
    actor: Actor,
    plan: Plan,
    file: StoredFile,
    is_partial: bool = False,
    seen: int | None = None,
) -> Taken:
    """Enter the readings of an uploaded table, as one act; the file is their evidence.

    Unchanged rows are passed over. A row with a fault stops the act unless `is_partial`: then the
    good ones are entered and the others stay in the file. `seen` as in `report_reading`: what was
    entered since for the same unit and period is a fault of its row. By whom a single reading is
    reported. NotVisible, Refused, Invalid ({"file": ...}) also where nothing is left to enter.
    """
    plan = lock_plan(plan)
    code = actor.jurisdiction_code
    require("reading.import", actor=actor, plan=plan, code=code, parties=frozenset({code or ""}))
    rows = rows_of_table(actor=actor, plan=plan, file=file, seen=seen)
    good = [row for row in rows if row.state in TAKEN]
    left = sum(row.state is RowState.FAULT for row in rows)
    if left and not is_partial:
        text = _("%(count)s rows have a fault. Mend them, or take over the others only.")
        raise Invalid({FIELD: text % {"count": left}})
    if not good:
        raise Invalid({FIELD: _("No row of the table brings anything new.")})
    measured = [_measured(row, file) for row in good]
    readings = steps.add_readings(actor=actor, measured=measured)
    indicators = {one.indicator.item_id: one.indicator for one in measured}
    warnings = warn(plan=plan, readings=readings, indicators=list(indicators.values()))
    record.append(
        chain=record.plan_chain(plan.key),
        actor=actor,
        act="reading.import",
        subject=f"plan:{plan.key}",
        effects={
            "file": file.sha256,
            "count": len(readings),
            "readings": [readings[0].pk, readings[-1].pk],
            "content": canonical.digest_of([_content(one) for one in readings]),
            "left": left,
            "warnings": [effect(one) for one in warnings],
        },
    )
    raised = [one.warning for one in warnings]
    return Taken(readings=readings, warnings=raised, left=left)


def _measured(row: Row, file: StoredFile) -> steps.Measured:
    if row.indicator is None or row.value is None:
        raise ValueError("a row without fault has both")
    return steps.Measured(
        indicator=row.indicator,
        jurisdiction=row.jurisdiction,
        period=row.said[Column.PERIOD],
        value=row.value,
        evidence=row.said[Column.EVIDENCE],
        file=file,
        reason=row.said.get(Column.REASON, ""),
    )


def _content(reading: Reading) -> list[object]:
    """What the digest of the entry covers of each reading, in the order of their ids."""
    return [
        reading.pk,
        reading.item_id,
        reading.jurisdiction_id,
        reading.period,
        format(reading.value, "f"),
        reading.evidence,
        reading.reason,
    ]
