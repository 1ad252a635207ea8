"""What the acts share: the open sign-off under lock, and who is told."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.phase3_identification.models import (
    SignOff,
)
from consult.phase3_identification.queries import (
    current_sign_off,
    has_ended,
)
from plans.register.models import Plan
from stakeholders.notices.steps import notify
from stakeholders.people.queries import coordinators_of, people_of
from stakeholders.templatetags.in_language import in_language
from stakeholders.terms import clock
from stakeholders.terms.actor import Role
from stakeholders.terms.duty import Text
from stakeholders.terms.errors import Conflict

NONE_OPEN = _("No sign-off is open on this plan.")


def short_title(plan: Plan) -> Text:
    """The plan's short title in the language it is read in."""
    return lazy(lambda: in_language(plan, "short"), str)()


def tell(plan: Plan, *, codes: Iterable[str], kind: str, title: Text, url: str = "") -> None:
    """Tell the signatories and contact points of the parties, and the joint office."""
    at = clock.now()
    people = people_of(
        codes=list(codes), roles=[Role.SIGNATORY, Role.CONTACT_POINT], at=at, plan_key=plan.key
    )
    told = {pk for ids in people.values() for pk in ids}
    notify(
        people=told | set(coordinators_of(plan_key=plan.key, at=at)),
        kind=kind,
        title=format_lazy("{title} · {plan}", title=title, plan=short_title(plan)),
        url=url or reverse("identification:overview", args=[plan.key]),
        key=f"{kind}:{plan.pk}:{at.isoformat()}",
        plan_key=plan.key,
    )


def open_one(plan: Plan) -> SignOff:
    sign_off = current_sign_off(plan)
    if sign_off is None or has_ended(sign_off):
        raise Conflict(NONE_OPEN)
    return sign_off
