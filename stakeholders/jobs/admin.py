"""Whether long work goes on, for administrators: not what it is about."""

from django.contrib import admin
from django.http import HttpRequest

from stakeholders.administering import TableAdmin
from stakeholders.jobs.models import Job


@admin.register(Job)
class JobAdmin(TableAdmin):
    """State and progress of everybody's jobs; arguments and results are their person's own."""

    list_display = ["title_zh", "user", "state", "done", "total", "created_at", "finished_at"]
    list_filter = ["state", "kind"]
    list_select_related = ["user"]
    search_fields = ["id", "title_zh", "title_en", "user__email"]
    date_hierarchy = "created_at"
    fields = [
        "id",
        "kind",
        "title_zh",
        "title_en",
        "user",
        "actor_kind",
        "mandate_id",
        "state",
        "done",
        "total",
        "text_zh",
        "error_zh",
        "is_cancel_requested",
        "take_ups",
        "heartbeat_at",
        "created_at",
        "started_at",
        "finished_at",
    ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False
