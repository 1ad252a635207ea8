"""Readings and their warnings, to look at."""

from django.contrib import admin

from consult.phase4_implementation.models import Reading, ThresholdWarning
from stakeholders.record.admin import ReadOnlyAdmin


@admin.register(Reading)
class ReadingAdmin(ReadOnlyAdmin):
    list_display = ["item", "jurisdiction", "period", "value", "evidence", "at"]
    list_select_related = ["item", "jurisdiction"]
    search_fields = ["item__key", "jurisdiction__code", "period", "evidence"]
    list_filter = ["is_on_behalf"]
    date_hierarchy = "at"


@admin.register(ThresholdWarning)
class ThresholdWarningAdmin(ReadOnlyAdmin):
    list_display = ["reading", "level", "threshold", "at"]
    list_select_related = ["reading"]
    list_filter = ["level"]
    search_fields = ["reading__item__key", "reading__period"]
    date_hierarchy = "at"
