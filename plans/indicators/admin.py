from django.contrib import admin

from plans.indicators.models import Definition, ReferenceValue
from stakeholders.record.admin import ReadOnlyAdmin


@admin.register(Definition)
class DefinitionAdmin(ReadOnlyAdmin):
    list_display = ["item", "position"]
    list_select_related = ["item"]
    search_fields = ["item__key", "item__plan__key"]


@admin.register(ReferenceValue)
class ReferenceValueAdmin(ReadOnlyAdmin):
    list_display = ["key", "area_zh", "value_2012", "value_2022", "source"]
    search_fields = ["key", "name_zh", "name_en"]
