"""One seeded world for the rights over HTTP: a plan in each later phase, and everybody at the door.

The plan of preparation has a sealed round running, comments with a published disposition, a matter,
a project, a charter and an invitation nobody has answered; the plan of identification an open
sign-off, and one that was handed up a signed statement and a submission; the plan of implementation
a project and a warning.
"""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from allauth.account.internal.flows.login import record_authentication
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.http import HttpRequest
from django.test import Client

from consult.approval.enums import LetterKind
from consult.approval.models import ApprovalLetter
from consult.approval.steps.letters import LetterText, write_letter
from consult.demands.actions import add_demand, hand_in_demands, sort_demand
from consult.demands.steps import Entry
from consult.matters.actions import (
    open_matter,
    propose_agreement,
    propose_commitment,
    propose_option,
)
from consult.matters.models import Matter
from consult.matters.steps import Wording as MatterWording
from consult.phase3_identification.actions import (
    close_sign_off,
    declare,
    open_sign_off,
    sign_statement,
)
from consult.phase3_identification.queries import current_sign_off, statement_of
from consult.phase3_identification.steps import Stand
from consult.phase4_implementation.actions import report_reading
from consult.phase4_implementation.models import ThresholdWarning
from consult.spoken.models import EnteredAct
from plans.register.actions import add_requirement, admit_body
from plans.register.enums import PartyRole, Stage
from plans.register.models import Plan
from plans.register.steps import (
    Demanded,
    Place,
    add_attachment,
    add_party,
    create_item,
    freeze,
    publish_revision,
    set_phase,
)
from plans.text.actions import add_chapter, add_provision, add_standard, propose_amendment
from plans.text.collisions import Texts
from plans.text.norms import Norm
from plans.text.queries import base_hash_of
from plans.text.wording import Wording
from stakeholders.files.models import StoredFile
from stakeholders.jurisdictions.models import Region
from stakeholders.people.actions import make_token, revoke_token
from stakeholders.people.models import Mandate, Organization, User
from stakeholders.people.queries import actor_of
from stakeholders.terms import clock
from stakeholders.terms.actor import Role
from tests.architecture.rights_implementation import LAID_LATER, YEAR, lay_implementation
from tests.consult.phase1_organization.scene import adopted, invited
from tests.consult.phase2_preparation.stage import build, content
from tests.consult.phase4_implementation.ground import ANTIMONY
from tests.consult.spoken.scene import STAND
from tests.consult.spoken.scene import enter as enter_act
from tests.laying import laid_once
from tests.plans.projects.sheets import milestone, project
from tests.world import JIASHAN, KUNSHAN, QINGPU, SHANGHAI, WUJIANG, World, person

PREPARED, SIGNED, DONE, OTHER = "prepared", "signed", "done", "other"
HANDED_UP = "handed-up"
JIAXING, SUZHOU = "330400", "320500"
ROLES = (
    "anonymous",
    "stranger",  # contact point of a jurisdiction that takes no part
    "invited",  # contact point of one that was asked and has not answered
    "neighbour",  # contact point of a consulted neighbour
    "planner",
    "contact",
    "signatory",
    "other_coordinator",  # coordinates another plan
    "coordinator",
    "administrator",  # without a mandate
    "ended",  # signed in when its mandate ended
    "revoked",  # brings an API token that was revoked
    "elsewhere",  # contact point of a party, mandate limited to another plan
    "limited",  # contact point of a party, mandate limited to taking stands
)


@dataclass
class Ground:
    """The clients by role, and the values that fill the parts of an address."""

    clients: dict[str, Client]
    values: dict[str, dict[str, object]]


def lay(world: World, *, is_implemented: bool = False) -> Ground:
    """`is_implemented`: the plan of implementation holds one of each kind besides."""
    values = _laid(world)
    values[PREPARED]["attachment"] = _attached(world, Plan.objects.get(key=PREPARED))
    done = Plan.objects.get(key=DONE)
    values[DONE] |= lay_implementation(world, done) if is_implemented else LAID_LATER
    return Ground(clients=_clients(world), values=values)


@laid_once
def _laid(world: World) -> dict[str, dict[str, object]]:
    """All rows that every module stands on, and the values they give; a file is kept outside."""
    prepared, draft = _prepared(world)
    entry = _entered(world, prepared)
    _signed(world)
    letter = _handed_up(world)
    _done(world)
    world.plan(OTHER)
    region = Region.objects.create(
        key="R1", name_zh="示范区", kind="demonstration zone", members_status="official"
    )
    invitation = invited(world, prepared, JIAXING)
    shared = {
        "code": QINGPU,
        "region": region.pk,
        "former": 1,
        "number": 1,
        "other": 1,
        "draft": draft,
    }
    return {
        "": {
            **shared,
            "pk": invitation.pk,
            "key": region.pk,
            "mandate": world.mandate(QINGPU, Role.PLANNER).pk,
        },
        PREPARED: {
            **shared,
            "key": PREPARED,
            "item": "aim",
            "provision": "first",
            "chapter": prepared.chapters.get().key,
            "matter": Matter.objects.get(plan=prepared).key,
            "option": "A",
            "commitment": 1,
            "agreement": 1,
            "project": "PJ3",
            "running": 2,
            "digits": _version_of(prepared, "aim"),
            "kind": "stand",
            "subject": entry.matter_id,
            "entry": entry.pk,
            "organization": "DI",
            "role": "drafter",
        },
        SIGNED: {**shared, "key": SIGNED, "item": "aim"},
        HANDED_UP: {
            **shared,
            "key": HANDED_UP,
            "item": "aim",
            "pk": letter.statement_id,
            "letter": letter.pk,
            "notice": 0,  # one that is never there
            "line": "work-plan",
            "code": "deliberation",
            "kind": "docx",
        },
        DONE: {
            **shared,
            "key": DONE,
            "item": "antimony",
            "project": "PJ3",
            "warning": ThresholdWarning.objects.get().pk,
            "year": YEAR,
        },
    }


def _version_of(plan: Plan, key: str) -> str:
    """The digits of the newest version of an item."""
    item = plan.items.get(key=key)
    return item.versions.latest("pk").hash.removeprefix("sha256:")


def _attached(world: World, plan: Plan) -> int:
    """An internal file that our planner attached; nobody checked its bytes yet."""
    actor = world.actor(QINGPU, Role.PLANNER)
    stored = StoredFile.objects.create(
        sha256="0" * 64,
        name="figures.csv",
        media_type="text/csv",
        size=1,
        uploaded_by_id=actor.person,
        uploaded_at=clock.now(),
    )
    made = add_attachment(
        plan=plan,
        item=None,
        purpose="base_figures",
        title_zh="底数",
        title_en="",
        file=stored,
        classification="internal",
        actor=actor,
    )
    return made.pk


def _prepared(world: World) -> tuple[Plan, str]:
    scene = build(world, PREPARED)
    plan, office = scene.plan, scene.office
    adopted(world, plan)
    scene.comment(outcome="noted")
    one = scene.open(is_sealed=True)
    draft = scene.draft(one, QINGPU, item="aim")
    scene.reply(one, WUJIANG, "water")
    chapter = add_chapter(
        actor=office, plan=plan, key="first", title_zh="总则", title_en="General", drafting=[QINGPU]
    )
    add_provision(
        actor=office,
        plan=plan,
        chapter=chapter.key,
        key="first",
        wording=Wording(title_zh="条", text_zh="条文。", lead=QINGPU, function="rule"),
    )
    propose_amendment(
        actor=world.actor(QINGPU, Role.PLANNER),
        plan=plan,
        item="first",
        base=base_hash_of(plan.items.get(key="first")),
        texts=Texts(title_zh="条", text_zh="建议条文。"),
        reason="理由",
    )
    _matter(world, plan)
    project(actor=world.actor(QINGPU, Role.PLANNER), plan=plan)
    _demanded(world, plan)
    _indicator(world, plan)
    setback = Norm(title_zh="后退距离", unit="m", theme="water")
    add_standard(actor=office, plan=plan, key="setback", norm=setback)
    institute = Organization.objects.create(key="DI", name_zh="设计院", kind="drafting_team")
    admit_body(actor=office, plan=plan, organization=institute, role=Role.DRAFTER)
    return plan, str(draft.key)


def _matter(world: World, plan: Plan) -> None:
    """A matter of Qingpu and Jiashan with an option, a commitment and a draft of an agreement."""
    office, contact = world.coordinator(plan), world.actor(QINGPU, Role.CONTACT_POINT)
    matter = open_matter(
        actor=office,
        plan=plan,
        title=MatterWording(zh="协调事项"),
        description=MatterWording(zh="说明"),
        codes=[QINGPU, JIASHAN],
    )
    said = {"plan": plan, "matter": matter, "text": MatterWording(zh="三级限排")}
    propose_option(actor=contact, effects={}, **said)
    propose_commitment(actor=contact, holder=QINGPU, **said)
    propose_agreement(actor=office, commitments=[1], **said)


def _demanded(world: World, plan: Plan) -> None:
    """A demand of Qingpu that was handed in and sorted, and a requirement of an upper plan."""
    office, contact = world.coordinator(plan), world.actor(QINGPU, Role.CONTACT_POINT)
    entry = Entry(title_zh="限排", kind="local", theme="water")
    demand = add_demand(actor=contact, plan=plan, entry=entry)
    hand_in_demands(actor=contact, plan=plan)
    sort_demand(actor=office, plan=plan, demand=demand, sorted_as="not_here", reason="否")
    add_requirement(actor=office, plan=plan, demanded=Demanded(title_zh="耕地", source="文"))


def _entered(world: World, plan: Plan) -> EnteredAct:
    """A stand that the joint office entered for Jiashan."""
    return enter_act(world, plan, "stand", Matter.objects.get(plan=plan), STAND, code=JIASHAN)


def _indicator(world: World, plan: Plan) -> Place:
    item = create_item(
        plan=plan,
        key="antimony",
        kind="indicator",
        content=ANTIMONY,
        strength="binding",
        concerned=[QINGPU, WUJIANG, JIASHAN],
        actor=world.coordinator(plan),
    )
    return Place(item=item, number="I1")


def _with_neighbour(world: World, key: str) -> Plan:
    plan = world.plan(key)
    add_party(plan=plan, code=KUNSHAN, role=PartyRole.NEIGHBOUR, must_sign=False)
    return plan


def _publish(world: World, plan: Plan, places: list[Place], stage: Stage) -> None:
    revision = publish_revision(
        plan=plan,
        actor=world.coordinator(plan),
        stage=stage,
        headings=[],
        places=places,
        changes={},
        charter_version="1",
    )
    freeze(plan=plan, revision=revision)


def _handed_up(world: World) -> ApprovalLetter:
    """A plan whose sign-off passed, that all have signed and that was submitted."""
    plan = _signed(world, HANDED_UP)
    for code in (QINGPU, WUJIANG, JIASHAN):
        declare(
            actor=world.actor(code, Role.SIGNATORY),
            plan=plan,
            revision_hash=plan.frozen.hash,
            general=Stand(value="agree"),
        )
    close_sign_off(actor=world.coordinator(plan), plan=plan)
    for code in (QINGPU, WUJIANG, JIASHAN):
        sign_statement(actor=world.actor(code, Role.SIGNATORY), plan=plan)
    statement = statement_of(current_sign_off(plan))
    assert statement is not None
    return write_letter(
        plan=plan,
        statement=statement,
        revision=plan.frozen,
        actor=world.coordinator(plan),
        kind=LetterKind.SUBMISSION.value,
        said=LetterText(
            dated_on=clock.now().date(), senders=[QINGPU, WUJIANG, JIASHAN], addressees=[SHANGHAI]
        ),
    )


def _signed(world: World, key: str = SIGNED) -> Plan:
    plan = _with_neighbour(world, key)
    adopted(world, plan)
    item = create_item(
        plan=plan,
        key="aim",
        kind="provision",
        content=content("aim"),
        strength="binding",
        concerned=[QINGPU, WUJIANG, JIASHAN],
        actor=world.coordinator(plan),
    )
    set_phase(plan=plan, phase=3)
    _publish(world, plan, [Place(item=item, number="1")], Stage.RECOGNITION)
    open_sign_off(actor=world.coordinator(plan), plan=plan)
    return plan


def _done(world: World) -> Plan:
    plan = _with_neighbour(world, DONE)
    _publish(world, plan, [_indicator(world, plan)], Stage.APPROVED)
    set_phase(plan=plan, phase=4)
    made = project(actor=world.actor(QINGPU, Role.PLANNER), plan=plan)
    milestone(actor=world.coordinator(plan), project=made, owner=WUJIANG)
    report_reading(
        actor=world.actor(WUJIANG, Role.CONTACT_POINT),
        plan=plan,
        item="antimony",
        period="2025-03",
        value=Decimal("4.5"),
        jurisdiction=WUJIANG,
        evidence="联合监测〔2027〕3号",
    )
    return plan


def _limited(world: World, code: str, **limits: object) -> User:
    user = person(f"limited-{len(limits)}-{code}@x.example", "limited")
    Mandate.objects.create(
        user=user,
        jurisdiction_id=code,
        role=Role.CONTACT_POINT.value,
        document="test",
        valid_from=clock.now() - timedelta(days=1),
        granted_by=world.administrator,
        **limits,
    )
    return user


def _revoked(world: World) -> Client:
    mandate = world.mandate(JIASHAN, Role.CONTACT_POINT)
    actor = actor_of(mandate)
    row, token = make_token(actor=actor, user=mandate.user, name="x", days=1)
    revoke_token(actor=actor, digest=row.pk)
    return Client(headers={"authorization": f"Token {token}"}, raise_request_exception=False)


def enter(user: User) -> Client:
    """A session of `user` that has just proved itself: what signing in and being asked again leave,
    without their pages, which have tests of their own."""
    client = Client(raise_request_exception=False)
    client.force_login(user)
    request = HttpRequest()
    request.META["REMOTE_ADDR"] = "127.0.0.1"
    request.session, request.user = client.session, user
    UserSession.objects.create_from_request(request)
    record_authentication(request, user, method="password", reauthenticated=True)
    request.session.save()
    return client


def _clients(world: World) -> dict[str, Client]:
    users = {
        "stranger": world.user(SUZHOU, Role.CONTACT_POINT),
        "invited": world.user(JIAXING, Role.CONTACT_POINT),
        "neighbour": world.user(KUNSHAN, Role.CONTACT_POINT),
        "planner": world.user(QINGPU, Role.PLANNER),
        "contact": world.user(QINGPU, Role.CONTACT_POINT),
        "signatory": world.user(WUJIANG, Role.SIGNATORY),
        "other_coordinator": person("other@joint.example", "other"),
        "coordinator": User.objects.get(email="coordinator@joint.example"),
        "administrator": world.administrator,
        "ended": world.user(WUJIANG, Role.PLANNER),
        "elsewhere": _limited(world, QINGPU, plan_key=OTHER),
        "limited": _limited(world, JIASHAN, plan_key="", acts=["matter.stand"]),
    }
    User.objects.filter(pk=world.administrator.pk).update(is_superuser=True)
    offices = Mandate.objects.filter(role=Role.COORDINATOR.value)
    offices.filter(plan_key=OTHER).update(user=users["other_coordinator"])
    cache.clear()  # what other tests counted against the limits of this address
    clients = {name: enter(user) for name, user in users.items()}
    Mandate.objects.filter(user=users["ended"]).update(valid_until=clock.now())
    anonymous = Client(raise_request_exception=False)
    return {"anonymous": anonymous, "revoked": _revoked(world), **clients}
