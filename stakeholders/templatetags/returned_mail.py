"""`{% returned_mail_line %}`: says to a person that mail to its address came back."""

from django import template
from django.template.context import Context

from stakeholders.notices.queries import is_stopped

register = template.Library()


@register.inclusion_tag("stakeholders/notices/returned_line.html", takes_context=True)
def returned_mail_line(context: Context) -> dict[str, object]:
    """Nothing for who gets its mail. One query."""
    request = context["request"]
    address = request.user.email if request.user.is_authenticated else ""
    return {"address": address if is_stopped(actor=request.actor, address=address) else ""}
