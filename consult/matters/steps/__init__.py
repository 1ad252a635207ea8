"""Row writes on matters and on what is said and promised on them."""

from consult.matters.steps.matters import (
    ImportCounts,
    Wording,
    close,
    lock_matter,
    move,
    open_matter,
    reopen,
    save_library,
    take_stand,
)
from consult.matters.steps.said import (
    speaker_of,
    tie,
    write_agreement,
    write_answer,
    write_commitment,
    write_event,
    write_fact,
    write_option,
    write_stance,
    write_version,
    write_withdrawal,
)
from consult.matters.steps.telling import lock_open, put_on_record, tell, tell_lapse

__all__ = [
    "ImportCounts",
    "Wording",
    "close",
    "lock_matter",
    "lock_open",
    "move",
    "open_matter",
    "put_on_record",
    "reopen",
    "save_library",
    "speaker_of",
    "take_stand",
    "tell",
    "tell_lapse",
    "tie",
    "write_agreement",
    "write_answer",
    "write_commitment",
    "write_event",
    "write_fact",
    "write_option",
    "write_stance",
    "write_version",
    "write_withdrawal",
]
