"""The administrators' list of files: facts only. The bytes belong to who may see their object."""

from django.contrib import admin
from django.http import HttpRequest

from stakeholders.administering import TableAdmin
from stakeholders.files.models import StoredFile


@admin.register(StoredFile)
class StoredFileAdmin(TableAdmin):
    list_display = ("id", "media_type", "size", "scan", "scanned_at", "plan_key", "uploaded_at")
    list_filter = ("scan", "media_type")
    search_fields = ("=sha256", "=id", "=plan_key")
    date_hierarchy = "uploaded_at"
    # Without the name: it may tell what nobody but its owner may know yet.
    fields = (
        "id",
        "sha256",
        "media_type",
        "size",
        "scan",
        "scanned_at",
        "plan_key",
        "uploaded_by",
        "uploaded_at",
        "touched_at",
    )
    list_select_related = ("uploaded_by",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: StoredFile | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: StoredFile | None = None) -> bool:
        return False
