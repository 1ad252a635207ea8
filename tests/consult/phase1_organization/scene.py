"""The short way to a plan with invitations and a charter, by the ordinary actions."""

from dataclasses import replace
from datetime import datetime

from consult.ballots.models import Ballot
from consult.phase1_organization import actions
from consult.phase1_organization.content import Clause, default_content
from consult.phase1_organization.models import Charter, Invitation
from consult.phase1_organization.steps import Asking
from plans.register.models import Plan
from stakeholders.record.models import RecordEntry
from stakeholders.terms.actor import Role
from tests.world import JIASHAN, KUNSHAN, QINGPU, WUJIANG, World, in_days

PARTIES = (QINGPU, WUJIANG, JIASHAN)


def asking(
    code: str = KUNSHAN, role: str = "neighbour", days: float = 10, **more: object
) -> Asking:
    return Asking(code=code, role=role, answer_by=in_days(days), **more)


def invited(world: World, plan: Plan, code: str = KUNSHAN, **more: object) -> Invitation:
    actor = world.coordinator(plan)
    (row,) = actions.invite(actor=actor, plan=plan, invitations=[asking(code, **more)])
    return row


def proposed(world: World, plan: Plan) -> Charter:
    clauses = (Clause(key="C1", zh="召集轮值", en="Convenor in turn", value="310118"),)
    content = replace(default_content(), clauses=clauses)
    return actions.propose_charter(actor=world.coordinator(plan), plan=plan, content=content)


def put_to_parties(world: World, charter: Charter, closes_at: datetime | None = None) -> Ballot:
    return actions.open_charter_ballot(
        actor=world.coordinator(charter.plan), charter=charter, closes_at=closes_at or in_days(3)
    )


def speak(world: World, charter: Charter, code: str, value: str = "agree", text: str = "") -> None:
    actor = world.actor(code, Role.SIGNATORY)
    actions.take_charter_position(actor=actor, charter=charter, value=value, text=text)


def adopted(world: World, plan: Plan) -> Charter:
    charter = proposed(world, plan)
    put_to_parties(world, charter)
    for code in PARTIES:
        speak(world, charter, code)
    actions.close_charter_ballot(actor=world.coordinator(plan), charter=charter)
    return charter


def acts() -> list[str]:
    """The acts on record after the plan's creation."""
    return list(RecordEntry.objects.order_by("pk").values_list("act", flat=True))[1:]
