"""What the header of every page shows. No query: the middleware has read the mandates."""

from collections import Counter
from collections.abc import Sequence

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from stakeholders.people.models import Mandate


def chrome(request: HttpRequest) -> dict[str, object]:
    mandates = getattr(request, "mandates", [])
    mandate = getattr(request, "mandate", None)
    labels = labels_of(mandates)
    return {
        "chrome": {
            "mandates": [{"id": pk, "label": label} for pk, label in labels.items()],
            "current": mandate.pk if mandate else None,
            "actor_label": labels[mandate.pk] if mandate else _("no mandate"),
            "version": settings.VERSION,
        },
        "actor": getattr(request, "actor", None),
    }


def labels_of(mandates: Sequence[Mandate]) -> dict[int, str]:
    """Mandate -> its label; with the plan it is limited to where two would read alike."""
    words = {m.pk: str(m) for m in mandates}
    alike = Counter(words.values())
    return {
        m.pk: f"{words[m.pk]} · {m.plan_key}"
        if alike[words[m.pk]] > 1 and m.plan_key
        else words[m.pk]
        for m in mandates
    }
