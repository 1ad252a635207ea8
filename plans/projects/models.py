"""Joint projects: who leads and who takes part, their milestones and their shares."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from plans.projects.enums import ProjectRole, ProjectTheme
from plans.register.models import Item, Plan
from stakeholders.finding.expressions import grams_index
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.people.models import Mandate, Organization
from stakeholders.record.models import AppendOnly


class KnownProject(models.Model):
    """A real joint project of the region, which a plan may take into its register."""

    key = models.SlugField(_("key"), max_length=20, unique=True)
    name_zh = models.CharField(_("name (Chinese)"), max_length=120)
    name_en = models.CharField(_("name (English)"), max_length=200, blank=True)
    theme = models.CharField(_("theme"), max_length=20, choices=ProjectTheme.choices)
    description_zh = models.TextField(_("description (Chinese)"), blank=True)
    description_en = models.TextField(_("description (English)"), blank=True)
    facts_zh = models.TextField(_("facts (Chinese)"), blank=True)
    facts_en = models.TextField(_("facts (English)"), blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)
    jurisdictions = models.ManyToManyField(
        Jurisdiction, related_name="+", verbose_name=_("jurisdictions")
    )

    class Meta:
        verbose_name = _("known project")
        verbose_name_plural = _("known projects")
        ordering = ["key"]

    def __str__(self) -> str:
        return f"{self.key} {self.name_zh}"


class Project(models.Model):
    """One project in the register of joint projects of a plan.

    `lead_body` is filled where a joint body leads it instead of a jurisdiction. `edits` counts
    saves, for the optimistic lock. Its parties may differ from the plan's.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="projects")
    key = models.SlugField(_("number"), max_length=20)
    name_zh = models.CharField(_("name (Chinese)"), max_length=120)
    name_en = models.CharField(_("name (English)"), max_length=200, blank=True)
    theme = models.CharField(_("theme"), max_length=20, choices=ProjectTheme.choices)
    description_zh = models.TextField(_("description (Chinese)"), blank=True)
    description_en = models.TextField(_("description (English)"), blank=True)
    place_zh = models.CharField(_("place (Chinese)"), max_length=200, blank=True)
    place_en = models.CharField(_("place (English)"), max_length=300, blank=True)
    budget = models.DecimalField(
        _("budget (10,000 yuan)"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    year_from = models.PositiveSmallIntegerField(_("from year"))
    year_until = models.PositiveSmallIntegerField(_("until year"))
    lead_body = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("joint body that leads"),
    )
    provisions = models.ManyToManyField(
        Item, blank=True, related_name="projects", verbose_name=_("provisions carried out")
    )
    known = models.ForeignKey(
        "KnownProject",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="projects",
        verbose_name=_("known project it is"),
    )
    edits = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("joint project")
        verbose_name_plural = _("joint projects")
        ordering = ["key"]
        indexes = [
            grams_index(
                "name_zh",
                "name_en",
                "description_zh",
                "description_en",
                "place_zh",
                "place_en",
                name="project_grams",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["plan", "key"], name="project_key_in_plan"),
            models.CheckConstraint(
                condition=Q(year_until__gte=models.F("year_from")), name="project_years"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.name_zh}"

    def get_absolute_url(self) -> str:
        return reverse("projects:detail", kwargs={"key": self.plan.key, "project": self.key})


class ProjectParty(models.Model):
    """A jurisdiction in a project, with its shares in percent where they are agreed."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="parties")
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="project_parties")
    role = models.CharField(_("role"), max_length=10, choices=ProjectRole.choices)
    cost_share = models.DecimalField(
        _("share of cost (%)"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    benefit_share = models.DecimalField(
        _("share of benefit (%)"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    basis_zh = models.CharField(_("basis of the shares (Chinese)"), max_length=120, blank=True)
    basis_en = models.CharField(_("basis of the shares (English)"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("party of a project")
        verbose_name_plural = _("parties of projects")
        ordering = ["role", "jurisdiction_id"]
        constraints = [
            models.UniqueConstraint(fields=["project", "jurisdiction"], name="project_party_once"),
            models.UniqueConstraint(
                fields=["project"], condition=Q(role=ProjectRole.LEAD), name="project_one_lead"
            ),
        ]

    def __str__(self) -> str:
        return str(self.jurisdiction)


class StandingMilestones(models.Manager["Milestone"]):
    """The milestones that were not taken out."""

    def get_queryset(self) -> models.QuerySet["Milestone"]:
        return super().get_queryset().filter(removed_at__isnull=True)


class Milestone(models.Model):
    """A dated step of a project that one jurisdiction answers for.

    One that was taken out keeps its number and what was reported on it; `objects` leaves it out.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="milestones")
    number = models.PositiveSmallIntegerField(_("number"))
    title_zh = models.CharField(_("title (Chinese)"), max_length=120)
    title_en = models.CharField(_("title (English)"), max_length=200, blank=True)
    owner = models.ForeignKey(
        Jurisdiction,
        models.PROTECT,
        related_name="milestones",
        verbose_name=_("responsible unit"),
    )
    due_on = models.DateField(_("due date"))
    weight = models.DecimalField(_("weight (%)"), max_digits=5, decimal_places=2)
    removed_at = models.DateTimeField(_("taken out"), null=True, blank=True)

    objects = StandingMilestones()
    # After `objects`: the manager declared first is the one that relations use.
    everything = models.Manager()  # noqa: DJ012

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ["project", "number"]
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="milestone_number"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title_zh}"


class MilestoneNeed(models.Model):
    """A milestone that cannot be reached before another one is, in any project of the plan."""

    milestone = models.ForeignKey(Milestone, models.CASCADE, related_name="needs")
    needs = models.ForeignKey(Milestone, models.CASCADE, related_name="needed_by")

    class Meta:
        verbose_name = _("dependency of a milestone")
        verbose_name_plural = _("dependencies of milestones")
        constraints = [
            models.UniqueConstraint(fields=["milestone", "needs"], name="milestone_need_once"),
            models.CheckConstraint(
                condition=~Q(milestone=models.F("needs")), name="milestone_needs_other"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.milestone_id} {self.needs_id}"


class MilestoneChange(AppendOnly):
    """What a milestone said before an edit, with the reason of the edit."""

    milestone = models.ForeignKey(Milestone, models.PROTECT, related_name="changes")
    title_zh = models.CharField(_("title (Chinese)"), max_length=120)
    title_en = models.CharField(_("title (English)"), max_length=200, blank=True)
    owner = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    due_on = models.DateField(_("due date"))
    weight = models.DecimalField(_("weight (%)"), max_digits=5, decimal_places=2)
    reason = models.TextField(_("reason"))
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("change of a milestone")
        verbose_name_plural = _("changes of milestones")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.milestone_id} {self.due_on}"
