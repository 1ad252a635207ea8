from django.contrib import admin

from plans.projects.models import Milestone, Project, ProjectParty
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
