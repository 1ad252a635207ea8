"""Entering days of the working-day calendar."""

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from stakeholders.jurisdictions import steps
from stakeholders.jurisdictions.enums import DayBasis
from stakeholders.jurisdictions.models import WorkdayOverride
from stakeholders.jurisdictions.queries import FIRST_YEAR, LAST_YEAR
from stakeholders.jurisdictions.rules import require
from stakeholders.record.steps import SITE, append
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Invalid, Text

# The longest holiday of a notice has nine days; a month is certainly a slip of the hand.
MOST_DAYS = 31


def enter_days(
    *,
    actor: Actor,
    first: date,
    last: date,
    is_workday: bool,
    name_zh: str,
    document: str,
    effective_from: date,
    name_en: str = "",
    basis: str = DayBasis.OWN,
) -> list[WorkdayOverride]:
    """Say that the days from `first` to `last` are worked or rested, from `effective_from` on.

    Periods computed earlier keep their end: deadlines are stored when they are set. A word about
    a day is taken back by a later one. One entry on the site's record. Refused, Invalid.
    """
    require(actor, "workdays.enter")
    errors = _faults(first=first, last=last, name_zh=name_zh, document=document)
    if basis not in dict(DayBasis.entered()):
        errors["basis"] = _("Statutory holidays are data of the product and not entered here.")
    if errors:
        raise Invalid(errors)
    with transaction.atomic():
        rows = steps.add_days(
            days=[first + timedelta(days=n) for n in range((last - first).days + 1)],
            is_workday=is_workday,
            name_zh=name_zh.strip(),
            name_en=name_en.strip(),
            basis=DayBasis(basis).value,
            document=document.strip(),
            effective_from=effective_from,
        )
        append(
            chain=SITE,
            actor=actor,
            act="workdays.enter",
            subject=f"calendar:{first.year}",
            effects={
                "rows": [row.pk for row in rows],
                "first": first.isoformat(),
                "last": last.isoformat(),
                "is_workday": is_workday,
                "basis": DayBasis(basis).value,
                "effective_from": effective_from.isoformat(),
            },
        )
    return rows


def _faults(*, first: date, last: date, name_zh: str, document: str) -> dict[str, Text]:
    errors: dict[str, Text] = {}
    if last < first:
        errors["last"] = _("The last day lies before the first.")
    elif (last - first).days >= MOST_DAYS:
        errors["last"] = _("More than 31 days at once are not entered: check the dates.")
    if not FIRST_YEAR <= first.year <= LAST_YEAR:
        errors["first"] = _("The calendar goes from 2000 to 2100.")
    if not name_zh.strip():
        errors["name_zh"] = _("Say why the day is worked or rested.")
    if not document.strip():
        errors["document"] = _("Name the document that says so.")
    return errors
