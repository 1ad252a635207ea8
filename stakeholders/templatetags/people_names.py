"""People named by their ids, and how a mandate that has ended is named beside what was done."""

from collections.abc import Iterable, Mapping

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _

from stakeholders.people.models import Mandate, User
from stakeholders.terms import clock

register = template.Library()


@register.filter
def people(ids: Iterable[int], names: Mapping[int, User]) -> list[User]:
    """`{% for one in step.user_ids|people:names %}`: the people, in the order of the ids."""
    return [names[pk] for pk in ids if pk in names]


@register.filter
def former(mandate: Mandate | None) -> str:
    """`{{ position.mandate|former }}`: "Former signatory (mandate until 2026-05-01)" where the
    mandate has ended since; nothing where it still runs. What was done under it stays."""
    if mandate is None or mandate.valid_until is None or mandate.valid_until > clock.now():
        return ""
    day = timezone.localtime(mandate.valid_until).date().isoformat()
    role = mandate.get_role_display()
    return _("Former holder: %(role)s (mandate until %(day)s)") % {"role": role, "day": day}
