"""What one case of a writing act is made of, and who appears in them."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.db import models
from django.utils.timezone import localtime

from plans.register.models import Plan
from stakeholders.terms.actor import Role
from stakeholders.terms.rights import Reason
from tests.architecture.rights_world import PREPARED
from tests.world import JIASHAN, QINGPU, WUJIANG, World, in_days

# (jurisdiction, role); an administrator without a mandate has no role.
Who = tuple[str, Role | None]
Data = Mapping[str, object]
OFFICE: Who = (QINGPU, Role.COORDINATOR)
OUR_CONTACT: Who = (QINGPU, Role.CONTACT_POINT)
OUR_PLANNER: Who = (QINGPU, Role.PLANNER)
OUR_SIGNATORY: Who = (QINGPU, Role.SIGNATORY)
THEIR_CONTACT: Who = (WUJIANG, Role.CONTACT_POINT)
THEIR_PLANNER: Who = (JIASHAN, Role.PLANNER)
SIGNATORY: Who = (WUJIANG, Role.SIGNATORY)
ADMINISTRATOR: Who = ("administrator", None)
# Contact point of Jiashan by a mandate limited to taking stands.
LIMITED: Who = ("limited", Role.CONTACT_POINT)
LAST_CONTACT: Who = (JIASHAN, Role.CONTACT_POINT)
KEY = str(uuid.uuid4())


@dataclass(frozen=True, kw_only=True)
class Case:
    """`page` and `call` are paths below the plan's, or whole ones from the root.

    `shown_on` is the page with the form, where it is not `page` itself. `data` goes into both;
    `form` and `body` add to it; what the page's form holds already is sent as it stands. `ready`
    brings the plan to where the act is due; `late` names then what stands in braces in addresses and
    values. `is_closed`: the page is the administrators', who is none is sent away without a word.
    """

    who: Who
    page: str = ""
    call: str = ""
    shown_on: str = ""
    plan: str = PREPARED
    data: Data = field(default_factory=dict)
    form: Data = field(default_factory=dict)
    body: Data = field(default_factory=dict)
    refused: Who = SIGNATORY
    reason: Reason = Reason.WRONG_ROLE
    ready: Callable[[World, Plan], object] | None = None
    late: Callable[[], Data] = dict
    is_closed: bool = False


class Dates:
    """`{day[9]}`: the date nine days from now, when it is sent.

    Cases are read when the tests are collected; a long run goes on after midnight.
    """

    def __getitem__(self, days: int | str) -> str:
        return localtime(in_days(int(days))).date().isoformat()


def day(days: int) -> str:
    return f"{{day[{days}]}}"


WHY = {"reason": "更正"}


def newest(model: type[models.Model]) -> int:
    """The id of the newest row, or one that is never there."""
    return model._default_manager.order_by("-pk").values_list("pk", flat=True).first() or 0
