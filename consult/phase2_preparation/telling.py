"""What the people asked in a round are told, and the record entries of joint preparation."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.phase2_preparation.models import CommentDraft, Round, RoundInvitee
from consult.phase2_preparation.queries import people_asked
from consult.phase2_preparation.steps import said_in
from plans.register.models import Plan
from stakeholders.notices.steps import notify
from stakeholders.record import steps as record
from stakeholders.templatetags.moment import ZONES
from stakeholders.terms import canonical, clock
from stakeholders.terms.actor import Actor
from stakeholders.terms.duty import Text

SCOPES = {
    False: _("on all provisions"),
    True: _("on what has changed"),
}


def tell(
    one: Round, rows: Iterable[RoundInvitee], title: Text, occasion: str, **words: str
) -> None:
    """Tell the people of `rows` who can read the round; the mail carries its address."""
    plan = one.plan
    notify(
        people=people_asked(plan, rows, at=clock.now()),
        kind="round",
        title=format_lazy(title, **words_of(one), **words),
        url=reverse("preparation:round", args=[plan.key, one.number]),
        key=f"round:{one.pk}:{occasion}",
        plan_key=plan.key,
    )


def words_of(one: Round) -> dict[str, Text]:
    """The words a notice on a round is made of: revision, what is asked, hours with their zone."""
    return {
        "round": str(one.number),
        "revision": str(one.revision.number),
        "scope": SCOPES[one.only_changed],
        "ends": local(one.closes_at, one.zone),
        "opens": local(one.opens_at, one.zone),
        "zone": ZONES.get(one.zone, one.zone),
    }


def local(at: datetime, zone: str) -> str:
    return f"{at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}"


def append(actor: Actor, plan: Plan, act: str, one: Round, effects: Mapping[str, object]) -> None:
    """The one record entry of an act on a round."""
    record.append(
        chain=record.plan_chain(plan.key),
        actor=actor,
        act=act,
        subject=f"round:{one.number}",
        effects=effects,
    )


def record_inside(actor: Actor, plan: Plan, act: str, draft: CommentDraft, **more: object) -> None:
    """What happens inside a jurisdiction stands in a chain of its own, which others do not see."""
    record.append(
        chain=record.inside_chain(code=draft.jurisdiction_id, key=plan.key),
        actor=actor,
        act=act,
        subject=f"draft:{draft.key}",
        effects={
            "round": draft.round.number,
            "item": draft.item.key if draft.item else None,
            "state": draft.state,
            "content": canonical.digest_of(said_in(draft)),
            **more,
        },
    )
