"""What keeps a plan in phase 1."""

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.phase1_organization.base_set import base_set
from consult.phase1_organization.queries import (
    asked,
    charter_in_force,
    co_makers_of,
    current_invitations,
    without_signatory,
)
from plans.register.models import Plan
from stakeholders.terms import clock
from stakeholders.terms.duty import Blocker, Text

FEWEST_CO_MAKERS = 2


def blockers(*, plan: Plan) -> list[Blocker]:
    """Reasons why phase 1 cannot be left: co-makers, signatories, charter, open invitations.

    A lapsed invitation stops nobody: silence to an invitation is an answer in the end.
    """
    now = clock.now()
    home = reverse("organization:home", args=[plan.key])
    found: list[Blocker] = []
    text: Text
    if len(co_makers_of(plan)) < FEWEST_CO_MAKERS:
        text = _("At least two co-making parties have to accept before a plan is joint.")
        found.append(Blocker(code="co_makers", text=text, url=home))
    for party in without_signatory([plan], at=now):
        text = format_lazy(_("{who} has to sign but has no signatory yet."), who=party.jurisdiction)
        found.append(Blocker(code="signatory", text=text, url=f"{home}#parties"))
    if charter_in_force(plan) is None:
        text = _("The parties have not adopted a charter.")
        found.append(Blocker(code="charter", text=text, url=f"{home}#charters"))
    base = base_set(plan)
    if base.running is not None:
        text = _("The ballot on the base map and base figures is still open.")
        url = reverse("organization:base", args=[plan.key])
        found.append(Blocker(code="base", text=text, url=url))
    for one in asked(current_invitations([plan]), at=now):
        if one.is_open:
            text = format_lazy(
                _("{who} has not answered its invitation."), who=one.invitation.jurisdiction
            )
            found.append(Blocker(code="invitation", text=text, url=f"{home}#invitations"))
        if one.awaits_mandate:
            text = format_lazy(
                _("{who} has answered; the mandate of its contact point awaits confirmation."),
                who=one.invitation.jurisdiction,
            )
            found.append(Blocker(code="mandate", text=text, url=f"{home}#invitations"))
    return found
