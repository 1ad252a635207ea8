"""The shape of what people type."""

from stakeholders.people.forms.account import AcceptForm, NewAddressForm, ResetForm
from stakeholders.people.forms.mandates import AppointForm, MandateForm
from stakeholders.people.forms.people import PersonForm
from stakeholders.people.forms.tokens import TokenForm

__all__ = [
    "AcceptForm",
    "AppointForm",
    "MandateForm",
    "NewAddressForm",
    "PersonForm",
    "ResetForm",
    "TokenForm",
]
