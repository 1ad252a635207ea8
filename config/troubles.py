"""What the site cannot do for now: which trouble an exception comes of, in words for the reader."""

import errno
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import Error as DatabaseFailure
from django.db import InterfaceError, OperationalError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from stakeholders.terms.errors import Text


@dataclass(frozen=True)
class Trouble:
    """`code` for programs, `text` for people, `wait` in seconds until it is worth trying again."""

    code: str
    text: Text
    wait: int
    is_open: bool = False  # what was asked may have been carried out all the same

    def words(self, *, is_act: bool) -> str:
        """The text, what became of the act if one was asked for, and what to do."""
        became = NOBODY_KNOWS if self.is_open else NOT_DONE
        said = [self.text, *([became] if is_act else []), AGAIN]
        between = "" if (get_language() or "").startswith("zh") else " "
        return between.join(str(one) for one in said)


NOT_DONE = _("Your act was not carried out, and nothing was changed.")
NOBODY_KNOWS = _(
    "It cannot be said whether your act was carried out; look before you send it again."
    " A form that was carried out is not carried out twice."
)
AGAIN = _("Please try again in a moment.")

AWAY = Trouble("database_away", _("The site's database cannot be reached."), 5, is_open=True)
FULL = Trouble("storage_full", _("The site has no room left to store anything."), 60)
READ_ONLY = Trouble(
    "read_only", _("The site can be read at the moment, but nothing can be changed in it."), 60
)
TOO_LONG = Trouble("too_long", _("This took longer than the site allows and was stopped."), 30)
BUSY = Trouble(
    "busy", _("Others changed the same thing at this very moment, and this had to give way."), 1
)

# By the beginning of PostgreSQL's error code.
BY_STATE = {
    "08": AWAY,  # connection exception
    "25006": READ_ONLY,
    "25P03": AWAY,  # idle in a transaction for too long: the session was ended
    "25P04": AWAY,
    "40001": BUSY,  # serialization failure
    "40P01": BUSY,  # deadlock
    "53300": AWAY,  # too many connections
    "53": FULL,  # disk full, out of memory, a limit of its configuration
    "55P03": BUSY,  # lock not available
    "57014": TOO_LONG,  # statement timeout
    "57P": AWAY,  # shut down, crashed, starting
    "58": FULL,  # its files cannot be read or written
}
NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS})


def trouble_of(error: BaseException | None) -> Trouble | None:
    """What keeps the site from its work when `error` is raised; None for an error of the program."""
    return next((found for one in _causes(error) if (found := _trouble(one))), None)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """The error, and what it was raised from."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _trouble(error: BaseException) -> Trouble | None:
    if isinstance(error, OSError):
        return FULL if error.errno in NO_ROOM else None
    if not isinstance(error, DatabaseFailure):
        return None
    state = getattr(error.__cause__, "sqlstate", None)
    if state is None:
        # A connection that is refused, or was cut, has no error code.
        return AWAY if isinstance(error, OperationalError | InterfaceError) else None
    return next((found for start, found in BY_STATE.items() if state.startswith(start)), None)
