"""The charter under which a sign-off runs: the one in force when it opened, never a newer one."""

from consult.phase1_organization.content import CharterContent
from consult.phase1_organization.queries import get_charter
from consult.phase3_identification.models import SignOff


def charter_of(sign_off: SignOff) -> CharterContent:
    """The content of the charter in force at the opening. One query."""
    return get_charter(sign_off.plan, number=sign_off.charter_number).content
