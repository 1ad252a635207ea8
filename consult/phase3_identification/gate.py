"""What shuts the gate out of phase 3: the sign-off has passed and every party has signed."""

from collections.abc import Mapping

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.ballots.enums import Outcome
from consult.phase3_identification.models import SignOff
from consult.phase3_identification.queries import (
    current_sign_off,
    electorate,
    has_ended,
    life_of,
    prepared_overrides,
    statement_of,
    waiting_requests,
)
from plans.register.models import Plan
from stakeholders.terms import clock
from stakeholders.terms.duty import Blocker, Text

# How the last sign-off ended, where it did not pass.
ENDED: Mapping[str, Text] = {
    Outcome.RECALLED.value: _("The sign-off was recalled before anybody spoke: open another."),
    Outcome.WITHOUT_RESULT.value: _("The last sign-off ended without result: open another."),
}
NOT_PASSED = _("The last sign-off did not pass: revise the text and open another.")


def blockers(*, plan: Plan) -> list[Blocker]:
    """Why phase 3 cannot be left. Reads unscoped; says who still has to sign."""
    page = reverse("identification:overview", args=[plan.key])
    sign_off = current_sign_off(plan)
    text: Text
    if sign_off is None:
        text = _("The sign-off has not been opened.")
        return [Blocker(code="sign_off.none", text=text, url=page)]
    if not has_ended(sign_off):
        return [*_open(plan), *_waiting(plan, sign_off)]
    statement = statement_of(sign_off)
    if sign_off.end.outcome != Outcome.PASSED.value or statement is None:
        text = ENDED.get(sign_off.end.outcome, NOT_PASSED)
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


def _open(plan: Plan) -> list[Blocker]:
    text = _("The sign-off is still open.")
    url = reverse("identification:matrix", args=[plan.key])
    return [Blocker(code="sign_off.open", text=text, url=url)]


def _waiting(plan: Plan, sign_off: SignOff) -> list[Blocker]:
    """What waits for somebody's word in the open sign-off."""
    found = []
    for row in waiting_requests([sign_off]):
        text = format_lazy(_("{party} asks to reopen articles."), party=row.jurisdiction)
        url = reverse("identification:reopenings", args=[plan.key])
        found.append(Blocker(code="reopening.waiting", text=text, url=url))
    if prepared_overrides(sign_off):
        text = _("An override waits for its second person.")
        url = reverse("identification:overrides", args=[plan.key])
        found.append(Blocker(code="override.waiting", text=text, url=url))
    if life_of(sign_off, at=clock.now()).waiting_close is not None:
        text = _("The close waits for its second person.")
        url = reverse("identification:confirm_close", args=[plan.key])
        found.append(Blocker(code="close.waiting", text=text, url=url))
    return found
