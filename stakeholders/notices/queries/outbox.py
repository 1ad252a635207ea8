"""How the outbox stands, and what the mails in it are copies of. Unscoped."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Q
from django.utils.module_loading import import_string

from stakeholders.notices.enums import HoldReason
from stakeholders.notices.models import Notice, OutboxMessage
from stakeholders.notices.topics import is_legal, known_topic

DEAD = (HoldReason.REFUSED, HoldReason.FAULTY, HoldReason.RETURNED)
_HERE = Q(sent_at__isnull=True, held_at__isnull=True)
MAIL_STATES: dict[str, Q] = {
    "waiting": _HERE,
    "failing": _HERE & ~Q(last_error=""),
    "dead": Q(sent_at__isnull=True, held_at__isnull=False, hold_reason__in=DEAD),
    "held": Q(sent_at__isnull=True, held_at__isnull=False) & ~Q(hold_reason__in=DEAD),
    "sent": Q(sent_at__isnull=False, returned_at__isnull=True),
    "returned": Q(returned_at__isnull=False),
}


def newest_mails(*, minter: str, abouts: Iterable[str]) -> dict[str, OutboxMessage]:
    """What each was last written by a minter: key -> its newest mail. One query; unscoped."""
    rows = OutboxMessage.objects.filter(minter=minter, about__in=list(abouts)).order_by("pk")
    return {row.about: row for row in rows}


def outbox_age(*, at: datetime) -> timedelta | None:
    """How long the oldest mail that may be sent has waited; None when nothing waits."""
    oldest = (
        OutboxMessage.objects.waiting().order_by("pk").values_list("created_at", flat=True).first()
    )
    return at - oldest if oldest else None


def is_mail_due(*, at: datetime) -> bool:
    """Whether mail could leave now that nobody is sending."""
    return OutboxMessage.objects.due(at).exists()


@dataclass(frozen=True, kw_only=True)
class Told:
    """What the notices that a mail carries say of it."""

    is_notice: bool = False
    is_legal: bool = False
    is_demonstration: bool = False


def told_by(*, mails: Collection[int]) -> dict[int, Told]:
    """Of which notices mails are the copies: key of the mail -> what follows. Two queries."""
    carried: dict[int, list[tuple[str, str]]] = defaultdict(list)
    rows = Notice.objects.filter(digest__in=mails).order_by()
    for mail, kind, plan in rows.values_list("digest_id", "kind", "plan_key"):
        carried[mail or 0].append((kind, plan))
    plans = {plan for notices in carried.values() for _kind, plan in notices if plan}
    playing: Callable[[Collection[str]], Collection[str]]
    playing = import_string(settings.DEMONSTRATION_PLANS)
    played = playing(plans) if plans else ()
    return {
        mail: Told(
            is_notice=True,
            is_legal=any(known_topic(kind) and is_legal(kind) for kind, _plan in notices),
            is_demonstration=any(plan in played for _kind, plan in notices),
        )
        for mail, notices in carried.items()
    }


def dead_letters() -> dict[str, int]:
    """Mail that will not leave unless an administrator does something: reason -> how many."""
    rows = OutboxMessage.objects.filter(
        sent_at__isnull=True, held_at__isnull=False, hold_reason__in=DEAD
    )
    return dict(rows.order_by().values_list("hold_reason").annotate(Count("pk")))


def mail_counts() -> dict[str, int]:
    """How many mails stand where, by the states of the administrators' page. One query."""
    return OutboxMessage.objects.aggregate(
        **{name: Count("pk", filter=state) for name, state in MAIL_STATES.items()}
    )
