"""Uploaded tables and their rows, for administrators."""

import uuid

from django.db.models import Count, QuerySet

from stakeholders.jurisdictions.enums import Outcome, TableName
from stakeholders.jurisdictions.models import DeliveredRow, Delivery
from stakeholders.terms.errors import NotVisible


def deliveries_of(*, table: TableName) -> QuerySet[Delivery]:
    """The uploads of one table, newest first."""
    beside = ("file", "uploaded_by", "check_job", "entry_job")
    rows = Delivery.objects.filter(table=table).select_related(*beside)
    return rows.order_by("-uploaded_at")


def get_delivery(*, table: TableName, pk: uuid.UUID) -> Delivery:
    """One upload of that table. NotVisible for any other."""
    found = deliveries_of(table=table).filter(pk=pk).first()
    if found is None:
        raise NotVisible
    return found


def counts_of(delivery: Delivery) -> dict[str, int]:
    """Outcome -> how many rows, every outcome named."""
    rows = delivery.rows.order_by().values_list("outcome").annotate(n=Count("pk"))
    return {**{one.value: 0 for one in Outcome}, **dict(rows)}


def rows_of(delivery: Delivery, *, outcome: str = "") -> QuerySet[DeliveredRow]:
    """The rows in the order of the file, of one outcome if it is named."""
    rows = delivery.rows.order_by("number")
    return rows.filter(outcome=outcome) if outcome in Outcome.values else rows
