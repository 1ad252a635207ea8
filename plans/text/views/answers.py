"""What several pages of the working draft answer alike."""

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from plans.text.models import Provision
from stakeholders.terms.errors import Invalid


def show_errors(form: Form, error: Invalid) -> None:
    """Put what a rule refused at its field, and above the form what belongs to none."""
    for field, text in error.errors.items():
        form.add_error(field if field in form.fields else None, str(text))


def back_to(provision: Provision) -> HttpResponse:
    """To the provision where it stands in the working draft."""
    home = reverse("text:home", args=[provision.chapter.plan.key])
    return redirect(f"{home}?chapter={provision.chapter.key}#{provision.item.key}")
