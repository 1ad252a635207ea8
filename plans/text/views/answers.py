"""What several pages of the working draft answer alike."""

from collections.abc import Mapping

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from plans.text import queries
from plans.text.models import Provision
from stakeholders.terms.errors import Invalid

PAGE = 100  # provisions of a chapter on one page of the working draft
SHOWN = 6  # old and new numbers said in one sentence


def show_errors(form: Form, error: Invalid) -> None:
    """Put what a rule refused at its field, and above the form what belongs to none."""
    for field, text in error.errors.items():
        form.add_error(field if field in form.fields else None, str(text))


def page_of(provision: Provision) -> int:
    """The page of its chapter a provision of the working draft stands on."""
    return (queries.place_in(provision) - 1) // PAGE + 1


def back_to(provision: Provision) -> HttpResponse:
    """To the provision where it stands in the working draft."""
    home, number = reverse("text:home", args=[provision.chapter.plan.key]), page_of(provision)
    page = f"&page={number}" if number > 1 else ""
    return redirect(f"{home}?chapter={provision.chapter.key}{page}#{provision.item.key}")


def tell_numbers(request: HttpRequest, before: Mapping[str, int], after: Mapping[str, int]) -> None:
    """Say which articles bear another number now."""
    changed = queries.renumbered(before, after)
    if not changed:
        messages.info(request, _("No number changed."))
        return
    shown = pgettext("between names", ", ").join(
        f"{old} → {new}" for _key, old, new in changed[:SHOWN]
    )
    more = len(changed) - SHOWN
    text = _("Articles renumbered: %(shown)s.") % {"shown": shown}
    if more > 0:
        rest = ngettext("%(count)s more", "%(count)s more", more) % {"count": more}
        text = f"{text} ({rest})"
    messages.success(request, text)
