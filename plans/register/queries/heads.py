"""Heads of a plan's record: which are to be told, which were, and whether a given one is in it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Concat
from django.utils import timezone

from plans.register.models import Plan
from stakeholders.record.models import HeadTold, RecordEntry, RecordHead
from stakeholders.record.queries import entries_of, head_of, heads_told
from stakeholders.record.steps import plan_chain
from stakeholders.terms.canonical import ALGORITHM

# No entry of a plan's record waits longer for its witnesses.
LONGEST_WAIT = timedelta(days=7)
OPENING = 8  # the hour at which the office day begins, and with it the next mail of a record
DIGITS = re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")
FEW = 4


@dataclass(frozen=True, kw_only=True)
class Due:
    """A plan whose head is to be told; `told`: the number last told, 0 before the first."""

    plan: Plan
    told: int


@dataclass(frozen=True, kw_only=True)
class Found:
    """What a hash from a mail is: that of entry `number`, or the root over so many entries.

    `number` is 0 where the record knows no such hash. `told`: the head that was told with it.
    """

    hash: str
    number: int
    is_root: bool = False
    told: HeadTold | None = None


def heads_due(*, now: datetime, acts: Iterable[str]) -> list[Due]:
    """The plans whose record holds one of `acts` that no head told covers, or any entry that has
    waited for `LONGEST_WAIT`. None that was told since the office day began: a day on which every
    party signs brings one mail, and the next morning another, not one for each. One query for any
    number of plans; unscoped, for the sweep.
    """
    chain = OuterRef("chain")
    told = HeadTold.objects.filter(chain=chain).order_by("-seq").values("seq")[:1]
    later = RecordEntry.objects.filter(chain=chain, seq__gt=OuterRef("told"))
    heads = RecordHead.objects.filter(chain=chain).values("seq")[:1]
    waiting = later.filter(seq=OuterRef("told") + 1, at__lte=now - LONGEST_WAIT)
    rows = (
        Plan.objects.annotate(chain=Concat(Value(plan_chain("")), "key", output_field=CharField()))
        .annotate(told=Coalesce(Subquery(told), 0), entries=Subquery(heads))
        .filter(entries__gt=F("told"))
        .filter(Q(Exists(later.filter(act__in=list(acts)))) | Q(Exists(waiting)))
        .exclude(Exists(HeadTold.objects.filter(chain=chain, at__gte=_day_began(now))))
        .order_by("pk")
    )
    return [Due(plan=plan, told=plan.told) for plan in rows]


def _day_began(now: datetime) -> datetime:
    local = timezone.localtime(now)
    opening = local.replace(hour=OPENING, minute=0, second=0, microsecond=0)
    return opening if opening <= local else opening - timedelta(days=1)


def heads_of(plan: Plan) -> QuerySet[HeadTold]:
    """The heads told of a plan's record, the newest first, for who sees the plan."""
    return heads_told(chain=plan_chain(plan.key))


def present_head(plan: Plan) -> tuple[int, str]:
    """(number, hash) of the last entry of the plan's record; (0, "") before the first."""
    return head_of(chain=plan_chain(plan.key))


def last_told(plan: Plan) -> int:
    """How many entries the head told last covers; 0 before the first."""
    newest = heads_of(plan).values_list("seq", flat=True)
    return newest.first() or 0


def hashes_in(text: str) -> list[str]:
    """The hashes in what a person pasted, with or without the name of the algorithm, each once."""
    digits = dict.fromkeys(DIGITS.findall(text.lower()))
    return [f"{ALGORITHM}:{one}" for one in digits][:FEW]


def find_heads(plan: Plan, *, text: str) -> list[Found]:
    """What each hash in `text` is in the record of the plan. Two queries."""
    hashes, chain = hashes_in(text), plan_chain(plan.key)
    if not hashes:
        return []
    numbers = dict(entries_of(chain=chain).filter(hash__in=hashes).values_list("hash", "seq"))
    rows = list(heads_of(plan).filter(Q(hash__in=hashes) | Q(root__in=hashes)))
    by_hash, by_root = {row.hash: row for row in rows}, {row.root: row for row in rows}
    return [
        Found(hash=one, number=numbers[one], told=by_hash.get(one))
        if one in numbers
        else Found(hash=one, number=by_root[one].seq, is_root=True, told=by_root[one])
        if one in by_root
        else Found(hash=one, number=0)
        for one in hashes
    ]
