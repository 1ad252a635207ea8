"""Several provisions to another place."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from plans.text.models import Chapter


class MoveSelectedForm(forms.Form):
    """The chosen provisions come from the boxes beside them, so they are no field shown here."""

    chapter = forms.ChoiceField(label=_("To chapter"))
    position = forms.IntegerField(
        label=_("Position in the chapter"),
        min_value=1,
        required=False,
        help_text=_("At the end when left empty."),
    )

    def __init__(self, *args: Any, chapters: list[Chapter], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chapter"].choices = [(c.key, f"{c.position}. {c}") for c in chapters]
