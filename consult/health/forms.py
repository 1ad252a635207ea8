"""Forms of a health check. Each hands its values over as the act takes them."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consult.ballots.forms import DateInput, SeenField
from consult.health.enums import ReviewDecision
from consult.health.models import BorderItem
from consult.health.sections import SECTIONS
from consult.health.steps import Border, Found
from stakeholders.files.forms import StoredFileField, StoresFiles
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.templatetags.in_language import in_language

MOST = 20_000
Units = Sequence[Jurisdiction]


def _choices(units: Units) -> list[tuple[str, str]]:
    return [(unit.code, str(unit)) for unit in units]


def _words(label: Any, *, rows: int = 0, most: int = MOST, required: bool = False) -> Any:
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(label=label, widget=widget, max_length=most, required=required)


class OpenCheckForm(forms.Form):
    """A check of a kind: its year, its day, and per section who fills it in."""

    year = forms.IntegerField(label=_("Year looked back on"), min_value=1900, max_value=2200)
    due_on = forms.DateField(
        label=_("Parts due on"),
        help_text=_("Parts are filled in and figures stated until 17:00 of this day."),
        widget=DateInput,
    )
    takes_last = forms.BooleanField(
        label=_("Take the border items of the last check"), required=False, initial=True
    )

    def __init__(
        self, *args: Any, kind: str, units: Units, has_last: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.keys = [one.key for one in SECTIONS[kind]]
        if not has_last:
            del self.fields["takes_last"]
        for one in SECTIONS[kind]:
            self.fields[one.key] = forms.MultipleChoiceField(
                label=in_language(one, "title"),
                help_text=in_language(one, "asks"),
                choices=_choices(units),
                initial=[unit.code for unit in units],
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )

    def arguments(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "year": data["year"],
            "due_on": data["due_on"],
            "takes_last": bool(data.get("takes_last")),
            "sections": {key: data[key] for key in self.keys},
        }


class BorderForm(forms.Form):
    title_zh = _words(_("What is read (Chinese)"), most=200)
    title_en = _words(_("What is read (English)"), most=300)
    unit_zh = _words(_("Unit (Chinese)"), most=60)
    unit_en = _words(_("Unit (English)"), most=60)
    owner = forms.ChoiceField(label=_("Owner of the figure"))
    reader = forms.ChoiceField(
        label=_("Read again by"),
        help_text=_("A neighbour, or another party. It does not see the owner’s figure before."),
    )
    tolerance = forms.DecimalField(
        label=_("Tolerance"),
        help_text=_("How far apart the two figures may lie and still agree. 0: not at all."),
        initial=0,
        required=False,
    )

    def __init__(self, *args: Any, units: Units, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = _choices(units)
        self.fields["reader"].choices = _choices(units)

    def border(self) -> Border:
        data = self.cleaned_data
        return Border(**{**data, "tolerance": data["tolerance"] or Decimal(0)})


class SectionForm(StoresFiles):
    """A party's text in a section."""

    jurisdiction = forms.ChoiceField(
        label=pgettext_lazy("health check", "For"), help_text=_("On whose behalf you enter it.")
    )
    text_zh = _words(_("Text (Chinese)"), rows=8)
    text_en = _words(_("Text (English)"), rows=6)
    file = StoredFileField(
        label=_("File"),
        help_text=_("A paper that belongs to it. Whoever enters it for a party needs its letter."),
        required=False,
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, units: Units, is_office: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["jurisdiction"]
        field.choices = _choices(units)
        if not is_office:
            field.widget, field.help_text = forms.HiddenInput(), ""

    def arguments(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "jurisdiction": data["jurisdiction"],
            "texts": {"zh": data["text_zh"], "en": data["text_en"]},
            "file": data["file"],
            "seen": data["seen"],
        }


class FigureForm(StoresFiles):
    jurisdiction = forms.ChoiceField(
        label=pgettext_lazy("health check", "For"), help_text=_("On whose behalf you enter it.")
    )
    value = forms.DecimalField(label=_("Figure"))
    source = _words(_("Source"), most=200, required=True)
    note = _words(_("Note"), rows=3)
    file = StoredFileField(
        label=_("File"),
        help_text=_("A paper that belongs to it. Whoever enters it for a party needs its letter."),
        required=False,
    )

    def __init__(self, *args: Any, units: Units, is_office: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["jurisdiction"]
        field.choices = _choices(units)
        if not is_office:
            field.widget, field.help_text = forms.HiddenInput(), ""

    def arguments(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class FindingForm(forms.Form):
    title_zh = _words(_("Title (Chinese)"), most=200)
    title_en = _words(_("Title (English)"), most=300)
    text_zh = _words(_("Text (Chinese)"), rows=5)
    text_en = _words(_("Text (English)"), rows=4)
    codes = forms.MultipleChoiceField(
        label=_("Parties it concerns"), widget=forms.CheckboxSelectMultiple
    )
    item = forms.TypedChoiceField(
        label=_("Border item it comes from"), coerce=int, empty_value=None, required=False
    )

    def __init__(
        self, *args: Any, units: Units, items: Sequence[BorderItem], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["codes"].choices = _choices(units)
        named = [(one.number, f"{one.number} {in_language(one, 'title')}") for one in items]
        self.fields["item"].choices = [("", _("None")), *named]

    def arguments(self) -> dict[str, Any]:
        data = {**self.cleaned_data}
        item = data.pop("item")
        return {"said": Found(**data), "item": item}


class ReviewForm(forms.Form):
    decision = forms.ChoiceField(
        label=_("What becomes of it"),
        choices=[
            (ReviewDecision.KEPT.value, _("It is kept")),
            (ReviewDecision.LIFTED.value, _("It is lifted (by the signatory)")),
        ],
        widget=forms.RadioSelect,
    )
    next_on = forms.DateField(
        label=_("Looked at again on"),
        help_text=_("Needed where it is kept."),
        widget=DateInput,
        required=False,
    )
    text_zh = _words(_("Reason (Chinese)"), rows=3)
    text_en = _words(_("Reason (English)"), rows=3)
    seen = SeenField()  # the wording that a lift agrees with, where it agrees with one

    def arguments(self) -> dict[str, Any]:
        data = self.cleaned_data
        texts: Mapping[str, str] = {"zh": data["text_zh"], "en": data["text_en"]}
        said = {name: data[name] for name in ("decision", "next_on", "seen")}
        return {**said, "texts": texts}


class PublishForm(StoresFiles):
    published_on = forms.DateField(label=_("Published on"), widget=DateInput)
    place = _words(_("Where it can be read"), most=300, required=True)
    file = StoredFileField(label=_("The report as it was published"), required=False)
