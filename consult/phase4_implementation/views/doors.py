"""What the pages ask before a form and say after it."""

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest
from django.utils.translation import gettext as _

from consult.phase4_implementation.models import Case
from stakeholders.terms.errors import Conflict, Invalid


def say(form: Form, error: Invalid | Conflict) -> None:
    """Put what stands in the way at its field, or above the form where it has none."""
    errors = error.errors if isinstance(error, Invalid) else {"": error.text}
    for field, text in errors.items():
        form.add_error(field if field in form.fields else None, str(text))


def tell_case(request: HttpRequest, case: Case | None) -> None:
    """Say that the reading just entered crossed a threshold, and which case takes it up."""
    if case is not None:
        text = _("The reading crosses a threshold: case %(case)s takes it up.")
        messages.warning(request, text % {"case": case})
