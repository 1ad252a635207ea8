"""The filter and the order of the list of jobs; both live in the address of the page."""

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from stakeholders.jobs.enums import State
from stakeholders.jobs.models import Job
from stakeholders.terms.columns import Column, Offer, asked_order, columns

COLUMNS = {
    "title": Offer(label=_("Work")),
    "state": Offer(label=_("State")),
    "started": Offer(label=_("Started")),
    "finished": Offer(label=_("Finished")),
    "progress": Offer(label=_("Progress"), is_sortable=False),
}
ORDERS = {
    "title": "title_zh",
    "state": "state",
    "started": "created_at",
    "finished": "finished_at",
}


class JobFilter(forms.Form):
    state = forms.ChoiceField(
        label=_("State"), choices=[("", _("All states")), *State.choices], required=False
    )

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self.is_valid()
        self.order = asked_order(data.get("sort", ""), COLUMNS, default="-started")

    def apply(self, rows: QuerySet[Job]) -> QuerySet[Job]:
        """The chosen jobs in the chosen order; a spoilt filter filters nothing."""
        state = self.cleaned_data.get("state")
        column = ORDERS[self.order.removeprefix("-")]
        sign = "-" if self.order.startswith("-") else ""
        return (rows.filter(state=state) if state else rows).order_by(f"{sign}{column}", "-pk")

    def columns(self) -> list[Column]:
        return columns(self.data.urlencode(), COLUMNS, order=self.order)
