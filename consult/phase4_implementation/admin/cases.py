"""Cases and what was said in them, to look at."""

from django.contrib import admin

from consult.phase4_implementation.models import (
    Case,
    CaseAnswer,
    CaseEnd,
    CaseMove,
    CaseParty,
    CaseView,
)
from stakeholders.record.admin import ReadOnlyAdmin


@admin.register(Case)
class CaseAdmin(ReadOnlyAdmin):
    list_display = ["plan", "number", "warning", "due_at", "at"]
    list_select_related = ["plan", "warning"]
    search_fields = ["plan__key", "number", "warning__reading__item__key"]
    date_hierarchy = "at"


@admin.register(CaseParty)
class CasePartyAdmin(ReadOnlyAdmin):
    list_display = ["case", "jurisdiction", "part"]
    list_select_related = ["case", "jurisdiction"]
    list_filter = ["part"]
    search_fields = ["case__plan__key", "jurisdiction__code"]


@admin.register(CaseAnswer)
class CaseAnswerAdmin(ReadOnlyAdmin):
    list_display = ["case", "jurisdiction", "done_on", "is_on_behalf", "at"]
    list_select_related = ["case", "jurisdiction"]
    list_filter = ["is_on_behalf"]
    search_fields = ["case__plan__key", "jurisdiction__code", "cause_zh", "measure_zh"]
    date_hierarchy = "at"


@admin.register(CaseView)
class CaseViewAdmin(ReadOnlyAdmin):
    list_display = ["case", "jurisdiction", "accepts", "at"]
    list_select_related = ["case", "jurisdiction"]
    list_filter = ["accepts"]
    search_fields = ["case__plan__key", "jurisdiction__code", "text_zh"]
    date_hierarchy = "at"


@admin.register(CaseMove)
class CaseMoveAdmin(ReadOnlyAdmin):
    list_display = ["case", "level", "due_at", "at"]
    list_select_related = ["case"]
    list_filter = ["level"]
    search_fields = ["case__plan__key", "note"]
    date_hierarchy = "at"


@admin.register(CaseEnd)
class CaseEndAdmin(ReadOnlyAdmin):
    list_display = ["case", "outcome", "matter", "at"]
    list_select_related = ["case", "matter"]
    list_filter = ["outcome"]
    search_fields = ["case__plan__key", "reason_zh"]
    date_hierarchy = "at"
