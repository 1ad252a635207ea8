"""What a reading has to say, its shape; used by the form, the API and the uploaded table alike."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from consult.phase4_implementation.models import Reading
from consult.phase4_implementation.periods import fault_of
from consult.phase4_implementation.series import Indicator
from plans.indicators.paths import places_of
from stakeholders.terms.errors import Text

DIGITS, PLACES = 18, 6
LONGEST_EVIDENCE, LONGEST_REASON = 120, 200


def faults_of(
    *,
    indicator: Indicator,
    jurisdiction: str | None,
    period: str,
    value: Decimal,
    evidence: str,
    reason: str,
    former: Reading | None,
    today: date,
) -> dict[str, Text]:
    """What stands in the way of a reading, by field; `former` is the one that counts so far."""
    faults: dict[str, Text] = {}
    if jurisdiction is not None and jurisdiction not in indicator.concerned:
        faults["jurisdiction"] = _("The indicator does not concern this jurisdiction.")
    measure = indicator.measure
    wrong = fault_of(period, kind=measure.period, base_year=measure.base_year, today=today)
    if wrong is not None:
        faults["period"] = wrong
    wrong = fault_of_value(value)
    if wrong is not None:
        faults["value"] = wrong
    if not evidence.strip():
        faults["evidence"] = _("Name the document that proves the value.")
    elif len(evidence) > LONGEST_EVIDENCE:
        faults["evidence"] = _("At most 120 characters name the document.")
    wrong = _fault_of_reason(reason, former)
    if wrong is not None:
        faults["reason"] = wrong
    return faults


def fault_of_value(value: Decimal) -> Text | None:
    """Why this is no figure that can be kept."""
    # By its exponent: to reckon with 1e999999999 overflows.
    if not value.is_finite() or value.adjusted() >= DIGITS - PLACES:
        return _("Enter a number of at most twelve digits before the point.")
    if places_of(value) > PLACES and value != round(value, PLACES):
        return _("A value has at most six decimal places.")
    return None


def _fault_of_reason(reason: str, former: Reading | None) -> Text | None:
    if former is not None and not reason.strip():
        text = _("%(value)s stands for this unit and period. Say why it is corrected.")
        return text % {"value": former.plain_value}
    if former is None and reason.strip():
        return _("Nothing stands for this unit and period that could be corrected.")
    if len(reason) > LONGEST_REASON:
        return _("At most 200 characters say the reason.")
    return None
