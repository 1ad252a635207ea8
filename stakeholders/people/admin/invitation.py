from django.contrib import admin

from stakeholders.notices.admin import KeptAdmin
from stakeholders.people.models import AccountInvitation, SecondFactorReset


@admin.register(AccountInvitation)
class AccountInvitationAdmin(KeptAdmin):
    """Read here; sent again from the person's row. The link is not stored."""

    list_display = ["email", "mandate", "invited_by", "created_at", "expires_at", "accepted_at"]
    list_select_related = ["mandate__jurisdiction", "mandate__organization", "invited_by"]
    search_fields = ["email", "user__name_zh", "user__name_en"]
    fields = [
        "user",
        "email",
        "mandate",
        "invited_by",
        "created_at",
        "sent_at",
        "expires_at",
        "accepted_at",
        "withdrawn_at",
    ]


@admin.register(SecondFactorReset)
class SecondFactorResetAdmin(KeptAdmin):
    list_display = ["user", "reason", "asked_by", "asked_at", "confirmed_by", "confirmed_at"]
    list_select_related = ["user", "asked_by", "confirmed_by"]
    search_fields = ["user__email", "reason"]
