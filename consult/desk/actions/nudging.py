"""Reminding by hand: the joint office asks who owes something, or is late with it, to do it now."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.desk.enums import SENTENCE_LENGTH
from consult.desk.keys import nudge_key
from consult.desk.queries import OFFICE, overseen_duties, standing_code
from consult.desk.reminding.recipients import Recipients
from consult.desk.reminding.words import hour_of
from consult.desk.rules import ACTS
from plans.register.models import Plan
from plans.register.rules import require
from plans.register.steps import lock_plan
from stakeholders.jurisdictions.queries import overrides_at
from stakeholders.notices.queries import reached_at
from stakeholders.notices.steps import Telling, notify_all, write_mails
from stakeholders.record import steps as record
from stakeholders.templatetags.moment import moment
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor
from stakeholders.terms.duty import Duty, Text
from stakeholders.terms.errors import Conflict, Invalid
from stakeholders.terms.workdays import next_workday


@dataclass(frozen=True, kw_only=True)
class Nudged:
    """How many duties were reminded of, and how many people reached."""

    duties: int
    people: int


@transaction.atomic
def nudge(
    *, actor: Actor, plan: Plan, duty: str = "", unit: str = "", sentence: str = ""
) -> Nudged:
    """Remind who owes one duty (`duty` is its key), or all that `unit` is overdue with.

    At most once a duty and working day. `sentence` goes into the notice only. Refused, Invalid for
    a sentence that is too long, Conflict where nothing fits that the actor may know: it is done,
    was reminded of today, or nobody holds a mandate for it.
    """
    require("duty.nudge", ACTS, actor=actor, plan=plan)
    sentence = " ".join(sentence.split())
    if len(sentence) > SENTENCE_LENGTH:
        text = format_lazy(_("At most {count} characters."), count=str(SENTENCE_LENGTH))
        raise Invalid({"sentence": text})
    plan = lock_plan(plan)  # of two colleagues at once the second is told of the first
    now = clock.now()
    chosen = _chosen(overseen_duties(plan=plan, actor=actor, now=now), duty, unit, now)
    if not chosen:
        raise Conflict(_("Nobody owes this any more, or there is nothing overdue."))
    day = next_workday(timezone.localtime(now).date(), overrides_at(now))
    fresh = _not_yet(chosen, day)
    recipients = Recipients([(one, None) for one in fresh], plan_keys={plan.pk: plan.key}, at=now)
    people = {one.key: set(recipients.of(one, None)) for one in fresh}
    owed = [one for one in fresh if people[one.key]]
    if not owed:
        raise Conflict(_("Nobody holds a mandate to do this, so nobody can be reminded."))
    told = notify_all([_telling(one, people[one.key], plan, day, sentence) for one in owed])
    write_mails(told, key_prefix="nudge", subject=_subject)
    keys = sorted(one.key for one in owed)
    record.append(
        chain=record.plan_chain(plan.key),
        actor=actor,
        act="duty.nudge",
        subject=f"plan:{plan.key}",
        effects={"duties": keys, "day": day},
    )
    return Nudged(duties=len(owed), people=len({one.user_id for one in told}))


def _chosen(duties: Iterable[Duty], duty: str, unit: str, now: datetime) -> list[Duty]:
    """What is asked for; the joint office does not remind itself.

    Nor of what only it and the holder know of: that it was reminded of stands on the record.
    """
    others = [one for one in duties if standing_code(one) != OFFICE and one.secret_of is None]
    if duty:
        return [one for one in others if one.key == duty]
    return [
        one
        for one in others
        if standing_code(one) == unit and one.due_at is not None and one.due_at < now
    ]


def _not_yet(duties: Sequence[Duty], day: date) -> list[Duty]:
    """Those that nobody was reminded of on this working day. Conflict where there are none."""
    keys = {nudge_key(one, day=day): one for one in duties}
    told = reached_at(keys=keys)
    fresh = [one for key, one in keys.items() if key not in told]
    if not fresh:
        raise Conflict(
            format_lazy(
                _("Already reminded of this: {when}. It can be done once on a working day."),
                when=moment(max(told.values())),
            )
        )
    return fresh


def _telling(duty: Duty, people: set[int], plan: Plan, day: date, sentence: str) -> Telling:
    return Telling(
        people=people,
        kind="duty.nudge",
        title=_title(duty),
        text=format_lazy(_("The joint office writes: {sentence}"), sentence=sentence)
        if sentence
        else "",
        url=duty.url,
        key=nudge_key(duty, day=day),
        plan_key=plan.key,
        due_at=duty.due_at,
    )


def _title(duty: Duty) -> Text:
    if duty.due_at is None:
        return format_lazy(_("The joint office asks you: {what}"), what=duty.title)
    when = hour_of(duty.due_at)
    if duty.due_at < clock.now():
        return format_lazy(
            _("The joint office asks you, overdue since {day}: {what}"), day=when, what=duty.title
        )
    return format_lazy(_("The joint office asks you, due {day}: {what}"), day=when, what=duty.title)


def _subject(count: int) -> Text:
    return format_lazy(_("The joint office reminds you of {count} things"), count=str(count))
