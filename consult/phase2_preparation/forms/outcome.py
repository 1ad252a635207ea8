"""What comments are decided as, one by one or many at once: the fields both forms have."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consult.matters.forms import RefusableForm
from consult.matters.models import Matter
from consult.matters.steps import Wording
from consult.phase2_preparation.actions import NewMatter
from consult.phase2_preparation.enums import DispositionOutcome
from consult.phase2_preparation.filling import filled
from consult.phase2_preparation.models import Advice, TextBlock
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.templatetags.in_language import in_language

MOST_TEXT = 20_000
OF_MATTER = ("matter", "title_zh", "title_en", "stand_zh", "stand_en", "codes")


def reason_field(label: Any, **options: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(
        label=label, widget=widget, required=False, max_length=MOST_TEXT, **options
    )


class OutcomeForm(RefusableForm):
    """An outcome with its reason, a text block put after what was typed, and what it names."""

    outcome = forms.ChoiceField(
        label=_("Outcome"), choices=DispositionOutcome.choices, widget=forms.RadioSelect
    )
    block = forms.ChoiceField(
        label=_("Text block"),
        required=False,
        help_text=_("Its text is put after what you type as the reason."),
    )
    reason_zh = reason_field(
        _("Reason (Chinese)"), help_text=_("Compulsory for partly adopted and not adopted.")
    )
    reason_en = reason_field(_("Reason (English)"))
    superseded = forms.CharField(
        label=_("Superseded by"),
        required=False,
        max_length=60,
        help_text=_("Only for “superseded”: a comment (C05), an article (16) or an item."),
    )
    matter = forms.ChoiceField(
        label=_("Matter"), required=False, help_text=_("Only for “taken up as a matter”.")
    )

    def __init__(
        self,
        *args: Any,
        matters: Iterable[Matter],
        blocks: Iterable[TextBlock] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.matters = {matter.key: matter for matter in matters}
        self.blocks = {str(block.pk): block for block in blocks}
        named = [(key, f"{key} {in_language(m, 'title')}") for key, m in self.matters.items()]
        self.fields["matter"].choices = [("", _("None, or a new one")), *named]
        titles = [(pk, str(block)) for pk, block in self.blocks.items()]
        self.fields["block"].choices = [("", _("None")), *titles]
        if not titles:
            del self.fields["block"]

    def reason(self, language: str) -> str:
        """What was typed, with the text of the chosen block after it."""
        typed = str(self.cleaned_data[f"reason_{language}"]).strip()
        block = self.blocks.get(self.cleaned_data.get("block", ""))
        text = str(getattr(block, f"text_{language}", "")).strip()
        return "\n".join(part for part in (typed, text) if part)


class DispositionForm(OutcomeForm):
    """The decision on one comment. `seen`: the newest disposition the page had shown."""

    follows = forms.ChoiceField(label=_("Follows the advice"), required=False)
    title_zh = forms.CharField(
        label=_("Title of a new matter (Chinese)"), max_length=120, required=False
    )
    title_en = forms.CharField(
        label=_("Title of a new matter (English)"), max_length=200, required=False
    )
    stand_zh = reason_field(_("What the commenter holds (Chinese)"))
    stand_en = reason_field(_("What the commenter holds (English)"))
    codes = forms.MultipleChoiceField(
        label=_("Jurisdictions of the new matter"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    whole_group = forms.BooleanField(label=_("Decide for the whole group"), required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(
        self,
        *args: Any,
        units: Iterable[Jurisdiction],
        advices: Iterable[Advice] = (),
        names: tuple[tuple[str, str], tuple[str, str]] = (("", ""), ("", "")),
        grouped: int = 1,
        **kwargs: Any,
    ) -> None:
        """`names`: (article, commenter) in Chinese and in English, for the text blocks."""
        super().__init__(*args, **kwargs)
        self.names = dict(zip(("zh", "en"), names, strict=True))
        self.advices = {str(advice.pk): advice for advice in advices}
        self.fields["codes"].choices = [(unit.code, str(unit)) for unit in units]
        given = [(pk, _label(advice)) for pk, advice in self.advices.items()]
        self.fields["follows"].choices = [("", _("None")), *given]
        if not given:
            del self.fields["follows"]
        if grouped < 2:
            del self.fields["whole_group"]

    @property
    def plain(self) -> list[forms.BoundField]:
        """The fields every decision may need."""
        return [field for field in self.visible_fields() if field.name not in OF_MATTER]

    @property
    def of_matter(self) -> list[forms.BoundField]:
        """The fields of a comment that is taken up as a matter."""
        return [field for field in self.visible_fields() if field.name in OF_MATTER]

    @property
    def opens_matter(self) -> bool:
        """Whether the fields of the matter are shown from the beginning."""
        chosen = self["outcome"].value() == DispositionOutcome.TO_MATTER
        return chosen or any(field.errors for field in self.of_matter)

    def values(self) -> dict[str, Any]:
        """What `decide_disposition` takes, but for what a superseded comment names."""
        data = self.cleaned_data
        title = Wording(zh=data["title_zh"], en=data["title_en"])
        stand = Wording(zh=data["stand_zh"], en=data["stand_en"])
        new = NewMatter(title=title, codes=tuple(data["codes"]), stand=stand) if title else None
        return {
            "outcome": data["outcome"],
            "reason_zh": self._filled("zh"),
            "reason_en": self._filled("en"),
            "matter": self.matters.get(data["matter"]),
            "new_matter": new,
            "follows": self.advices.get(data.get("follows", "")),
        }

    def _filled(self, language: str) -> str:
        article, unit = self.names[language]
        text = self.reason(language)
        if not article or self.cleaned_data.get("whole_group"):
            return text  # of a group each comment has its own names
        return filled(text, article=article, unit=unit)


def _label(advice: Advice) -> str:
    return f"{advice.mandate.user} · {advice.get_outcome_display()}"


class BulkForm(OutcomeForm):
    """One decision on many comments. The texts may hold {article} and {unit}."""

    again = forms.BooleanField(label=_("Decide anew on those already decided"), required=False)
    numbers = forms.CharField(widget=forms.HiddenInput, max_length=500_000)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason_zh"].help_text = _(
            "Compulsory for partly adopted and not adopted. {article} and {unit} stand for the"
            " article and the commenter of each comment."
        )
        self.fields["outcome"].widget = forms.Select(
            choices=[("", _("Choose")), *DispositionOutcome.choices]
        )
