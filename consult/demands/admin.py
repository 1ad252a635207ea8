from django.contrib import admin

from consult.demands.models import (
    DemandCall,
    DemandHandIn,
    DemandSorting,
    SortingAnswer,
)
from stakeholders.record.admin import ReadOnlyAdmin

# What a party has not handed in is its own: its demands have no page here.


@admin.register(DemandCall)
class DemandCallAdmin(ReadOnlyAdmin):
    list_display = ["plan", "due_at", "at"]
    list_select_related = ["plan"]
    search_fields = ["plan__key"]
    date_hierarchy = "at"


@admin.register(DemandHandIn)
class DemandHandInAdmin(ReadOnlyAdmin):
    list_display = ["plan", "jurisdiction", "is_nil", "at"]
    list_filter = ["is_nil"]
    list_select_related = ["plan", "jurisdiction"]
    search_fields = ["plan__key", "jurisdiction__code", "jurisdiction__name_zh"]
    date_hierarchy = "at"


@admin.register(DemandSorting)
class DemandSortingAdmin(ReadOnlyAdmin):
    list_display = ["demand", "sorted_as", "matter", "at"]
    list_filter = ["sorted_as"]
    list_select_related = ["demand", "matter"]
    search_fields = ["demand__plan__key", "demand__title_zh"]
    date_hierarchy = "at"


@admin.register(SortingAnswer)
class SortingAnswerAdmin(ReadOnlyAdmin):
    list_display = ["sorting", "value", "at"]
    list_filter = ["value"]
    list_select_related = ["sorting"]
    search_fields = ["sorting__demand__plan__key"]
    date_hierarchy = "at"
