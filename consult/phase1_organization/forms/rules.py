"""The composer of a rule: one form per line, and the lines of one class of items together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from consult.ballots.enums import PositionValue
from consult.phase1_organization.clauses import weight_name
from consult.phase1_organization.composing import (
    COUNTS,
    KEPT,
    SHARES,
    Line,
    ShareError,
    kept_requirement,
    lines_of,
    read_share,
    rule_of,
)
from consult.phase1_organization.content import PLAIN_WEIGHT
from consult.phase1_organization.enums import (
    GROUPS,
    LATER_CLASSES,
    ItemClass,
    Preset,
    RequirementKind,
    SilenceInRule,
)
from consult.phase1_organization.sentences import (
    PartyNames,
    Sentence,
    requirement_sentence,
    rule_sentence,
)
from stakeholders.terms.asked import asked_number

MOST_LINES = 40
LARGEST_COUNT = 1000
MULTIPLE = ("of", "over", "by")
FLAGS = ("is_inside", "is_strict")
SINGLE = ("kind", "base", "bound", "weight", "kept")
SHARE_FIELDS = ("of", "bound", "is_strict", "base", "weight", "over")
REQUIRED = {"of", "by", "bound"}
# Which fields a kind shows, in their order.
FIELDS: Mapping[str, Sequence[str]] = {
    **dict.fromkeys(SHARES, SHARE_FIELDS),
    **dict.fromkeys(COUNTS, ("of", "bound", "is_strict")),
    "no_veto": ("by", "of"),
}
CLASSES = tuple(ItemClass.values)
WHOLE, SPOKEN = "electorate", "values"
PROBLEMS = {
    "unreadable": _("Give a share like 2/3, 65 % or 0.65."),
    "zero": _("A share has no denominator of nothing."),
    "range": _("A share lies between 0 and 1 (100 %)."),
}
SHOW_FIELDS = {
    "hx-post": "?do=show",
    "hx-trigger": "change",
    "hx-target": "#composer",
    "hx-select": "#composer",
    "hx-swap": "outerHTML",
}
Raw = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What a line may name: co-makers (code, name), names of weights; and what parties are called."""

    parties: Sequence[tuple[str, str]]
    weights: Sequence[str]
    names: PartyNames

    def of_weights(self) -> list[tuple[str, Any]]:
        plain = [("", _("Each party counts once")), (PLAIN_WEIGHT, _("Weight in the plan"))]
        return [*plain, *((name, weight_name(name)) for name in self.weights if name)]


class Chosen(forms.ChoiceField):
    """A choice that always has a value on its page; left out of what is posted, it has its first."""

    def validate(self, value: str) -> None:
        if value:
            super().validate(value)


class LineForm(forms.Form):
    """One requirement. Its kind says which of the fields are read."""

    kind = forms.ChoiceField(
        label=_("Requirement"),
        choices=RequirementKind.choices,
        error_messages={"required": _("Choose what is required.")},
    )
    is_inside = forms.BooleanField(label=_("Belongs to the group above"), required=False)
    of = forms.MultipleChoiceField(
        label=_("Positions that count"),
        choices=PositionValue.choices,
        required=False,
        error_messages={"required": _("Choose at least one position.")},
        widget=forms.CheckboxSelectMultiple,
    )
    by = forms.MultipleChoiceField(
        label=_("Parties that hold the veto"),
        required=False,
        error_messages={"required": _("Name the parties that hold the veto.")},
        widget=forms.CheckboxSelectMultiple,
    )
    bound = forms.CharField(label=_("How much"), max_length=40, required=False)
    is_strict = forms.BooleanField(label=_("More (or less) than that, not equal"), required=False)
    base = Chosen(
        label=_("Counted over"),
        choices=[
            (WHOLE, _("All the parties it concerns")),
            (SPOKEN, _("The parties that took one of these positions")),
        ],
    )
    over = forms.MultipleChoiceField(
        label=_("Positions counted over"),
        choices=PositionValue.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    weight = Chosen(label=_("Weighed by"))
    kept = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: object, choices: Choices, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.choices = choices
        kind = self["kind"].value()
        self.kind = kind if kind in RequirementKind.values or kind == KEPT else "no_block"
        weight = self["weight"].value()
        known = choices.of_weights()
        if weight and weight not in dict(known):
            known.append((weight, weight))
        named = [(code, code) for code in self["by"].value() or [] if code not in choices.names]
        self.fields["by"].choices = [*choices.parties, *named]
        self.fields["weight"].choices = known
        # Another kind has other fields; without a script the button beside shows them.
        for name in ("kind", "base"):
            self.fields[name].widget.attrs.update(SHOW_FIELDS)
        for name in REQUIRED & set(FIELDS.get(self.kind, ())):
            self.fields[name].required = True
        if self.kind == KEPT:
            self.fields["kind"].choices = [(KEPT, _("Kept as it is"))]
            self.fields["kind"].widget = forms.HiddenInput()
        if self.kind in COUNTS:
            self.fields["bound"].label = _("How many parties")
        elif self.kind in SHARES:
            self.fields["bound"].label = _("Share asked for")
            self.fields["bound"].help_text = _("Like 2/3 or 65 %. It is read exactly.")

    def shown(self) -> list[forms.BoundField]:
        """The fields that this kind reads; values counted over only where they are asked for."""
        is_partial = self["base"].value() == SPOKEN
        names = [one for one in FIELDS.get(self.kind, ()) if one != "over" or is_partial]
        return [self[name] for name in names]

    @property
    def is_group(self) -> bool:
        return self.kind in GROUPS

    @property
    def is_kept(self) -> bool:
        return self.kind == KEPT

    @property
    def stands_inside(self) -> bool:
        return bool(self["is_inside"].value())

    def sentence(self) -> dict[str, str]:
        """The sentence of a requirement that is kept as it came."""
        said = requirement_sentence(kept_requirement(str(self["kept"].value())), self.choices.names)
        return {"text_zh": said["zh"], "text_en": said["en"]}

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        kind = data.get("kind")
        if kind == KEPT and not kept_requirement(data.get("kept", "")):
            self.add_error("kind", _("What was kept can no longer be read: remove it."))
        if kind in SHARES and data.get("base") == SPOKEN and not data.get("over"):
            self.add_error("over", _("Choose at least one position."))
        if "bound" not in self.errors and kind in SHARES | COUNTS:
            self._read_bound(str(kind), data)
        return data

    def _read_bound(self, kind: str, data: dict[str, Any]) -> None:
        typed = data.get("bound", "")
        if kind in COUNTS:
            number = asked_number(typed, default=-1)
            if not 0 <= number <= LARGEST_COUNT:
                self.add_error("bound", _("Give a whole number."))
            data["bound"] = str(number)
            return
        try:
            data["bound"] = read_share(typed)
        except ShareError as error:
            self.add_error("bound", PROBLEMS[str(error)])

    def line(self) -> Line:
        """The line of a valid form; only what its kind reads."""
        data, kind = self.cleaned_data, self.cleaned_data["kind"]
        fields = FIELDS.get(kind, ())
        is_partial = "over" in fields and data["base"] == SPOKEN
        return Line(
            kind=kind,
            is_inside=data["is_inside"],
            of=tuple(data["of"]) if "of" in fields else (),
            over=tuple(data["over"]) if is_partial else (),
            bound=data["bound"] if "bound" in fields else "",
            is_strict=data["is_strict"] if "is_strict" in fields else False,
            weight=data["weight"] if "weight" in fields else "",
            by=tuple(data["by"]) if "by" in fields else (),
            kept=data["kept"] if kind == KEPT else "",
        )


class HeadForm(forms.Form):
    """What a rule says besides its requirements, and the rule to start from."""

    silence = forms.ChoiceField(
        label=_("A party that says nothing until the close holds"), choices=SilenceInRule.choices
    )
    preset = forms.ChoiceField(
        label=_("Start from"), choices=[("", "—"), *Preset.choices], required=False
    )

    def __init__(self, *args: object, item_class: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.item_class = item_class
        if item_class == ItemClass.BINDING:
            offered = [one for one in Preset.choices if one[0] != Preset.SILENCE]
            self.fields["preset"].choices = [("", "—"), *offered]

    def clean_silence(self) -> str:
        silence = str(self.cleaned_data["silence"])
        if self.item_class == ItemClass.BINDING and silence != SilenceInRule.NONE:
            raise forms.ValidationError(
                _("Silence never binds on binding text: a silent party has not spoken.")
            )
        return silence


class RuleEditor:
    """The rule of one class as forms. Without lines a later class has no rule of its own."""

    def __init__(
        self,
        item_class: str,
        *,
        choices: Choices,
        data: QueryDict | None = None,
        rows: Sequence[Raw] = (),
        silence: str = "none",
    ) -> None:
        """`data`: bound to what was posted; else showing `rows` and `silence`, without errors."""
        self.item_class, self.choices, self.is_bound = item_class, choices, data is not None
        self.prefix = f"rule_{item_class}"
        self.label = ItemClass(item_class).label
        self.is_optional = item_class in LATER_CLASSES
        self.errors: list[Any] = []
        self.verdict: bool | None = None
        if data is not None:
            rows = raw_rows(data, item_class)
        self.head = HeadForm(
            data, prefix=self.prefix, item_class=item_class, initial={"silence": silence}
        )
        self.lines = [
            LineForm(
                data,
                prefix=f"{self.prefix}-{number}",
                choices=choices,
                initial=row,
            )
            for number, row in enumerate(rows)
        ]

    @classmethod
    def of_rule(
        cls, item_class: str, rule: Mapping[str, object] | None, *, choices: Choices
    ) -> "RuleEditor":
        rows = [raw_of(line) for line in lines_of(rule)] if rule else []
        silence = str((rule or {}).get("silence", "none"))
        return cls(item_class, choices=choices, rows=rows, silence=silence)

    def is_valid(self) -> bool:
        """Whether the lines make a rule; each error stands at its line, or at the rule."""
        if self.verdict is None:
            self.verdict = self._judge()
        return self.verdict

    def _judge(self) -> bool:
        is_sound = all([self.head.is_valid(), *(line.is_valid() for line in self.lines)])
        if not self.lines and not self.is_optional:
            self.errors.append(_("Give at least one requirement."))
        return is_sound and self._groups_stand() and not self.errors

    def _groups_stand(self) -> bool:
        """Each line inside follows its group, each group has a line."""
        group: LineForm | None = None
        found = True
        for line in self.lines:
            if line.stands_inside and line.is_group:
                line.add_error("is_inside", _("A group stands in no other group here."))
                found = False
            elif line.stands_inside and group is None:
                line.add_error("is_inside", _("There is no group above this line."))
                found = False
            if not line.stands_inside:
                group = line if line.is_group else None
        for line, following in zip_longest(self.lines, self.lines[1:]):
            if line and line.is_group and not (following and following.stands_inside):
                line.add_error("kind", _("A group holds at least one requirement."))
                found = False
        return found

    def rule(self) -> dict[str, object] | None:
        """The rule of a valid editor; None where the class has none of its own."""
        if not self.lines:
            return None
        lines = [line.line() for line in self.lines]
        return rule_of(lines, silence=self.head.cleaned_data["silence"])

    def sentence(self, rule: Mapping[str, object]) -> Sentence:
        return rule_sentence(rule, self.choices.names)


def raw_rows(data: QueryDict, item_class: str) -> list[Raw]:
    """The lines of one class as they were posted, whatever stands in them."""
    prefix = f"rule_{item_class}"
    total = min(asked_number(data.get(f"{prefix}-TOTAL", "0"), default=0), MOST_LINES)
    rows = []
    for number in range(total):
        at = f"{prefix}-{number}-"
        row: Raw = {name: data.get(f"{at}{name}", "") for name in SINGLE}
        row.update({name: data.getlist(f"{at}{name}") for name in MULTIPLE})
        row.update({name: bool(data.get(f"{at}{name}")) for name in FLAGS})
        rows.append(row)
    return rows


def raw_of(line: Line) -> Raw:
    """A line as its form shows it."""
    return {
        "kind": line.kind,
        "is_inside": line.is_inside,
        "of": list(line.of),
        "base": SPOKEN if line.over else WHOLE,
        "over": list(line.over),
        "bound": line.bound,
        "is_strict": line.is_strict,
        "weight": line.weight,
        "by": list(line.by),
        "kept": line.kept,
    }


def new_row(*, is_inside: bool = False) -> Raw:
    """An empty line to fill in: the requirement most rules begin with."""
    of = ("agree", "agree_reserved")
    return raw_of(Line(kind="min_share", of=of, bound="2/3", is_inside=is_inside))
