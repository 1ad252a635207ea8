"""What every act on a check asks first: the check under lock, whether it still takes anything, for
whom one speaks, and what a figure may be."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from consult.health.models import HealthCheck
from consult.health.queries import Whole, get_check, whole_of
from consult.health.rules import ACTS
from consult.health.standing import is_over
from plans.register.models import Plan
from plans.register.rules import require
from plans.register.steps import lock_plan
from stakeholders.files.models import StoredFile
from stakeholders.terms.actor import Actor, Role
from stakeholders.terms.errors import Conflict, Invalid, Text

DIGITS, PLACES = 18, 6
LONGEST = 20_000


def require_for(act: str, *, actor: Actor, plan: Plan, code: str | None = None) -> None:
    """Refuse who may not do `act`; where it is a party's, for `code`: itself, or the joint office.

    Raises NotVisible, Refused.
    """
    own = actor.role is Role.COORDINATOR or (code is not None and code == actor.inside)
    require(act, ACTS, actor=actor, plan=plan, own=own)


def locked(plan: Plan, check: HealthCheck) -> Whole:
    """The check as it stands, under the plan's row lock: what is filled in and what is put forward
    wait for each other."""
    return whole_of(get_check(lock_plan(plan), pk=check.pk))


def require_open(whole: Whole) -> None:
    """Conflict once the parties have agreed to an edition."""
    if is_over(whole.stage):
        raise Conflict(_("The parties have agreed to this check: nothing in it changes any more."))


def require_evidence(actor: Actor, file: StoredFile | None) -> None:
    """Invalid where the joint office enters a party's part without the paper that says so."""
    if actor.role is Role.COORDINATOR and file is None:
        raise Invalid({"file": _("What is entered for a party needs its letter or file.")})


def fault_in(value: Decimal) -> Text | None:
    """What keeps a figure from being stored exactly."""
    # By its exponent: to reckon with 1e999999999 overflows.
    if not value.is_finite() or value.adjusted() >= DIGITS - PLACES:
        return _("Enter a number of at most twelve digits before the point.")
    if value != round(value, PLACES):
        return _("A value has at most six decimal places.")
    return None
