"""What who has done its part waits for: a strike-off, a reply, a word on a reply."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.tasks.duties import CHECK_DAYS, JUDGE_DAYS, Calendars, end_after
from consult.tasks.pressing import NoteStage
from consult.tasks.queries.notes import is_issuer
from consult.tasks.queries.open_work import notes_open, standings_of
from consult.tasks.standing import Stage
from plans.register.enums import Phase
from plans.register.models import Plan
from stakeholders.jurisdictions.queries import calendars
from stakeholders.templatetags.in_language import in_language
from stakeholders.terms.actor import Actor
from stakeholders.terms.awaited import Awaited

name_of = lazy(in_language, str)


def awaited(*, actor: Actor, plans: Sequence[Plan], now: datetime) -> list[Awaited]:
    """Of the actor's unit or body only. At most nine queries over all `plans`."""
    if not actor.speaks or not plans:
        return []
    keys = {plan.pk: plan.key for plan in plans}
    there = [plan.pk for plan in plans if plan.phase == Phase.IMPLEMENTATION]
    known = calendars()
    notes = _notes(actor, keys, there, now, known) if there else []
    return [*_tasks(actor, keys, now, known), *notes]


def _tasks(actor: Actor, keys: dict[int, str], now: datetime, known: Calendars) -> list[Awaited]:
    today = timezone.localtime(now).date()
    found = []
    for task, standing in standings_of(list(keys), today=today):
        is_own = (
            actor.inside is not None and standing.owner == actor.inside
            if standing.owner is not None
            else standing.owner_body == actor.organization_id
        )
        if standing.stage is not Stage.HANDLED or not is_own:
            continue
        last = list(task.reports.all())[-1]
        found.append(
            Awaited(
                kind="task.strike_off",
                plan_id=task.plan_id,
                subject_id=last.pk,
                title=format_lazy(
                    _("Task {number}: {title}"), number=task.number, title=name_of(task, "title")
                ),
                url=reverse("tasks:detail", args=[keys[task.plan_id], task.number]),
                whom=_("the word of another on your report"),
                due_at=end_after(last.at, CHECK_DAYS, known),
                since=last.at,
            )
        )
    return found


def _notes(
    actor: Actor, keys: dict[int, str], plans: Sequence[int], now: datetime, known: Calendars
) -> list[Awaited]:
    found = []
    for note, standing, reply in notes_open(plans, now=now):
        is_answered = standing.stage is NoteStage.ANSWERED and reply is not None
        if standing.is_asked and is_issuer(note, actor=actor):
            kind, whom = "supervision.reply", _("the reply to the supervision note")
            due_at, since = standing.due_at, note.at
        elif is_answered and reply is not None and actor.inside == note.addressee_id:
            kind, whom = "supervision.judge", _("the word of the issuer on the reply")
            due_at, since = end_after(reply.at, JUDGE_DAYS, known), reply.at
        else:
            continue
        found.append(
            Awaited(
                kind=kind,
                plan_id=note.plan_id,
                subject_id=note.pk,
                title=format_lazy(_("Supervision note {number}"), number=note.number),
                url=reverse("tasks:note", args=[keys[note.plan_id], note.number]),
                whom=whom,
                due_at=due_at,
                since=since,
            )
        )
    return found
