"""Papers for a meeting or for one item of its agenda."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from consult.meetings import steps
from consult.meetings.checks import opened, point_of
from consult.meetings.models import AgendaItem, Meeting, MeetingPaper
from consult.meetings.rules import ACTS
from plans.register.models import Plan
from stakeholders.files.models import StoredFile
from stakeholders.terms.actor import OF_ALL_PARTIES, Actor
from stakeholders.terms.errors import Conflict, Invalid, NotVisible, Refused
from stakeholders.terms.rights import Reason, Verdict

MOST = 99


@transaction.atomic
def add_paper(
    *,
    actor: Actor,
    plan: Plan,
    meeting: Meeting,
    title: str,
    file: StoredFile | None,
    item: AgendaItem | None = None,
) -> MeetingPaper:
    """Lay a paper before the meeting. NotVisible, Refused, Invalid, Conflict."""
    board = opened("meeting.add_paper", actor=actor, plan=plan, meeting=meeting)
    if file is None:
        raise Invalid({"file": _("Choose a file.")})
    if item is not None:
        point_of(board, item)
    if board.meeting.papers.count() >= MOST:
        raise Conflict(_("No more papers are taken for this meeting."))
    paper = steps.add_paper(meeting=board.meeting, actor=actor, title=title, file=file, item=item)
    steps.put_on_record(
        actor=actor,
        plan=plan,
        act="meeting.add_paper",
        meeting=board.meeting,
        effects={"paper": paper.pk, "item": item.pk if item else None, "file": file.sha256},
    )
    return paper


@transaction.atomic
def remove_paper(*, actor: Actor, plan: Plan, meeting: Meeting, paper: MeetingPaper) -> None:
    """Take a paper out again: who laid it, or the joint office. NotVisible, Refused, Conflict."""
    board = opened("meeting.remove_paper", actor=actor, plan=plan, meeting=meeting)
    is_own = paper.mandate.jurisdiction_id == actor.jurisdiction_code
    if actor.role not in OF_ALL_PARTIES and not is_own:
        act = "meeting.remove_paper"
        raise Refused(
            Verdict(allowed=False, reason=Reason.NOT_YOURS, act=act, holders=ACTS[act].roles)
        )
    effects = {"paper": paper.pk, "file": paper.file.sha256}
    gone, _each = paper.delete()
    if not gone:  # another took it out at the same moment
        raise NotVisible
    steps.put_on_record(
        actor=actor,
        plan=plan,
        act="meeting.remove_paper",
        meeting=board.meeting,
        effects=effects,
    )
