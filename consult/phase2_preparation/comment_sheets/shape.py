"""What a comment form holds: its columns, its rows, and what it says of itself."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from enum import StrEnum


class Column(StrEnum):
    """The eight columns of ISO and CEN commenting templates, and two that a round trip needs."""

    BODY = "body"
    LINE = "line"
    CLAUSE = "clause"
    PLACE = "place"
    TYPE = "type"
    COMMENT = "comment"
    CHANGE = "change"
    OBSERVATION = "observation"
    ID = "id"
    MARK = "mark"


EIGHT = tuple(Column)[:8]


class FormKind(StrEnum):
    """What a form was written for."""

    EMPTY = "empty"
    DRAFTS = "drafts"
    COMPILED = "compiled"


class Flaw(StrEnum):
    """Why a cell cannot be taken as it stands."""

    FORMULA = "formula"
    DATE = "date"
    CONTROL = "control"
    LONG = "long"
    CLAUSE = "clause"
    AMBIGUOUS = "ambiguous"
    TYPE = "type"
    NO_TYPE = "no_type"
    NO_WORDS = "no_words"
    BODY = "body"
    NO_BODY = "no_body"
    NOT_ASKED = "not_asked"
    FOREIGN_ID = "foreign_id"
    SUBMITTED = "submitted"


@dataclass(frozen=True, kw_only=True)
class FormRow:
    """One row as it is written, cell by cell; `id` and `mark` are empty in a row of one's own."""

    body: str = ""
    line: str = ""
    clause: str = ""
    place: str = ""
    type: str = ""
    comment: str = ""
    change: str = ""
    observation: str = ""
    id: str = ""
    mark: str = ""

    @property
    def cells(self) -> tuple[str, ...]:
        return tuple(getattr(self, one.name) for one in fields(self))


@dataclass(frozen=True, kw_only=True)
class Reference:
    """What a form belongs to. `at` is the minute it was written, as YYYYMMDDTHHMMZ."""

    plan: str
    round: int
    revision: int
    body: str
    kind: FormKind
    at: str

    def __str__(self) -> str:
        parts = (self.plan, f"RD{self.round}", f"R{self.revision}", self.body or "-", self.kind)
        return "/".join([*parts, self.at])


_REFERENCE = re.compile(
    r"(?<![\w/-])([A-Za-z0-9_-]{1,60})/RD(\d{1,5})/R(\d{1,5})/(\w{1,12}|-)"
    r"/(empty|drafts|compiled)/(\d{8}T\d{4}Z)"
)


def reference_in(text: str) -> Reference | None:
    """The reference that a text holds, if it holds one."""
    found = _REFERENCE.search(text)
    if found is None:
        return None
    plan, number, revision, body, kind, at = found.groups()
    return Reference(
        plan=plan,
        round=int(number),
        revision=int(revision),
        body="" if body == "-" else body,
        kind=FormKind(kind),
        at=at,
    )


@dataclass(frozen=True, kw_only=True)
class CommentForm:
    """A whole form to be written. `language` is that of its headings, zh or en."""

    language: str
    title: str
    notes: Sequence[str]
    reference: Reference
    types: Sequence[str]
    rows: Sequence[FormRow]
    has_ids: bool = True


@dataclass(frozen=True, kw_only=True)
class ReadRow:
    """A row as it was read: its cells, where each stands, and what is wrong with which."""

    number: int
    cells: FormRow
    places: Mapping[str, str] = field(default_factory=dict)
    flaws: Mapping[str, str] = field(default_factory=dict)

    def place_of(self, column: str) -> str:
        """The name of a cell (B7); of the row where the form has no such column."""
        return self.places.get(column) or str(self.number)


@dataclass(frozen=True, kw_only=True)
class ReadForm:
    """A form that could be read as a whole; `encoding` only of a text file."""

    language: str
    reference: Reference | None
    columns: Sequence[str]
    rows: Sequence[ReadRow]
    encoding: str = ""
