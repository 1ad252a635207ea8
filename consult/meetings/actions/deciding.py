"""What a meeting decides on an item, by word or by positions on the spot, and who does what then.

Positions on the spot follow the charter: the rule of the item an agenda item names, else that of
binding text. They need every party that must sign to be present, so that nobody is decided over in
its absence.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.ballots import conduct
from consult.ballots.conduct import Motion, Terms
from consult.ballots.enums import Outcome, SubjectKind
from consult.ballots.models import Ballot, BallotEnd, Position
from consult.ballots.queries import electors_of
from consult.ballots.steps import Letter, Stance
from consult.matters.steps import Wording
from consult.meetings import steps
from consult.meetings.board import Board, Point, task_origin
from consult.meetings.checks import opened, point_of
from consult.meetings.enums import DecisionOutcome, Source
from consult.meetings.models import AgendaItem, Decision, Meeting
from consult.meetings.queries import bodies_charged, get_board, units_invited
from consult.meetings.rules import ACTS
from consult.meetings.subjects import hash_of, url_of
from consult.phase1_organization.queries import charter_in_force, named_weights, rule_for
from consult.tasks.enums import Origin
from consult.tasks.models import Task
from consult.tasks.steps import create_task
from plans.register.enums import ItemKind, Strength
from plans.register.models import Party, Plan
from plans.register.queries import entries_of, latest_revision
from plans.register.rules import require as require_act
from plans.register.steps import lock_plan
from stakeholders.templatetags.in_language import in_language
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Actor, ActorKind
from stakeholders.terms.duty import Text
from stakeholders.terms.errors import Conflict, Invalid

in_both = lazy(in_language, str)
SHORTEST = timedelta(hours=1)  # that a ballot on the spot is open at least
NONE_OPEN = _("No ballot on this item is open.")


@transaction.atomic
def note_decision(
    *,
    actor: Actor,
    plan: Plan,
    meeting: Meeting,
    item: AgendaItem,
    outcome: str,
    text: Wording,
) -> Decision:
    """Write down what was decided on an item; a newer one replaces it until the minutes are locked.

    NotVisible, Refused, Invalid (no words), Conflict (not begun, a ballot is open or decided).
    """
    board = opened("decision.note", actor=actor, plan=plan, meeting=meeting)
    point = point_of(board, item)
    _require_begun(board)
    if outcome not in DecisionOutcome.values:
        raise Invalid({"outcome": _("Choose one of the values.")})
    if not text:
        raise Invalid({"text_zh": _("Say what was decided.")})
    if point.running is not None:
        raise Conflict(_("A ballot on this item is open: its end is the decision."))
    if point.decision is not None and point.decision.ballot_id is not None:
        raise Conflict(_("The parties decided this item by their positions: it stays so."))
    row = steps.add_decision(item=point.item, mandate_id=actor.mandate, outcome=outcome, text=text)
    steps.put_on_record(
        actor=actor,
        plan=plan,
        act="decision.note",
        meeting=board.meeting,
        effects={
            "item": item.pk,
            "decision": row.pk,
            "outcome": outcome,
            "text": canonical.digest_of([row.text_zh, row.text_en]),
        },
    )
    return row


@transaction.atomic
def assign_task(
    *,
    actor: Actor,
    plan: Plan,
    meeting: Meeting,
    item: AgendaItem,
    title: Wording,
    owner: str | None,
    body: int | None = None,
    due_on: date | None,
    partners: Sequence[str] = (),
    evidence: Wording | None = None,
) -> Task:
    """What follows from a decision: who does what until when. It is owed from now on.

    NotVisible, Refused, Invalid (title, owner, date), Conflict (nothing decided yet, locked).
    """
    board = opened("resolution.assign", actor=actor, plan=plan, meeting=meeting)
    point = point_of(board, item)
    if point.decision is None:
        raise Conflict(_("Write down the decision on this item first."))
    _check_task(plan, board, title=title, owner=owner, body=body, due_on=due_on, partners=partners)
    evidence = evidence or Wording()
    task = create_task(
        plan=plan,
        actor=actor,
        origin=Origin.RESOLUTION,
        origin_id=task_origin(board.meeting, point.item),
        title_zh=title.zh or title.en,
        title_en=title.en,
        owner=owner,
        owner_body_id=body,
        due_on=due_on,
        partners=partners,
        evidence_zh=evidence.zh,
        evidence_en=evidence.en,
    )
    if owner:
        steps.tell(
            plan=plan,
            meeting=board.meeting,
            kind="resolution.assign",
            title=_("A resolution gives your unit a task: {title}"),
            occasion=f"task-{task.pk}",
            codes=[owner],
        )
    effects = {"item": item.pk, "task": task.number, "owner": owner, "body": body, "due_on": due_on}
    steps.put_on_record(
        actor=actor, plan=plan, act="resolution.assign", meeting=board.meeting, effects=effects
    )
    return task


def _check_task(
    plan: Plan,
    board: Board,
    *,
    title: Wording,
    owner: str | None,
    body: int | None,
    due_on: date | None,
    partners: Sequence[str],
) -> None:
    errors: dict[str, Text] = {}
    if not title:
        errors["title_zh"] = _("Say what is to be done.")
    known = {unit.code for unit in units_invited(plan)}
    bodies = {one.pk for one in bodies_charged(plan, board=board)}
    if (owner is None) == (body is None):
        errors["owner"] = _("One unit or one body is responsible.")
    elif (owner and owner not in known) or (body and body not in bodies):
        errors["owner"] = _("Choose one of the values.")
    if not set(partners) <= known:
        errors["partners"] = _("Choose one of the values.")
    if due_on is None:
        errors["due_on"] = _("Until when? A task of a resolution has a date.")
    elif due_on < timezone.localtime(clock.now()).date():
        errors["due_on"] = _("This day is over.")
    if errors:
        raise Invalid(errors)


@transaction.atomic
def open_decision_ballot(*, actor: Actor, plan: Plan, meeting: Meeting, item: AgendaItem) -> Ballot:
    """Put the wording proposed for an item to the parties present, by the charter's rule.

    Open until the end of the meeting, an hour at least. NotVisible, Refused, Invalid (no wording,
    fewer than two parties), Conflict (no charter, a party that must sign is absent, decided, open).
    """
    board = opened("decision.open_ballot", actor=actor, plan=plan, meeting=meeting)
    point = point_of(board, item)
    _require_begun(board)
    if not (point.item.text_zh or point.item.text_en):
        raise Invalid({"": _("Write the wording of the decision into the item first.")})
    if point.running is not None:
        raise Conflict(_("A ballot on this item is open already."))
    if point.decision is not None:
        raise Conflict(_("This item is decided already."))
    charter = charter_in_force(plan)
    if charter is None:
        raise Conflict(_("Without a charter in force no positions are taken at a meeting."))
    parties = _parties_present(plan, board)
    strength, kind = _class_of(plan, point)
    terms = Terms(
        rule=rule_for(charter, strength=strength, kind=kind),
        parties=parties,
        version=charter.version,
        weights=named_weights(charter),
        closes_at=_closing_hour(board.meeting, at=clock.now()),
    )
    return conduct.open_ballot(actor=actor, motion=_motion(plan, board, point), terms=terms)


def _closing_hour(meeting: Meeting, *, at: datetime) -> datetime:
    """When a ballot that is opened at the meeting closes."""
    return max(meeting.ends_at, at + SHORTEST)


def _parties_present(plan: Plan, board: Board) -> list[Party]:
    makers = plan.parties.co_makers().select_related("jurisdiction").order_by("jurisdiction_id")
    absent = [
        p.jurisdiction for p in makers if p.must_sign and p.jurisdiction_id not in board.there
    ]
    if absent:
        text = _(
            "Positions are taken at a meeting only while all that must sign attend. Absent: {who}"
        )
        raise Conflict(format_lazy(text, who=", ".join(str(unit) for unit in absent)))
    return [one for one in makers if one.jurisdiction_id in board.there]


def _class_of(plan: Plan, point: Point) -> tuple[str, str]:
    """Strength and kind of the item of the plan that is decided on; else as binding text."""
    if point.item.source == Source.ITEM:
        revision = latest_revision(plan)
        entries = entries_of(revision) if revision else []
        for entry in entries:
            if entry.item.key == point.item.source_id:
                return entry.version.strength, entry.item.kind
    return Strength.BINDING.value, ItemKind.PROVISION.value


@transaction.atomic
def take_decision_position(
    *,
    actor: Actor,
    plan: Plan,
    meeting: Meeting,
    item: AgendaItem,
    value: str,
    text: str = "",
    wording: str = "",
    letter: Letter | None = None,
    seen: str | None = None,
) -> Position:
    """A signatory takes its party's position at the meeting; the newest one counts.

    NotVisible, Refused (no signatory, no elector), Invalid, Conflict (no ballot open, closed).
    """
    own = is_elector(actor=actor, board=get_board(actor=actor, plan=plan, number=meeting.number))
    require_act("decision.take_position", ACTS, actor=actor, plan=plan, own=own)
    lock_plan(plan)
    board = get_board(actor=actor, plan=plan, number=meeting.number)
    point = point_of(board, item)
    ballot = _running(point)
    codes = {str(one.jurisdiction_id) for one in electors_of([ballot]).get(ballot.pk, [])}
    own = actor.jurisdiction_code in codes
    require_act("decision.take_position", ACTS, actor=actor, plan=plan, own=own)
    return conduct.take(
        actor=actor,
        motion=_motion(plan, board, point),
        ballot=ballot,
        stance=Stance(ballot=ballot, value=value, text=text, wording=wording),
        letter=letter or Letter(),
        seen=seen,
    )


def is_elector(*, actor: Actor, board: Board) -> bool:
    """Whether the actor's party is among those whose positions are taken at the meeting."""
    return actor.jurisdiction_code in board.there


@transaction.atomic
def close_decision_ballot(
    *, actor: Actor, plan: Plan, meeting: Meeting, item: AgendaItem
) -> BallotEnd:
    """Let the rule decide; the end is the decision. NotVisible, Refused, Conflict (too early)."""
    require_act("decision.close_ballot", ACTS, actor=actor, plan=plan)
    board, point = _locked(actor, plan, meeting, item)
    ballot = _running(point)

    def then(end: BallotEnd) -> dict[str, object]:
        passed = end.outcome == Outcome.PASSED
        row = steps.add_decision(
            item=point.item,
            mandate_id=actor.mandate if actor.kind is ActorKind.MANDATED else _caller(board),
            outcome=DecisionOutcome.AGREED if passed else DecisionOutcome.NOT_AGREED,
            text=Wording(zh=point.item.text_zh, en=point.item.text_en),
            ballot=ballot,
        )
        return {"decision": row.pk}

    return conduct.close(actor=actor, motion=_motion(plan, board, point), ballot=ballot, then=then)


def _caller(board: Board) -> int:
    """The mandate under which the meeting was called: the hour closes what it opened."""
    assert board.call is not None  # noqa: S101 - positions are taken at called meetings only
    return int(board.call.mandate_id)


@transaction.atomic
def close_decision_without_result(
    *, actor: Actor, plan: Plan, meeting: Meeting, item: AgendaItem, reason: str
) -> BallotEnd:
    """End the ballot unjudged, with why. NotVisible, Refused, Invalid, Conflict."""
    require_act("decision.close_without_result", ACTS, actor=actor, plan=plan)
    board, point = _locked(actor, plan, meeting, item)
    return conduct.close_without_result(
        actor=actor, motion=_motion(plan, board, point), ballot=_running(point), reason=reason
    )


@transaction.atomic
def recall_decision_ballot(
    *, actor: Actor, plan: Plan, meeting: Meeting, item: AgendaItem, reason: str = ""
) -> BallotEnd:
    """Take the ballot back while nobody has spoken. NotVisible, Refused, Conflict."""
    require_act("decision.recall_ballot", ACTS, actor=actor, plan=plan)
    board, point = _locked(actor, plan, meeting, item)
    return conduct.recall(
        actor=actor, motion=_motion(plan, board, point), ballot=_running(point), reason=reason
    )


def _locked(actor: Actor, plan: Plan, meeting: Meeting, item: AgendaItem) -> tuple[Board, Point]:
    lock_plan(plan)
    board = get_board(actor=actor, plan=plan, number=meeting.number)
    return board, point_of(board, item)


def _running(point: Point) -> Ballot:
    if point.running is None:
        raise Conflict(NONE_OPEN)
    return point.running


def _require_begun(board: Board) -> None:
    if board.call is None or clock.now() < board.meeting.starts_at:
        raise Conflict(_("The meeting has not begun yet."))


def _motion(plan: Plan, board: Board, point: Point) -> Motion:
    title = in_both(point.item, "title")
    return Motion(
        plan=plan,
        kind=SubjectKind.MEETING_DECISION.value,
        id=str(point.item.pk),
        hash=hash_of(point.item),
        act="decision",
        url=url_of(plan, point.item),
        subject=format_lazy(_("Decision of the meeting: {title}"), title=title),
        asks=format_lazy(_("Take a position at the meeting: {title}"), title=title),
        effects={
            "meeting": board.meeting.number,
            "item": point.item.pk,
            "hash": hash_of(point.item),
        },
    )
