"""Cases of the plan family, the transmission table and the lists of demands."""

from consult.demands.actions import add_demand
from consult.demands.models import DemandSorting
from consult.demands.steps import Entry
from plans.register.models import Plan, UpperRequirement
from plans.register.steps import set_phase
from stakeholders.terms.actor import Role
from tests.architecture.writing_case import (
    OFFICE,
    OUR_CONTACT,
    OUR_PLANNER,
    OUR_SIGNATORY,
    Case,
    Data,
    day,
)
from tests.world import QINGPU, WUJIANG, World, in_days

DEMAND = {"title_zh": "限排", "kind": "local", "theme": "water"}
REQUIRED = {"title_zh": "耕地", "source": "文", "value": "76.60"}
# The first demand of the world is handed in; `_written` adds one that is not.
FIRST, SECOND = f"demands/{QINGPU}/1/", f"demands/{QINGPU}/2/"


def _organizing(world: World, plan: Plan) -> None:
    set_phase(plan=plan, phase=1)


def _written(world: World, plan: Plan) -> None:
    add_demand(actor=world.actor(QINGPU, Role.PLANNER), plan=plan, entry=Entry(**DEMAND))


def _wording() -> Data:
    return {"wording": UpperRequirement.objects.get().wording}


def _sorting() -> Data:
    return {"sorting": DemandSorting.objects.get().pk}


FAMILY: dict[str, Case] = {
    "plan.set_parent": Case(
        who=OFFICE,
        page="family/parent/",
        call="family/parent/",
        body={"parent": ""},
    ),
    "party.change": Case(
        who=OFFICE,
        page=f"parties/{WUJIANG}/",
        call=f"parties/{WUJIANG}/",
        data={"must_sign": "on", "weight": "2"},
        ready=_organizing,
    ),
    "requirement.add": Case(
        who=OFFICE, page="transmission/new/", call="requirements/", data=REQUIRED
    ),
    "requirement.edit": Case(
        who=OFFICE,
        page="transmission/listed/1/edit/",
        call="requirements/1/",
        data={**REQUIRED, "edits": 1},
    ),
    "requirement.remove": Case(
        who=OFFICE,
        page="transmission/listed/1/remove/",
        call="requirements/1/remove/",
        data={"edits": 1},
    ),
    "transmission.answer": Case(
        who=OUR_PLANNER,
        page="transmission/listed/1/",
        call="transmission/",
        data={"value": "adopted"},
        body={"requirement": 1, "wording": "{wording}"},
        late=_wording,
    ),
    "demands.ask": Case(
        who=OFFICE,
        page="demands/ask/",
        call="demands/calls/",
        form={"due_at": f"{day(9)}T17:00"},
        body={"due_at": in_days(9).isoformat()},
    ),
    "demand.add": Case(who=OUR_PLANNER, page="demands/new/", call="demands/", data=DEMAND),
    "demand.edit": Case(
        who=OUR_PLANNER,
        page=f"{SECOND}edit/",
        call=SECOND,
        data={**DEMAND, "edits": 1},
        refused=OUR_SIGNATORY,
        ready=_written,
    ),
    "demand.remove": Case(
        who=OUR_PLANNER,
        page=f"{SECOND}remove/",
        call=f"{SECOND}remove/",
        data={"edits": 1},
        refused=OUR_SIGNATORY,
        ready=_written,
    ),
    "demands.hand_in": Case(
        who=OUR_CONTACT,
        page="demands/hand-in/",
        call="demands/hand-ins/",
        refused=OUR_PLANNER,
        ready=_written,
    ),
    "demand.sort": Case(
        who=OFFICE,
        page=f"{FIRST}sort/",
        call=f"{FIRST}sortings/",
        data={"sorted_as": "not_here", "reason": "另行安排"},
    ),
    "demand.answer": Case(
        who=OUR_CONTACT,
        page=f"{FIRST}answer/",
        call=f"{FIRST}answer/",
        data={"value": "accepted"},
        body={"sorting": "{sorting}"},
        refused=OUR_PLANNER,
        late=_sorting,
    ),
}
