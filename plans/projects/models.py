"""Joint projects: who leads and who takes part, their milestones and their shares."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from plans.projects.enums import ProjectRole, ProjectTheme
from plans.register.models import Item, Plan
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.people.models import Organization


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
    edits = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("joint project")
        verbose_name_plural = _("joint projects")
        ordering = ["key"]
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


class Milestone(models.Model):
    """A dated step of a project that one jurisdiction answers for."""

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

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ["project", "number"]
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="milestone_number"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title_zh}"
