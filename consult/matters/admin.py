from django.contrib import admin

from consult.matters.models import Matter, MatterMove, Stand
from stakeholders.record.admin import ReadOnlyAdmin


@admin.register(Matter)
class MatterAdmin(ReadOnlyAdmin):
    list_display = ["key", "plan", "title_zh", "theme", "level", "outcome"]
    list_filter = ["theme", "level", "outcome"]
    search_fields = ["key", "title_zh", "title_en", "plan__key"]
    list_select_related = ["plan"]
    date_hierarchy = "opened_at"


@admin.register(MatterMove)
class MatterMoveAdmin(ReadOnlyAdmin):
    list_display = ["matter", "kind", "level", "outcome", "at"]
    list_filter = ["kind", "level"]
    list_select_related = ["matter"]
    search_fields = ["matter__key", "matter__title_zh"]
    date_hierarchy = "at"


@admin.register(Stand)
class StandAdmin(ReadOnlyAdmin):
    list_display = ["matter", "jurisdiction", "value", "at"]
    list_filter = ["value"]
    list_select_related = ["matter", "jurisdiction"]
    search_fields = [
        "matter__key",
        "jurisdiction__code",
        "jurisdiction__name_zh",
        "jurisdiction__name_en",
    ]
    date_hierarchy = "at"
