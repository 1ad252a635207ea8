"""Cases of the administrative map and the calendar: administrators only."""

from stakeholders.terms.rights import Reason
from tests.architecture.writing_case import ADMINISTRATOR, OUR_CONTACT, Case
from tests.world import KUNSHAN, WUJIANG

ADD = "/admin/stakeholders/{}/add/"
PAPER = {"day": "2024-05-20", "document": "民政部批复"}
DAYS = {
    "first": "2027-02-09",
    "last": "2027-02-10",
    "name_zh": "春节",
    "basis": "notice",
    "document": "国办发明电",
    "effective_from": "2026-11-01",
}

JURISDICTIONS: dict[str, Case] = {
    "jurisdiction.rename": Case(
        who=ADMINISTRATOR,
        page=ADD.format("formername"),
        call=f"/api/v1/jurisdictions/{KUNSHAN}/rename/",
        data={**PAPER, "name_zh": "新昆山市"},
        form={"jurisdiction": KUNSHAN},
        refused=OUR_CONTACT,
        reason=Reason.NO_MANDATE,
        is_closed=True,
    ),
    "jurisdiction.succeed": Case(
        who=ADMINISTRATOR,
        page=ADD.format("succession"),
        call="/api/v1/successions/",
        data={**PAPER, "kind": "merged"},
        form={"predecessors": KUNSHAN, "successors": WUJIANG},
        body={"predecessors": [KUNSHAN], "successors": [WUJIANG]},
        refused=OUR_CONTACT,
        reason=Reason.NO_MANDATE,
        is_closed=True,
    ),
    "workdays.enter": Case(
        who=ADMINISTRATOR,
        page=ADD.format("workdayoverride"),
        call="/api/v1/workdays/",
        data=DAYS,
        body={"is_workday": False},
        refused=OUR_CONTACT,
        reason=Reason.NO_MANDATE,
        is_closed=True,
    ),
}
