"""The shape of what people type."""

from stakeholders.people.forms.account import (
    AcceptForm,
    NewAddressForm,
    ResetForm,
)
from stakeholders.people.forms.chains import (
    PassForm,
    StepFormSet,
    rows_of,
)
from stakeholders.people.forms.mandates import (
    AppointForm,
    ClaimForm,
    MandateFilterForm,
    MandateForm,
    ReasonForm,
    SubstituteForm,
    put_errors,
)
from stakeholders.people.forms.organizations import (
    OrganizationFilterForm,
    OrganizationForm,
)
from stakeholders.people.forms.people import (
    PersonForm,
)
from stakeholders.people.forms.tokens import (
    TokenForm,
)

__all__ = [
    "AcceptForm",
    "AppointForm",
    "ClaimForm",
    "MandateFilterForm",
    "MandateForm",
    "NewAddressForm",
    "OrganizationFilterForm",
    "OrganizationForm",
    "PassForm",
    "PersonForm",
    "ReasonForm",
    "ResetForm",
    "StepFormSet",
    "SubstituteForm",
    "TokenForm",
    "put_errors",
    "rows_of",
]
