"""What somebody who has done its part waits for."""

from dataclasses import dataclass, field
from datetime import datetime

from stakeholders.terms.duty import Text


@dataclass(frozen=True, kw_only=True)
class Awaited:
    """One thing that others have to do now, as a party may know of it.

    It says what is waited for (`title`, a page that the waiting party may open), in general words
    `whom` it waits for, and until when; never who of them is missing, nor how many; only of a lapsed
    commitment in return for its own the waiting party reads whose it is. `kind` is that of the duty
    which the others have; `since` is when the waiting party did its own part.

    While the waiting party itself owes a duty of a kind of `after` on the same subject, it is its
    own turn and it waits for nobody. Where `while_owed` names kinds, it waits only as long as
    somebody owes one of them on the subject; otherwise until the deadline, whoever has acted.
    """

    kind: str
    plan_id: int
    subject_id: int | str
    title: Text
    url: str
    whom: Text
    due_at: datetime | None = None
    since: datetime | None = None
    after: frozenset[str] = field(default_factory=frozenset)
    while_owed: frozenset[str] = field(default_factory=frozenset)
