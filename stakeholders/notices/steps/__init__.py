"""Row writes of notices and mail: telling, the outbox, sending, heartbeats."""

from stakeholders.notices.lettering import message_id
from stakeholders.notices.steps.beating import beat
from stakeholders.notices.steps.claiming import claimed, free_dead_claims, give_back
from stakeholders.notices.steps.digesting import compose_digests
from stakeholders.notices.steps.outbox import (
    TASK,
    drop_unsent,
    forget_mail,
    hold_unsent,
    queue_mail,
    queue_minted_mail,
    wake_senders,
)
from stakeholders.notices.steps.preferring import (
    keep_choice,
    mute_topic,
    resume_copies,
    set_read,
    stop_copies,
    unmute_topic,
)
from stakeholders.notices.steps.returns import (
    clear_address,
    mail_of_claim,
    note_return,
    release_returned,
)
from stakeholders.notices.steps.sending import RELEASED, Delivery, deliver
from stakeholders.notices.steps.telling import Telling, notify, notify_all, write_mails

__all__ = [
    "RELEASED",
    "TASK",
    "Delivery",
    "Telling",
    "beat",
    "claimed",
    "clear_address",
    "compose_digests",
    "deliver",
    "drop_unsent",
    "forget_mail",
    "free_dead_claims",
    "give_back",
    "hold_unsent",
    "keep_choice",
    "mail_of_claim",
    "message_id",
    "mute_topic",
    "note_return",
    "notify",
    "notify_all",
    "queue_mail",
    "queue_minted_mail",
    "release_returned",
    "resume_copies",
    "set_read",
    "stop_copies",
    "unmute_topic",
    "wake_senders",
    "write_mails",
]
