"""A meeting that tests take as far as they need, by the ordinary actions."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta

from consult.matters.steps import Wording
from consult.meetings import actions
from consult.meetings.actions.attending import Present
from consult.meetings.board import Board
from consult.meetings.models import AgendaItem, Meeting, MinutesEdition
from consult.meetings.queries import get_board
from consult.meetings.steps import Setting
from plans.register.models import Plan
from stakeholders.record.models import RecordEntry
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor, Role
from tests.laying import laid_once
from tests.world import JIASHAN, QINGPU, WUJIANG, World

ALL = (QINGPU, WUJIANG, JIASHAN)


@dataclass
class Scene:
    world: World
    plan: Plan
    starts_at: datetime
    number: int = 1

    @property
    def office(self) -> Actor:
        return self.world.coordinator(self.plan)

    def contact(self, code: str = QINGPU) -> Actor:
        return self.world.actor(code, Role.CONTACT_POINT)

    def signatory(self, code: str = QINGPU) -> Actor:
        return self.world.actor(code, Role.SIGNATORY)

    @property
    def board(self) -> Board:
        return get_board(actor=self.office, plan=self.plan, number=self.number)

    @property
    def meeting(self) -> Meeting:
        return self.board.meeting

    @property
    def item(self) -> AgendaItem:
        return self.board.points[0].item

    @property
    def edition(self) -> MinutesEdition:
        found = self.board.edition
        assert found is not None
        return found

    def after(self, **length: int) -> AbstractContextManager[None]:
        """The clock stands so long after the meeting began."""
        return clock.stated(self.starts_at + timedelta(**length))

    def setting(self, **other: object) -> Setting:
        values: dict[str, object] = {
            "kind": "joint",
            "level": "department",
            "title": Wording(zh="第一次联席会议", en="First joint meeting"),
            "starts_at": self.starts_at,
            "ends_at": self.starts_at + timedelta(hours=3),
            "place": Wording(zh="青浦", en="Qingpu"),
            "chair": QINGPU,
            "guests": ALL,
        }
        return Setting(**{**values, **other})  # type: ignore[arg-type]

    def set(self, **other: object) -> Meeting:
        return actions.plan_meeting(actor=self.office, plan=self.plan, said=self.setting(**other))

    def add(self, zh: str = "太浦河枯水期限排", **other: object) -> AgendaItem:
        given: dict[str, object] = {"text": Wording(zh="同意限排方案", en="Limits agreed"), **other}
        return actions.add_item(
            actor=self.office, plan=self.plan, meeting=self.meeting, title=Wording(zh=zh), **given
        )

    @laid_once
    def called(self) -> None:
        self.set()
        self.add()
        actions.call_meeting(actor=self.office, plan=self.plan, meeting=self.meeting)

    def lines(self, *there: str) -> list[Present]:
        return [
            Present(code=code, kind="attends" if code in there else "absent")
            for code in sorted(ALL)
        ]

    @laid_once
    def held(self, *there: str) -> None:
        self.called()
        with self.after(hours=3):
            actions.note_attendance(
                actor=self.office,
                plan=self.plan,
                meeting=self.meeting,
                lines=self.lines(*(there or ALL)),
            )

    def decided(self) -> None:
        with self.after(hours=3):
            actions.note_decision(
                actor=self.office,
                plan=self.plan,
                meeting=self.meeting,
                item=self.item,
                outcome="agreed",
                text=Wording(zh="同意"),
            )

    def written(self, zh: str = "会议纪要正文") -> None:
        draft = self.board.draft
        with self.after(hours=4):
            actions.edit_minutes(
                actor=self.office,
                plan=self.plan,
                meeting=self.meeting,
                text=Wording(zh=zh),
                edits=draft.edits if draft else 0,
            )

    def put(self) -> MinutesEdition:
        with self.after(hours=5):
            return actions.put_minutes_forward(
                actor=self.office, plan=self.plan, meeting=self.meeting
            )

    @laid_once
    def put_whole(self) -> MinutesEdition:
        self.held()
        self.decided()
        self.written()
        return self.put()

    def says(self, code: str, *, confirms: bool = True, edition: int | None = None) -> None:
        with self.after(hours=6):
            actions.confirm_minutes(
                actor=self.contact(code),
                plan=self.plan,
                meeting=self.meeting,
                edition=edition or self.edition.number,
                confirms=confirms,
                reason="" if confirms else "第一项表述不符",
            )

    def acts(self) -> list[str]:
        rows = RecordEntry.objects.filter(subject=f"meeting:{self.number}").order_by("pk")
        return list(rows.values_list("act", flat=True))


def make(world: World) -> Scene:
    tomorrow = clock.now().replace(hour=1, minute=0, second=0, microsecond=0) + timedelta(days=1)
    return Scene(world=world, plan=world.plan(), starts_at=tomorrow)
