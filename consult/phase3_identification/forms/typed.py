"""What is typed into the form of a position, as plain data: read from a posted form, taken from a
former declaration, changed by its buttons, and laid out as fields again."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from consult.ballots.enums import PositionValue
from stakeholders.terms.asked import asked_number
from stakeholders.terms.duty import Text

Typed = dict[str, Any]

PLAIN = (
    "value",
    "text",
    "wording",
    "letter_number",
    "letter_on",
    "issuer",
    "decided_by",
    "meeting",
    "decided_on",
)
OF_CONDITION = ("text", "by", "due_on")
RESERVED = ("text", "scope", "lifted_if_zh", "review_on", "text_en", "lifted_if_en")
# Value of an exception -> the fields it has. Only these are shown and posted.
OF_VALUE: Mapping[str, Sequence[str]] = {
    PositionValue.AGREE_RESERVED.value: RESERVED,
    PositionValue.OBJECT.value: ("text", "wording"),
    PositionValue.AGREE_IN_PRINCIPLE.value: (),
    PositionValue.ABSTAIN.value: ("text",),
    PositionValue.RECUSED.value: ("text",),
    PositionValue.AGREE.value: (),
}
EXCEPTIONS = "exceptions"
TOTAL = "exceptions-TOTAL_FORMS"
MOST_ROWS = 400
# Django takes 1,000 fields in one form (DATA_UPLOAD_MAX_NUMBER_FIELDS).
MOST_FIELDS = 900


def typed_of(data: Mapping[str, Any]) -> Typed:
    """The typed texts of a posted form; whatever else it holds is left out."""
    typed: Typed = {name: str(data.get(name) or "") for name in PLAIN}
    typed["conditions"] = _rows(data, "")
    typed[EXCEPTIONS] = [
        _exception(data, f"{EXCEPTIONS}-{number}-")
        for number in range(min(_whole(data.get(TOTAL)), MOST_ROWS))
    ]
    typed[EXCEPTIONS] = [row for row in typed[EXCEPTIONS] if row["item"]]
    return typed


def _exception(data: Mapping[str, Any], prefix: str) -> Typed:
    value = str(data.get(prefix + "value") or PositionValue.AGREE_RESERVED.value)
    names = OF_VALUE.get(value, ())
    return {
        "item": str(data.get(prefix + "item") or ""),
        "value": value,
        **{name: str(data.get(prefix + name) or "") for name in names},
        "conditions": _rows(data, prefix) if takes_conditions(value) else [],
    }


def _rows(data: Mapping[str, Any], prefix: str) -> list[Typed]:
    count = min(_whole(data.get(prefix + "conditions")), MOST_ROWS)
    return [
        {name: str(data.get(f"{prefix}condition-{number}-{name}") or "") for name in OF_CONDITION}
        for number in range(count)
    ]


def _whole(value: object) -> int:
    text = str(value or "")
    return int(text) if text.isdecimal() and len(text) < 5 else 0


def takes_conditions(value: str) -> bool:
    return value == PositionValue.AGREE_IN_PRINCIPLE.value


def typed_from(said: Mapping[str, Any]) -> Typed:
    """The form filled in with what a declaration, or a prepared position, says.

    `said` has the shape of a declaration's content: `general` and `exceptions`, and where it is to
    be taken over also `letter`, `decided_by`, `meeting`, `decided_on`.
    """
    general, letter = said.get("general") or {}, said.get("letter") or {}
    typed: Typed = dict.fromkeys(PLAIN, "")
    typed |= {name: _text(general.get(name)) for name in ("value", "text", "wording")}
    typed |= {name: _text(said.get(name)) for name in ("decided_by", "meeting", "decided_on")}
    typed |= {
        "letter_number": _text(letter.get("number")),
        "letter_on": _text(letter.get("on")),
        "issuer": _text(letter.get("issuer")),
    }
    typed["conditions"] = _conditions(general)
    typed[EXCEPTIONS] = [
        _exception_from(key, row) for key, row in (said.get(EXCEPTIONS) or {}).items()
    ]
    return typed


def _exception_from(key: str, said: Mapping[str, Any]) -> Typed:
    value = str(said.get("value") or "")
    fields = {**said, **(said.get("reservation") or {})}
    return {
        "item": key,
        "value": value,
        **{name: _text(fields.get(name)) for name in OF_VALUE.get(value, ())},
        "conditions": _conditions(said),
    }


def _conditions(said: Mapping[str, Any]) -> list[Typed]:
    """Its conditions; of a declaration from before there was a list, its text is the one."""
    rows = said.get("conditions") or []
    if not rows and takes_conditions(str(said.get("value"))) and said.get("text"):
        rows = [{"text": said["text"]}]
    return [{name: _text(row.get(name)) for name in OF_CONDITION} for row in rows]


def _text(value: object) -> str:
    return "" if value is None else str(value)


def with_items(typed: Typed, items: Sequence[str], *, value: str) -> Typed:
    """An exception of `value` for each item; one that is there keeps its place and its texts."""
    rows = list(typed[EXCEPTIONS])
    at = {row["item"]: number for number, row in enumerate(rows)}
    for item in items:
        row: Typed = {"item": item, "value": value, "conditions": []}
        if takes_conditions(value):
            row["conditions"] = [dict.fromkeys(OF_CONDITION, "")]
        if item not in at:
            rows.append(row)
        elif rows[at[item]]["value"] != value:
            kept = {n: rows[at[item]].get(n, "") for n in OF_VALUE.get(value, ())}
            rows[at[item]] = row | kept
    return {**typed, EXCEPTIONS: rows}


def without_items(typed: Typed, items: Collection[str]) -> Typed:
    """Without the exceptions on `items`: nothing more is asked on them."""
    return {**typed, EXCEPTIONS: [row for row in typed[EXCEPTIONS] if row["item"] not in items]}


def without_row(typed: Typed, number: int) -> Typed:
    """The exception at `number` taken out."""
    rows = [row for at, row in enumerate(typed[EXCEPTIONS]) if at != number]
    return {**typed, EXCEPTIONS: rows}


def with_condition(typed: Typed, number: int | None) -> Typed:
    """One more condition of the exception at `number`, or of the general position (None)."""
    empty = dict.fromkeys(OF_CONDITION, "")
    if number is None:
        return {**typed, "conditions": [*typed["conditions"], empty]}
    rows = [
        {**row, "conditions": [*row["conditions"], empty]}
        if at == number and takes_conditions(row["value"])
        else row
        for at, row in enumerate(typed[EXCEPTIONS])
    ]
    return {**typed, EXCEPTIONS: rows}


def pressed(typed: Typed, asked: str, data: QueryDict) -> tuple[Typed, Text]:
    """What the pressed button makes of the form, and why it made nothing of it.

    `asked` names the button: "add" (the ticked articles), "drop:NUMBER", "condition" or
    "condition:NUMBER"; any other button leaves the form as it is.
    """
    button, _colon, at = asked.partition(":")
    found, number = typed, asked_number(at, default=-1)
    if button == "add":
        picked, value = data.getlist("pick"), data.get("as", "")
        if not picked or value not in OF_VALUE:
            return typed, _("Tick the articles and choose what you say on them.")
        found = with_items(typed, picked, value=value)
    elif button == "drop":
        found = without_row(typed, number)
    elif button == "condition":
        found = with_condition(typed, number if at else None)
    if found is not typed and not has_room(found):
        text = _("The form is full. Say the value of most articles as the general position.")
        return typed, text
    return found, ""


def posted(typed: Typed) -> dict[str, str]:
    """The fields as a browser would send them."""
    fields = {name: typed.get(name, "") for name in PLAIN}
    fields |= _posted_rows(typed["conditions"], "")
    fields[TOTAL] = str(len(typed[EXCEPTIONS]))
    for number, row in enumerate(typed[EXCEPTIONS]):
        prefix = f"{EXCEPTIONS}-{number}-"
        names = ("item", "value", *OF_VALUE.get(row["value"], ()))
        fields |= {prefix + name: row.get(name, "") for name in names}
        if takes_conditions(row["value"]):
            fields |= _posted_rows(row["conditions"], prefix)
    return fields


def _posted_rows(rows: Sequence[Typed], prefix: str) -> dict[str, str]:
    fields = {
        f"{prefix}condition-{number}-{name}": row.get(name, "")
        for number, row in enumerate(rows)
        for name in OF_CONDITION
    }
    return {prefix + "conditions": str(len(rows)), **fields}


def has_room(typed: Typed) -> bool:
    """Whether a browser may still send it in one form."""
    return len(posted(typed)) <= MOST_FIELDS


def is_empty(typed: Typed) -> bool:
    return not typed[EXCEPTIONS] and not any(
        value for name, value in posted(typed).items() if name not in (TOTAL, "conditions")
    )
