"""How long a party has to confirm what was entered for it, as its charter says."""

from consult.phase1_organization.content import DAYS_TO_CONFIRM
from consult.phase1_organization.queries import charter_in_force, charters_of
from consult.spoken.enums import ActKind
from consult.spoken.subjects import Subject
from plans.register.models import Plan
from stakeholders.people.enums import Basis


def days_to_confirm(plan: Plan, about: Subject, *, basis: Basis) -> int | None:
    """Working days to confirm an act on `about`; None: the charter does not allow such an act.

    A sign-off keeps the charter it was opened under; everything else goes by the one in force.
    """
    if about.kind == ActKind.POSITION:
        charter = charters_of(plan).filter(number=about.row.charter_number).first()
    else:
        charter = charter_in_force(plan)
    if charter is None:
        return DAYS_TO_CONFIRM
    content = charter.content
    return content.days_to_confirm if basis is Basis.ON_EVIDENCE else content.days_ad_referendum
