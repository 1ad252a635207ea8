"""Cases of rounds: recalling, late answers, letters, bodies and symposia."""

from django.core.files.uploadedfile import SimpleUploadedFile

from consult.phase2_preparation.actions import open_round, submit_reply
from consult.phase2_preparation.models import Reply, RoundInvitee
from consult.phase2_preparation.steps import Letter, Oral
from plans.register.models import Plan
from plans.register.steps import give_role
from stakeholders.access.steps import role_groups
from stakeholders.files.actions import upload_file
from stakeholders.files.enums import LETTERS
from stakeholders.files.models import StoredFile
from stakeholders.people.models import Mandate, Organization
from stakeholders.terms import clock
from stakeholders.terms.actor import Role
from stakeholders.terms.rights import Reason
from tests.architecture.rights_world import PREPARED
from tests.architecture.writing_case import (
    LAST_CONTACT,
    OFFICE,
    THEIR_CONTACT,
    THEIR_PLANNER,
    WHY,
    Case,
    Who,
    day,
)
from tests.stakeholders.files import samples
from tests.world import JIASHAN, SHANGHAI, WUJIANG, World, in_days, person

BODY: Who = ("body", Role.PLANNER)
REMARK = {"type": "general", "text_zh": "意见"}
PAPER = {"letter_number": "函1", "letter_on": day(0), "issuer": "人民政府"}


def water_bureau(world: World) -> Mandate:
    """The planner of a department that takes part in the plan without being a party."""
    bureau = Organization.objects.create(key="WB", name_zh="水务局", kind="sector_department")
    bureau.jurisdictions.set([JIASHAN])
    holder = f"org-{bureau.pk}"
    role_groups(holder=holder, roles=[Role.PLANNER.value])
    give_role(plan=Plan.objects.get(key=PREPARED), holder=holder, role=Role.PLANNER)
    return Mandate.objects.create(
        user=person("planner@water.example", "water bureau planner"),
        organization=bureau,
        role=Role.PLANNER.value,
        document="test",
        valid_from=in_days(-9),
        granted_by=world.administrator,
    )


def _letter(world: World, plan: Plan, who: Who = OFFICE) -> None:
    """A stamped letter among the uploads of the joint office, or of another."""
    code, role = who
    key = plan.key if role is Role.COORDINATOR else ""
    upload = SimpleUploadedFile("stamped.pdf", samples.PDF)
    upload_file(actor=world.actor(code, role, plan_key=key), upload=upload, kinds=LETTERS)


def _kept() -> dict[str, object]:
    kept = StoredFile.objects.filter(name="stamped.pdf").first()
    return {"letter": str(kept.pk)} if kept else {}


def _opened(world: World, plan: Plan) -> None:
    open_round(actor=world.coordinator(plan), plan=plan)


def _closed(world: World, plan: Plan) -> None:
    plan.rounds.filter(number=1).update(closed_at=clock.now())


def _asked_above(world: World, plan: Plan) -> None:
    one = plan.rounds.get(number=2)
    RoundInvitee.objects.create(round=one, audience="upper", jurisdiction_id=SHANGHAI)
    _letter(world, plan)


def _asked_body(world: World, plan: Plan) -> None:
    one = plan.rounds.get(number=2)
    bureau = Organization.objects.get(key="WB")
    RoundInvitee.objects.create(round=one, audience="department", organization=bureau)


def _spoken(world: World, plan: Plan) -> None:
    one = open_round(actor=world.coordinator(plan), plan=plan, kind="urgent")
    submit_reply(
        actor=world.actor(WUJIANG, Role.CONTACT_POINT),
        plan=plan,
        one=one,
        letter=Letter(),
        is_nil=True,
        oral=Oral(by="规划科", at=clock.now()),
    )
    _letter(world, plan, THEIR_CONTACT)


def _waiting() -> dict[str, object]:
    pk = Reply.objects.filter(letter_due_at__isnull=False).values_list("pk", flat=True).first()
    return {"reply": pk or 0, **_kept()}


ROUNDS: dict[str, Case] = {
    "round.recall": Case(
        who=OFFICE, page="rounds/3/recall/", call="rounds/3/recall/", data=WHY, ready=_opened
    ),
    "round.admit_late": Case(
        who=OFFICE,
        page="rounds/1/admit-late/",
        call="rounds/1/admit-late/",
        data={"closes_on": day(9), **WHY},
        form={"code": f"unit:{JIASHAN}"},
        body={"code": JIASHAN},
        ready=_closed,
    ),
    "round.enter_answer": Case(
        who=OFFICE,
        page="rounds/2/answers/new/",
        call="rounds/2/answers/",
        data=PAPER,
        form={"code": f"unit:{SHANGHAI}", "is_nil": "on", "letter_file-kept": "{letter}"},
        body={"code": SHANGHAI, "is_nil": True, "letter_file": "{letter}"},
        ready=_asked_above,
        late=_kept,
    ),
    "round.enter_symposium": Case(
        who=OFFICE,
        page="rounds/2/symposia/new/",
        call="rounds/2/symposia/",
        data={"held_on": day(0), "place": "镇", "participants": "代表12人"},
        form={
            "letter_file-kept": "{letter}",
            "opinions-0-type": "general",
            "opinions-0-text_zh": "意见",
        },
        body={"minutes": "{letter}", "opinions": [REMARK]},
        ready=_letter,
        late=_kept,
    ),
    "reply.submit_body": Case(
        who=BODY,
        page="rounds/2/our-answer/",
        call="rounds/2/our-answer/",
        form={"is_nil": "on"},
        body={"is_nil": True},
        ready=_asked_body,
        refused=THEIR_PLANNER,
        reason=Reason.NOT_YOURS,
    ),
    "reply.add_letter": Case(
        who=THEIR_CONTACT,
        page="replies/{reply}/add-letter/",
        call="replies/{reply}/later-letter/",
        data=PAPER,
        form={"letter_file-kept": "{letter}"},
        body={"letter_file": "{letter}"},
        ready=_spoken,
        late=_waiting,
        refused=LAST_CONTACT,
        reason=Reason.NOT_YOURS,
    ),
}
