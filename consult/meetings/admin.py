from django.contrib import admin

from consult.meetings.models import (
    AgendaItem,
    Attendance,
    Decision,
    Meeting,
    MeetingCall,
    MeetingGuest,
    MeetingPaper,
    MinutesComment,
    MinutesConfirmation,
    MinutesDraft,
    MinutesEdition,
    MinutesLock,
    MinutesReply,
)
from stakeholders.record.admin import ReadOnlyAdmin


@admin.register(Meeting)
class MeetingAdmin(ReadOnlyAdmin):
    list_display = ["plan", "number", "title_zh", "kind", "level", "starts_at", "held_at"]
    list_filter = ["kind", "level"]
    search_fields = ["plan__key", "title_zh", "title_en"]
    list_select_related = ["plan"]
    date_hierarchy = "starts_at"


@admin.register(MeetingGuest)
class MeetingGuestAdmin(ReadOnlyAdmin):
    list_display = ["meeting", "jurisdiction", "organization"]
    list_select_related = ["meeting", "jurisdiction", "organization"]
    search_fields = ["meeting__title_zh", "meeting__plan__key"]


@admin.register(MeetingCall)
class MeetingCallAdmin(ReadOnlyAdmin):
    list_display = ["meeting", "number", "hash", "at"]
    list_select_related = ["meeting"]
    search_fields = ["meeting__title_zh", "meeting__plan__key", "hash"]
    date_hierarchy = "at"


@admin.register(AgendaItem)
class AgendaItemAdmin(ReadOnlyAdmin):
    list_display = ["meeting", "position", "title_zh", "source", "source_id"]
    list_filter = ["source"]
    list_select_related = ["meeting"]
    search_fields = ["title_zh", "title_en", "source_id", "meeting__plan__key"]


@admin.register(MeetingPaper)
class MeetingPaperAdmin(ReadOnlyAdmin):
    list_display = ["meeting", "title", "at"]
    list_select_related = ["meeting"]
    search_fields = ["title", "meeting__plan__key"]
    date_hierarchy = "at"


@admin.register(Attendance)
class AttendanceAdmin(ReadOnlyAdmin):
    list_display = ["meeting", "jurisdiction", "organization", "kind", "at"]
    list_filter = ["kind"]
    list_select_related = ["meeting", "jurisdiction", "organization"]
    search_fields = ["meeting__title_zh", "meeting__plan__key"]
    date_hierarchy = "at"


@admin.register(Decision)
class DecisionAdmin(ReadOnlyAdmin):
    list_display = ["agenda_item", "outcome", "at"]
    list_filter = ["outcome"]
    list_select_related = ["agenda_item"]
    search_fields = ["agenda_item__title_zh", "agenda_item__meeting__plan__key"]
    date_hierarchy = "at"


@admin.register(MinutesDraft)
class MinutesDraftAdmin(ReadOnlyAdmin):
    list_display = ["meeting", "edits", "changed_at"]
    list_select_related = ["meeting"]
    search_fields = ["meeting__title_zh", "meeting__plan__key"]


@admin.register(MinutesEdition)
class MinutesEditionAdmin(ReadOnlyAdmin):
    list_display = ["meeting", "number", "hash", "due_at", "at"]
    list_select_related = ["meeting"]
    search_fields = ["meeting__title_zh", "meeting__plan__key", "hash"]
    date_hierarchy = "at"


@admin.register(MinutesComment)
class MinutesCommentAdmin(ReadOnlyAdmin):
    list_display = ["edition", "jurisdiction", "at"]
    list_select_related = ["edition", "jurisdiction"]
    search_fields = ["edition__meeting__title_zh", "edition__meeting__plan__key"]
    date_hierarchy = "at"


@admin.register(MinutesReply)
class MinutesReplyAdmin(ReadOnlyAdmin):
    list_display = ["comment", "is_adopted", "at"]
    list_filter = ["is_adopted"]
    list_select_related = ["comment"]
    search_fields = ["comment__edition__meeting__plan__key"]
    date_hierarchy = "at"


@admin.register(MinutesConfirmation)
class MinutesConfirmationAdmin(ReadOnlyAdmin):
    list_display = ["edition", "jurisdiction", "confirms", "at"]
    list_filter = ["confirms"]
    list_select_related = ["edition", "jurisdiction"]
    search_fields = ["edition__meeting__title_zh", "edition__meeting__plan__key"]
    date_hierarchy = "at"


@admin.register(MinutesLock)
class MinutesLockAdmin(ReadOnlyAdmin):
    list_display = ["meeting", "edition", "at"]
    list_select_related = ["meeting", "edition"]
    search_fields = ["meeting__title_zh", "meeting__plan__key"]
    date_hierarchy = "at"
