"""Cases of quotas passed on, compensations and the settlement of years."""

from consult.balance.models import Compensation, QuotaTransfer, Settlement
from plans.register.enums import Stage
from plans.register.models import Plan
from plans.register.steps import Place, create_item, publish_revision
from stakeholders.terms.rights import Reason
from tests.architecture.rights_world import DONE
from tests.architecture.writing_case import (
    OUR_CONTACT,
    OUR_PLANNER,
    OUR_SIGNATORY,
    THEIR_CONTACT,
    THEIR_PLANNER,
    Case,
    Data,
    newest,
)
from tests.consult.balance.ground import LAND, Ground
from tests.world import JIASHAN, QINGPU, WUJIANG, World


def _ground(world: World, plan: Plan) -> Ground:
    return Ground(world=world, plan=plan)


def _allotted(world: World, plan: Plan) -> Ground:
    """The text in force with construction land allotted to the three."""
    actor = world.coordinator(plan)
    item = create_item(
        plan=plan,
        key="land",
        kind="indicator",
        content=LAND,
        strength="binding",
        concerned=[QINGPU, WUJIANG, JIASHAN],
        actor=actor,
    )
    publish_revision(
        plan=plan,
        actor=actor,
        stage=Stage.APPROVED,
        headings=[],
        places=[Place(item=item, number="I4")],
        changes={},
        charter_version="1",
    )
    plan.refresh_from_db()
    return _ground(world, plan)


def _proposed(world: World, plan: Plan) -> None:
    _allotted(world, plan).transfer()


def _offered(world: World, plan: Plan) -> None:
    _ground(world, plan).compensation(confirmed=False)


def _agreed(world: World, plan: Plan) -> None:
    _ground(world, plan).compensation(from_year=2025)


def _stated(world: World, plan: Plan) -> None:
    ground = _ground(world, plan)
    made = ground.compensation(from_year=2025, amount="10")
    ground.state(made, due="10", paid="0")


def _late() -> Data:
    transfer = QuotaTransfer.objects.order_by("-pk").first()
    made = Compensation.objects.order_by("-pk").first()
    return {
        "transfer": transfer.number if transfer else 1,
        "compensation": made.number if made else 1,
        "settlement": newest(Settlement),
    }


YES = {"form": {"confirms": "yes"}, "body": {"confirms": True}}
BALANCE: dict[str, Case] = {
    "transfer.propose": Case(
        who=THEIR_PLANNER,
        plan=DONE,
        page="balance/transfers/new/",
        call="transfers/",
        data={"item": "land", "giver": JIASHAN, "taker": WUJIANG, "amount": "0.40"},
        refused=OUR_PLANNER,
        reason=Reason.NOT_YOURS,
        ready=_allotted,
    ),
    "transfer.confirm": Case(
        who=THEIR_CONTACT,
        plan=DONE,
        page="balance/transfers/{transfer}/confirm/",
        call="transfers/{transfer}/confirm/",
        **YES,
        refused=OUR_CONTACT,
        reason=Reason.NOT_YOURS,
        ready=_proposed,
        late=_late,
    ),
    "compensation.propose": Case(
        who=OUR_PLANNER,
        plan=DONE,
        page="balance/compensations/new/",
        call="compensations/",
        data={
            "title_zh": "太浦河横向生态补偿",
            "payer": QINGPU,
            "payee": WUJIANG,
            "from_year": 2026,
            "until_year": 2030,
            "yearly_amount": "2400",
        },
        refused=THEIR_PLANNER,
        reason=Reason.NOT_YOURS,
    ),
    "compensation.confirm": Case(
        who=THEIR_CONTACT,
        plan=DONE,
        page="balance/compensations/{compensation}/confirm/",
        call="compensations/{compensation}/confirm/",
        **YES,
        refused=OUR_PLANNER,
        ready=_offered,
        late=_late,
    ),
    "settlement.state": Case(
        who=OUR_PLANNER,
        plan=DONE,
        page="balance/compensations/{compensation}/settle/",
        call="settlements/",
        data={"year": 2025, "amount_due": "2400", "amount_paid": "0"},
        body={"compensation": "{compensation}"},
        refused=THEIR_PLANNER,
        reason=Reason.NOT_YOURS,
        ready=_agreed,
        late=_late,
    ),
    "settlement.confirm": Case(
        who=THEIR_CONTACT,
        plan=DONE,
        page="balance/settlements/{settlement}/confirm/",
        call="settlements/{settlement}/confirm/",
        **YES,
        refused=OUR_SIGNATORY,
        reason=Reason.NOT_YOURS,
        ready=_stated,
        late=_late,
    ),
}
