"""Who a matter is between, and which provisions it is about."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from consult.matters import steps
from consult.matters.enums import MoveKind
from consult.matters.models import Matter
from consult.matters.queries import draft_on_table, joinable_units
from consult.matters.rules import require
from plans.register.models import Item, Plan
from plans.register.queries import latest_revision, titles_of
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.terms.actor import OF_ALL_PARTIES, Actor
from stakeholders.terms.errors import Conflict, Invalid


@transaction.atomic
def join_matter(*, actor: Actor, plan: Plan, matter: Matter, note: str, code: str = "") -> Matter:
    """Become a party of an open matter; the joint office names the party that does (`code`).

    From then on its confirmation is needed too. Refused, Invalid, Conflict.
    """
    require("matter.join", actor=actor, plan=plan, matter=matter)
    if actor.role not in OF_ALL_PARTIES:
        code = str(actor.jurisdiction_code)
    if not note.strip():
        raise Invalid({"note": _("Give the reason.")})
    matter = steps.lock_open(matter)
    if not joinable_units(plan=plan, matter=matter).filter(code=code).exists():
        raise Invalid(
            {"code": _("Choose a party of the plan that is not a party of the matter yet.")}
        )
    matter.jurisdictions.add(Jurisdiction.objects.get(code=code))
    _changed(actor, plan, matter, MoveKind.JOINED, note=note, code=code)
    return matter


@transaction.atomic
def leave_matter(*, actor: Actor, plan: Plan, matter: Matter, note: str) -> Matter:
    """Cease to be a party of an open matter; only the party itself can. What it said stays.

    Refused, Invalid, Conflict (closed, fewer than two would remain, a draft waits for it).
    """
    require("matter.leave", actor=actor, plan=plan, matter=matter)
    if not note.strip():
        raise Invalid({"note": _("Give the reason.")})
    matter = steps.lock_open(matter)
    if matter.jurisdictions.count() <= 2:
        raise Conflict(_("A matter is between two parties at least: withdraw it instead."))
    if draft_on_table(matter) is not None:
        raise Conflict(_("A draft agreement is on the table: confirm or refuse it first."))
    code = str(actor.jurisdiction_code)
    if matter.commitments.filter(holder=code).exists():
        raise Conflict(_("Your jurisdiction holds a commitment in this matter."))
    _changed(actor, plan, matter, MoveKind.LEFT, note=note, code=code)
    matter.jurisdictions.remove(Jurisdiction.objects.get(code=code))
    return matter


@transaction.atomic
def link_items(*, actor: Actor, plan: Plan, matter: Matter, items: Sequence[str]) -> Matter:
    """Say which provisions of the plan an open matter is about. Refused, Invalid, Conflict."""
    require("matter.link", actor=actor, plan=plan, matter=matter)
    if not set(items) <= set(titles_of(latest_revision(plan))):
        raise Invalid({"items": _("Choose published provisions of this plan.")})
    found = list(Item.objects.filter(plan=plan, key__in=set(items)).order_by("key"))
    matter = steps.lock_open(matter)
    before = sorted(matter.items.values_list("key", flat=True))
    keys = [item.key for item in found]
    if before == keys:
        raise Invalid({"items": _("Nothing has changed.")})
    matter.items.set(found)
    steps.move(matter=matter, actor=actor, kind=MoveKind.LINKED, note=", ".join(keys))
    steps.put_on_record(
        actor=actor,
        plan=plan,
        act="matter.link",
        matter=matter,
        effects={"from": before, "to": keys},
    )
    return matter


def _changed(
    actor: Actor, plan: Plan, matter: Matter, kind: MoveKind, *, note: str, code: str
) -> None:
    row = steps.move(matter=matter, actor=actor, kind=kind, note=note, code=code)
    joined = kind is MoveKind.JOINED
    steps.tell(
        plan=plan,
        matter=matter,
        title=_("A party joined matter {key} {title}")
        if joined
        else _("A party left matter {key} {title}"),
        occasion=f"move-{row.pk}",
    )
    steps.put_on_record(
        actor=actor,
        plan=plan,
        act="matter.join" if joined else "matter.leave",
        matter=matter,
        effects={"code": code},
    )
