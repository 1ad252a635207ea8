"""What a kind of job is, and the table of kinds.

Jobs lie at the bottom of the house and their kinds above it, so the settings name each kind by
its path: `JOB_KINDS = {"mandates.check": "stakeholders.people.kinds.MandatesCheck"}`.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, cast, runtime_checkable

from django.conf import settings
from django.utils.module_loading import import_string

from stakeholders.terms.actor import Actor
from stakeholders.terms.duty import Text


@dataclass(frozen=True, kw_only=True)
class Step:
    """What one step leaves behind. `cursor` None says that the job is done.

    `done` of `total` and `text` are the progress people see; `result` and `file_id` count with
    the last step only.
    """

    cursor: Mapping[str, Any] | None
    done: int
    total: int | None = None
    text: Text = ""
    result: Mapping[str, Any] = field(default_factory=dict)
    file_id: uuid.UUID | None = None


class Kind(Protocol):
    """One kind of long work, made without arguments."""

    def step(
        self, *, actor: Actor, arguments: Mapping[str, Any], cursor: Mapping[str, Any] | None
    ) -> Step:
        """Do the piece of work at `cursor` (None: the first) in well under 240 seconds.

        Called inside a transaction that also stores the cursor: what it wrote and that it was
        written stand or fall together. Refused, Invalid or Conflict end the job with that reason.
        """
        ...


@runtime_checkable
class KindWithResult(Protocol):
    """A kind whose file is not its starter's for ever."""

    def require_result(self, *, actor: Actor, arguments: Mapping[str, Any]) -> None:
        """Refuse (NotVisible, Refused) who may no longer see what the file holds."""
        ...


@runtime_checkable
class KindOfATable(Protocol):
    """A kind that staff begins on a page of the administration which asks for a permission."""

    permission: str


def kind_of(name: str) -> Kind:
    """A fresh object of the kind registered under `name`. KeyError for an unknown one."""
    return cast(Kind, import_string(settings.JOB_KINDS[name])())
