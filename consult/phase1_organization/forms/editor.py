"""The whole editor of a charter: clauses, rules, weights and a case to try, as posted or as stored.

What changes the shape of the form (another line, a rule to start from) is done on what was posted
as it stands, so that nothing typed is lost, finished or not.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import QueryDict

from consult.phase1_organization.composing import lines_of, preset_rule
from consult.phase1_organization.content import CharterContent
from consult.phase1_organization.enums import ItemClass, Preset, SilenceInRule, SilenceInSignOff
from consult.phase1_organization.forms import rules, weights
from consult.phase1_organization.forms.charters import CharterForm, ClauseForms
from consult.phase1_organization.forms.rules import (
    CLASSES,
    MOST_LINES,
    Choices,
    RuleEditor,
    new_row,
    raw_of,
)
from consult.phase1_organization.forms.trying import TrialForm, as_posted
from consult.phase1_organization.forms.weights import WeightEditor
from consult.phase1_organization.sentences import PartyNames
from consult.phase1_organization.soundness import MOST_WEIGHTS, weights_named
from consult.phase1_organization.trying import questions
from stakeholders.terms.asked import asked_number
from stakeholders.terms.errors import Invalid

PROPOSE, READ, TRY, ASK = "propose", "read", "try", "ask"


class CharterEditor:
    """All forms of the editor of a charter."""

    def __init__(
        self,
        start: CharterContent,
        *,
        parties: Sequence[tuple[str, str]],
        names: PartyNames,
        data: QueryDict | None = None,
        do: str = "",
    ) -> None:
        """`start`: what it shows first; `data`: what was posted. `parties`: co-makers by name.

        `do`: what the address asks for where no button was pressed.
        """
        self.parties, self.names, self.start = list(parties), names, start
        self.do = (data.get("do") or do or PROPOSE) if data is not None else ""
        if data is not None and self.do.startswith(f"{ASK}:"):
            data, self.do = self._asked(data), TRY
        # What only changes the form is shown without errors; what is read is bound.
        self.is_read = self.do in (PROPOSE, READ, TRY)
        if data is None:
            self._show(start)
        elif self.is_read:
            self._bind(data)
        else:
            self._change(data)

    def _show(self, start: CharterContent) -> None:
        rows = [{"key": c.key, "zh": c.zh, "en": c.en, "value": c.value} for c in start.clauses]
        self.form = CharterForm(initial=CharterForm.start(start))
        self.clauses = ClauseForms(initial=rows, prefix="clause")
        table = weights.rows_of(start.weights, start.weight_sources)
        self.weights = WeightEditor(parties=self.parties, rows=table)
        choices = self._choices()
        self.rules = [
            RuleEditor.of_rule(name, start.rules.get(name), choices=choices) for name in CLASSES
        ]
        self.trial = TrialForm(parties=self.parties, classes=CLASSES)

    def _bind(self, data: QueryDict) -> None:
        self.form = CharterForm(data)
        self.clauses = ClauseForms(data, prefix="clause")
        self.weights = WeightEditor(parties=self.parties, data=data)
        choices = self._choices()
        self.rules = [RuleEditor(name, choices=choices, data=data) for name in CLASSES]
        self.trial = TrialForm(data, parties=self.parties, classes=CLASSES)

    def _change(self, data: QueryDict) -> None:
        """Show what was posted with the change that `do` asks for; no field is judged."""
        act, _colon, where = self.do.partition(":")
        at, _colon, number = where.partition(":")
        line = asked_number(number, default=-1)
        table = weights.raw_rows(data, parties=self.parties)
        rows = {name: rules.raw_rows(data, name) for name in CLASSES}
        silences = {name: data.get(f"rule_{name}-silence", "none") for name in CLASSES}
        if at in rows:
            rows[at] = _lines_after(rows[at], act, line)
        if act == "weight_add" and len(table) < MOST_WEIGHTS:
            table.append({})
        if act == "weight_remove" and asked_number(where, default=-1) < len(table):
            del table[asked_number(where, default=len(table)) : asked_number(where, default=0) + 1]
        preset = data.get(f"rule_{at}-preset", "")
        if act == "preset" and at in rows and preset in Preset.values:
            rule = preset_rule(preset, codes=[code for code, _name in self.parties])
            rows[at] = [raw_of(one) for one in lines_of(rule)]
            is_binding = at == ItemClass.BINDING
            silences[at] = SilenceInRule.NONE.value if is_binding else str(rule["silence"])
            known = {row.get("name", "").strip() for row in table}
            table += [
                {"name": one} for one in weights_named(rule["requirements"]) if one not in known
            ]
        self._show_typed(data, rows=rows, table=table, silences=silences)

    def _show_typed(
        self,
        data: QueryDict,
        *,
        rows: Mapping[str, list[dict[str, Any]]],
        table: list[dict[str, Any]],
        silences: Mapping[str, str],
    ) -> None:
        bound = CharterForm(data)
        self.form = CharterForm(initial={name: bound[name].value() for name in bound.fields})
        typed = ClauseForms(data, prefix="clause")
        self.clauses = ClauseForms(
            initial=[{name: form[name].value() for name in form.fields} for form in typed.forms],
            prefix="clause",
        )
        self.clauses.extra = 0
        self.weights = WeightEditor(parties=self.parties, rows=table)
        choices = self._choices()
        self.rules = [
            RuleEditor(name, choices=choices, rows=rows[name], silence=silences[name])
            for name in CLASSES
        ]
        trial = TrialForm(data, parties=self.parties, classes=CLASSES)
        self.trial = TrialForm(
            initial={name: trial[name].value() for name in trial.fields},
            parties=self.parties,
            classes=CLASSES,
        )

    def _asked(self, data: QueryDict) -> QueryDict:
        """What was posted, with the case of the quick question that was pressed."""
        chosen = data.get("try-item_class", ItemClass.BINDING.value)
        codes = sorted(code for code, _name in self.parties)
        kind = self.do.partition(":")[2]
        found = data.copy()
        for question in questions(codes, item_class=chosen):
            if question.kind == kind:
                found.pop("try-is_open", None)
                for name, said in as_posted(question.trial).items():
                    found[name] = said
        return found

    def _choices(self) -> Choices:
        return Choices(parties=self.parties, weights=self.weights.names(), names=self.names)

    def is_valid(self) -> bool:
        """Whether all forms say a charter; every error stands in its place."""
        return all(
            [
                self.form.is_valid(),
                self.clauses.is_valid(),
                self.weights.is_valid(),
                *[rule.is_valid() for rule in self.rules],
            ]
        )

    def has_errors(self) -> bool:
        """Whether anything posted was found wrong; nothing is judged that was not read."""
        if not self.is_read:
            return False
        lines = [line for rule in self.rules for line in rule.lines]
        parts: list[Any] = [self.form, self.weights, *self.weights.forms, *self.rules, *lines]
        heads = [rule.head for rule in self.rules]
        return bool(self.clauses.total_error_count()) or any(one.errors for one in [*parts, *heads])

    def content(self) -> CharterContent:
        """What a valid editor says."""
        made = {rule.item_class: rule.rule() for rule in self.rules}
        found = {name: rule for name, rule in made.items() if rule is not None}
        tacit = any(rule["silence"] == SilenceInRule.AGREE for rule in found.values())
        said = SilenceInSignOff.AGREE if tacit else SilenceInSignOff.NONE
        values: dict[str, Any] = self.form.values()
        return CharterContent(
            rules=found,
            silence_in_sign_off=said.value,
            clauses=tuple(self.clauses.clauses()),
            weights=self.weights.weights(),
            weight_sources=self.weights.sources(),
            **values,
        )

    def put(self, error: Invalid) -> None:
        """Show what the act refused in the place it belongs to."""
        by_rule = {f"rule_{rule.item_class}": rule for rule in self.rules}
        for key, text in error.errors.items():
            if key in by_rule:
                by_rule[key].errors.append(text)
            elif key in ("weights", "weight_sources"):
                self.weights.errors.append(text)
            else:
                self.form.add_error(key if key in self.form.fields else None, str(text))


def _lines_after(rows: list[dict[str, Any]], act: str, line: int) -> list[dict[str, Any]]:
    """The lines after one was added, put into a group, or removed (a group with what it holds)."""
    if act == "remove" and 0 <= line < len(rows):
        end = line + 1
        is_group = rows[line]["kind"] in rules.GROUPS and not rows[line]["is_inside"]
        while is_group and end < len(rows) and rows[end]["is_inside"]:
            end += 1
        return rows[:line] + rows[end:]
    if len(rows) >= MOST_LINES:
        return rows
    if act == "add":
        return [*rows, new_row()]
    if act == "inside" and 0 <= line < len(rows):
        end = line + 1
        while end < len(rows) and rows[end]["is_inside"]:
            end += 1
        return [*rows[:end], new_row(is_inside=True), *rows[end:]]
    return rows
