from django.contrib import admin

from plans.text.models import Amendment, AmendmentOutcome, Chapter, Provision, Standard
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


@admin.register(Amendment)
class AmendmentAdmin(ReadOnlyAdmin):
    list_display = ["plan", "number", "item", "jurisdiction", "at"]
    list_select_related = ["plan", "item", "jurisdiction"]
    search_fields = ["plan__key", "item__key"]
    date_hierarchy = "at"


@admin.register(AmendmentOutcome)
class AmendmentOutcomeAdmin(ReadOnlyAdmin):
    list_display = ["amendment", "outcome", "at"]
    list_filter = ["outcome"]
    list_select_related = ["amendment"]
    search_fields = ["amendment__item__key"]
    date_hierarchy = "at"


@admin.register(Standard)
class StandardAdmin(ReadOnlyAdmin):
    list_display = ["item", "position"]
    list_select_related = ["item"]
    search_fields = ["item__key", "item__plan__key"]
