"""What shuts the gate out of phase 3: the sign-off has passed and every party has signed."""

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.ballots.enums import Outcome
from consult.phase3_identification.queries import (
    current_sign_off,
    electorate,
    has_ended,
    statement_of,
)
from plans.register.models import Plan
from stakeholders.terms.duty import Blocker


def blockers(*, plan: Plan) -> list[Blocker]:
    """Why phase 3 cannot be left. Reads unscoped; says who still has to sign."""
    page = reverse("identification:overview", args=[plan.key])
    sign_off = current_sign_off(plan)
    if sign_off is None:
        text = _("The sign-off has not been opened.")
        return [Blocker(code="sign_off.none", text=text, url=page)]
    if not has_ended(sign_off):
        text = _("The sign-off is still open.")
        url = reverse("identification:matrix", args=[plan.key])
        return [Blocker(code="sign_off.open", text=text, url=url)]
    statement = statement_of(sign_off)
    if sign_off.end.outcome != Outcome.PASSED.value or statement is None:
        text = _("The last sign-off did not pass: revise the text and open another.")
        return [Blocker(code="sign_off.not_passed", text=text, url=page)]
    signed = set(statement.signatures.values_list("jurisdiction_id", flat=True))
    url = reverse("identification:statement", args=[plan.key])
    return [
        Blocker(
            code="statement.unsigned",
            text=format_lazy(_("{party} has not signed the common statement."), party=party),
            url=url,
        )
        for party in electorate(sign_off)
        if party.code not in signed
    ]
