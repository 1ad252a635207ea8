from django.contrib import admin
from django.http import HttpRequest

from stakeholders.people.models import Organization


@admin.register(Organization)
class OrganizationAdmin(admin.ModelAdmin):
    list_display = ["key", "name_zh", "name_en", "kind"]
    list_filter = ["kind"]
    search_fields = ["key", "name_zh", "name_en"]
    autocomplete_fields = ["jurisdictions"]

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False
