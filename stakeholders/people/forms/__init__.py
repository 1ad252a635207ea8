"""The shape of what people type."""

from stakeholders.people.forms.mandates import AppointForm, MandateForm
from stakeholders.people.forms.people import PersonForm
from stakeholders.people.forms.tokens import TokenForm

__all__ = ["AppointForm", "MandateForm", "PersonForm", "TokenForm"]
