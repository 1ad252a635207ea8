"""Reading inbox and outbox: each module reads what the step of its name writes."""

from stakeholders.notices.queries.beating import heartbeat_age
from stakeholders.notices.queries.inbox import (
    EVERYTHING,
    Chosen,
    Counts,
    counts,
    inbox,
    unread_count,
)
from stakeholders.notices.queries.outbox import (
    MAIL_STATES,
    Told,
    dead_letters,
    is_mail_due,
    mail_counts,
    newest_mails,
    outbox_age,
    told_by,
)
from stakeholders.notices.queries.preferring import (
    MailChoice,
    SubscriptionState,
    mail_choice,
    subscription_state,
)
from stakeholders.notices.queries.returns import is_stopped, returned_among, stopped_addresses
from stakeholders.notices.queries.telling import (
    plan_titles,
    reached_at,
    told_at,
    told_keys,
    told_pairs,
)

__all__ = [
    "EVERYTHING",
    "MAIL_STATES",
    "Chosen",
    "Counts",
    "MailChoice",
    "SubscriptionState",
    "Told",
    "counts",
    "dead_letters",
    "heartbeat_age",
    "inbox",
    "is_mail_due",
    "is_stopped",
    "mail_choice",
    "mail_counts",
    "newest_mails",
    "outbox_age",
    "plan_titles",
    "reached_at",
    "returned_among",
    "stopped_addresses",
    "subscription_state",
    "told_at",
    "told_by",
    "told_keys",
    "told_pairs",
    "unread_count",
]
