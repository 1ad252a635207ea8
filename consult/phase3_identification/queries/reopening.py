"""Reading requests to reopen: every party sees them, with their reasons and answers."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet
from django.utils.timezone import localtime

from consult.phase1_organization.content import CharterContent
from consult.phase3_identification.models import ReopeningRequest, SignOff
from stakeholders.jurisdictions.queries import overrides_at
from stakeholders.terms.errors import NotVisible
from stakeholders.terms.workdays import add_workdays


def requests_of(sign_off: SignOff) -> QuerySet[ReopeningRequest]:
    """The requests in one sign-off, newest first, with items and answers. Two queries."""
    rows = ReopeningRequest.objects.filter(sign_off=sign_off)
    return (
        rows.select_related("jurisdiction", "mandate__user", "answer__mandate__user")
        .defer("jurisdiction__boundary")
        .prefetch_related("items__item")
        .order_by("-pk")
    )


def get_request(sign_off: SignOff, *, pk: int) -> ReopeningRequest:
    """One request of a sign-off the caller has loaded. NotVisible for any other."""
    row = requests_of(sign_off).filter(pk=pk).first()
    if row is None:
        raise NotVisible
    return row


def waiting_requests(sign_offs: Iterable[SignOff]) -> QuerySet[ReopeningRequest]:
    """Requests of open sign-offs that have no answer yet. One query."""
    return (
        ReopeningRequest.objects.filter(
            sign_off__in=[row.pk for row in sign_offs], answer__isnull=True
        )
        .select_related("jurisdiction", "sign_off")
        .defer("jurisdiction__boundary")
        .order_by("pk")
    )


def last_day_to_ask(sign_off: SignOff, charter: CharterContent) -> date | None:
    """The last local day on which a party may ask; None where the charter gives no days."""
    if charter.reopening_days is None:
        return None
    first = localtime(sign_off.opened_at).date()
    return add_workdays(first, charter.reopening_days, overrides_at(sign_off.opened_at))
