from django.contrib import admin

from stakeholders.jurisdictions.admin.acts import ActAdmin
from stakeholders.jurisdictions.forms import RenameForm, SucceedForm
from stakeholders.jurisdictions.models import FormerName, Succession


@admin.register(FormerName)
class FormerNameAdmin(ActAdmin):
    """Adding one renames the unit: what it was called becomes the former name."""

    form = RenameForm
    list_display = ["jurisdiction", "name_zh", "name_en_unique", "valid_from", "valid_until"]
    list_select_related = ["jurisdiction"]
    search_fields = ["jurisdiction__code", "jurisdiction__name_zh", "name_zh", "name_en_unique"]
    autocomplete_fields = ["jurisdiction"]
    date_hierarchy = "valid_until"


@admin.register(Succession)
class SuccessionAdmin(ActAdmin):
    """Which unit followed which."""

    form = SucceedForm
    list_display = ["predecessor", "successor", "kind", "day", "document"]
    list_filter = ["kind"]
    list_select_related = ["predecessor", "successor"]
    search_fields = [
        "predecessor__code",
        "predecessor__name_zh",
        "successor__code",
        "successor__name_zh",
    ]
    date_hierarchy = "day"
