"""What the header of every page shows. No query: the middleware has read the mandates."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from stakeholders.people.models import Mandate
from stakeholders.people.queries import demonstration_accounts


def _label(mandate: Mandate) -> str:
    """Holder and role; the key of the plan where the mandate is good for one plan only."""
    return " · ".join([str(mandate), *filter(None, [mandate.plan_key])])


def chrome(request: HttpRequest) -> dict[str, object]:
    mandates = getattr(request, "mandates", [])
    mandate = getattr(request, "mandate", None)
    return {
        "chrome": {
            "mandates": [{"id": m.pk, "label": _label(m)} for m in mandates],
            "current": mandate.pk if mandate else None,
            "actor_label": _label(mandate) if mandate else _("no mandate"),
            "version": settings.VERSION,
        },
        "actor": getattr(request, "actor", None),
        # Asked by the sign-in page only: a template calls it where it is shown.
        "demonstration_accounts": demonstration_accounts,
    }
