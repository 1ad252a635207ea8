"""Giving a common statement its document number (文号)."""

from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from consult.phase3_identification.models import CommonStatement, StatementNumber
from consult.phase3_identification.queries import get_statement, number_of, party_codes_of
from consult.phase3_identification.rules import ACTS
from consult.phase3_identification.telling import tell
from plans.register.models import Plan
from plans.register.rules import require
from plans.register.steps import lock_plan
from stakeholders.record import steps as record
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Conflict, Invalid


@transaction.atomic
def number_statement(
    *, actor: Actor, plan: Plan, statement: int, number: str, dated_on: date
) -> StatementNumber:
    """Enter the number and date the joint office gave a statement, once; the parties are told.

    Raises NotVisible, Refused, Conflict where it has a number, Invalid for an empty or a taken
    number and for a date before the close or to come.
    """
    plan = lock_plan(plan)
    require("statement.number", ACTS, actor=actor, plan=plan)
    found = get_statement(plan, pk=statement)
    if number_of(found) is not None:
        raise Conflict(_("The statement has its number already."))
    number = " ".join(number.split())
    _check(plan, found, number, dated_on)
    made = StatementNumber.objects.create(
        statement=found,
        number=number,
        dated_on=dated_on,
        mandate_id=actor.mandate_id or 0,
        at=clock.now(),
    )
    tell(
        plan,
        codes=party_codes_of(found),
        kind="statement.number",
        title=format_lazy(_("The common statement bears the number {number}"), number=number),
        url=reverse("identification:one_statement", args=[plan.key, found.pk]),
    )
    record.append(
        chain=record.plan_chain(plan.key),
        actor=actor,
        act="statement.number",
        subject=f"statement:{found.pk}",
        effects={
            "statement": found.hash,
            "number": canonical.digest(number),
            "dated_on": dated_on.isoformat(),
        },
    )
    return made


def _check(plan: Plan, statement: CommonStatement, number: str, dated_on: date) -> None:
    errors: dict[str, object] = {}
    if not number:
        errors["number"] = _("Enter the document number.")
    elif StatementNumber.objects.filter(statement__sign_off__plan=plan, number=number).exists():
        errors["number"] = _("Another statement of this plan bears this number.")
    if dated_on < localtime(statement.at).date():
        errors["dated_on"] = _("The document is dated on the day of the close or later.")
    elif dated_on > localtime(clock.now()).date():
        errors["dated_on"] = _("This day is still to come.")
    if errors:
        raise Invalid(errors)
