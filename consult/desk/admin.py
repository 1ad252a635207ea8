from django.contrib import admin

from consult.desk.models import AnnouncedDeadline, CalendarFeed, ReminderPolicy
from stakeholders.record.admin import ReadOnlyAdmin


@admin.register(CalendarFeed)
class CalendarFeedAdmin(ReadOnlyAdmin):
    """That a feed exists, whose it is and when it was read last; nothing of its address."""

    list_display = ["user", "plan", "name", "created_at", "read_at", "revoked_at"]
    list_select_related = ["user", "plan"]
    list_filter = ["revoked_at"]
    fields = ["user", "plan", "name", "language", "created_at", "read_at", "revoked_at"]
    search_fields = ["user__email", "user__name_zh", "plan__key"]
    date_hierarchy = "created_at"


@admin.register(ReminderPolicy)
class ReminderPolicyAdmin(ReadOnlyAdmin):
    list_display = ["plan", "number", "before", "every", "office_after", "escalate_after", "hour"]
    list_select_related = ["plan"]
    search_fields = ["plan__key"]
    date_hierarchy = "at"


@admin.register(AnnouncedDeadline)
class AnnouncedDeadlineAdmin(ReadOnlyAdmin):
    list_display = ["plan", "duty_key", "number", "due_at", "at"]
    list_select_related = ["plan"]
    search_fields = ["plan__key", "duty_key"]
    date_hierarchy = "at"
