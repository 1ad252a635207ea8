from django.contrib import admin

from stakeholders.jurisdictions.admin.acts import ActAdmin
from stakeholders.jurisdictions.forms import DaysForm
from stakeholders.jurisdictions.models import WorkdayOverride


@admin.register(WorkdayOverride)
class WorkdayOverrideAdmin(ActAdmin):
    """Days of the calendar; a wrong one is taken back by a later one."""

    form = DaysForm
    list_display = ["day", "is_workday", "name_zh", "basis", "document", "effective_from"]
    list_filter = ["is_workday", "basis"]
    search_fields = ["name_zh", "name_en", "document"]
    date_hierarchy = "day"
