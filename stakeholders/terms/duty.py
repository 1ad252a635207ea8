"""What somebody owes, and what shuts a gate."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

NOBODY = 0  # the id of no person


class Text(Protocol):
    def __str__(self) -> str: ...


@dataclass(frozen=True, kw_only=True)
class Quick:
    """An act that one click is enough for: what the button says, and where and what it posts.

    The address must ask for no reason, no file and no renewed sign-in, and must not bind anybody.
    """

    label: Text
    url: str
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Duty:
    """One thing owed until `due_at` (aware, or None when no date is set).

    The holder is a jurisdiction (`holder_code`), an organization or a person; `role` is who of
    them can do it. `kind` is dotted like an act: `invitation.answer`. `key` names the duty
    for reminders: kind, object, holder. `secret_of`: that it is owed at all is known to its holder
    and to this person only. `since` is when it arose, where that is known: no reminder is sent for
    a window that opened before. `quick` does it with one click.
    """

    kind: str
    plan_id: int
    subject_id: int | str
    title: Text
    url: str
    due_at: datetime | None = None
    holder_code: str | None = None
    organization_id: int | None = None
    user_id: int | None = None
    roles: frozenset[str] = field(default_factory=frozenset)
    secret_of: int | None = None
    since: datetime | None = None
    quick: Quick | None = None

    @property
    def key(self) -> str:
        holder = self.holder_code or self.organization_id or self.user_id
        return f"{self.kind}:{self.subject_id}:{holder}"


@dataclass(frozen=True, kw_only=True)
class Blocker:
    """One reason why a phase cannot be left, and the page that removes it.

    `grant`: what one has to hold on the plan to remove it; "" where that differs from case to case.
    `reader_url`: the page for who does not hold it, where the first one would refuse them.
    """

    code: str
    text: Text
    url: str
    grant: str = ""
    reader_url: str = ""
