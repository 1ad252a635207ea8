from django.contrib import admin

from consult.matters.models import Matter, MatterMove, Stand
from stakeholders.record.admin import ReadOnlyAdmin


@admin.register(Matter)
class MatterAdmin(ReadOnlyAdmin):
    list_display = ["key", "plan", "title_zh", "theme", "level", "outcome"]
    list_filter = ["theme", "level", "outcome"]
    search_fields = ["key", "title_zh", "title_en"]


@admin.register(MatterMove)
class MatterMoveAdmin(ReadOnlyAdmin):
    list_display = ["matter", "kind", "level", "outcome", "at"]


@admin.register(Stand)
class StandAdmin(ReadOnlyAdmin):
    list_display = ["matter", "jurisdiction", "value", "at"]
