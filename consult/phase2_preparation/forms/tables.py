"""Which file of the adoption table is wanted."""

from django import forms
from django.utils.translation import gettext_lazy as _


class TableForm(forms.Form):
    """Kind of file and what it says of commenters; the filters stand in the address."""

    format = forms.ChoiceField(
        label=_("Kind of file"),
        choices=[
            ("docx", _("Word (docx)")),
            ("xlsx", _("Excel (xlsx)")),
            ("pdf", _("PDF")),
            ("csv", _("CSV")),
            ("gbk", _("CSV for programs that know GBK only")),
        ],
        initial="docx",
        widget=forms.RadioSelect,
    )
    anonymous = forms.BooleanField(
        label=_("Anonymous"),
        required=False,
        help_text=_(
            "Commenters are numbered: Unit 1, Expert 1. Their names in the texts are replaced, too."
        ),
    )
    answers = forms.BooleanField(label=_("With the answers of the commenters"), required=False)
