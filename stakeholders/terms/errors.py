"""What can stand in the way of an act. Pages and API turn each into its answer in one place."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from stakeholders.terms.duty import Blocker
from stakeholders.terms.rights import Verdict


class Text(Protocol):
    """Anything that becomes text in the reader's language when shown (a lazy string)."""

    def __str__(self) -> str: ...


class NotVisible(Exception):
    """The actor may not see the object: answered 404, equal to an object that is not there."""


class Refused(Exception):
    """The actor sees the object but may not do this: answered 403 with who may."""

    def __init__(self, verdict: Verdict, *, text: Text | None = None) -> None:
        super().__init__(verdict.reason)
        self.verdict = verdict
        self.text = text


class Blocked(Exception):
    """A gate is shut: answered 409 with its blockers."""

    def __init__(self, blockers: Sequence[Blocker]) -> None:
        super().__init__("; ".join(b.code for b in blockers))
        self.blockers = tuple(blockers)


class Conflict(Exception):
    """The object changed or closed meanwhile: answered 409; `theirs` is what stands now."""

    def __init__(self, text: Text, *, theirs: object = None) -> None:
        super().__init__(text)
        self.text = text
        self.theirs = theirs


class Invalid(Exception):
    """The input breaks a rule: answered 422 (400 in the API); texts by field, "" for the whole."""

    def __init__(self, errors: Mapping[str, Text]) -> None:
        super().__init__("; ".join(errors))
        self.errors = dict(errors)


class Unavailable(Exception):
    """The site cannot do its part for now (disk full, not writable): answered 503."""

    def __init__(self, text: Text) -> None:
        super().__init__(str(text))
        self.text = text
