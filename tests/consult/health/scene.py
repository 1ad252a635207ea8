"""A plan in phase 4 with a health check: two sections, one border item between two parties."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import localtime

from consult.ballots.steps import (
    Letter,
    Stance,
    Subject,
    end_ballots,
    open_ballots,
    take_positions,
)
from consult.health import actions
from consult.health.models import HealthCheck
from consult.health.queries import Whole, get_check, whole_of
from consult.health.steps import Border, Found
from consult.phase1_organization.content import ADOPTION_RULE
from consult.phase3_identification.models import Reservation
from plans.register.models import Plan
from stakeholders.files.actions import upload_file
from stakeholders.files.enums import Kind
from stakeholders.files.models import StoredFile
from stakeholders.record.models import RecordEntry
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor, Role
from tests.consult.phase4_implementation.ground import lay
from tests.laying import laid_once
from tests.world import JIASHAN, QINGPU, WUJIANG, World, in_days

ALL = [QINGPU, WUJIANG, JIASHAN]
SECTIONS = {"conclusions": ALL, "proposals": [WUJIANG]}
WIDTH = Border(
    title_zh="太浦河生态廊道宽度",
    title_en="Width of the Taipu corridor",
    unit_zh="米",
    unit_en="m",
    owner=WUJIANG,
    reader=JIASHAN,
    tolerance=Decimal("0.5"),
)
FOUND = Found(title_zh="廊道宽度不一致", text_zh="两地各有其数", codes=[WUJIANG, JIASHAN])


def today() -> date:
    return localtime(clock.now()).date()


@dataclass
class Scene:
    world: World
    plan: Plan
    check: HealthCheck
    before: int = field(default=0)

    @property
    def office(self) -> Actor:
        return self.world.coordinator(self.plan)

    def actor(self, code: str, role: Role = Role.CONTACT_POINT) -> Actor:
        return self.world.actor(code, role)

    @property
    def whole(self) -> Whole:
        return whole_of(get_check(self.plan, pk=self.check.pk))

    @property
    def stage(self) -> str:
        return self.whole.stage.value

    def fill(self, code: str, number: int = 1, text: str = "总体良好", **other: object) -> object:
        return actions.fill_section(
            actor=other.pop("actor", None) or self.actor(code),
            plan=self.plan,
            check=self.check,
            number=number,
            jurisdiction=code,
            texts={"zh": text},
            **other,
        )

    def state(self, code: str, value: str, **other: object) -> object:
        return actions.state_figure(
            actor=other.pop("actor", None) or self.actor(code),
            plan=self.plan,
            check=self.check,
            number=1,
            jurisdiction=code,
            value=Decimal(value),
            source=other.pop("source", "联合测量〔2026〕1号"),
            **other,
        )

    @laid_once
    def fill_all(self, *, read: str = "51") -> None:
        for code in ALL:
            self.fill(code)
        self.fill(WUJIANG, 2)
        self.state(WUJIANG, "50")
        self.state(JIASHAN, read)

    def put(self) -> object:
        return actions.put_forward(
            actor=self.office, plan=self.plan, check=self.check, closes_at=in_days(5)
        )

    def speak(self, code: str, value: str = "agree", text: str = "") -> object:
        return actions.take_report_position(
            actor=self.actor(code, Role.SIGNATORY),
            plan=self.plan,
            check=self.check,
            value=value,
            text=text,
        )

    @laid_once
    def agree(self) -> None:
        self.fill_all()
        self.put()
        for code in ALL:
            self.speak(code)
        actions.close_report_ballot(actor=self.office, plan=self.plan, check=self.check)

    def publish(self, **other: object) -> object:
        said = {"published_on": today(), "place": "三地政府网站", **other}
        return actions.publish_check(actor=self.office, plan=self.plan, check=self.check, **said)

    def finding(self, **other: object) -> object:
        return actions.state_finding(
            actor=self.office, plan=self.plan, check=self.check, said=FOUND, **other
        )

    def acts(self) -> list[str]:
        """The acts on record since the check was opened."""
        rows = RecordEntry.objects.filter(pk__gt=self.before).order_by("pk")
        return list(rows.values_list("act", flat=True))

    def newest(self) -> RecordEntry:
        return RecordEntry.objects.order_by("-pk")[0]


def open_check(world: World, plan: Plan, **other: object) -> HealthCheck:
    said = {
        "kind": "yearly",
        "year": today().year,
        "due_on": today() + timedelta(days=20),
        "sections": SECTIONS,
        **other,
    }
    return actions.open_check(actor=world.coordinator(plan), plan=plan, **said)


@laid_once
def play(world: World) -> Scene:
    """The check is open and asks for one figure on the border."""
    plan = lay(world).plan
    check = open_check(world, plan)
    scene = Scene(world=world, plan=plan, check=check)
    actions.add_border_item(actor=scene.office, plan=plan, check=check, border=WIDTH)
    scene.before = RecordEntry.objects.order_by("-pk").values_list("pk", flat=True)[0]
    return scene


def letter(actor: Actor) -> StoredFile:
    upload = SimpleUploadedFile("letter.csv", b"1,2")
    return upload_file(actor=actor, upload=upload, kinds=frozenset(Kind))


def reserve(world: World, plan: Plan, code: str) -> Reservation:
    """A reservation that outlived its ballot, on the plan's first item."""
    item = plan.items.order_by("pk")[0]
    subject = Subject(
        kind="item", id=item.key, hash="x", rule=ADOPTION_RULE, electors=[(code, "1")]
    )
    (ballot,) = open_ballots(
        plan=plan, subjects=[subject], charter_version="1", closes_at=in_days(1)
    )
    stance = Stance(ballot=ballot, value="agree_reserved", text="收益分成另议")
    signatory = world.actor(code, Role.SIGNATORY)
    (position,) = take_positions(actor=signatory, stances=[stance], letter=Letter())
    end_ballots(ballots=[ballot], outcome="passed", reason="", results={})
    return Reservation.objects.create(
        item=item, jurisdiction_id=code, position=position, text_zh="收益分成另议"
    )
