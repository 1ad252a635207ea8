from django.contrib import admin

from consult.phase1_organization.models import (
    Accession,
    Charter,
    Invitation,
    InvitationAnswer,
    Withdrawal,
    WithdrawalEnd,
)
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


@admin.register(Withdrawal)
class WithdrawalAdmin(ReadOnlyAdmin):
    list_display = ["plan", "jurisdiction", "letter_number", "at", "takes_effect_at"]
    list_select_related = ["plan", "jurisdiction"]
    search_fields = ["plan__key", "jurisdiction__code", "jurisdiction__name_zh"]


@admin.register(WithdrawalEnd)
class WithdrawalEndAdmin(ReadOnlyAdmin):
    list_display = ["withdrawal", "has_left", "at"]
    list_select_related = ["withdrawal__plan", "withdrawal__jurisdiction"]


@admin.register(Accession)
class AccessionAdmin(ReadOnlyAdmin):
    list_display = ["plan", "number", "jurisdiction", "must_sign", "weight", "at"]
    list_select_related = ["plan", "jurisdiction"]
    search_fields = ["plan__key", "jurisdiction__code", "jurisdiction__name_zh"]
