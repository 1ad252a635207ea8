from django.contrib import admin
from django.http import HttpRequest

from stakeholders.people.models import ApiToken


@admin.register(ApiToken)
class ApiTokenAdmin(admin.ModelAdmin):
    """Tokens are shown by their first characters; the token itself is not stored."""

    list_display = ["token_key", "user", "mandate", "name", "created", "expiry"]
    fields = ["user", "mandate", "name", "expiry"]
    readonly_fields = ["user", "mandate", "name"]
    search_fields = ["user__email", "token_key"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False
