"""What every act on a matter ends with: the people told, and the entry on record."""

from datetime import datetime

from django.urls import reverse
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.matters.ladder import SEATED
from consult.matters.models import Commitment, Matter
from consult.matters.steps.matters import lock_matter
from plans.register.models import Plan
from stakeholders.notices.steps import notify
from stakeholders.people.queries import coordinators_of, people_of
from stakeholders.record import steps as record
from stakeholders.templatetags.in_language import in_language
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor, Role
from stakeholders.terms.duty import Text
from stakeholders.terms.errors import Conflict

in_both = lazy(in_language, str)
TOLD_OF_LAPSE = (Role.CONTACT_POINT, Role.SIGNATORY)


def lock_open(matter: Matter) -> Matter:
    """The matter's row, locked. Conflict when it was closed, perhaps a moment ago."""
    matter = lock_matter(matter)
    if not matter.is_open:
        raise Conflict(_("This matter is closed."))
    return matter


def tell(*, plan: Plan, matter: Matter, title: Text, occasion: str, former_level: str = "") -> None:
    """A notice to those who sit at the matter's step in its parties, and to the joint office.

    `former_level`: those of the step it comes from are told too.
    """
    codes = [unit.code for unit in matter.jurisdictions.all()]
    roles = {*SEATED[matter.level], *SEATED.get(former_level, ())}
    at = clock.now()
    people = people_of(codes=codes, roles=sorted(roles), at=at, plan_key=plan.key)
    seated = {pk for ids in people.values() for pk in ids}
    notify(
        people=seated | set(coordinators_of(plan_key=plan.key, at=at)),
        kind="matter",
        title=format_lazy(title, key=matter.key, title=in_both(matter, "title")),
        url=reverse("matters:detail", args=[plan.key, matter.key]),
        key=f"matter:{matter.pk}:{occasion}",
        plan_key=plan.key,
    )


def tell_lapse(
    *, matter: Matter, relying: Commitment, lapsed: Commitment, key: str, at: datetime
) -> None:
    """A notice to who speaks for the holder of `relying`: what it relied on has lapsed."""
    plan_key = matter.plan.key if matter.plan else ""
    code = str(relying.holder_id)
    people = people_of(codes=[code], roles=[*TOLD_OF_LAPSE], at=at, plan_key=plan_key)
    notify(
        people=people.get(code, []),
        kind="commitment.lapse",
        title=format_lazy(
            _(
                "Commitment {lapsed} of {holder} in matter {key} has lapsed; yours, {relying}, was"
                " given in return"
            ),
            lapsed=str(lapsed.number),
            holder=str(lapsed.holder),
            key=matter.key,
            relying=str(relying.number),
        ),
        url=reverse("matters:detail", args=[plan_key, matter.key])
        + f"#commitment-{relying.number}",
        key=key,
        plan_key=plan_key,
    )


def put_on_record(
    *, actor: Actor, plan: Plan, act: str, matter: Matter, effects: dict[str, object]
) -> None:
    """The one entry of an act on a matter; the last statement of its action."""
    record.append(
        chain=record.plan_chain(plan.key),
        actor=actor,
        act=act,
        subject=f"matter:{matter.key}",
        effects=effects,
    )
