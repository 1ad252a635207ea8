"""A plan in phase 4 whose construction land is allotted to three parties."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import uuid4

from consult.balance import actions
from consult.balance.models import Compensation, QuotaTransfer, Settlement
from consult.balance.steps import CompensationText, Stated, TransferText
from plans.register.enums import Stage
from plans.register.models import Plan
from plans.register.steps import Place, create_item, publish_revision, set_phase
from stakeholders.files.models import StoredFile
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor, Role
from tests.laying import laid_once
from tests.world import JIASHAN, QINGPU, WUJIANG, World

LAND = {
    "name": {"zh": "规划建设用地总规模", "en": "Construction land"},
    "unit": {"zh": "km2", "en": "km2"},
    "direction": "down",
    "aggregation": "sum",
    "target": "803.60",
    "thresholds": {"warning": "815.00", "limit": "819.30"},
    "allocations": {QINGPU: "270.40", WUJIANG: "382.60", JIASHAN: "150.60"},
}
RED_LINES = LAND | {
    "name": {"zh": "生态保护红线面积", "en": "Red lines"},
    "direction": "up",
    "guard": "no_reduction",
}
CONCERNED = [QINGPU, WUJIANG, JIASHAN]


@dataclass
class Ground:
    world: World
    plan: Plan

    def actor(self, code: str, role: Role = Role.CONTACT_POINT) -> Actor:
        return self.world.actor(code, role)

    def transfer(
        self,
        actor: Actor | None = None,
        *,
        amount: str = "0.40",
        price: str | None = None,
        item: str = "land",
        giver: str = JIASHAN,
        taker: str = WUJIANG,
    ) -> QuotaTransfer:
        return actions.propose_transfer(
            actor=actor or self.actor(JIASHAN),
            plan=self.plan,
            item=item,
            giver=giver,
            taker=taker,
            amount=Decimal(amount),
            text=TransferText(
                price=None if price is None else Decimal(price), basis_zh="第二十九条"
            ),
        )

    def confirm(self, transfer: QuotaTransfer, *, code: str = WUJIANG) -> None:
        actions.confirm_transfer(
            actor=self.actor(code), plan=self.plan, transfer=transfer, confirms=True
        )

    def compensation(
        self,
        *,
        from_year: int = 2025,
        until_year: int = 2030,
        amount: str | None = "2400",
        confirmed: bool = True,
    ) -> Compensation:
        made = actions.propose_compensation(
            actor=self.actor(QINGPU),
            plan=self.plan,
            payer=QINGPU,
            payee=WUJIANG,
            text=CompensationText(
                title_zh="太浦河横向生态补偿",
                title_en="Ecological compensation of the Taipu River",
                from_year=from_year,
                until_year=until_year,
                yearly_amount=None if amount is None else Decimal(amount),
                rule_zh="按断面水质核算",
            ),
        )
        if confirmed:
            actions.confirm_compensation(
                actor=self.actor(WUJIANG), plan=self.plan, compensation=made, confirms=True
            )
        return made

    def state(
        self,
        of: QuotaTransfer | Compensation,
        *,
        code: str = QINGPU,
        year: int = 2025,
        due: str = "2400",
        paid: str = "2400",
        note: str = "",
    ) -> Settlement:
        return actions.state_settlement(
            actor=self.actor(code),
            plan=self.plan,
            of=of,
            stated=Stated(
                year=year,
                amount_due=Decimal(due),
                amount_paid=Decimal(paid),
                paid_on=clock.now().date(),
                note=note,
                file=self.file(),
            ),
        )

    def file(self) -> StoredFile:
        return StoredFile.objects.create(
            sha256=uuid4().hex * 2,
            name="凭证.pdf",
            media_type="application/pdf",
            size=10,
            uploaded_by=self.world.user(QINGPU, Role.CONTACT_POINT),
            uploaded_at=clock.now(),
            touched_at=clock.now(),
        )

    def publish(self, content: dict[str, object]) -> None:
        """The text in force anew, with the land worded as `content`."""
        _publish(self, {"land": content, "red-lines": RED_LINES})


@laid_once
def lay(world: World) -> Ground:
    plan = world.plan()
    ground = Ground(world=world, plan=plan)
    actor = world.coordinator(plan)
    for key, content in {"land": LAND, "red-lines": RED_LINES}.items():
        create_item(
            plan=plan,
            key=key,
            kind="indicator",
            content=content,
            strength="binding",
            concerned=CONCERNED,
            actor=actor,
        )
    _publish(ground, {})
    set_phase(plan=plan, phase=4)
    return ground


def _publish(ground: Ground, contents: dict[str, dict[str, object]]) -> None:
    items = {one.key: one for one in ground.plan.items.order_by("pk")}
    for key, content in contents.items():
        draft = items[key].draft
        draft.content = content
        draft.save()
    publish_revision(
        plan=ground.plan,
        actor=ground.world.coordinator(ground.plan),
        stage=Stage.APPROVED,
        headings=[],
        places=[Place(item=one, number=f"I{n}") for n, one in enumerate(items.values(), 4)],
        changes={},
        charter_version="1",
    )
    ground.plan.refresh_from_db()
