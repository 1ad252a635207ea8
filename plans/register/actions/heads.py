"""Telling the parties where the record of a plan ends, so that each of them is a witness."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from plans.register import queries
from plans.register.enums import PartyRole
from plans.register.models import Plan
from plans.register.rules import VIEW, grants_for, require_system
from plans.register.steps import lock_plan
from stakeholders.notices.steps import notify
from stakeholders.people.queries import people_of
from stakeholders.record.models import HeadTold
from stakeholders.record.queries import head_of, root_of
from stakeholders.record.steps import plan_chain, write_told
from stakeholders.templatetags.in_language import in_language
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor, Role

WITNESSES = (Role.CONTACT_POINT, Role.SIGNATORY)
TEXT = _(
    "On {day} the record of this plan has {count} entries.\n"
    "Head (hash of the last entry): {hash}\n"
    "Root (of the hash tree over all entries): {root}\n"
    "Please keep this mail: with it you are a witness. Were any of these entries changed, removed "
    "or moved later, head and root would be others. Paste either into the page below to compare, "
    "or check a receipt without the site: python verify_receipt.py FILE --root {root}"
)


def tell_heads(*, actor: Actor, now: datetime, acts: Iterable[str]) -> int:
    """Tell the head of each record that holds one of `acts` or has grown for a week; how many.

    Run by the sweep as SYSTEM. Safe to run twice and in two processes; a record that was never told
    is told once, however long it is. No act on a plan, so no entry: an entry would move the head.
    """
    require_system(actor=actor, act="record.tell")
    return sum(_tell(one) for one in queries.heads_due(now=now, acts=acts))


def _tell(due: queries.Due) -> bool:
    """Compute without a lock (entries never change), then write unless another has told since."""
    chain = plan_chain(due.plan.key)
    count, hash_ = head_of(chain=chain)
    root = root_of(chain=chain, size=count)
    with transaction.atomic():
        plan = lock_plan(due.plan)
        if queries.last_told(plan) != due.told:
            return False
        told = write_told(chain=chain, seq=count, hash_=hash_, root=root)
        _notify(plan, told)
    return True


def _notify(plan: Plan, told: HeadTold) -> None:
    """An inbox line and a mail each; the addresses of the demonstration are nobody's: it is held."""
    title = lazy(lambda: in_language(plan, "short"), str)()
    notify(
        people=_witnesses(plan, at=clock.now()),
        kind="record.head",
        title=format_lazy(
            _("Head of the record, please keep: {count} entries · {plan}"),
            count=told.seq,
            plan=title,
        ),
        url=reverse("register:heads", args=[plan.key]),
        key=f"record.head:{told.chain}:{told.seq}",
        plan_key=plan.key,
        text=format_lazy(
            TEXT,
            day=f"{timezone.localtime(told.at):%Y-%m-%d %H:%M %z}",
            count=told.seq,
            hash=told.hash,
            root=told.root,
        ),
        is_held=plan.is_demonstration,
    )


def _witnesses(plan: Plan, *, at: datetime) -> set[int]:
    """Contact points and signatories of every party, as far as its role lets them see the plan."""
    parties = plan.parties.filter(left_at__isnull=True).values_list("jurisdiction_id", "role")
    found: set[int] = set()
    codes: dict[Role, list[str]] = {role: [] for role in WITNESSES}
    for code, kind in parties:
        given = grants_for(party_role=PartyRole(kind))
        for role in WITNESSES:
            if given.get(role, frozenset()) >= VIEW:
                codes[role].append(str(code))
    for role, units in codes.items():
        people = people_of(codes=units, roles=[role], at=at, plan_key=plan.key)
        found.update(pk for ids in people.values() for pk in ids)
    return found
