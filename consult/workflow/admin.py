from django.contrib import admin

from consult.workflow.models import PhaseStep, TextChange, TextChangeStep
from stakeholders.record.admin import ReadOnlyAdmin


@admin.register(PhaseStep)
class PhaseStepAdmin(ReadOnlyAdmin):
    list_display = ["plan", "from_phase", "to_phase", "mandate", "at"]
    list_select_related = ["plan", "mandate__jurisdiction", "mandate__organization"]
    list_filter = ["to_phase"]
    search_fields = ["plan__key", "plan__title_zh"]
    date_hierarchy = "at"


@admin.register(TextChange)
class TextChangeAdmin(ReadOnlyAdmin):
    list_display = ["plan", "number", "way", "letter", "at"]
    list_select_related = ["plan"]
    list_filter = ["way"]
    search_fields = ["plan__key", "letter"]
    date_hierarchy = "at"


@admin.register(TextChangeStep)
class TextChangeStepAdmin(ReadOnlyAdmin):
    list_display = ["change", "step", "jurisdiction", "at"]
    list_select_related = ["change", "jurisdiction"]
    list_filter = ["step"]
    search_fields = ["change__plan__key", "jurisdiction__code"]
    date_hierarchy = "at"
