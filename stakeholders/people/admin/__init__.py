"""What administrators keep of people."""

from stakeholders.people.admin import accounts
from stakeholders.people.admin.mandate import MandateAdmin
from stakeholders.people.admin.organization import OrganizationAdmin
from stakeholders.people.admin.person import PersonAdmin
from stakeholders.people.admin.token import ApiTokenAdmin

__all__ = ["ApiTokenAdmin", "MandateAdmin", "OrganizationAdmin", "PersonAdmin", "accounts"]
