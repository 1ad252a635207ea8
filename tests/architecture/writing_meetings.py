"""Cases of meetings: planned, called, held, decided on, written down, confirmed."""

from collections.abc import Callable
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from consult.matters.steps import Wording
from consult.meetings import actions
from consult.meetings.actions.attending import Present
from consult.meetings.models import AgendaItem, Meeting, MeetingPaper, MinutesComment
from consult.meetings.queries import get_board
from consult.meetings.steps import Setting
from plans.register.models import Plan
from stakeholders.files.actions import upload_file
from stakeholders.files.enums import Kind
from stakeholders.files.models import StoredFile
from stakeholders.terms import clock
from stakeholders.terms.actor import Role
from stakeholders.terms.rights import Reason
from tests.architecture.writing_case import (
    OFFICE,
    OUR_CONTACT,
    OUR_PLANNER,
    SIGNATORY,
    THEIR_CONTACT,
    Case,
    Data,
    day,
)
from tests.consult.phase1_organization.scene import adopted
from tests.world import JIASHAN, QINGPU, WUJIANG, World

ALL = (QINGPU, WUJIANG, JIASHAN)
ONE = "meetings/1/"
MADE = {
    "kind": "joint",
    "level": "department",
    "title_zh": "联席会议",
    "guests": [QINGPU, WUJIANG],
    "chair": QINGPU,
}
FORM = {"starts_at": f"{day(9)}T09:00", "ends_at": f"{day(9)}T12:00"}
BODY = {"starts_at": f"{day(9)}T01:00:00Z", "ends_at": f"{day(9)}T04:00:00Z"}
NOT_CHAIR = {"refused": THEIR_CONTACT, "reason": Reason.NOT_YOURS}
REASON = {"reason": "理由"}
NAME = "会议材料.txt"


def _names() -> Data:
    comment = MinutesComment.objects.order_by("-pk").first()
    paper = MeetingPaper.objects.order_by("-pk").first()
    item = AgendaItem.objects.order_by("-pk").first()
    return {
        "item": item.pk if item else 1,
        "comment": comment.pk if comment else 1,
        "paper": paper.pk if paper else 1,
        "file": str(
            StoredFile.objects.filter(name=NAME).values_list("pk", flat=True).first() or ""
        ),
    }


def _set(days: int) -> Callable[[World, Plan], object]:
    """A meeting so many days from now, not called yet."""

    def ready(world: World, plan: Plan) -> Meeting:
        office, begins = world.coordinator(plan), clock.now() + timedelta(days=days)
        said = Setting(
            kind="joint",
            level="department",
            title=Wording(zh="联席会议"),
            starts_at=begins,
            ends_at=begins + timedelta(hours=3),
            place=Wording(),
            chair=QINGPU,
            guests=ALL,
        )
        meeting = actions.plan_meeting(actor=office, plan=plan, said=said)
        for zh in ("议题一", "议题二"):
            actions.add_item(
                actor=office,
                plan=plan,
                meeting=meeting,
                title=Wording(zh=zh),
                text=Wording(zh="同意"),
            )
        return meeting

    return ready


def _called(days: int) -> Callable[[World, Plan], object]:
    def ready(world: World, plan: Plan) -> None:
        with clock.stated(clock.now() + timedelta(days=min(days, 0) - 1)):
            meeting = _set(days if days > 0 else 1)(world, plan)
            office = world.coordinator(plan)
            actions.call_meeting(actor=office, plan=plan, meeting=meeting)  # type: ignore[arg-type]

    return ready


def _held(world: World, plan: Plan) -> Meeting:
    _called(-1)(world, plan)
    meeting = get_board(actor=world.coordinator(plan), plan=plan, number=1).meeting
    actions.note_attendance(
        actor=world.coordinator(plan),
        plan=plan,
        meeting=meeting,
        lines=[Present(code=code, kind="attends") for code in ALL],
    )
    return meeting


def _decided(world: World, plan: Plan) -> Meeting:
    meeting = _held(world, plan)
    actions.note_decision(
        actor=world.coordinator(plan),
        plan=plan,
        meeting=meeting,
        item=AgendaItem.objects.latest("pk"),
        outcome="agreed",
        text=Wording(zh="同意"),
    )
    return meeting


def _asked(world: World, plan: Plan) -> Meeting:
    adopted(world, plan)
    meeting = _held(world, plan)
    actions.open_decision_ballot(
        actor=world.coordinator(plan),
        plan=plan,
        meeting=meeting,
        item=AgendaItem.objects.latest("pk"),
    )
    return meeting


def _with_charter(world: World, plan: Plan) -> None:
    adopted(world, plan)
    _held(world, plan)


def _spoken(world: World, plan: Plan) -> None:
    meeting = _asked(world, plan)
    for code in ALL:
        actions.take_decision_position(
            actor=world.actor(code, Role.SIGNATORY),
            plan=plan,
            meeting=meeting,
            item=AgendaItem.objects.latest("pk"),
            value="agree",
        )


def _written(world: World, plan: Plan) -> Meeting:
    meeting = _held(world, plan)
    actions.edit_minutes(
        actor=world.coordinator(plan),
        plan=plan,
        meeting=meeting,
        text=Wording(zh="纪要"),
        edits=0,
    )
    return meeting


def _put(world: World, plan: Plan) -> Meeting:
    meeting = _written(world, plan)
    actions.put_minutes_forward(actor=world.coordinator(plan), plan=plan, meeting=meeting)
    return meeting


def _commented(world: World, plan: Plan) -> None:
    meeting = _put(world, plan)
    theirs = world.actor(WUJIANG, Role.CONTACT_POINT)
    actions.comment_minutes(actor=theirs, plan=plan, meeting=meeting, text="应写明期限", edition=1)


def _upload(world: World, plan: Plan) -> StoredFile:
    _set(5)(world, plan)
    upload = SimpleUploadedFile(NAME, "# 材料\n".encode())
    return upload_file(
        actor=world.actor(QINGPU, Role.CONTACT_POINT), upload=upload, kinds=[Kind.TXT]
    )


def _laid(world: World, plan: Plan) -> None:
    stored = _upload(world, plan)
    ours = world.actor(QINGPU, Role.CONTACT_POINT)
    meeting = get_board(actor=ours, plan=plan, number=1).meeting
    actions.add_paper(actor=ours, plan=plan, meeting=meeting, title="材料", file=stored)


PRESENT = {f"kind{place}": "attends" for place in range(len(ALL))}
LINES = {"lines": [{"jurisdiction": code, "kind": "attends"} for code in ALL]}
ITEM = f"{ONE}agenda/{{item}}/"
MEETINGS: dict[str, Case] = {
    "meeting.plan": Case(
        who=OFFICE,
        page="meetings/new/",
        call="meetings/",
        data=MADE,
        form=FORM,
        body=BODY,
        refused=OUR_PLANNER,
    ),
    "meeting.edit": Case(
        who=OFFICE,
        page=f"{ONE}edit/",
        call=ONE,
        data={**MADE, "edits": 1},
        form=FORM,
        body=BODY,
        ready=_set(5),
        **NOT_CHAIR,
    ),
    "meeting.call": Case(
        who=OUR_CONTACT, page=f"{ONE}call/", call=f"{ONE}call/", ready=_set(5), **NOT_CHAIR
    ),
    "meeting.cancel": Case(
        who=OFFICE,
        page=f"{ONE}cancel/",
        call=f"{ONE}cancel/",
        data=REASON,
        ready=_set(5),
        **NOT_CHAIR,
    ),
    "agenda.add": Case(
        who=OFFICE,
        page=f"{ONE}agenda/new/",
        call=f"{ONE}agenda/",
        data={"title_zh": "议题"},
        ready=_set(5),
        **NOT_CHAIR,
    ),
    "agenda.edit": Case(
        who=OFFICE,
        page=f"{ITEM}edit/",
        call=f"{ITEM}edit/",
        data={"title_zh": "改过的议题"},
        ready=_set(5),
        late=_names,
        **NOT_CHAIR,
    ),
    "agenda.move": Case(
        who=OFFICE,
        page=f"{ITEM}move/",
        call=f"{ITEM}move/",
        shown_on=f"{ONE}agenda/",
        form={"to": "up"},
        body={"up": True},
        ready=_set(5),
        late=_names,
        **NOT_CHAIR,
    ),
    "agenda.remove": Case(
        who=OFFICE,
        page=f"{ITEM}remove/",
        call=f"{ITEM}remove/",
        ready=_set(5),
        late=_names,
        **NOT_CHAIR,
    ),
    "meeting.add_paper": Case(
        who=OUR_CONTACT,
        page=f"{ONE}papers/new/",
        call=f"{ONE}papers/",
        data={"title": "材料"},
        form={"file-kept": "{file}"},
        body={"file": "{file}"},
        ready=_upload,
        late=_names,
        refused=SIGNATORY,
    ),
    "meeting.remove_paper": Case(
        who=OUR_CONTACT,
        page=f"{ONE}papers/{{paper}}/remove/",
        call=f"{ONE}papers/{{paper}}/remove/",
        ready=_laid,
        late=_names,
        **NOT_CHAIR,
    ),
    "attendance.answer": Case(
        who=THEIR_CONTACT,
        page=f"{ONE}answer/",
        call=f"{ONE}answer/",
        data={"kind": "attends"},
        ready=_called(5),
    ),
    "attendance.note": Case(
        who=OFFICE,
        page=f"{ONE}attendance/",
        call=f"{ONE}attendance/",
        form=PRESENT,
        body=LINES,
        ready=_called(-1),
        **NOT_CHAIR,
    ),
    "decision.note": Case(
        who=OFFICE,
        page=f"{ITEM}decision/",
        call=f"{ITEM}decision/",
        data={"outcome": "agreed", "text_zh": "同意"},
        ready=_held,
        late=_names,
        **NOT_CHAIR,
    ),
    "decision.open_ballot": Case(
        who=OFFICE,
        page=f"{ITEM}ballot/",
        call=f"{ITEM}ballot/",
        ready=_with_charter,
        late=_names,
    ),
    "decision.take_position": Case(
        who=SIGNATORY,
        page=f"{ITEM}position/",
        data={"value": "agree"},
        ready=_asked,
        late=_names,
        refused=OUR_CONTACT,
    ),
    "decision.close_ballot": Case(
        who=OFFICE, page=f"{ITEM}close/", call=f"{ITEM}close/", ready=_spoken, late=_names
    ),
    "decision.close_without_result": Case(
        who=OFFICE,
        page=f"{ITEM}close-without-result/",
        call=f"{ITEM}close-without-result/",
        data=REASON,
        ready=_asked,
        late=_names,
    ),
    "decision.recall_ballot": Case(
        who=OFFICE,
        page=f"{ITEM}recall/",
        call=f"{ITEM}recall/",
        data=REASON,
        ready=_asked,
        late=_names,
    ),
    "resolution.assign": Case(
        who=OFFICE,
        page=f"{ITEM}task/",
        call=f"{ITEM}task/",
        data={"title_zh": "提交名单", "owner": WUJIANG, "due_on": day(30)},
        ready=_decided,
        late=_names,
        **NOT_CHAIR,
    ),
    "minutes.edit": Case(
        who=THEIR_CONTACT,
        page=f"{ONE}minutes/edit/",
        call=f"{ONE}minutes/",
        data={"text_zh": "纪要", "edits": 0},
        ready=_held,
    ),
    "minutes.put_forward": Case(
        who=OFFICE,
        page=f"{ONE}minutes/put-forward/",
        call=f"{ONE}minutes/put-forward/",
        ready=_written,
        **NOT_CHAIR,
    ),
    "minutes.comment": Case(
        who=THEIR_CONTACT,
        page=f"{ONE}minutes/comment/",
        call=f"{ONE}minutes/comments/",
        data={"text": "应写明期限", "edition": 1},
        ready=_put,
    ),
    "minutes.reply": Case(
        who=OFFICE,
        page=f"{ONE}minutes/comments/{{comment}}/reply/",
        call=f"{ONE}minutes/comments/{{comment}}/reply/",
        form={"is_adopted": "yes"},
        body={"is_adopted": True},
        ready=_commented,
        late=_names,
        **NOT_CHAIR,
    ),
    "minutes.confirm": Case(
        who=THEIR_CONTACT,
        page=f"{ONE}minutes/confirm/",
        call=f"{ONE}minutes/confirm/",
        data={"edition": 1},
        form={"confirms": "yes"},
        body={"confirms": True},
        ready=_put,
        refused=OUR_PLANNER,
    ),
}
