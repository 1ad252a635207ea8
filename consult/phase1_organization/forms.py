"""Input of the joint organization's acts: shape only."""

from django import forms
from django.utils.translation import gettext_lazy as _

from consult.ballots.forms import DateInput, LetterForm, closing
from consult.phase1_organization.content import (
    DAYS_TO_CONFIRM,
    MOST_CLAUSES,
    SHARES,
    CharterContent,
    Clause,
    Rung,
    blocks_in,
    share_of,
    share_rule,
)
from consult.phase1_organization.enums import (
    LATER_CLASSES,
    Answer,
    ItemClass,
    LadderLevel,
    Override,
    SilenceInRound,
    SilenceInSignOff,
    TwoPersonAct,
)
from consult.phase1_organization.steps import Asking, Reply
from plans.register.enums import PartyRole
from stakeholders.files.enums import LETTERS
from stakeholders.files.forms import StoredFileField, StoresFiles
from stakeholders.jurisdictions.models import Jurisdiction

SHARE_CHOICES = [
    ("all", _("All parties concerned")),
    ("3/4", _("At least three quarters")),
    ("2/3", _("At least two thirds")),
    ("more_than_half", _("More than half")),
]
NEW_CLAUSES = 3
CLASSES = [name for name in ItemClass.values if name not in LATER_CLASSES]


class InviteForm(forms.Form):
    suggested = forms.MultipleChoiceField(
        label=_("Suggested: across a border of a co-making party, or above one"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    others = forms.CharField(
        label=_("Other jurisdictions"),
        help_text=_("One per line: the six-digit code or the full Chinese name."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    role = forms.ChoiceField(label=_("Role"), choices=PartyRole.choices)
    must_sign = forms.BooleanField(
        label=_("Must sign"),
        help_text=_("The plan does not pass without this party."),
        required=False,
    )
    weight = forms.DecimalField(
        label=_("Weight"),
        help_text=_("Counts only where a rule of the charter weighs parties."),
        max_digits=9,
        decimal_places=3,
        initial=1,
    )
    answer_by = forms.DateField(
        label=_("Answer by"),
        help_text=_("The time to answer ends at 17:00 on this day."),
        widget=DateInput,
    )
    message = forms.CharField(
        label=_("Message"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: object, units: list[Jurisdiction], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["suggested"].choices = [(u.pk, f"{u} ({u.pk})") for u in units]
        if not units:
            del self.fields["suggested"]

    def clean_others(self) -> list[str]:
        """Codes of the units named, by code or name; one query for all lines."""
        lines = [line.strip() for line in self.cleaned_data["others"].splitlines() if line.strip()]
        found: dict[str, set[str]] = {}
        by_name = Jurisdiction.objects.filter(name_zh__in=lines)
        units = (by_name | Jurisdiction.objects.filter(pk__in=lines)).values_list("pk", "name_zh")
        for code, name in units:
            found.setdefault(code, set()).add(code)
            found.setdefault(name, set()).add(code)
        unclear = [line for line in lines if len(found.get(line, ())) != 1]
        if unclear:
            raise forms.ValidationError(
                _("Unknown, or several units of this name (give the code): %(names)s"),
                params={"names": "、".join(unclear)},
            )
        return [next(iter(found[line])) for line in lines]

    def askings(self) -> list[Asking]:
        data = self.cleaned_data
        return [
            Asking(
                code=code,
                role=data["role"],
                answer_by=closing(data["answer_by"]),
                must_sign=data["must_sign"],
                weight=str(data["weight"]),
                message=data["message"],
            )
            for code in dict.fromkeys([*data.get("suggested", []), *data["others"]])
        ]


class AnswerForm(StoresFiles, LetterForm):
    answer = forms.ChoiceField(
        label=_("Your answer"), choices=Answer.choices, widget=forms.RadioSelect
    )
    role_asked = forms.ChoiceField(
        label=_("Role asked for"),
        help_text=_("Only with “Ask for another role”."),
        required=False,
    )
    text = forms.CharField(
        label=_("Conditions or reason"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    letter_file = StoredFileField(label=_("The letter itself"), kinds=LETTERS, required=False)
    field_order = [
        "answer",
        "role_asked",
        "text",
        "letter_number",
        "letter_on",
        "issuer",
        "letter_file",
    ]

    def __init__(self, *args: object, role: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        offered = [c for c in PartyRole.choices if c[0] not in (role, PartyRole.CONVENOR)]
        self.fields["role_asked"].choices = [("", "—"), *offered]

    def reply(self) -> Reply:
        return Reply(**self.cleaned_data)


class CharterForm(forms.Form):
    """The structured part of a charter. Rules of other forms come through the API."""

    note = forms.CharField(
        label=_("What changed since the last charter"), max_length=300, required=False
    )
    share_binding = forms.ChoiceField(label=_("Binding provisions"), choices=SHARE_CHOICES)
    blocks_binding = forms.BooleanField(label=_("An objection blocks"), required=False)
    share_guiding = forms.ChoiceField(label=_("Guiding provisions"), choices=SHARE_CHOICES)
    blocks_guiding = forms.BooleanField(label=_("An objection blocks"), required=False)
    share_indicator = forms.ChoiceField(label=_("Indicators"), choices=SHARE_CHOICES)
    blocks_indicator = forms.BooleanField(label=_("An objection blocks"), required=False)
    silence_in_round = forms.ChoiceField(
        label=_("No reply in a comment round"), choices=SilenceInRound.choices
    )
    silence_in_sign_off = forms.ChoiceField(
        label=_("No position in the sign-off"), choices=SilenceInSignOff.choices
    )
    round_days = forms.IntegerField(label=_("Length of a round, in working days"), min_value=1)
    urgent_round_days = forms.IntegerField(
        label=_("Length of an urgent round, in working days"), min_value=1
    )
    confirmation_days = forms.IntegerField(
        label=_("Time to confirm an act entered for a party, in working days"),
        min_value=1,
        initial=DAYS_TO_CONFIRM,
    )
    ladder_working = forms.IntegerField(
        label=_("Working level, in working days"), min_value=1, required=False
    )
    seat_zh_working = forms.CharField(
        label=_("Working level: who sits there (Chinese)"), max_length=200, required=False
    )
    seat_en_working = forms.CharField(
        label=_("Working level: who sits there (English)"), max_length=200, required=False
    )
    ladder_department = forms.IntegerField(
        label=_("Department level, in working days"), min_value=1, required=False
    )
    seat_zh_department = forms.CharField(
        label=_("Department level: who sits there (Chinese)"), max_length=200, required=False
    )
    seat_en_department = forms.CharField(
        label=_("Department level: who sits there (English)"), max_length=200, required=False
    )
    ladder_government = forms.IntegerField(
        label=_("Government level, in working days"), min_value=1, required=False
    )
    seat_zh_government = forms.CharField(
        label=_("Government level: who sits there (Chinese)"), max_length=200, required=False
    )
    seat_en_government = forms.CharField(
        label=_("Government level: who sits there (English)"), max_length=200, required=False
    )
    two_person = forms.MultipleChoiceField(
        label=_("Acts that need two persons"),
        choices=TwoPersonAct.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    override = forms.ChoiceField(label=_("Override"), choices=Override.choices)
    partial_adoption = forms.BooleanField(
        label=_("Agreed items may be adopted first"), required=False
    )

    GROUPS = (
        (
            _("Rule per class of items"),
            [f"{a}_{c}" for c in CLASSES for a in ("share", "blocks")],
        ),
        (_("Silence"), ["silence_in_round", "silence_in_sign_off"]),
        (_("Lengths"), ["round_days", "urgent_round_days", "confirmation_days"]),
        (
            _("Escalation ladder"),
            [f"{a}_{n}" for n in LadderLevel.values for a in ("ladder", "seat_zh", "seat_en")],
        ),
        (_("Safeguards"), ["two_person", "override", "partial_adoption"]),
    )

    @classmethod
    def start(cls, content: CharterContent) -> dict[str, object]:
        """The initial values that show `content`."""
        values: dict[str, object] = {
            key: getattr(content, key)
            for key in (
                "silence_in_round",
                "silence_in_sign_off",
                "round_days",
                "urgent_round_days",
                "two_person",
                "override",
                "partial_adoption",
            )
        }
        values["confirmation_days"] = content.days_to_confirm
        for name in CLASSES:
            values[f"share_{name}"] = share_of(content.rules[name])
            values[f"blocks_{name}"] = blocks_in(content.rules[name])
        for level in LadderLevel.values:
            values[f"ladder_{level}"] = content.days_at(level)
        for rung in content.ladder:
            values[f"seat_zh_{rung.level}"] = rung.seat_zh
            values[f"seat_en_{rung.level}"] = rung.seat_en
        return values

    def groups(self) -> list[tuple[object, list[forms.BoundField]]]:
        """The fields in their groups, for fieldsets."""
        return [(title, [self[name] for name in names]) for title, names in self.GROUPS]

    def content(self, clauses: list[Clause]) -> CharterContent:
        data = self.cleaned_data
        return CharterContent(
            rules={name: self._rule(name) for name in CLASSES},
            silence_in_round=data["silence_in_round"],
            silence_in_sign_off=data["silence_in_sign_off"],
            round_days=data["round_days"],
            urgent_round_days=data["urgent_round_days"],
            ladder=tuple(
                Rung(
                    level=level,
                    working_days=data[f"ladder_{level}"],
                    seat_zh=data[f"seat_zh_{level}"].strip(),
                    seat_en=data[f"seat_en_{level}"].strip(),
                )
                for level in LadderLevel.values
                if data[f"ladder_{level}"]
            ),
            two_person=tuple(sorted(data["two_person"])),
            override=data["override"],
            partial_adoption=data["partial_adoption"],
            clauses=tuple(clauses),
            confirmation_days=data["confirmation_days"],
        )

    def _rule(self, name: str) -> dict[str, object]:
        data = self.cleaned_data
        share, is_strict = SHARES[data[f"share_{name}"]]
        silence = "none" if name == ItemClass.BINDING else data["silence_in_sign_off"]
        return share_rule(
            share, is_strict=is_strict, blocks=data[f"blocks_{name}"], silence=silence
        )


class ClauseForm(forms.Form):
    key = forms.CharField(label=_("Number"), max_length=12, required=False)
    zh = forms.CharField(
        label=_("Text in Chinese"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    en = forms.CharField(
        label=_("Text in English"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    value = forms.CharField(label=_("Value"), max_length=300, required=False)


class ClauseFormSet(forms.BaseFormSet):
    """Clauses in free words. An emptied row is left out; three empty rows wait at the end."""

    def clauses(self) -> list[Clause]:
        rows = [form.cleaned_data for form in self.forms]
        return [Clause(**row) for row in rows if any(row.values())]


ClauseForms = forms.formset_factory(
    ClauseForm, formset=ClauseFormSet, extra=NEW_CLAUSES, max_num=MOST_CLAUSES, absolute_max=100
)
