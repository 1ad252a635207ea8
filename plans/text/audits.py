"""What is missing in the text before it is published."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from plans.register.auditing import Audit
from plans.register.models import Plan
from plans.text.enums import ClaimStanding
from plans.text.queries import claims_of
from stakeholders.terms.errors import Text

TEXTS: dict[ClaimStanding, Text] = {
    ClaimStanding.OPEN: _(
        "Claimed to be editorial and not confirmed by another party: it counts as a change of "
        "the text when published now."
    ),
    ClaimStanding.REFUSED: _(
        "Claimed to be editorial and refused by another party: it counts as a change of the text."
    ),
}


def open_claims(plan: Plan) -> list[Audit]:
    """Editorial claims that would not stand if the draft were published now."""
    url = reverse("text:claims", args=[plan.key])
    return [
        Audit(
            kind="claim",
            item=one.item.key,
            text=TEXTS[one.standing],
            url=f"{url}#{one.item.key}",
        )
        for one in claims_of(plan)
        if one.standing in TEXTS
    ]
