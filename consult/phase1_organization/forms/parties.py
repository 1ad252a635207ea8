"""Input of inviting and answering: shape only."""

from django import forms
from django.utils.translation import gettext_lazy as _

from consult.ballots.forms import DateInput, LetterForm, closing
from consult.phase1_organization.enums import Answer
from consult.phase1_organization.steps import Asking, Reply
from plans.register.enums import PartyRole
from stakeholders.files.enums import LETTERS
from stakeholders.files.forms import StoredFileField, StoresFiles
from stakeholders.jurisdictions.models import Jurisdiction


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
