"""Input shapes of the pages of joint preparation."""

import uuid
from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from consult.matters.forms import RefusableForm
from consult.matters.models import Matter
from consult.matters.steps import Wording
from consult.phase2_preparation.actions import NewMatter, Opinion
from consult.phase2_preparation.enums import (
    CommentType,
    DispositionOutcome,
    RoundKind,
    Source,
)
from consult.phase2_preparation.lengths import HOUR
from consult.phase2_preparation.steps import Letter, Remark
from stakeholders.files.enums import LETTERS
from stakeholders.files.forms import StoredFileField, StoresFiles
from stakeholders.jurisdictions.models import Jurisdiction


def _day(label: Any, **options: Any) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, widget=widget, **options)


def _hour(**options: Any) -> forms.TimeField:
    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    return forms.TimeField(label=_("Hour"), widget=widget, initial=HOUR, **options)


class OpenRoundForm(RefusableForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=RoundKind.choices)
    closes_on = _day(
        _("Last day"), required=False, help_text=_("Left empty: the length set by the charter.")
    )
    closes_hour = _hour()
    only_changed = forms.BooleanField(
        label=_("Ask only about items changed since the last round"), required=False
    )
    is_sealed = forms.BooleanField(
        label=_("Sealed: until the end nobody sees the comments of others"), required=False
    )
    note = forms.CharField(label=_("Note"), max_length=300, required=False)
    codes = forms.MultipleChoiceField(
        label=_("Invited jurisdictions"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, units: Iterable[Jurisdiction], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(unit.code, str(unit)) for unit in units]
        self.fields["codes"].choices = choices
        self.fields["codes"].initial = [code for code, _name in choices]
        self.fields["closes_hour"].help_text = settings.TIME_ZONE


class ExtendForm(RefusableForm):
    code = forms.ChoiceField(label=_("For"), required=False)
    closes_on = _day(_("New last day"))
    closes_hour = _hour()
    reason = forms.CharField(label=_("Reason"), max_length=300)

    def __init__(self, *args: Any, units: Iterable[Jurisdiction], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(unit.code, str(unit)) for unit in units]
        self.fields["code"].choices = [("", _("All invited jurisdictions")), *named]

    def values(self) -> dict[str, Any]:
        return {**self.cleaned_data, "code": self.cleaned_data["code"] or None}


class CommentForm(RefusableForm):
    key = forms.UUIDField(widget=forms.HiddenInput)
    type = forms.ChoiceField(label=_("Type"), choices=CommentType.choices)
    text_zh = forms.CharField(
        label=_("Comment (Chinese)"), widget=forms.Textarea, required=False, max_length=20_000
    )
    text_en = forms.CharField(
        label=_("Comment (English)"), widget=forms.Textarea, required=False, max_length=20_000
    )
    wording_zh = forms.CharField(
        label=_("Proposed wording (Chinese)"),
        widget=forms.Textarea,
        required=False,
        max_length=20_000,
    )
    wording_en = forms.CharField(
        label=_("Proposed wording (English)"),
        widget=forms.Textarea,
        required=False,
        max_length=20_000,
    )
    share = forms.BooleanField(
        label=_("Hand to the contact point for clearance"), required=False, initial=True
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = uuid.uuid4

    def remark(self) -> Remark:
        names = ("type", "text_zh", "text_en", "wording_zh", "wording_en")
        return Remark(**{name: self.cleaned_data[name] for name in names})


class ReasonForm(RefusableForm):
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea)


class LetterForm(StoresFiles, RefusableForm):
    letter_number = forms.CharField(label=_("Letter number"), max_length=80, required=False)
    letter_on = _day(_("Date of the letter"), required=False)
    issuer = forms.CharField(label=_("Issued by"), max_length=120, required=False)
    letter_file = StoredFileField(label=_("The letter itself"), kinds=LETTERS, required=False)

    def letter(self) -> Letter:
        data = self.cleaned_data
        return Letter(
            number=data["letter_number"],
            on=data["letter_on"],
            issuer=data["issuer"],
            file=data["letter_file"],
        )


class ReplyForm(LetterForm):
    is_nil = forms.BooleanField(widget=forms.HiddenInput, required=False)
    text = forms.CharField(
        label=_("Covering text"), widget=forms.Textarea, required=False, max_length=5_000
    )


class OpinionForm(LetterForm):
    source = forms.ChoiceField(
        label=_("Source"), choices=[c for c in Source.choices if c[0] != Source.PARTY]
    )
    item = forms.ChoiceField(label=_("Article"), required=False)
    type = forms.ChoiceField(label=_("Type"), choices=CommentType.choices)
    text_zh = forms.CharField(
        label=_("Comment (Chinese)"), widget=forms.Textarea, required=False, max_length=20_000
    )
    text_en = forms.CharField(
        label=_("Comment (English)"), widget=forms.Textarea, required=False, max_length=20_000
    )
    field_order = ["source", "item", "type", "text_zh", "text_en"]

    def __init__(self, *args: Any, items: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].choices = [("", _("On the whole")), *items]

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        names = ("type", "text_zh", "text_en")
        remark = Remark(**{name: data[name] for name in names})
        return {
            "source": data["source"],
            "letter": self.letter(),
            "opinions": [Opinion(remark=remark, item_key=data["item"])],
        }


class DispositionForm(RefusableForm):
    outcome = forms.ChoiceField(
        label=_("Outcome"), choices=DispositionOutcome.choices, widget=forms.RadioSelect
    )
    reason_zh = forms.CharField(
        label=_("Reason (Chinese)"),
        widget=forms.Textarea,
        required=False,
        help_text=_("Compulsory for partly adopted and not adopted."),
    )
    reason_en = forms.CharField(label=_("Reason (English)"), widget=forms.Textarea, required=False)
    matter = forms.ChoiceField(
        label=_("Matter"), required=False, help_text=_("Only for “taken up as a matter”.")
    )
    title_zh = forms.CharField(
        label=_("Title of a new matter (Chinese)"), max_length=120, required=False
    )
    title_en = forms.CharField(
        label=_("Title of a new matter (English)"), max_length=200, required=False
    )
    codes = forms.MultipleChoiceField(
        label=_("Jurisdictions of the new matter"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        matters: Iterable[Matter],
        units: Iterable[Jurisdiction],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.matters = {matter.key: matter for matter in matters}
        named = [(key, f"{key} {m.title_zh}") for key, m in self.matters.items()]
        self.fields["matter"].choices = [("", _("None, or a new one")), *named]
        self.fields["codes"].choices = [(unit.code, str(unit)) for unit in units]

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        title = Wording(zh=data["title_zh"], en=data["title_en"])
        new = NewMatter(title=title, codes=tuple(data["codes"])) if title else None
        return {
            "outcome": data["outcome"],
            "reason_zh": data["reason_zh"],
            "reason_en": data["reason_en"],
            "matter": self.matters.get(data["matter"]),
            "new_matter": new,
        }


class AnswerForm(RefusableForm):
    accepts = forms.TypedChoiceField(
        label=_("Answer"),
        choices=[("yes", _("We accept the disposition")), ("no", _("We do not accept it"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    text = forms.CharField(label=_("Text"), widget=forms.Textarea, required=False, max_length=5_000)


class FilterForm(forms.Form):
    text = forms.CharField(
        label=_("Search"),
        required=False,
        widget=forms.TextInput(attrs={"data-search": "", "type": "search"}),
    )
    outcome = forms.ChoiceField(
        label=_("Outcome"), required=False, choices=[("", _("All")), *DispositionOutcome.choices]
    )
    jurisdiction = forms.ChoiceField(label=_("Jurisdiction"), required=False)
    article = forms.CharField(label=_("Article"), required=False, max_length=20)
    item = forms.CharField(widget=forms.HiddenInput, required=False, max_length=60)
    open = forms.BooleanField(label=_("Only open ones"), required=False)

    def __init__(self, *args: Any, units: Iterable[Jurisdiction], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(unit.code, str(unit)) for unit in units]
        self.fields["jurisdiction"].choices = [("", _("All")), *named]

    def chosen(self) -> dict[str, str]:
        """What was asked for; an unknown value is as good as none."""
        self.is_valid()
        chosen = {name: self.cleaned_data.get(name, "") for name in self.fields}
        return {name: str(value) for name, value in chosen.items() if value}


class ExplainForm(RefusableForm):
    comment = forms.ChoiceField(label=_("Comment"), required=False)
    matter = forms.ChoiceField(label=_("Matter"), required=False)
    note = forms.CharField(label=_("Decision"), max_length=300, required=False)

    def __init__(
        self,
        *args: Any,
        dispositions: Iterable[Any],
        matters: Iterable[Matter],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.dispositions = {str(d.comment): d for d in dispositions}
        self.matters = {matter.key: matter for matter in matters}
        self.fields["comment"].choices = [("", _("None"))] + [
            (key, f"{key} {d.get_outcome_display()}") for key, d in self.dispositions.items()
        ]
        self.fields["matter"].choices = [("", _("None"))] + [
            (key, f"{key} {m.title_zh}") for key, m in self.matters.items()
        ]

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "disposition": self.dispositions.get(data["comment"]),
            "matter": self.matters.get(data["matter"]),
            "note": data["note"],
        }
