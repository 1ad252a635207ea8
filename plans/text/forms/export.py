"""What of the text is downloaded, and how."""

from collections.abc import Iterable, Mapping, Sequence

from django import forms
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from plans.register.models import Revision
from plans.text.enums import PROVISION_STRENGTHS, Classification, Theme
from plans.text.queries import Choice

DRAFT = "draft"
_ALL = ("", _("All"))


class FileKind(TextChoices):
    """The kinds of files the text goes out as."""

    DOCX = "docx", _("Word (docx)")
    PDF = "pdf", _("PDF")
    MD = "md", _("Markdown")


class ChoiceForm(forms.Form):
    """Languages, part of the text, and what the file says besides; all optional."""

    languages = forms.ChoiceField(
        label=_("Languages"),
        required=False,
        choices=[
            ("both", _("Chinese and English")),
            ("zh", _("Chinese only")),
            ("en", _("English only")),
        ],
    )
    chapter = forms.ChoiceField(label=_("Chapter"), required=False)
    theme = forms.ChoiceField(label=_("Theme"), required=False, choices=[_ALL, *Theme.choices])
    strength = forms.ChoiceField(
        label=_("Strength"),
        required=False,
        choices=[_ALL, *((one.value, one.label) for one in PROVISION_STRENGTHS)],
    )
    concerned = forms.ChoiceField(label=_("Concerned"), required=False)
    openness = forms.ChoiceField(
        label=_("Openness"),
        required=False,
        choices=[
            _ALL,
            (Classification.ON_REQUEST.value, _("Without internal provisions")),
            (Classification.OPEN.value, _("Only what is open to the public")),
        ],
    )
    bare = forms.BooleanField(
        label=_("Without the line on strength and whom it concerns"), required=False
    )

    def __init__(
        self,
        *args: object,
        chapters: Iterable[tuple[str, str]] = (),
        units: Mapping[str, object] | None = None,
        **kwargs: object,
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["chapter"].choices = [_ALL, *chapters]
        named = [(code, str(unit)) for code, unit in (units or {}).items()]
        self.fields["concerned"].choices = [_ALL, *named]

    def choice(self) -> Choice:
        """The choice of a valid form."""
        said = self.cleaned_data
        return Choice(
            languages=said["languages"] or "both",
            chapter=said["chapter"],
            theme=said["theme"],
            strength=said["strength"],
            concerned=said["concerned"],
            openness=said["openness"],
            has_marks=not said["bare"],
        )


class ExportForm(ChoiceForm):
    """The page of choices: which state of the text, as which kind of file."""

    field_order = ["source", "format"]

    source = forms.ChoiceField(label=_("State of the text"))
    format = forms.ChoiceField(
        label=_("Kind of file"), choices=FileKind.choices, widget=forms.RadioSelect
    )

    def __init__(
        self,
        *args: object,
        revisions: Sequence[Revision] = (),
        in_force: int | None = None,
        has_draft: bool = False,
        **kwargs: object,
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        found = [(str(one.number), _named(one, in_force)) for one in revisions]
        if has_draft:
            found.append((DRAFT, str(_("Working draft"))))
        self.fields["source"].choices = found


def _named(revision: Revision, in_force: int | None) -> str:
    text = _("Revision %(number)s · %(stage)s") % {
        "number": revision.number,
        "stage": revision.get_stage_display(),
    }
    return f"{text} · {_('text in force')}" if revision.number == in_force else text
