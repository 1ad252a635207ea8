from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from plans.projects.models import (
    KnownProject,
    Milestone,
    MilestoneChange,
    MilestoneNeed,
    Project,
    ProjectParty,
)
from stakeholders.record.admin import ReadOnlyAdmin


@admin.register(Project)
class ProjectAdmin(ReadOnlyAdmin):
    list_display = ["plan", "key", "name_zh", "theme", "year_from", "year_until"]
    list_select_related = ["plan"]
    list_filter = ["theme"]
    search_fields = ["key", "name_zh", "name_en", "plan__key"]


@admin.register(ProjectParty)
class ProjectPartyAdmin(ReadOnlyAdmin):
    list_display = ["project", "jurisdiction", "role", "cost_share", "benefit_share"]
    list_select_related = ["project", "jurisdiction"]
    list_filter = ["role"]
    search_fields = ["project__key", "jurisdiction__code", "jurisdiction__name_zh"]


@admin.register(Milestone)
class MilestoneAdmin(ReadOnlyAdmin):
    list_display = ["project", "number", "title_zh", "owner", "due_on", "weight"]
    list_select_related = ["project", "owner"]
    search_fields = ["project__key", "title_zh", "owner__code"]
    date_hierarchy = "due_on"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Milestone]:
        """Also those taken out."""
        return Milestone.everything.all()


@admin.register(KnownProject)
class KnownProjectAdmin(ReadOnlyAdmin):
    list_display = ["key", "name_zh", "name_en", "theme", "source"]
    list_filter = ["theme"]
    search_fields = ["key", "name_zh", "name_en"]


@admin.register(MilestoneChange)
class MilestoneChangeAdmin(ReadOnlyAdmin):
    list_display = ["milestone", "title_zh", "owner", "due_on", "weight", "at"]
    list_select_related = ["milestone", "owner"]
    search_fields = ["milestone__project__key", "title_zh"]
    date_hierarchy = "at"


@admin.register(MilestoneNeed)
class MilestoneNeedAdmin(ReadOnlyAdmin):
    list_display = ["milestone", "needs"]
    list_select_related = ["milestone", "needs"]
    search_fields = ["milestone__project__key", "needs__project__key"]
