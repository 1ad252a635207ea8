"""Cases of what the joint office does with people asked for opinions.

What these people do themselves is done on their one page, which is not there for anybody else:
tests/consult/phase2_preparation/test_experts.py.
"""

from datetime import timedelta

from consult.phase2_preparation.actions import asked, experts, panels
from consult.phase2_preparation.actions.experts import Asked
from consult.phase2_preparation.actions.panels import Minuted
from consult.phase2_preparation.models import CollectiveOpinion, ExpertSuggestion
from consult.phase2_preparation.queries.experts import link_actor
from consult.phase2_preparation.steps.experts import Person, Until
from plans.register.models import Plan
from stakeholders.files.models import StoredFile
from stakeholders.terms import clock
from tests.architecture.writing_case import OFFICE, THEIR_CONTACT, Case, Data, day
from tests.world import World, in_days

WANG = Person(audience="expert", name="王教授", email="wang@expert.example")
PERSON = {"audience": "expert", "name": "李工", "email": "li@expert.example", "shown_as": "name"}
MINUTED = {"place": "会议室", "result": "minor", "text": "总体可行"}


def _asked(world: World, plan: Plan) -> None:
    experts.invite_expert(
        actor=world.coordinator(plan),
        plan=plan,
        one=plan.rounds.get(number=2),
        person=WANG,
        asked=Asked(),
    )


def _suggested(world: World, plan: Plan) -> None:
    _asked(world, plan)
    row = plan.expert_invitations.get()
    asked.suggest_expert(
        actor=link_actor(row), row=row, name="赵工", field="", email="zhao@expert.example"
    )


def _suggestion() -> Data:
    row = ExpertSuggestion.objects.first()
    return {"suggestion": row.pk} if row else {}


def _meeting(world: World, plan: Plan) -> CollectiveOpinion:
    office = world.coordinator(plan)
    file = StoredFile.objects.create(
        sha256="b" * 64,
        name="签名页.pdf",
        media_type="application/pdf",
        size=1,
        uploaded_by_id=office.user_id,
        uploaded_at=clock.now(),
    )
    held_on = (clock.now() - timedelta(days=2)).date()
    minuted = Minuted(**MINUTED, held_on=held_on, file=file)
    return panels.write_collective(actor=office, plan=plan, minuted=minuted)


def _chaired(world: World, plan: Plan) -> CollectiveOpinion:
    one = _meeting(world, plan)
    panels.add_member(
        actor=world.coordinator(plan),
        plan=plan,
        one=one,
        person=WANG,
        is_chair=True,
        until=Until(at=in_days(9), zone="Asia/Shanghai"),
    )
    return one


def _signed(world: World, plan: Plan) -> None:
    one = _chaired(world, plan)
    row = one.members.get()
    panels.sign_collective(actor=link_actor(row), row=row, content=one.content)


EXPERT = "experts/1/"
COLLECTIVE = "experts/opinions/1/"
EXPERTS: dict[str, Case] = {
    "expert.invite": Case(
        who=OFFICE,
        page="rounds/2/experts/new/",
        call="rounds/2/experts/",
        data=PERSON,
        refused=THEIR_CONTACT,
    ),
    **{
        f"expert.{name}": Case(
            who=OFFICE,
            page=f"{EXPERT}{name}/",
            call=f"{EXPERT}{name}/",
            ready=_asked,
            refused=THEIR_CONTACT,
        )
        for name in ("remind", "revoke", "erase")
    },
    "expert.extend": Case(
        who=OFFICE,
        page=f"{EXPERT}extend/",
        call=f"{EXPERT}extend/",
        form={"closes_on": day(200)},
        body={"closes_at": in_days(200).isoformat()},
        ready=_asked,
        refused=THEIR_CONTACT,
    ),
    "expert.decide_suggestion": Case(
        who=OFFICE,
        page="experts/suggestions/{suggestion}/",
        call="experts/suggestions/{suggestion}/",
        form={"invite": "1"},
        body={"invite": True},
        ready=_suggested,
        late=_suggestion,
        refused=THEIR_CONTACT,
    ),
    "collective.write": Case(
        who=OFFICE,
        page="experts/opinions/new/",
        call="experts/opinions/",
        data={**MINUTED, "held_on": day(-2)},
        refused=THEIR_CONTACT,
    ),
    "collective.add_member": Case(
        who=OFFICE,
        page=f"{COLLECTIVE}members/",
        call=f"{COLLECTIVE}members/",
        shown_on=COLLECTIVE,
        data=PERSON,
        form={"closes_on": day(9)},
        body={"closes_at": in_days(9).isoformat()},
        ready=_meeting,
        refused=THEIR_CONTACT,
    ),
    "collective.enter_signature": Case(
        who=OFFICE,
        page=f"{COLLECTIVE}members/1/sign/",
        call=f"{COLLECTIVE}members/1/sign/",
        ready=_chaired,
        refused=THEIR_CONTACT,
    ),
    "collective.finish": Case(
        who=OFFICE,
        page=f"{COLLECTIVE}finish/",
        call=f"{COLLECTIVE}finish/",
        ready=_signed,
        refused=THEIR_CONTACT,
    ),
}
