"""Forms of the working draft."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from plans.register.enums import JOINT_OFFICE, Competence
from plans.text.enums import (
    EDITORIAL,
    PROVISION_STRENGTHS,
    Classification,
    Demand,
    Function,
    Pillar,
    Theme,
)
from plans.text.models import Chapter
from plans.text.wording import LIMIT, TITLE_LIMIT, WRITTEN, Wording

NONE: list[tuple[str, Any]] = [("", "–")]
LANGUAGES = {"_zh": "zh-Hans", "_en": "en"}


class WrittenField(forms.CharField):
    """A text in Markdown. No browser cuts it off at its limit: all of it comes back to be cut by
    who wrote it. What characters it may hold is said by the wording itself."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 12}), max_length=LIMIT, **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {k: v for k, v in super().widget_attrs(widget).items() if k != "maxlength"}

    def to_python(self, value: Any) -> str:
        """Browsers end lines with two characters; a text is the same whichever wrote it."""
        return str(super().to_python(value)).replace("\r\n", "\n")


class ChapterForm(forms.Form):
    title_zh = forms.CharField(label=_("Title (Chinese)"), max_length=200)
    title_en = forms.CharField(label=_("Title (English)"), max_length=300, required=False)
    key = forms.SlugField(
        label=_("Key"), max_length=60, help_text=_("Letters, digits and hyphens; it stays.")
    )
    drafting = forms.MultipleChoiceField(
        label=_("Drafted by"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, parties: Mapping[str, object], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["drafting"].choices = [(c, str(n)) for c, n in parties.items()]


class ChapterEditForm(ChapterForm):
    """A chapter that stands already keeps its key."""

    key = None  # type: ignore[assignment] # how Django leaves a field out


class ProvisionForm(forms.Form):
    """A wording. `units` is code -> name of everybody who can be named as concerned."""

    edits = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title_zh = forms.CharField(label=_("Title (Chinese)"), max_length=TITLE_LIMIT)
    title_en = forms.CharField(label=_("Title (English)"), max_length=TITLE_LIMIT, required=False)
    text_zh = WrittenField(label=_("Text (Chinese)"))
    text_en = WrittenField(label=_("Text (English)"), required=False)
    strength = forms.ChoiceField(
        label=_("Strength"), choices=[(s.value, s.label) for s in PROVISION_STRENGTHS]
    )
    competence = forms.ChoiceField(
        label=_("Level that may decide"), choices=Competence.choices, initial=Competence.COUNTY
    )
    theme = forms.ChoiceField(label=_("Theme"), choices=[*NONE, *Theme.choices], required=False)
    function = forms.ChoiceField(
        label=_("Function"), choices=[*NONE, *Function.choices], required=False
    )
    pillar = forms.ChoiceField(label=_("Pillar"), choices=[*NONE, *Pillar.choices], required=False)
    demand = forms.MultipleChoiceField(
        label=_("Demand it serves"),
        choices=Demand.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    concerned = forms.MultipleChoiceField(
        label=_("Concerned"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Without a choice all co-making parties are concerned."),
    )
    lead = forms.CharField(
        label=_("Lead unit"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"list": "lead-units"}),
    )
    due = forms.CharField(
        label=_("To be done until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    evidence = forms.CharField(
        label=_("Evidence that it is done"),
        max_length=300,
        required=False,
    )
    links = forms.CharField(
        label=_("Related items"),
        max_length=500,
        required=False,
        help_text=_("Keys of other items, separated by blanks."),
    )
    classification = forms.ChoiceField(
        label=_("Openness"),
        choices=Classification.choices,
        initial=Classification.OPEN,
        help_text=_("A text classified by law must not be entered here at all."),
    )
    is_given = forms.BooleanField(label=_("Given by a higher authority"), required=False)
    given_source = forms.CharField(
        label=_("Document that hands it down"), max_length=200, required=False
    )
    change_claim = forms.BooleanField(
        label=_("This change is editorial only"),
        required=False,
        help_text=_("Refused when a number, a negation, a modal word or a name changes."),
    )

    def __init__(self, *args: Any, units: Mapping[str, object], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["concerned"].choices = [(c, str(n)) for c, n in units.items()]
        self.leads = {
            JOINT_OFFICE: gettext("Joint office"),
            **{c: str(n) for c, n in units.items()},
        }
        lead = self.initial.get("lead")
        self.initial["lead"] = self.leads.get(str(lead), lead)
        for name, field in self.fields.items():
            if name[-3:] in LANGUAGES:
                field.widget.attrs["lang"] = LANGUAGES[name[-3:]]
            if name in WRITTEN:
                field.validators = [v for v in field.validators if not _is_of_characters(v)]

    def clean_lead(self) -> str:
        """The code of a unit the plan knows, or the name as it was typed."""
        typed = str(self.cleaned_data["lead"])
        codes = {name: code for code, name in self.leads.items()}
        return codes.get(typed, typed)

    def wording(self) -> Wording:
        values = dict(self.cleaned_data)
        values.pop("edits")
        for name in ("demand", "concerned"):
            values[name] = tuple(values[name])
        values["links"] = tuple(values["links"].split())
        values["change_claim"] = EDITORIAL if values["change_claim"] else ""
        values.pop("key", None)
        return Wording(**values)


class NewProvisionForm(ProvisionForm):
    key = forms.SlugField(
        label=_("Key"),
        max_length=60,
        required=False,
        help_text=_("Its lasting name in addresses; made for you when left empty."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A provision nobody has published cannot change editorially.
        self.fields["change_claim"].widget = forms.HiddenInput()


class MoveForm(forms.Form):
    chapter = forms.ChoiceField(label=_("Chapter"))
    position = forms.IntegerField(
        label=_("Position in the chapter"),
        min_value=1,
        required=False,
        help_text=_("At the end when left empty."),
    )

    def __init__(self, *args: Any, chapters: list[Chapter], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chapter"].choices = [(c.key, str(c)) for c in chapters]


def _is_of_characters(validator: object) -> bool:
    """Django's own word on null characters names neither the character nor its place."""
    return isinstance(validator, ProhibitNullCharactersValidator)


def initial_of(wording: Wording, *, edits: int) -> dict[str, object]:
    """What ProvisionForm shows for a wording read as save number `edits`."""
    values: dict[str, object] = {
        name: getattr(wording, name) for name in ProvisionForm.base_fields if name != "edits"
    }
    return {
        **values,
        "edits": edits,
        "links": " ".join(wording.links),
        "change_claim": wording.change_claim == EDITORIAL,
    }
