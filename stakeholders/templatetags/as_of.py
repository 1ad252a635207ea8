"""Names of jurisdictions as they stood at an act, with the present name beside them."""

from datetime import date, datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from stakeholders.jurisdictions.models import Jurisdiction, chosen
from stakeholders.jurisdictions.queries import Names, names_known
from stakeholders.jurisdictions.queries.succession import Named

register = template.Library()
_KEPT = "_names_of_units"


@register.simple_tag(takes_context=True)
def as_of(
    context: template.Context,
    unit: Jurisdiction | None,
    at: datetime | date | None,
    form: str = "name",
) -> str:
    """`{% as_of act.jurisdiction act.at %}`: 昆山县（今昆山市）; the plain name where none changed.

    `form` is "name" or "short". A page reads all former names once, however many acts it shows;
    a thing without a code (an organization) is shown as it is.
    """
    if unit is None:
        return ""
    if not isinstance(unit, Jurisdiction) or at is None:
        return _word(unit, form)
    names = _names(context)
    then = _word(names.on(unit, _day(at)), form)
    now = pgettext("between names", ", ").join(_word(one, form) for one in names.present(unit))
    return then if then == now else _("%(then)s (now %(now)s)") % {"then": then, "now": now}


@register.simple_tag(takes_context=True)
def now_called(context: template.Context, code: str, then: str) -> str:
    """A name that a paper keeps as it stood (`then`), with the present one if it is another."""
    unit = _names(context).units.get(code)
    if unit is None:
        return then
    now = pgettext("between names", ", ").join(str(one) for one in _names(context).present(unit))
    return then if then == now else _("%(then)s (now %(now)s)") % {"then": then, "now": now}


@register.simple_tag(takes_context=True)
def passed_to(context: template.Context, unit: Jurisdiction | None) -> str:
    """To which present units an ended unit passed; empty for one that goes on."""
    if not isinstance(unit, Jurisdiction) or unit.valid_until is None:
        return ""
    present = _names(context).present(unit)
    return pgettext("between names", ", ").join(
        _word(one, "name") for one in present if one != unit
    )


def _names(context: template.Context) -> Names:
    """Read once for a request: it is asked on every row of a list."""
    request: Any = context.get("request")
    if request is None:
        return names_known()
    if not hasattr(request, _KEPT):
        setattr(request, _KEPT, names_known())
    names: Names = getattr(request, _KEPT)
    return names


def _day(at: datetime | date) -> date:
    return timezone.localtime(at).date() if isinstance(at, datetime) else at


def _word(unit: Named | object, form: str) -> str:
    zh, en = getattr(unit, f"{form}_zh", None), getattr(unit, f"{form}_en", None)
    if form == "name" or zh is None or en is None:
        return str(unit)
    return chosen(zh, en)
