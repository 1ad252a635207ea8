from django.contrib import admin
from django.http import HttpRequest

from stakeholders.administering import TableAdmin
from stakeholders.people.models import ApiToken


@admin.register(ApiToken)
class ApiTokenAdmin(TableAdmin):
    """That a token exists and for which mandate; no part of it is shown. It may be taken away."""

    list_display = ["name", "user", "mandate", "created", "expiry"]
    list_select_related = ["user", "mandate__jurisdiction", "mandate__organization"]
    fields = ["name", "user", "mandate", "created", "expiry"]
    search_fields = ["user__email", "user__name_zh", "name"]
    date_hierarchy = "created"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False
