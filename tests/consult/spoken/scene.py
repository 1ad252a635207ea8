"""Acts entered for Wujiang by the joint office, and by its own planner, one short call each."""

from datetime import date
from typing import Any

from consult.spoken import actions
from consult.spoken.models import EnteredAct
from consult.spoken.queries import entered, shown_at
from consult.spoken.steps import Evidence
from plans.register.models import Plan
from stakeholders.record.models import RecordEntry
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor, Role
from tests.world import WUJIANG, World

LETTER = Evidence(kind="letter", number="吴函1号", on=date(2026, 1, 5), text="来函所述")
NIL = {"is_nil": True}
STAND = {"value": "agree", "text_zh": "赞成"}
AGREE = {"value": "agree"}


def enter(
    world: World,
    plan: Plan,
    kind: str,
    subject: Any,
    said: dict[str, object],
    code: str = WUJIANG,
    evidence: Evidence = LETTER,
    actor: Actor | None = None,
) -> EnteredAct:
    return actions.enter_for(
        actor=actor or world.coordinator(plan),
        plan=plan,
        kind=kind,
        subject=subject.pk,
        code=code,
        said=said,
        evidence=evidence,
    )


def provisional(
    actor: Actor, plan: Plan, kind: str, subject: Any, said: dict[str, object]
) -> EnteredAct:
    return actions.enter_ad_referendum(
        actor=actor, plan=plan, kind=kind, subject=subject.pk, said=said, evidence=Evidence()
    )


def confirm(world: World, act: EnteredAct, role: Role = Role.CONTACT_POINT) -> EnteredAct:
    return actions.confirm(actor=world.actor(str(act.jurisdiction_id), role), act=act)


def standing(act: EnteredAct, *, at: Any = None) -> str:
    return shown_at(entered().get(pk=act.pk), at=at or clock.now()).standing.value


def acts_since(pk: int) -> list[str]:
    return list(RecordEntry.objects.filter(pk__gt=pk).order_by("pk").values_list("act", flat=True))


def last_entry() -> int:
    return RecordEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
