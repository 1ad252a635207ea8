"""The leader's page: what a signatory signs, what changed since its last word, what its staff
advise. Gathered at constant cost, whatever the number of items; the paper is made of the same.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from consult.ballots.enums import PositionValue
from consult.phase3_identification.board import Board, BoardRow
from consult.phase3_identification.models import Declaration, SignOff
from consult.phase3_identification.prepared_content import (
    conditions_of,
    notes_of,
    rows_of,
)
from consult.phase3_identification.queries import Prepared, has_ended
from consult.phase3_identification.queries.leader import (
    last_word,
    mandate_of,
    versions_by_hash,
)
from plans.register.enums import ChangeKind
from plans.register.models import ItemVersion, Plan, Revision
from plans.register.reading import read
from plans.text.comparing import Change, between_versions
from plans.text.shown import ItemDifference, differences_of, for_reader
from stakeholders.people.models import Mandate
from stakeholders.templatetags.in_language import in_language
from stakeholders.terms.actor import Actor

SHOWN = 30  # differences in full; the others are listed
LETTER = ("decided_by", "meeting", "decided_on", "letter_number", "letter_on", "issuer")
WEIGHTY = ("objected", "reserved", "agreed_in_principle", "abstained")


@dataclass(frozen=True, kw_only=True)
class Changed:
    """One of the party's items that reads otherwise than when it last spoke.

    `state` is where its consent stands now; `difference` is None beyond those shown in full.
    """

    key: str
    number: str
    title: str
    kind: ChangeKind
    state: str
    is_renewed: bool
    difference: ItemDifference | None = None


@dataclass(frozen=True, kw_only=True)
class Said:
    """One exception of a position in words: prepared now, or held since the last word."""

    row: BoardRow | None
    key: str
    value: str
    text: str
    wording: str = ""
    scope: str = ""
    lifted_if: str = ""
    review_on: str = ""
    note: str = ""
    is_touched: bool = False

    @property
    def label(self) -> str:
        return str(PositionValue(self.value).label) if self.value in PositionValue.values else ""


@dataclass(frozen=True, kw_only=True)
class Others:
    """The other parties in one line; not made where the sign-off is sealed."""

    parties: int
    spoken: int
    objections: int
    reservations: int


@dataclass(frozen=True, kw_only=True)
class Leading:
    """All the leader's page and its paper show. `rows`: what is asked of the party; `adopted`: what
    concerns it and was adopted first."""

    plan: Plan
    sign_off: SignOff
    revision: Revision
    mandate: Mandate | None
    rows: Sequence[BoardRow]
    adopted: Sequence[BoardRow]
    states: Mapping[str, str]
    last: Declaration | None
    current: Declaration | None
    changed: Sequence[Changed]
    removed: Sequence[str]
    prepared: Prepared | None
    others: Others | None
    is_sealed: bool

    @cached_property
    def by_key(self) -> dict[str, BoardRow]:
        return {row.key: row for row in self.rows}

    @property
    def is_over(self) -> bool:
        return has_ended(self.sign_off)

    @property
    def owed(self) -> int:
        """Items on which the party's word is missing or has to be renewed."""
        return sum(state in ("silent", "stale") for state in self.states.values())

    @property
    def renews(self) -> bool:
        """Whether the party has spoken and what is owed is consent to renew, and no more."""
        owed = {state for state in self.states.values() if state in ("silent", "stale")}
        return self.current is not None and owed == {"stale"}

    @property
    def has_signed(self) -> bool:
        """Whether nothing is owed: the word stands on the text as it is."""
        return self.current is not None and not self.owed

    @property
    def may_sign(self) -> bool:
        """Whether a prepared position waits that can be taken with one press."""
        is_ready = bool(self.prepared and self.prepared.is_ready)
        return not self.is_over and is_ready and not self.beyond

    @property
    def limited_to(self) -> list[BoardRow]:
        """The items the reader's mandate reaches, where it is limited to some."""
        reach = self.mandate.items if self.mandate else None
        return [row for row in self.rows if row.key in reach] if reach is not None else []

    @property
    def beyond(self) -> list[BoardRow]:
        """The items that concern the party and that the reader's limited mandate does not reach."""
        reach = self.mandate.items if self.mandate else None
        return [row for row in self.rows if row.key not in reach] if reach is not None else []

    @property
    def given(self) -> list[BoardRow]:
        return [row for row in self.rows if row.ballot.version.is_given]

    @cached_property
    def held(self) -> list[tuple[BoardRow, str]]:
        """The items on which the party's last word was not plain agreement, with its state."""
        return [(row, self.states[row.key]) for row in self.rows if self.states[row.key] in WEIGHTY]

    @cached_property
    def proposed(self) -> list[Said]:
        """The exceptions the staff propose."""
        if self.prepared is None:
            return []
        return self._said(rows_of(self.prepared.draft.content))

    @property
    def notes(self) -> list[Said]:
        """What the staff say on items without proposing an exception."""
        if self.prepared is None:
            return []
        named = {one.key for one in self.proposed}
        notes = notes_of(self.prepared.draft.content)
        return self._said([{"item": item} for item in notes if item not in named])

    def _said(self, rows: Sequence[Mapping[str, object]]) -> list[Said]:
        found = self.prepared
        notes = notes_of(found.draft.content) if found else {}
        touched = found.changed if found else frozenset()
        return [
            Said(
                row=self.by_key.get(str(one.get("item"))),
                key=str(one.get("item")),
                **{
                    name: str(one.get(name) or "")
                    for name in ("value", "wording", "scope", "review_on")
                },
                text=_text(one),
                lifted_if=str(one.get("lifted_if_zh") or one.get("lifted_if_en") or ""),
                note=notes.get(str(one.get("item")), ""),
                is_touched=str(one.get("item")) in touched,
            )
            for one in rows
        ]

    @property
    def proposed_value(self) -> str:
        said = str(self.prepared.draft.content.get("value") or "") if self.prepared else ""
        return str(PositionValue(said).label) if said in PositionValue.values else ""

    @property
    def proposed_text(self) -> str:
        return _text(self.prepared.draft.content) if self.prepared else ""

    @property
    def letter(self) -> dict[str, str]:
        """The letter and the body that decided, as prepared."""
        said = self.prepared.draft.content if self.prepared else {}
        return {name: str(said.get(name) or "") for name in LETTER}

    @property
    def touched(self) -> list[BoardRow]:
        """The items of the party that changed after the position was prepared."""
        keys = self.prepared.changed if self.prepared else frozenset()
        return [row for row in self.rows if row.key in keys]


def leading(
    *,
    actor: Actor,
    plan: Plan,
    sign_off: SignOff,
    state: Board,
    revision: Revision,
    prepared: Prepared | None,
) -> Leading:
    """The page for the jurisdiction whose inside `actor` sees; a fixed number of queries.

    `state` is the board as the actor may read it, so that nothing sealed comes in here.
    """
    code = actor.inside
    rows, adopted = state.asked_of(code), state.adopted_of(code)
    states = {row.key: c.state for row in rows for c in row.cells if c.code == code}
    last = last_word(plan, code=code)
    changed, removed = _changes(plan, rows, {*states, *(row.key for row in adopted)}, states, last)
    return Leading(
        plan=plan,
        sign_off=sign_off,
        revision=revision,
        mandate=mandate_of(actor),
        rows=rows,
        adopted=adopted,
        states=states,
        last=last,
        current=last if last and last.sign_off_id == sign_off.pk else None,
        changed=changed,
        removed=removed,
        prepared=prepared,
        others=None if state.is_sealed else _others(state, code),
        is_sealed=state.is_sealed,
    )


def _changes(
    plan: Plan,
    rows: Sequence[BoardRow],
    here: Collection[str],
    states: Mapping[str, str],
    last: Declaration | None,
) -> tuple[list[Changed], list[str]]:
    """What reads otherwise for the party than in its last declaration, in the order of the plan;
    `here`: all its items that stand in the text."""
    if last is None:
        return [], []
    before: dict[str, str] = json.loads(last.content)["items"]
    differing = [row for row in rows if before.get(row.key) != row.ballot.version.hash]
    gone = [key for key in before if key not in here]
    wanted = [*(row.key for row in differing if row.key in before), *gone]
    old = versions_by_hash([before[key] for key in wanted])
    changes = [_change(row, old.get(before.get(row.key, "")), plan) for row in differing]
    full = [change for change in changes[:SHOWN] if change is not None]
    shown = {
        one.reading.key: for_reader(one, authentic=plan.authentic_language)
        for one in differences_of(full)
    }
    found = [
        Changed(
            key=row.key,
            number=row.number,
            title=row.title,
            kind=change.kind if change else ChangeKind.ADDED,
            state=states[row.key],
            is_renewed=states[row.key] not in ("stale", "silent"),
            difference=shown.get(row.key),
        )
        for row, change in zip(differing, changes, strict=True)
    ]
    titles = [_title(old[before[key]]) for key in gone if before[key] in old]
    return found, titles


def _text(said: Mapping[str, object]) -> str:
    """Reason and conditions in one text, a line each."""
    lines = [str(said.get("text") or ""), *(one["text"] for one in conditions_of(said))]
    return "\n".join(line for line in lines if line)


def _title(version: ItemVersion) -> str:
    """What a wording that is gone was called."""
    return str(in_language(read(json.loads(version.content)), "title"))


def _change(row: BoardRow, old: ItemVersion | None, plan: Plan) -> Change | None:
    """None for an item that is new to the party."""
    if old is None:
        return None
    return between_versions(old, row.ballot.version, authentic=plan.authentic_language)


def _others(state: Board, code: str | None) -> Others:
    cells = [cell.state for row in state.rows for cell in row.cells if cell.code != code]
    codes = {party.code for party in state.parties} - {code}
    return Others(
        parties=len(codes),
        spoken=len(codes & state.spoken),
        objections=cells.count("objected"),
        reservations=cells.count("reserved"),
    )
