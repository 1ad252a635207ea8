"""Forms of the register of joint projects."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from plans.projects.actions import Words
from plans.projects.enums import ProjectRole, ProjectState, ProjectTheme
from plans.projects.models import KnownProject, Milestone, Project
from plans.projects.queries import BODY, Asked, Provision, concerned_codes
from plans.projects.sheet import Share, Sheet
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.people.enums import OrganizationKind
from stakeholders.people.models import Organization
from stakeholders.templatetags.in_language import in_language

NO_PART = [("", _("takes no part"))]
SEPARATORS = re.compile(r"[\s,;，；、]+")


class ProjectForm(forms.Form):
    """One project with a group of fields for each jurisdiction that can be named."""

    key = forms.SlugField(
        label=_("Number"), max_length=20, help_text=_("For example PJ1. It cannot be changed.")
    )
    name_zh = forms.CharField(label=_("Name (Chinese)"), max_length=120)
    name_en = forms.CharField(label=_("Name (English)"), max_length=200, required=False)
    theme = forms.ChoiceField(label=_("Theme"), choices=ProjectTheme.choices)
    description_zh = forms.CharField(
        label=_("Description (Chinese)"), widget=forms.Textarea({"rows": 4}), required=False
    )
    description_en = forms.CharField(
        label=_("Description (English)"), widget=forms.Textarea({"rows": 4}), required=False
    )
    place_zh = forms.CharField(label=_("Place (Chinese)"), max_length=200, required=False)
    place_en = forms.CharField(label=_("Place (English)"), max_length=300, required=False)
    budget = forms.DecimalField(
        label=_("Budget (10,000 yuan)"), max_digits=14, decimal_places=2, required=False
    )
    year_from = forms.IntegerField(label=_("From year"), min_value=1990, max_value=2150)
    year_until = forms.IntegerField(label=_("Until year"), min_value=1990, max_value=2150)
    lead_body = forms.ModelChoiceField(
        label=_("Joint body that leads"),
        queryset=Organization.objects.filter(kind=OrganizationKind.JOINT_BODY).order_by("key"),
        required=False,
        help_text=_("Only where no jurisdiction leads."),
    )
    provisions = forms.MultipleChoiceField(
        label=_("Provisions carried out"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        jurisdictions: Iterable[Jurisdiction],
        provisions: Sequence[Provision],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.jurisdictions = list(jurisdictions)
        self.fields["provisions"].choices = [
            (one.key, f"{one.number} {in_language(one, 'title')}".strip()) for one in provisions
        ]
        for one in self.jurisdictions:
            self.fields.update(_party_fields(one.code))

    @property
    def plain_fields(self) -> list[forms.BoundField]:
        names = ProjectForm.base_fields.keys() - {"provisions"}
        return [self[name] for name in self.fields if name in names]

    @property
    def party_groups(self) -> list[tuple[Jurisdiction, list[forms.BoundField]]]:
        """Each jurisdiction with its fields, for the page."""
        return [(one, [self[n] for n in _party_fields(one.code)]) for one in self.jurisdictions]

    def cells(self, column: str) -> list[str]:
        """The filled cells of a column of shares ("cost_share"), where its fault belongs."""
        start = column.removesuffix("share")
        names = [f"{start}{one.code}" for one in self.jurisdictions]
        return [name for name in names if self.cleaned_data.get(name) is not None]

    def sheet(self, *, known: KnownProject | None = None) -> Sheet:
        """What was typed, as the actions take it. Call when valid."""
        values = self.cleaned_data
        shares = [_share(one.code, values) for one in self.jurisdictions]
        names = ProjectForm.base_fields.keys() - {"key", "provisions"}
        return Sheet(
            parties=tuple(one for one in shares if one is not None),
            provisions=tuple(values["provisions"]),
            known=known,
            **{name: values[name] for name in names},
        )


def _party_fields(code: str) -> dict[str, forms.Field]:
    return {
        f"role_{code}": forms.ChoiceField(
            label=_("Part"), choices=[*NO_PART, *ProjectRole.choices], required=False
        ),
        f"cost_{code}": _percent(_("Share of cost (%)")),
        f"benefit_{code}": _percent(_("Share of benefit (%)")),
        f"basis_{code}": forms.CharField(
            label=_("Basis of the shares (Chinese)"), max_length=120, required=False
        ),
        f"basis_en_{code}": forms.CharField(
            label=_("Basis of the shares (English)"), max_length=200, required=False
        ),
    }


def _percent(label: Any) -> forms.DecimalField:
    return forms.DecimalField(label=label, max_digits=5, decimal_places=2, required=False)


def _share(code: str, values: dict[str, Any]) -> Share | None:
    """The part typed for `code`. A share without a part counts as a partner's, so that no figure
    is lost silently."""
    role, cost, benefit = (values[f"{name}_{code}"] for name in ("role", "cost", "benefit"))
    if not role and cost is None and benefit is None:
        return None
    return Share(
        code=code,
        role=role or ProjectRole.PARTNER.value,
        cost_share=cost,
        benefit_share=benefit,
        basis_zh=values[f"basis_{code}"],
        basis_en=values[f"basis_en_{code}"],
    )


class ProjectEditForm(ProjectForm):
    """The same without the number, with the count of saves its reader saw."""

    # Django's way to drop a field of the parent form.
    key = None  # type: ignore[assignment]
    edits = forms.IntegerField(widget=forms.HiddenInput)


def initial_of(project: Project) -> dict[str, object]:
    """The fields of `ProjectEditForm` as the project stands; its parties are prefetched."""
    names = ProjectForm.base_fields.keys() - {"key", "provisions"}
    values: dict[str, object] = {name: getattr(project, name) for name in names}
    values["edits"] = project.edits
    values["provisions"] = list(project.provisions.values_list("key", flat=True))
    for one in project.parties.all():
        code = one.jurisdiction_id
        values |= {
            f"role_{code}": one.role,
            f"cost_{code}": one.cost_share,
            f"benefit_{code}": one.benefit_share,
            f"basis_{code}": one.basis_zh,
            f"basis_en_{code}": one.basis_en,
        }
    return values


def initial_of_known(known: KnownProject, units: Iterable[Jurisdiction]) -> dict[str, object]:
    """The fields of `ProjectForm` as a known project fills them; who leads is left to decide."""
    facts = {f"description_{code}": _joined(known, code) for code in ("zh", "en")}
    parts = {f"role_{code}": ProjectRole.PARTNER for code in concerned_codes(known, among=units)}
    named = {name: getattr(known, name) for name in ("name_zh", "name_en", "theme")}
    return {**named, **facts, **parts}


def _joined(known: KnownProject, code: str) -> str:
    texts = (getattr(known, f"{name}_{code}") for name in ("description", "facts"))
    return "\n\n".join(text for text in texts if text)


class MilestoneForm(forms.Form):
    title_zh = forms.CharField(label=_("Title (Chinese)"), max_length=120)
    title_en = forms.CharField(label=_("Title (English)"), max_length=200, required=False)
    owner = forms.ChoiceField(label=_("Responsible unit"))
    due_on = forms.DateField(label=_("Due date"), widget=forms.DateInput({"type": "date"}))
    weight = forms.DecimalField(
        label=_("Weight (%)"),
        max_digits=5,
        decimal_places=2,
        help_text=_("The weights of a project add up to 100 %."),
    )

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = [
            (one.jurisdiction_id, str(one.jurisdiction)) for one in project.parties.all()
        ]


class MilestoneEditForm(MilestoneForm):
    """The same with the reason, and how many changes its reader saw."""

    reason = forms.CharField(
        label=_("Reason of the change"), widget=forms.Textarea({"rows": 3}), required=False
    )
    changes = forms.IntegerField(widget=forms.HiddenInput)

    def words(self) -> Words:
        """What the milestone shall say. Call when valid."""
        names = ("title_zh", "title_en", "owner", "due_on", "weight")
        return Words(**{name: self.cleaned_data[name] for name in names})


def initial_of_milestone(milestone: Milestone, *, changes: int) -> dict[str, object]:
    return {
        "title_zh": milestone.title_zh,
        "title_en": milestone.title_en,
        "owner": milestone.owner_id,
        "due_on": milestone.due_on.isoformat(),
        "weight": milestone.weight,
        "changes": changes,
    }


class RemoveForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason of the change"), widget=forms.Textarea({"rows": 3}), required=False
    )


class NeedsForm(forms.Form):
    """Which milestones come first, by project and number."""

    needs = forms.CharField(
        label=_("Milestones that must be reached first"),
        max_length=400,
        required=False,
        help_text=_("Project and number, separated by commas: PJ1.2, PJ3.1. Empty: none."),
    )

    def clean_needs(self) -> list[str]:
        return [name for name in SEPARATORS.split(self.cleaned_data["needs"].strip()) if name]


class AskForm(forms.Form):
    """The filter of the register; its values stand in the address."""

    text = forms.CharField(
        label=_("Search"),
        required=False,
        widget=forms.TextInput(attrs={"data-search": "", "type": "search"}),
    )
    theme = forms.ChoiceField(
        label=_("Theme"), required=False, choices=[("", _("All")), *ProjectTheme.choices]
    )
    lead = forms.ChoiceField(label=_("Lead unit"), required=False)
    party = forms.ChoiceField(label=_("Party of the project"), required=False)
    provision = forms.ChoiceField(label=_("Provision"), required=False)
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("All")), *ProjectState.choices]
    )

    def __init__(
        self,
        *args: Any,
        units: Iterable[Jurisdiction],
        provisions: Iterable[Provision],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        named = [("", _("All")), *((one.code, str(one)) for one in units)]
        self.fields["lead"].choices = [*named, (BODY, _("A joint body"))]
        self.fields["party"].choices = named
        self.fields["provision"].choices = [
            ("", _("All")),
            *((one.key, f"{one.number} {in_language(one, 'title')}".strip()) for one in provisions),
        ]

    def asked(self) -> Asked:
        """What was asked for; an unknown value is as good as none."""
        self.is_valid()
        given = {name: self.cleaned_data.get(name) for name in AskForm.base_fields}
        return Asked(**{name: value for name, value in given.items() if value})


class KnownForm(forms.Form):
    """The filter of the known projects."""

    jurisdiction = forms.ChoiceField(label=_("Jurisdiction"), required=False)
    theme = forms.ChoiceField(
        label=_("Theme"), required=False, choices=[("", _("All")), *ProjectTheme.choices]
    )

    def __init__(self, *args: Any, units: Iterable[Jurisdiction], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = ((one.code, str(one)) for one in units)
        self.fields["jurisdiction"].choices = [("", _("All")), *named]

    def asked(self) -> dict[str, str]:
        self.is_valid()
        return {name: str(self.cleaned_data.get(name) or "") for name in self.fields}
