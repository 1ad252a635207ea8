from django.contrib import admin

from consult.phase1_organization.models import Charter, Invitation, InvitationAnswer
from stakeholders.record.admin import ReadOnlyAdmin


@admin.register(Invitation)
class InvitationAdmin(ReadOnlyAdmin):
    list_display = ["plan", "jurisdiction", "role", "must_sign", "invited_at", "answer_by"]
    list_select_related = ["plan", "jurisdiction"]
    list_filter = ["role"]
    search_fields = [
        "plan__key",
        "plan__title_zh",
        "jurisdiction__code",
        "jurisdiction__name_zh",
        "jurisdiction__name_en",
    ]
    date_hierarchy = "invited_at"


@admin.register(InvitationAnswer)
class InvitationAnswerAdmin(ReadOnlyAdmin):
    list_display = ["invitation", "answer", "role_asked", "letter_number", "at"]
    list_select_related = ["invitation__plan", "invitation__jurisdiction"]
    list_filter = ["answer"]
    search_fields = [
        "invitation__plan__key",
        "invitation__jurisdiction__code",
        "invitation__jurisdiction__name_zh",
        "letter_number",
    ]
    date_hierarchy = "at"


@admin.register(Charter)
class CharterAdmin(ReadOnlyAdmin):
    list_display = ["plan", "number", "hash", "proposed_at"]
    list_select_related = ["plan"]
    search_fields = ["plan__key", "hash"]
    date_hierarchy = "proposed_at"
