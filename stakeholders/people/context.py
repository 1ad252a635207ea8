"""What the header of every page shows. No query here: the middleware has read the mandates.

Mandates that would read alike are told apart by their plan. Plans are not known here: the app of
plans calls `chrome` with their names (`plans.register.context`)."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from stakeholders.people.models import Mandate


def chrome(
    request: HttpRequest, *, plan_names: Callable[[Sequence[str]], Mapping[str, str]]
) -> dict[str, object]:
    """`plan_names` is asked, once, only for the plans by which mandates must be told apart."""
    mandates = getattr(request, "mandates", [])
    mandate = getattr(request, "mandate", None)
    labels = labels_of(mandates, plan_names=plan_names)
    return {
        "chrome": {
            "mandates": [{"id": pk, "label": label} for pk, label in labels.items()],
            "current": mandate.pk if mandate else None,
            "actor_label": labels[mandate.pk] if mandate else _("no mandate"),
            "version": settings.VERSION,
        },
        "actor": getattr(request, "actor", None),
    }


def labels_of(
    mandates: Sequence[Mandate], *, plan_names: Callable[[Sequence[str]], Mapping[str, str]]
) -> dict[int, str]:
    """Mandate -> its label; with the plan it is limited to where two would read alike."""
    words = {m.pk: str(m) for m in mandates}
    alike = Counter(words.values())
    keys = [m.plan_key for m in mandates if alike[words[m.pk]] > 1 and m.plan_key]
    names = plan_names(keys) if keys else {}
    labels = {
        m.pk: f"{words[m.pk]} · {names.get(m.plan_key, m.plan_key)}"
        if alike[words[m.pk]] > 1 and m.plan_key
        else words[m.pk]
        for m in mandates
    }
    # Two plans may bear one title; their keys differ.
    still = Counter(labels.values())
    return {
        m.pk: f"{labels[m.pk]} ({m.plan_key})"
        if m.plan_key and still[labels[m.pk]] > 1
        else labels[m.pk]
        for m in mandates
    }
