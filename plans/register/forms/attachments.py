"""Forms of attachments, and of a party's word on being concerned."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from plans.register.enums import AttachmentPurpose, Classification
from stakeholders.files.enums import Kind
from stakeholders.files.forms import StoredFileField, StoresFiles
from stakeholders.terms.columns import Offer, asked_order
from stakeholders.terms.errors import Invalid

OFFERS = {
    "title": Offer(label=_("Title")),
    "purpose": Offer(label=_("Purpose")),
    "item": Offer(label=_("Belongs to")),
    "openness": Offer(label=_("Openness")),
    "file": Offer(label=_("File"), is_sortable=False),
    "added": Offer(label=_("Added")),
}


class AttachmentForm(StoresFiles):
    """A file with its title. `item` is the key of the item it belongs to, or empty."""

    item = forms.SlugField(
        label=_("Item"),
        required=False,
        max_length=60,
        help_text=_("The key of the item it belongs to; empty for the whole plan."),
    )
    purpose = forms.ChoiceField(label=_("Purpose"), choices=AttachmentPurpose.choices)
    title_zh = forms.CharField(label=_("Title (Chinese)"), max_length=200)
    title_en = forms.CharField(label=_("Title (English)"), max_length=300, required=False)
    file = StoredFileField(label=_("File"), kinds=frozenset(Kind))
    classification = forms.ChoiceField(
        label=_("Openness"),
        choices=Classification.choices,
        initial=Classification.OPEN,
        help_text=_("Internal files are shown to the co-making parties and the joint team only."),
    )
    is_unclassified = forms.BooleanField(
        label=_("This file contains no classified material"),
        help_text=_(
            "Material classified by law must not be uploaded here, under whatever openness. "
            "Your confirmation is recorded."
        ),
        required=False,
    )

    def show(self, error: Invalid) -> None:
        """What an action found wrong, beside the fields it names."""
        for name, text in error.errors.items():
            self.add_error(name if name in self.fields else None, str(text))


class AttachmentFilter(forms.Form):
    """Which attachments are listed, in which order."""

    item = forms.SlugField(label=_("Item"), required=False)
    purpose = forms.ChoiceField(
        label=_("Purpose"), required=False, choices=[("", _("All")), *AttachmentPurpose.choices]
    )
    removed = forms.BooleanField(label=_("Also those taken out"), required=False)
    sort = forms.CharField(required=False, widget=forms.HiddenInput)

    def chosen(self) -> dict[str, Any]:
        """What was asked for; an unknown value is as good as none."""
        self.is_valid()
        names = ("item", "purpose", "removed")
        return {name: self.cleaned_data.get(name) or "" for name in names}

    @property
    def order(self) -> str:
        return asked_order(str(self.data.get("sort") or ""), OFFERS, default="-added")


class ReasonForm(forms.Form):
    """Why; the reason is kept beside the act."""

    reason = forms.CharField(
        label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )
