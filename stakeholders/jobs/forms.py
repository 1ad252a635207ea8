"""The filter and the order of the list of jobs; both live in the address of the page."""

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from stakeholders.jobs.enums import State
from stakeholders.jobs.models import Job

COLUMNS = {
    "title": (_("Work"), "title_zh"),
    "state": (_("State"), "state"),
    "started": (_("Started"), "created_at"),
    "finished": (_("Finished"), "finished_at"),
}


class JobFilter(forms.Form):
    state = forms.ChoiceField(
        label=_("State"), choices=[("", _("All states")), *State.choices], required=False
    )

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self.is_valid()
        order = data.get("order", "")
        self.order = order if order.removeprefix("-") in COLUMNS else "-started"

    def apply(self, rows: QuerySet[Job]) -> QuerySet[Job]:
        """The chosen jobs in the chosen order; a spoilt filter filters nothing."""
        state = self.cleaned_data.get("state")
        column = COLUMNS[self.order.removeprefix("-")][1]
        sign = "-" if self.order.startswith("-") else ""
        return (rows.filter(state=state) if state else rows).order_by(f"{sign}{column}", "-pk")

    def headings(self) -> list[dict[str, object]]:
        """The columns, each with the address of its order."""
        found = []
        for name, (label, _field) in COLUMNS.items():
            is_chosen = self.order.removeprefix("-") == name
            is_falling = self.order.startswith("-")
            query = self.data.copy()
            query.pop("page", None)
            query["order"] = name if not is_chosen or is_falling else f"-{name}"
            order = ("descending" if is_falling else "ascending") if is_chosen else ""
            found.append({"label": label, "url": f"?{query.urlencode()}", "order": order})
        return found
