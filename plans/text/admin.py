from django.contrib import admin

from plans.text.models import Chapter, Provision, Standard
from stakeholders.record.admin import ReadOnlyAdmin


@admin.register(Chapter)
class ChapterAdmin(ReadOnlyAdmin):
    list_display = ["plan", "position", "key", "title_zh", "drafting"]
    list_select_related = ["plan"]
    search_fields = ["key", "title_zh", "title_en", "plan__key"]


@admin.register(Provision)
class ProvisionAdmin(ReadOnlyAdmin):
    list_display = ["item", "chapter", "position"]
    list_select_related = ["item", "chapter"]
    search_fields = ["item__key", "chapter__key", "chapter__title_zh"]


@admin.register(Standard)
class StandardAdmin(ReadOnlyAdmin):
    list_display = ["item", "position"]
    list_select_related = ["item"]
    search_fields = ["item__key", "item__plan__key"]
