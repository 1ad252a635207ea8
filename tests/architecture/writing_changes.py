"""Cases of the changes of a text in force."""

from consult.workflow.actions import (
    answer_text_change,
    open_text_change,
    publish,
    put_forward,
)
from consult.workflow.models import TextChangeStep
from plans.indicators.models import Definition
from plans.register.models import Plan
from plans.register.queries import drafts_of
from plans.register.steps import edit_draft, freeze
from stakeholders.terms.actor import Role
from tests.architecture.rights_world import DONE
from tests.architecture.writing_case import OFFICE, OUR_SIGNATORY, THEIR_CONTACT, WHY, Case
from tests.world import JIASHAN, QINGPU, WUJIANG, World

ITEM = "antimony"
ALL = "text-changes/"
ONE = f"{ALL}1/"
OPEN = {"way": "adjustment", "items": [ITEM], "reason_zh": "与水利规划衔接"}


def _in_force(world: World, plan: Plan) -> None:
    """The approved text as publishing makes it, with the indicator in its place."""
    Definition.objects.create(item=plan.items.get(key=ITEM), position=1)
    freeze(plan=plan, revision=None)
    publish(
        actor=world.coordinator(plan), plan=plan, stage="approved", freeze=True, accepts_gaps=True
    )


def _worded(world: World, plan: Plan, way: str = "adjustment") -> None:
    _in_force(world, plan)
    open_text_change(actor=world.coordinator(plan), plan=plan, **{**OPEN, "way": way})
    draft = drafts_of(plan).get(item__key=ITEM)
    name = {**draft.content["name"], "en": "Antimony, monthly mean"}
    edit_draft(
        draft=draft,
        edits=draft.edits,
        actor=world.coordinator(plan),
        changes={"content": {**draft.content, "name": name}},
    )


def _asked(world: World, plan: Plan) -> None:
    _worded(world, plan)
    put_forward(actor=world.coordinator(plan), plan=plan, number=1)


def _asked_to_correct(world: World, plan: Plan) -> None:
    _worded(world, plan, "correction")
    put_forward(actor=world.coordinator(plan), plan=plan, number=1)


def _agreed(world: World, plan: Plan) -> None:
    _asked(world, plan)
    for code in (QINGPU, WUJIANG, JIASHAN):
        answer_text_change(
            actor=world.actor(code, Role.SIGNATORY),
            plan=plan,
            number=1,
            confirms=True,
            wording=_wording()["wording"],
        )


def _wording() -> dict[str, str]:
    step = TextChangeStep.objects.filter(step="put_forward").last()
    return {"wording": step.wording_hash if step else ""}


def _case(**values: object) -> Case:
    return Case(**{"plan": DONE, "who": OFFICE, "refused": THEIR_CONTACT, **values})


ANSWER = {"wording": "{wording}"}
CHANGES: dict[str, Case] = {
    "change.open": _case(page=f"{ALL}new/", call=ALL, data=OPEN, ready=_in_force),
    "change.put_forward": _case(page=f"{ONE}put/", call=f"{ONE}put/", ready=_worded),
    "correction.answer": _case(
        who=THEIR_CONTACT,
        refused=OFFICE,
        page=f"{ONE}answer/",
        call=f"{ONE}answer/",
        data=ANSWER,
        form={"confirms": "yes"},
        body={"confirms": True},
        ready=_asked_to_correct,
        late=_wording,
    ),
    "adjustment.answer": _case(
        who=OUR_SIGNATORY,
        page=f"{ONE}answer/",
        data=ANSWER,
        form={"confirms": "yes"},
        ready=_asked,
        late=_wording,
    ),
    "change.enforce": _case(page=f"{ONE}enforce/", call=f"{ONE}enforce/", ready=_agreed),
    "change.withdraw": _case(
        page=f"{ONE}withdraw/", call=f"{ONE}withdraw/", data=WHY, ready=_worded
    ),
}
