"""The demonstration's sign-off in small: six signing parties, 45 items, two revisions."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import wraps
from types import SimpleNamespace
from typing import Any, TypeVar

import pytest

from consult.ballots.steps import Letter
from consult.phase1_organization.content import CharterContent, default_content
from consult.phase1_organization.models import Charter
from consult.phase3_identification.actions import declare, opening
from consult.phase3_identification.actions import open_sign_off as open_action
from consult.phase3_identification.models import Declaration, SignOff
from consult.phase3_identification.queries import current_sign_off, declaration_of
from consult.phase3_identification.steps import (
    ReservationText,
    Stand,
    ballots,
    carry_sign_off,
)
from plans.register.enums import ChangeKind, Stage
from plans.register.models import Plan, Revision
from plans.register.queries import drafts_of
from plans.register.steps import (
    Heading,
    Place,
    create_item,
    edit_draft,
    freeze,
    publish_revision,
    set_phase,
)
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Role
from tests.laying import laid_once
from tests.world import JIANGSU, JIASHAN, QINGPU, SHANGHAI, WUJIANG, ZHEJIANG, World

Lay = TypeVar("Lay", bound=Callable[..., Any])
COUNTIES = [QINGPU, WUJIANG, JIASHAN]
PROVINCES = [SHANGHAI, JIANGSU, ZHEJIANG]
OF_ALL = {6, 19, 23, 29}
PAIRS = {22: [QINGPU, WUJIANG], 24: [QINGPU, JIASHAN], 25: [QINGPU, WUJIANG]}
GUIDING = {3, 11, 18, 22, 23, 25, 28, 29, 31, 33, 34, 35, 44}
LOWFLOW, TAX = "article-16", "article-30"
CHARTER = SimpleNamespace(number=2, content=default_content())


def rule_of(charter: object, *, strength: str, kind: str) -> dict[str, object]:
    """The demonstration's charter: all for binding provisions, two thirds for guiding ones."""
    share = {
        "kind": "min_share",
        "of": ["agree", "agree_reserved"],
        "over": "electorate",
        "at_least": "1" if strength == "binding" else "2/3",
    }
    return {"silence": "none", "requirements": [{"kind": "no_block"}, share]}


def use_charter(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand the charter of the demonstration in for one adopted in phase 1."""
    monkeypatch.setattr(f"{opening.__name__}.charter_in_force", lambda plan: CHARTER)
    monkeypatch.setattr("consult.phase3_identification.steps.ballots.rule_for", rule_of)


def laid_under_charter(lay: Lay) -> Lay:
    """`laid_once` of what opens a sign-off: under a charter that is stood in for, or under none."""

    @laid_once
    @wraps(lay)
    def once(world: World, _rule: object, *args: Any, **kwargs: Any) -> Any:
        return lay(world, *args, **kwargs)

    @wraps(lay)
    def under(world: World, *args: Any, **kwargs: Any) -> Any:
        return once(world, ballots.rule_for, *args, **kwargs)

    return under  # type: ignore[return-value]


@dataclass
class Story:
    """A plan in phase 3 with a frozen revision, and its people."""

    world: World
    plan: Plan
    places: list[Place] = field(default_factory=list)

    def actor(self, code: str, role: Role = Role.SIGNATORY) -> object:
        return self.world.actor(code, role)

    @property
    def coordinator(self) -> object:
        return self.world.coordinator(self.plan)

    @property
    def sign_off(self) -> SignOff:
        return current_sign_off(self.plan)

    def open(self, closes_at: datetime | None = None, **kwargs: object) -> SignOff:
        return open_action(actor=self.coordinator, plan=self.plan, closes_at=closes_at, **kwargs)

    def say(
        self, code: str, value: str = "agree", *exceptions: Stand, text: str = ""
    ) -> Declaration:
        former = declaration_of(self.sign_off, code=code)
        self.plan.refresh_from_db()
        return declare(
            actor=self.actor(code),
            plan=self.plan,
            revision_hash=self.plan.frozen.hash,
            general=Stand(value=value, text=text),
            exceptions=exceptions,
            letter=Letter(number="青府函〔2026〕102号", on=date(2026, 1, 2)),
            decided_by="区政府第31次常务会议",
            former=former.pk if former else None,
        )

    def publish(self, changes: dict[str, str] | None = None) -> Revision:
        revision = publish_revision(
            plan=self.plan,
            actor=self.coordinator,
            stage=Stage.RECOGNITION,
            headings=[Heading(key="one", title_zh="总则", title_en="General")],
            places=self.places,
            changes=changes or {place.item.key: "unchanged" for place in self.places},
            charter_version="2",
        )
        freeze(plan=self.plan, revision=revision)
        return revision

    def rewrite(self, key: str, zh: str, kind: str = ChangeKind.TEXT.value) -> dict[str, object]:
        """A new wording of one item, published and frozen, with the sign-off carried over."""
        draft = drafts_of(self.plan).get(item__key=key)
        content = {**draft.content, "text": {"zh": zh, "en": zh}}
        edit_draft(
            draft=draft, edits=draft.edits, actor=self.coordinator, changes={"content": content}
        )
        changes = {place.item.key: "unchanged" for place in self.places} | {key: kind}
        revision = self.publish(changes)
        return carry_sign_off(plan=self.plan, revision=revision, actor=self.coordinator)


OBJECTION = Stand(
    item=LOWFLOW, value="object", text="固定比例未区分预警等级", wording="按三级启动联合响应"
)
RESERVATION = Stand(
    item=TAX,
    value="agree_reserved",
    text="在三地统一核算办法出台前对第二句保留意见。",
    reservation=ReservationText(
        scope="仅第二句", lifted_if_zh="印发统一核算办法", review_on=date(2027, 2, 1)
    ),
)


def electors(number: int) -> list[str]:
    if number in OF_ALL:
        return COUNTIES + PROVINCES
    return PAIRS.get(number, COUNTIES)


def put_charter(story: Story, content: CharterContent | None = None, number: int = 2) -> None:
    """The charter the sign-off runs under; its adoption by a ballot is stood in for."""
    text = canonical.canonical({"content": (content or CHARTER.content).as_dict()})
    Charter.objects.create(
        plan=story.plan,
        number=number,
        text=text,
        hash=canonical.digest(f"{number}{text}"),
        mandate_id=story.coordinator.mandate_id,
        proposed_at=clock.now(),
    )


@laid_once
def tell(
    world: World,
    *,
    items: int = 45,
    parties: tuple[str, ...] | None = None,
    charter: CharterContent | None = None,
) -> Story:
    """The plan in phase 3 with `items` provisions, its revision frozen."""
    codes = (WUJIANG, JIASHAN, *PROVINCES) if parties is None else parties
    plan = world.plan(parties=codes)
    story = Story(world=world, plan=plan)
    put_charter(story, charter)
    for number in range(1, items + 1):
        item = create_item(
            plan=plan,
            key=f"article-{number}",
            kind="provision",
            content={
                "title": {"zh": f"第{number}项安排", "en": f"Arrangement {number}"},
                "text": {"zh": f"条文{number}。", "en": f"Text {number}."},
            },
            strength="guiding" if number in GUIDING else "binding",
            concerned=electors(number) if parties is None else [QINGPU, *codes],
            actor=story.coordinator,
        )
        story.places.append(Place(item=item, number=str(number), heading="one"))
    set_phase(plan=plan, phase=3)
    story.publish()
    return story


@laid_under_charter
def tell_to_s3(world: World) -> Story:
    """Up to the checkpoint with the sign-off open: one objection, one reservation, R4 frozen."""
    story = tell(world)
    story.open()
    story.say(QINGPU)
    story.say(JIASHAN, "agree", RESERVATION)
    story.say(SHANGHAI)
    story.say(WUJIANG, "agree", OBJECTION)
    story.rewrite(LOWFLOW, "按三级启动联合响应。")
    return story
