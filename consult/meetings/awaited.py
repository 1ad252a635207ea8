"""What a party that has confirmed the minutes waits for."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.meetings.duties import open_boards
from consult.meetings.standing import Stage, silent
from plans.register.models import Plan
from stakeholders.templatetags.in_language import in_language
from stakeholders.terms.actor import Actor
from stakeholders.terms.awaited import Awaited

in_both = lazy(in_language, str)


def awaited(*, actor: Actor, plans: Sequence[Plan], now: datetime) -> list[Awaited]:
    """Minutes the actor's party has confirmed and others have not yet."""
    if actor.inside is None or not plans:
        return []
    keys = {plan.pk: plan.key for plan in plans}
    found = []
    for board in open_boards(plans):
        word = board.words.get(actor.inside)
        waits = board.stage(at=now) is Stage.CONFIRMING and silent(board.facts)
        if word is None or not word.confirms or not waits or board.edition is None:
            continue
        one = board.meeting
        found.append(
            Awaited(
                kind="minutes.confirm",
                plan_id=one.plan_id,
                subject_id=one.pk,
                title=format_lazy(
                    _("Minutes of the meeting: {title}"), title=in_both(one, "title")
                ),
                url=reverse("meetings:minutes", args=[keys[one.plan_id], one.number]),
                whom=_("the other parties that attended"),
                due_at=board.edition.due_at,
                since=word.at,
                after=frozenset({"minutes.confirm"}),
            )
        )
    return found
