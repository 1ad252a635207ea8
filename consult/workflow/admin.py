from django.contrib import admin

from consult.workflow.models import PhaseStep
from stakeholders.record.admin import ReadOnlyAdmin


@admin.register(PhaseStep)
class PhaseStepAdmin(ReadOnlyAdmin):
    list_display = ["plan", "from_phase", "to_phase", "mandate", "at"]
    list_select_related = ["plan", "mandate__jurisdiction", "mandate__organization"]
    list_filter = ["to_phase"]
    search_fields = ["plan__key", "plan__title_zh"]
    date_hierarchy = "at"
