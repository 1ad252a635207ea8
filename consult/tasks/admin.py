from django.contrib import admin

from consult.tasks.models import (
    Programme,
    ProgrammeLine,
    StrikeOff,
    SupervisionNote,
    SupervisionReply,
    SupervisionVerdict,
    Task,
    TaskChange,
    TaskPartner,
    TaskReport,
)
from stakeholders.record.admin import ReadOnlyAdmin

MANDATE = ["mandate__jurisdiction", "mandate__organization"]
OWNERS = ["owner", "owner_body"]


@admin.register(Task)
class TaskAdmin(ReadOnlyAdmin):
    list_display = ["plan", "number", "title_zh", "owner", "owner_body", "due_on", "origin", "at"]
    list_filter = ["origin"]
    list_select_related = ["plan", *OWNERS]
    search_fields = ["plan__key", "title_zh", "title_en"]
    date_hierarchy = "at"


@admin.register(TaskPartner)
class TaskPartnerAdmin(ReadOnlyAdmin):
    list_display = ["task", "jurisdiction"]
    list_select_related = ["task", "jurisdiction"]
    search_fields = ["task__plan__key", "jurisdiction__code"]


@admin.register(TaskChange)
class TaskChangeAdmin(ReadOnlyAdmin):
    list_display = ["task", "owner", "owner_body", "due_on", "is_dropped", "mandate", "at"]
    list_filter = ["is_dropped"]
    list_select_related = ["task", *OWNERS, *MANDATE]
    search_fields = ["task__plan__key", "reason"]
    date_hierarchy = "at"


@admin.register(TaskReport)
class TaskReportAdmin(ReadOnlyAdmin):
    list_display = ["task", "jurisdiction", "progress", "percent", "is_on_behalf", "mandate", "at"]
    list_filter = ["progress", "is_on_behalf"]
    list_select_related = ["task", "jurisdiction", *MANDATE]
    search_fields = ["task__plan__key", "evidence"]
    date_hierarchy = "at"


@admin.register(StrikeOff)
class StrikeOffAdmin(ReadOnlyAdmin):
    list_display = ["report", "jurisdiction", "confirms", "mandate", "at"]
    list_filter = ["confirms"]
    list_select_related = ["report", "jurisdiction", *MANDATE]
    search_fields = ["report__task__plan__key", "reason"]
    date_hierarchy = "at"


@admin.register(Programme)
class ProgrammeAdmin(ReadOnlyAdmin):
    list_display = ["plan", "year", "edition", "mandate", "at"]
    list_select_related = ["plan", *MANDATE]
    search_fields = ["plan__key"]
    date_hierarchy = "at"


@admin.register(ProgrammeLine)
class ProgrammeLineAdmin(ReadOnlyAdmin):
    list_display = ["programme", "task", "due_on"]
    list_select_related = ["programme", "task"]
    search_fields = ["programme__plan__key", "task__title_zh"]


@admin.register(SupervisionNote)
class SupervisionNoteAdmin(ReadOnlyAdmin):
    list_display = ["plan", "number", "issuer", "addressee", "subject", "due_at", "mandate", "at"]
    list_filter = ["subject"]
    list_select_related = ["plan", "issuer", "addressee", *MANDATE]
    search_fields = ["plan__key", "letter"]
    date_hierarchy = "at"


@admin.register(SupervisionReply)
class SupervisionReplyAdmin(ReadOnlyAdmin):
    list_display = ["note", "letter", "mandate", "at"]
    list_select_related = ["note", *MANDATE]
    search_fields = ["note__plan__key", "letter"]
    date_hierarchy = "at"


@admin.register(SupervisionVerdict)
class SupervisionVerdictAdmin(ReadOnlyAdmin):
    list_display = ["reply", "accepts", "due_at", "mandate", "at"]
    list_filter = ["accepts"]
    list_select_related = ["reply", *MANDATE]
    search_fields = ["reply__note__plan__key", "reason"]
    date_hierarchy = "at"
