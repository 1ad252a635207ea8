"""When sign-offs open and close, for the parties that take a stand in them."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from consult.ballots.models import Elector
from consult.phase3_identification.models import SignOff
from plans.register.models import Plan
from stakeholders.terms.duty import Text
from stakeholders.terms.plan_date import PlanDate

KEPT = timedelta(days=180)  # how long a day that is over is still named


def dates(*, plans: Sequence[Plan], now: datetime) -> list[PlanDate]:
    """Opening and close of sign-offs, open or opened less than half a year ago.

    One that ended before its hour has no close any more. Two queries for any number of plans.
    """
    keys = {plan.pk: plan.key for plan in plans}
    sign_offs = list(
        SignOff.objects.filter(Q(end__isnull=True) | Q(opened_at__gt=now - KEPT), plan__in=keys)
        .annotate(ended_at=F("end__at"))
        .order_by("pk")
        if keys
        else []
    )
    units = _electors(sign_offs)
    found = []
    for one in sign_offs:
        url = reverse("identification:overview", args=[keys[one.plan_id]])
        codes = units.get(one.pk, frozenset())
        found.append(_date(one, "open", _("The sign-off opens"), url, one.opened_at, codes))
        hour = one.closes_at
        if hour is not None and (one.ended_at is None or one.ended_at >= hour):
            found.append(_date(one, "close", _("The sign-off closes"), url, hour, codes))
    return found


def _date(
    one: SignOff, what: str, title: Text, url: str, at: datetime, codes: frozenset[str]
) -> PlanDate:
    return PlanDate(
        key=f"sign_off.{what}:{one.pk}",
        plan_id=one.plan_id,
        title=title,
        url=url,
        at=at,
        changed_at=one.opened_at,
        jurisdictions=codes,
    )


def _electors(sign_offs: Sequence[SignOff]) -> dict[int, frozenset[str]]:
    """Sign-off -> the jurisdictions that still count in one of its ballots."""
    rows = Elector.objects.filter(
        ballot__sign_off_ballot__sign_off__in=[one.pk for one in sign_offs], end__isnull=True
    )
    pairs = rows.order_by().values_list("ballot__sign_off_ballot__sign_off", "jurisdiction_id")
    found: dict[int, set[str]] = {}
    for sign_off, code in pairs.distinct() if sign_offs else ():
        found.setdefault(sign_off, set()).add(str(code))
    return {pk: frozenset(codes) for pk, codes in found.items()}
