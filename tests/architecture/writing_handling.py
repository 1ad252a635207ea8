"""Cases of what stands around the decision on comments: advice, bulk, groups, text blocks."""

from consult.phase2_preparation import actions
from consult.phase2_preparation.models import (
    AdviceRequest,
    Comment,
    CommentGroup,
    DispositionBatch,
    TextBlock,
)
from consult.phase2_preparation.queries import batches
from consult.phase2_preparation.queries.advice import Adviser
from consult.phase2_preparation.steps.blocks import BlockText
from plans.register.models import Plan
from stakeholders.jurisdictions.models import Jurisdiction
from tests.architecture.writing_case import OFFICE, THEIR_CONTACT, THEIR_PLANNER, Case, newest
from tests.world import JIASHAN, World

SECOND = 902


def _two(plan: Plan) -> list[int]:
    """The numbers of two comments that all may see; the second is put in beside the first."""
    first = Comment.objects.get(plan=plan, number=1)
    fields = ("reply_id", "plan_id", "jurisdiction_id", "item_id", "version_id", "type", "text_zh")
    second = Comment.objects.create(
        number=SECOND, **{name: getattr(first, name) for name in fields}
    )
    return [first.number, second.number]


def _asked(world: World, plan: Plan) -> None:
    actions.ask_advice(
        actor=world.coordinator(plan),
        plan=plan,
        comment=Comment.objects.get(plan=plan, number=1),
        whom=Adviser(jurisdiction=Jurisdiction.objects.get(code=JIASHAN)),
    )


def _decided_at_once(world: World, plan: Plan) -> None:
    actions.decide_many(
        actor=world.coordinator(plan),
        plan=plan,
        numbers=[1],
        decision=actions.Decision(outcome="noted"),
        seen=batches.newest_seen(plan=plan),
        again=True,
    )


def _grouped(world: World, plan: Plan) -> None:
    actions.group_comments(actor=world.coordinator(plan), plan=plan, numbers=_two(plan))


def _kept(world: World, plan: Plan) -> None:
    text = BlockText(title="常用答复", text_zh="已有规定")
    actions.add_block(actor=world.coordinator(plan), plan=plan, text=text)


def _pair(world: World, plan: Plan) -> None:
    _two(plan)


BLOCK = {"title": "答复", "text_zh": "已研究"}
HANDLING: dict[str, Case] = {
    "disposition.ask_advice": Case(
        who=OFFICE,
        page="comments/1/advice/",
        call="comments/1/advice/",
        data={"whom": f"unit-{JIASHAN}"},
        refused=THEIR_CONTACT,
    ),
    "disposition.give_advice": Case(
        who=THEIR_PLANNER,
        page="comments/1/advice/{asked}/",
        call="comments/1/advice/{asked}/",
        data={"outcome": "noted"},
        ready=_asked,
        late=lambda: {"asked": newest(AdviceRequest)},
        refused=THEIR_CONTACT,
    ),
    "disposition.undo": Case(
        who=OFFICE,
        page="dispositions/batches/{batch}/undo/",
        shown_on="dispositions/batches/",
        call="dispositions/batches/{batch}/undo/",
        ready=_decided_at_once,
        late=lambda: {"batch": newest(DispositionBatch)},
        refused=THEIR_CONTACT,
    ),
    "comment.group": Case(
        who=OFFICE,
        page="dispositions/groups/",
        call="dispositions/groups/",
        form={"numbers": f"1,{SECOND}"},
        body={"numbers": [1, SECOND]},
        ready=_pair,
        refused=THEIR_CONTACT,
    ),
    "comment.ungroup": Case(
        who=OFFICE,
        page="dispositions/groups/{group}/end/",
        shown_on="dispositions/groups/",
        call="dispositions/groups/{group}/end/",
        ready=_grouped,
        late=lambda: {"group": newest(CommentGroup)},
        refused=THEIR_CONTACT,
    ),
    "text_block.add": Case(
        who=OFFICE,
        page="dispositions/blocks/",
        call="dispositions/blocks/",
        data=BLOCK,
        refused=THEIR_CONTACT,
    ),
    "text_block.edit": Case(
        who=OFFICE,
        page="dispositions/blocks/{block}/",
        call="dispositions/blocks/{block}/",
        data=BLOCK,
        ready=_kept,
        late=lambda: {"block": newest(TextBlock)},
        refused=THEIR_CONTACT,
    ),
    "text_block.remove": Case(
        who=OFFICE,
        page="dispositions/blocks/{block}/remove/",
        shown_on="dispositions/blocks/",
        call="dispositions/blocks/{block}/remove/",
        ready=_kept,
        late=lambda: {"block": newest(TextBlock)},
        refused=THEIR_CONTACT,
    ),
}
