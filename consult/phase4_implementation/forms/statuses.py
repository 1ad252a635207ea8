"""Forms of a status report, and of a blockage taken up as a matter."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consult.matters.steps import Wording
from consult.phase4_implementation.enums import Progress
from consult.phase4_implementation.models import StatusReport
from consult.phase4_implementation.queries import BLOCKED
from consult.phase4_implementation.steps import Said
from plans.projects.forms import AskForm
from plans.projects.models import Milestone
from stakeholders.files.forms import StoredFileField, StoresFiles
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.templatetags.in_language import in_language


class StatusForm(StoresFiles):
    """`units` are the jurisdictions the actor may speak for: its own, or every party's."""

    jurisdiction = forms.ChoiceField(label=_("Reporting unit"))
    milestone = forms.ChoiceField(label=_("Subject"), required=False)
    progress = forms.ChoiceField(
        label=_("Progress"), choices=Progress.choices, widget=forms.RadioSelect
    )
    percent = forms.IntegerField(label=_("Done (%)"), min_value=0, max_value=100, required=False)
    text_zh = forms.CharField(
        label=_("What was done, what hinders (Chinese)"),
        widget=forms.Textarea({"rows": 4}),
        required=False,
    )
    text_en = forms.CharField(
        label=_("What was done, what hinders (English)"),
        widget=forms.Textarea({"rows": 4}),
        required=False,
    )
    blockage_zh = forms.CharField(
        label=_("Blockage (Chinese)"),
        widget=forms.Textarea({"rows": 2}),
        required=False,
        help_text=_("Only what cannot be solved alone: it can be taken up as a matter."),
    )
    blockage_en = forms.CharField(
        label=_("Blockage (English)"), widget=forms.Textarea({"rows": 2}), required=False
    )
    evidence = forms.CharField(
        label=_("Evidence (document number)"), max_length=120, required=False
    )
    file = StoredFileField(label=_("File"), required=False)

    def __init__(
        self,
        *args: Any,
        units: Iterable[Jurisdiction],
        milestones: Sequence[Milestone],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.milestones = {str(one.number): one for one in milestones}
        self.fields["jurisdiction"].choices = [(one.pk, str(one)) for one in units]
        self.fields["milestone"].choices = [
            ("", _("The project as a whole")),
            *((n, f"{n} {in_language(one, 'title')}") for n, one in self.milestones.items()),
        ]

    def arguments(self) -> dict[str, Any]:
        """What was typed, as `report_status` takes it. Call when valid."""
        values = dict(self.cleaned_data)
        return {
            "jurisdiction": values.pop("jurisdiction"),
            "milestone": self.milestones.get(values.pop("milestone")),
            "said": Said(**values),
        }


class BlockageForm(forms.Form):
    """What the matter is called and says; filled from the report."""

    title_zh = forms.CharField(label=_("Title (Chinese)"), max_length=120, required=False)
    title_en = forms.CharField(label=_("Title (English)"), max_length=200, required=False)
    description_zh = forms.CharField(
        label=_("Description (Chinese)"), widget=forms.Textarea({"rows": 4}), required=False
    )
    description_en = forms.CharField(
        label=_("Description (English)"), widget=forms.Textarea({"rows": 4}), required=False
    )

    def arguments(self) -> dict[str, Wording]:
        """As `blockage_to_matter` takes it. Call when valid."""
        values = self.cleaned_data
        return {
            name: Wording(zh=values[f"{name}_zh"], en=values[f"{name}_en"])
            for name in ("title", "description")
        }


def initial_of_blockage(report: StatusReport) -> dict[str, str]:
    return {
        "title_zh": f"{report.project.name_zh}：堵点协调"[:120],
        "title_en": f"{report.project.name_en or report.project.name_zh}: blockage"[:200],
        "description_zh": report.blockage_zh,
        "description_en": report.blockage_en,
    }


class WallForm(AskForm):
    """The filter of the schedule and of the wall: that of the register, and what parties say."""

    progress = forms.ChoiceField(
        label=_("Some party says"),
        required=False,
        choices=[("", _("All")), *Progress.choices, (BLOCKED, _("Blocked"))],
    )

    def said(self) -> str:
        """The progress asked for; an unknown one is as good as none."""
        self.is_valid()
        return str(self.cleaned_data.get("progress") or "")
