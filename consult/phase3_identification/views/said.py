"""What a declaration says, line by line, as its pages show it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from consult.ballots.enums import PositionValue
from consult.phase3_identification.models import Declaration

TONES = {
    PositionValue.AGREE.value: "success",
    PositionValue.AGREE_RESERVED.value: "warning",
    PositionValue.AGREE_IN_PRINCIPLE.value: "info",
    PositionValue.OBJECT.value: "danger",
}
TEXTS: Sequence[tuple[str, object]] = (
    ("text", _("Reason or condition")),
    ("wording", _("Wording that would do")),
    ("scope", _("What the reservation covers")),
    ("lifted_if_zh", _("What would lift the reservation")),
    ("review_on", _("Review on")),
    ("text_en", _("Reservation in English")),
    ("lifted_if_en", _("What would lift it, in English")),
)
VALUES = dict(PositionValue.choices)


@dataclass(frozen=True, kw_only=True)
class SaidLine:
    """The general position (`label` empty) or an exception: value, texts, conditions."""

    label: str
    value: str
    texts: Sequence[tuple[object, object]]
    conditions: Sequence[Mapping[str, object]]

    @property
    def word(self) -> object:
        return VALUES.get(self.value, self.value)

    @property
    def tone(self) -> str:
        return TONES.get(self.value, "neutral")

    @property
    def blocks_nothing(self) -> bool:
        """An objection without a wording that would do."""
        wording = TEXTS[1][1]
        is_objection = self.value == PositionValue.OBJECT.value
        return is_objection and all(label != wording for label, _text in self.texts)


def said_line(said: Mapping[str, Any], label: str, names: Mapping[str, object]) -> SaidLine:
    """`said` in the form of a declaration's content; `names`: code -> name of a jurisdiction."""
    fields = {**said, **(said.get("reservation") or {})}
    return SaidLine(
        label=label,
        value=str(said.get("value") or ""),
        texts=[(word, fields[name]) for name, word in TEXTS if fields.get(name)],
        conditions=[
            {**one, "by": names.get(one.get("by") or "", _("The joint office"))}
            for one in said.get("conditions") or []
        ],
    )


@dataclass(frozen=True, kw_only=True)
class SaidChange:
    """What a declaration says of one article beside what the one before said."""

    label: str
    before: SaidLine
    after: SaidLine


def changes_between(
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    labels: Mapping[str, str],
    names: Mapping[str, object],
) -> list[SaidChange]:
    """Where two declarations of a party differ: the general position, then the articles on which
    either made an exception; an article without one stands under the general position."""
    changes = []
    if _bare(before["general"]) != _bare(after["general"]):
        changes.append(_change("", before["general"], after["general"], labels, names))
    old, new = before["exceptions"], after["exceptions"]
    for key in sorted(set(old) | set(new)):
        was, now = old.get(key, before["general"]), new.get(key, after["general"])
        if _bare(was) != _bare(now):
            changes.append(_change(key, was, now, labels, names))
    return changes


def _bare(said: Mapping[str, Any]) -> dict[str, Any]:
    """Without what is empty, so that two ways of saying nothing are the same."""
    bare = {name: value for name, value in said.items() if value}
    if "reservation" in bare:
        bare["reservation"] = {n: v for n, v in bare["reservation"].items() if v}
    return bare


def _change(
    key: str,
    was: Mapping[str, Any],
    now: Mapping[str, Any],
    labels: Mapping[str, str],
    names: Mapping[str, object],
) -> SaidChange:
    label = labels.get(key, key)
    return SaidChange(
        label=label, before=said_line(was, "", names), after=said_line(now, "", names)
    )


def lines_in(
    content: Mapping[str, Any], labels: Mapping[str, str], names: Mapping[str, object]
) -> tuple[SaidLine, list[SaidLine]]:
    """The general position and the exceptions of a declaration's content."""
    general = said_line(content["general"], "", names)
    rows = content["exceptions"].items()
    return general, [said_line(row, labels.get(key, key), names) for key, row in rows]


def paper_of(declaration: Declaration, content: Mapping[str, Any]) -> list[tuple[object, object]]:
    """Letter and decision basis of a declaration, as pairs of label and text."""
    letter = content.get("letter") or {}
    pairs = (
        (_("Letter number"), letter.get("number")),
        (_("Date of the letter"), letter.get("on")),
        (_("Issued by"), letter.get("issuer")),
        (_("Decided by"), content.get("decided_by")),
        (_("Meeting"), content.get("meeting")),
        (_("Decided on"), content.get("decided_on")),
    )
    return [(label, text) for label, text in pairs if text]
