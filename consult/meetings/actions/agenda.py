"""The agenda: items taken up from what is open or written anew, in their order."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from consult.matters.steps import Wording
from consult.meetings import steps
from consult.meetings.board import Board, Point
from consult.meetings.checks import opened, point_of
from consult.meetings.enums import Source
from consult.meetings.models import AgendaItem, Meeting
from consult.meetings.queries import units_invited
from consult.meetings.standing import moved
from plans.register.models import Plan
from stakeholders.terms import canonical
from stakeholders.terms.actor import Actor
from stakeholders.terms.duty import Text
from stakeholders.terms.errors import Conflict, Invalid, NotVisible

MOST = 60


@transaction.atomic
def add_item(
    *,
    actor: Actor,
    plan: Plan,
    meeting: Meeting,
    title: Wording,
    text: Wording | None = None,
    source: str = Source.OTHER,
    source_id: str = "",
    reporter: str | None = None,
) -> AgendaItem:
    """Put an item at the end of the agenda, also at the meeting itself.

    NotVisible, Refused, Invalid, Conflict (on the agenda already, locked, cancelled).
    """
    board = opened("agenda.add", actor=actor, plan=plan, meeting=meeting)
    text = text or Wording()
    _check(plan, title=title, reporter=reporter)
    if source not in Source.values:
        raise Invalid({"source": _("Choose one of the values.")})
    taken = {(point.item.source, point.item.source_id) for point in board.points}
    if source_id and (source, source_id) in taken:
        raise Conflict(_("This is on the agenda already."))
    if len(board.points) >= MOST:
        raise Conflict(_("The agenda is full."))
    item = steps.add_item(
        meeting=board.meeting,
        source=source,
        source_id=source_id,
        title=title,
        text=text,
        reporter=reporter,
    )
    steps.put_on_record(
        actor=actor,
        plan=plan,
        act="agenda.add",
        meeting=board.meeting,
        effects={"item": item.pk, "source": source, "source_id": source_id, **_digest(item)},
    )
    return item


@transaction.atomic
def edit_item(
    *,
    actor: Actor,
    plan: Plan,
    meeting: Meeting,
    item: AgendaItem,
    title: Wording,
    text: Wording,
    reporter: str | None = None,
) -> AgendaItem:
    """Word an item otherwise, until something was decided on it. NotVisible, Refused, Invalid,
    Conflict."""
    board = opened("agenda.edit", actor=actor, plan=plan, meeting=meeting)
    point = _free(board, item)
    _check(plan, title=title, reporter=reporter)
    steps.save_item(item=point.item, title=title, text=text, reporter=reporter)
    steps.put_on_record(
        actor=actor,
        plan=plan,
        act="agenda.edit",
        meeting=board.meeting,
        effects={"item": item.pk, **_digest(point.item)},
    )
    return point.item


@transaction.atomic
def move_item(*, actor: Actor, plan: Plan, meeting: Meeting, item: AgendaItem, up: bool) -> None:
    """One place up or down. NotVisible, Refused, Conflict."""
    board = opened("agenda.move", actor=actor, plan=plan, meeting=meeting)
    items = {point.item.pk: point.item for point in board.points}
    if item.pk not in items:
        raise NotVisible
    order = moved(list(items), pk=item.pk, up=up)
    steps.lay_out(items=items, order=order)
    steps.put_on_record(
        actor=actor, plan=plan, act="agenda.move", meeting=board.meeting, effects={"order": order}
    )


@transaction.atomic
def remove_item(*, actor: Actor, plan: Plan, meeting: Meeting, item: AgendaItem) -> None:
    """Take an item off. NotVisible, Refused, Conflict (something rests on it)."""
    board = opened("agenda.remove", actor=actor, plan=plan, meeting=meeting)
    point = _free(board, item)
    if item.papers.exists():
        raise Conflict(_("Papers belong to this item: take them out first."))
    left = {one.item.pk: one.item for one in board.points if one.item.pk != item.pk}
    effects = {"item": item.pk, **_digest(point.item)}
    steps.remove_item(item=point.item)
    steps.lay_out(items=left, order=list(left))
    steps.put_on_record(
        actor=actor, plan=plan, act="agenda.remove", meeting=board.meeting, effects=effects
    )


def _free(board: Board, item: AgendaItem) -> Point:
    """The item's point, on which nothing rests yet."""
    point = point_of(board, item)
    if point.is_settled:
        raise Conflict(
            _("Something was decided or put to the parties on this item: it stays as it is.")
        )
    return point


def _check(plan: Plan, *, title: Wording, reporter: str | None) -> None:
    errors: dict[str, Text] = {}
    if not title:
        errors["title_zh"] = _("Give the item a title.")
    if reporter and reporter not in {unit.code for unit in units_invited(plan)}:
        errors["reporter"] = _("Choose one of the values.")
    if errors:
        raise Invalid(errors)


def _digest(item: AgendaItem) -> dict[str, object]:
    words = [item.title_zh, item.title_en, item.text_zh, item.text_en]
    return {"text": canonical.digest_of(words)}
