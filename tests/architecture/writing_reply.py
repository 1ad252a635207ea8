"""Cases of the reply of the approving authority and what the parties note."""

from datetime import timedelta

from django.utils.timezone import localtime

from consult.approval.actions.replies import Decision, file_reply
from consult.approval.enums import LetterKind
from consult.approval.steps.letters import LetterText, write_letter
from consult.approval.steps.replies import ConditionText
from consult.phase3_identification.queries import current_sign_off, statement_of
from plans.register.enums import ChangeKind, Stage
from plans.register.models import Plan
from plans.register.steps import Place, freeze, publish_revision
from stakeholders.terms import clock
from tests.architecture.rights_world import SIGNED
from tests.architecture.writing_case import OFFICE, THEIR_CONTACT, THEIR_PLANNER, Case, day
from tests.architecture.writing_identification import stated
from tests.world import JIANGSU, SHANGHAI, World

PROVINCES = [SHANGHAI, JIANGSU]
YESTERDAY = timedelta(days=1)


def _submitted(world: World, plan: Plan) -> None:
    stated(world, plan)
    plan.refresh_from_db()
    said = LetterText(
        dated_on=localtime(clock.now() - YESTERDAY).date(), number="1", addressees=PROVINCES
    )
    write_letter(
        plan=plan,
        statement=statement_of(current_sign_off(plan)),
        revision=plan.frozen,
        actor=world.coordinator(plan),
        kind=LetterKind.SUBMISSION.value,
        said=said,
    )


def _approved(world: World, plan: Plan) -> None:
    """Approved with a condition on the plan as a whole, and the approved text published."""
    _submitted(world, plan)
    office = world.coordinator(plan)
    said = LetterText(dated_on=localtime(clock.now()).date(), number="2", senders=PROVINCES)
    rows = [ConditionText(text_zh="加强监督。")]
    decision = Decision(outcome="with_conditions", conditions=rows)
    file_reply(actor=office, plan=plan, said=said, decision=decision)
    entries = plan.frozen.entries.select_related("item")
    revision = publish_revision(
        plan=plan,
        actor=office,
        stage=Stage.APPROVED,
        headings=[],
        places=[Place(item=one.item, number=one.number) for one in entries],
        changes={one.item.key: ChangeKind.UNCHANGED.value for one in entries},
        charter_version="1",
    )
    freeze(plan=plan, revision=revision)


REPLY: dict[str, Case] = {
    "approval.reply": Case(
        who=OFFICE,
        plan=SIGNED,
        page="approval/reply/",
        call="approval/reply/",
        data={
            "outcome": "approved",
            "number": "2",
            "dated_on": day(0),
            "senders": PROVINCES,
        },
        ready=_submitted,
    ),
    "approval.acknowledge": Case(
        who=THEIR_CONTACT,
        plan=SIGNED,
        page="approval/acknowledge/",
        call="approval/acknowledge/",
        data={"letter_number": "9"},
        refused=THEIR_PLANNER,
        ready=_approved,
    ),
}
