from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from stakeholders.administering import TableAdmin
from stakeholders.record.models import HeadTold, RecordEntry, RecordHead


class ReadOnlyAdmin(TableAdmin):
    """A table administrators may read and nobody may edit by hand."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


# The chains of what one jurisdiction does inside (`steps.inside_chain`): no administrator's.
INSIDE = r"^(party:|plan:[^:]+:)"


@admin.register(RecordEntry)
class RecordEntryAdmin(ReadOnlyAdmin):
    list_display = ["chain", "seq", "at", "act", "subject", "actor_kind", "jurisdiction_code"]
    list_filter = ["act", "actor_kind"]
    search_fields = ["chain", "subject", "hash"]
    date_hierarchy = "at"

    def get_queryset(self, request: HttpRequest) -> QuerySet[RecordEntry]:
        return super().get_queryset(request).exclude(chain__regex=INSIDE)


@admin.register(RecordHead)
class RecordHeadAdmin(ReadOnlyAdmin):
    list_display = ["chain", "seq", "hash"]
    search_fields = ["chain"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[RecordHead]:
        return super().get_queryset(request).exclude(chain__regex=INSIDE)


@admin.register(HeadTold)
class HeadToldAdmin(ReadOnlyAdmin):
    list_display = ["chain", "seq", "hash", "root", "at"]
    search_fields = ["chain", "hash", "root"]
    date_hierarchy = "at"
