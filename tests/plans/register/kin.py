"""A family of plans: one overall plan with a published text, one special-topic plan below it."""

from plans.register.actions import create_plan
from plans.register.enums import PartyRole, Stage
from plans.register.models import Plan
from plans.register.steps import Place, add_party, create_item, edit_draft, publish_revision
from stakeholders.terms.actor import Actor, Role
from tests.world import JIASHAN, QINGPU, WUJIANG, World, person

UPPER, LOWER = "zone", "QWJ"


def opened(world: World, key: str, *, kind: str, parent: Plan | None = None) -> Plan:
    """A plan of Qingpu and Wujiang; Jiashan takes no part in an overall one."""
    office = person(f"office@{key}.example", f"office {key}")
    plan = create_plan(
        actor=world.actor(QINGPU, Role.CONTACT_POINT),
        key=key,
        title_zh=f"规划{key}",
        title_en=f"Plan {key}",
        short_zh=f"规划{key}",
        short_en=f"Plan {key}",
        kind=kind,
        parent=parent,
        horizon_from=2026,
        horizon_until=2035,
        coordinator=office,
        coordinator_document="test",
    )
    world.mandates[QINGPU, Role.COORDINATOR.value, key] = office.mandates.get(plan_key=key)
    members = (WUJIANG,) if kind == "overall" else (WUJIANG, JIASHAN)
    for code in members:
        add_party(plan=plan, code=code, role=PartyRole.CO_MAKER, must_sign=True)
    for code in (QINGPU, WUJIANG, JIASHAN):
        for role in (Role.CONTACT_POINT, Role.PLANNER, Role.SIGNATORY):
            world.mandate(code, role)
    return plan


def add(plan: Plan, actor: Actor, **items: str) -> None:
    """Items of the plan, key=strength."""
    for key, strength in items.items():
        create_item(
            plan=plan,
            key=key,
            kind="provision",
            content=content(key),
            strength=strength,
            concerned=[QINGPU],
            actor=actor,
        )


def content(text: str) -> dict[str, object]:
    return {"title": {"zh": f"标题{text}", "en": f"Title {text}"}, "text": {"zh": text, "en": text}}


def publish(plan: Plan, actor: Actor) -> None:
    drafts = plan.items.order_by("pk")
    publish_revision(
        plan=plan,
        actor=actor,
        stage=Stage.CONSULTATION.value,
        headings=[],
        places=[Place(item=one, number=str(n)) for n, one in enumerate(drafts, start=1)],
        changes={},
        charter_version="",
    )


def reword(plan: Plan, actor: Actor, key: str, text: str) -> None:
    draft = plan.items.get(key=key).draft
    edit_draft(draft=draft, edits=draft.edits, actor=actor, changes={"content": content(text)})
    publish(plan, actor)


def family(world: World) -> tuple[Plan, Plan]:
    """The overall plan with two binding items and a guiding one, and the plan below it."""
    upper = opened(world, UPPER, kind="overall")
    office = world.coordinator(upper)
    add(upper, office, farmland="binding", water="binding", style="guiding")
    publish(upper, office)
    lower = opened(world, LOWER, kind="special_topic", parent=upper)
    add(lower, world.coordinator(lower), fields="binding", banks="guiding")
    publish(lower, world.coordinator(lower))
    return upper, lower
