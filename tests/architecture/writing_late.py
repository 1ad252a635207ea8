"""The case of reminding by hand."""

from consult.desk.queries import collect
from plans.register.models import Plan
from stakeholders.terms import clock
from tests.architecture.rights_world import PREPARED
from tests.architecture.writing_case import OFFICE, THEIR_CONTACT, Case


def _owed() -> dict[str, object]:
    """The key of a duty that a party of the plan owes openly."""
    plans = list(Plan.objects.filter(key=PREPARED))
    duties = collect(plans=plans, now=clock.now())
    open_ones = [one.key for one in duties if one.holder_code and one.secret_of is None]
    return {"duty": next(iter(open_ones), "none")}


LATE: dict[str, Case] = {
    "duty.nudge": Case(
        who=OFFICE,
        refused=THEIR_CONTACT,
        page="late/remind/",
        call="nudges/",
        data={"duty": "{duty}", "sentence": "请尽快答复"},
        late=_owed,
    )
}
