"""The people behind many duties: who owes each, and who stands above, at a fixed number of queries."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from consult.desk.owing import owes
from consult.desk.reminding.reaching import TOLD_ABOVE, Voice, voices
from consult.desk.windows import HIGHEST, Window
from plans.register.enums import PartyRole
from plans.register.models import Party
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.people.queries import mandates_to_remind
from stakeholders.terms.actor import Actor, Role
from stakeholders.terms.duty import Duty

SIGNATORIES_FROM = 2  # the step at which those who sign are told too


class Recipients:
    """Who is told of `duties` (each with its window, None where nothing is escalated) at `at`.

    One query for the mandates, two more where something has reached the level above. Mandates
    that end before the notice is written are the window between this reading and the commit.
    """

    def __init__(
        self,
        duties: Collection[tuple[Duty, Window | None]],
        *,
        plan_keys: Mapping[int, str],
        at: datetime,
    ) -> None:
        self._plan_keys = plan_keys
        high = [duty for duty, window in duties if window and window.step >= HIGHEST]
        self._uppers = _uppers([duty for duty in high if duty.kind in TOLD_ABOVE])
        codes = {duty.holder_code for duty, _window in duties if duty.holder_code is not None}
        bodies = {d.organization_id for d, _window in duties if d.organization_id is not None}
        codes |= {code for found in self._uppers.values() for code in found}
        self._held: dict[object, list[Actor]] = defaultdict(list)
        self._office: dict[str, list[Actor]] = defaultdict(list)
        for one in mandates_to_remind(codes=codes, organizations=bodies, at=at) if duties else []:
            if one.role is Role.COORDINATOR:
                self._office[one.plan_key].append(one)
            else:
                self._held[one.jurisdiction_code or one.organization_id].append(one)

    def of(self, duty: Duty, window: Window | None) -> dict[int, Voice]:
        """Person -> as whom it is told of this window of the duty."""
        if duty.user_id is not None:
            return {duty.user_id: Voice.OWES}
        plan_key = self._plan_keys[duty.plan_id]
        held = self._held[duty.holder_code or duty.organization_id]
        office = self._office[plan_key]
        owing = [one for one in (*held, *office) if owes(duty=duty, actor=one, plan_key=plan_key)]
        if window is None or not (window.to_office or window.step):
            return {one.person: Voice.OWES for one in owing}
        raised: dict[Voice, Sequence[Actor]] = {}
        if window.to_office:
            raised[Voice.OFFICE] = office
        if window.step:
            raised[Voice.UNIT] = _leading(held, plan_key, step=window.step)
        if window.step >= HIGHEST:
            above = self._uppers.get((duty.plan_id, duty.holder_code), ())
            people = [one for code in above for one in self._held[code]]
            raised[Voice.ABOVE] = _leading(people, plan_key, step=1)
        return voices(duty, raised, owing=owing)

    def office_of(self, plan_id: int) -> list[int]:
        """The people of the joint office of a plan."""
        return sorted({one.person for one in self._office[self._plan_keys[plan_id]]})


def _leading(held: Sequence[Actor], plan_key: str, *, step: int) -> list[Actor]:
    """Contact points, from the second step on with those who sign."""
    roles = {Role.CONTACT_POINT}
    if step >= SIGNATORIES_FROM:
        roles.add(Role.SIGNATORY)
    return [one for one in held if one.role in roles and one.may_touch_plan(plan_key)]


def _uppers(duties: Sequence[Duty]) -> dict[tuple[int, str | None], list[str]]:
    """(plan, holder) -> the upper-level parties of the plan whose territory holds the holder's."""
    if not duties:
        return {}
    parties = Party.objects.filter(
        plan__in={duty.plan_id for duty in duties}, role=PartyRole.UPPER, left_at__isnull=True
    ).values_list("plan_id", "jurisdiction_id", "jurisdiction__path")
    above: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for plan_id, code, path in parties.order_by("pk"):
        above[plan_id].append((str(code), path))
    holders = {duty.holder_code for duty in duties if duty.holder_code is not None}
    paths = dict(Jurisdiction.objects.filter(pk__in=holders).values_list("pk", "path"))
    return {
        (duty.plan_id, duty.holder_code): [
            code
            for code, path in above[duty.plan_id]
            if code != duty.holder_code and paths.get(str(duty.holder_code), "").startswith(path)
        ]
        for duty in duties
    }
