from django.contrib import admin

from plans.register.models import (
    Item,
    Party,
    Plan,
    Revision,
    TransmissionAnswer,
    UpperRequirement,
)
from stakeholders.record.admin import ReadOnlyAdmin


@admin.register(Plan)
class PlanAdmin(ReadOnlyAdmin):
    list_display = ["key", "title_zh", "phase", "frozen", "is_demonstration"]
    list_filter = ["phase", "kind", "is_demonstration"]
    list_select_related = ["frozen"]
    search_fields = ["key", "title_zh", "title_en"]
    date_hierarchy = "created_at"


@admin.register(Party)
class PartyAdmin(ReadOnlyAdmin):
    list_display = ["plan", "jurisdiction", "role", "must_sign", "joined_at", "left_at"]
    list_filter = ["role"]
    list_select_related = ["plan", "jurisdiction"]
    search_fields = [
        "plan__key",
        "plan__title_zh",
        "jurisdiction__code",
        "jurisdiction__name_zh",
        "jurisdiction__name_en",
    ]


@admin.register(Item)
class ItemAdmin(ReadOnlyAdmin):
    list_display = ["key", "plan", "kind", "created_at"]
    list_filter = ["kind"]
    list_select_related = ["plan"]
    search_fields = ["key", "plan__key"]
    date_hierarchy = "created_at"


@admin.register(Revision)
class RevisionAdmin(ReadOnlyAdmin):
    list_display = ["plan", "number", "stage", "published_at", "hash"]
    list_filter = ["stage"]
    list_select_related = ["plan"]
    search_fields = ["plan__key", "hash"]
    date_hierarchy = "published_at"


@admin.register(UpperRequirement)
class UpperRequirementAdmin(ReadOnlyAdmin):
    list_display = ["plan", "number", "title_zh", "value", "source", "is_removed"]
    list_filter = ["is_removed"]
    list_select_related = ["plan"]
    search_fields = ["plan__key", "title_zh", "title_en", "source"]
    date_hierarchy = "edited_at"


@admin.register(TransmissionAnswer)
class TransmissionAnswerAdmin(ReadOnlyAdmin):
    list_display = ["plan", "item", "requirement", "value", "at"]
    list_filter = ["value"]
    list_select_related = ["plan", "item", "requirement__plan"]
    search_fields = ["plan__key", "item__key", "requirement__title_zh"]
    date_hierarchy = "at"
