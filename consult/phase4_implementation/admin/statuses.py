"""Status reports, to look at."""

from django.contrib import admin

from consult.phase4_implementation.models import BlockageMatter, StatusReport
from stakeholders.record.admin import ReadOnlyAdmin


@admin.register(StatusReport)
class StatusReportAdmin(ReadOnlyAdmin):
    list_display = ["project", "milestone", "jurisdiction", "progress", "percent", "at"]
    list_select_related = ["project", "milestone", "jurisdiction"]
    list_filter = ["progress"]
    search_fields = ["project__key", "jurisdiction__code", "evidence"]
    date_hierarchy = "at"


@admin.register(BlockageMatter)
class BlockageMatterAdmin(ReadOnlyAdmin):
    list_display = ["matter", "report", "at"]
    list_select_related = ["matter", "report"]
    search_fields = ["matter__key", "report__project__key"]
    date_hierarchy = "at"
