from django.contrib import admin

from consult.phase2_preparation.models import (
    ChangeReason,
    CommenterAnswer,
    DispositionPublication,
    Round,
    RoundExtension,
    RoundInvitee,
)
from stakeholders.record.admin import ReadOnlyAdmin

# Replies, comments and dispositions are not shown here: an administrator speaks for nobody, and
# a sealed or unpublished text must not leak through this door.


@admin.register(Round)
class RoundAdmin(ReadOnlyAdmin):
    list_display = ["plan", "number", "revision", "kind", "opens_at", "closes_at", "closed_at"]
    list_filter = ["kind", "is_sealed"]
    list_select_related = ["plan", "revision"]
    search_fields = ["plan__key", "plan__title_zh"]
    date_hierarchy = "opens_at"


@admin.register(RoundInvitee)
class RoundInviteeAdmin(ReadOnlyAdmin):
    list_display = ["round", "audience", "jurisdiction_id", "organization_id", "extended_until"]
    list_select_related = ["round"]
    search_fields = [
        "round__plan__key",
        "jurisdiction__code",
        "jurisdiction__name_zh",
        "jurisdiction__name_en",
    ]


@admin.register(RoundExtension)
class RoundExtensionAdmin(ReadOnlyAdmin):
    list_display = ["round", "invitee", "is_late", "from_at", "to_at", "at"]
    list_filter = ["is_late"]
    list_select_related = ["round", "invitee"]
    date_hierarchy = "at"


@admin.register(DispositionPublication)
class DispositionPublicationAdmin(ReadOnlyAdmin):
    list_display = ["disposition_id", "batch", "at"]
    fields = ["batch", "at"]
    date_hierarchy = "at"


@admin.register(CommenterAnswer)
class CommenterAnswerAdmin(ReadOnlyAdmin):
    list_display = ["disposition_id", "accepts", "at"]
    fields = ["accepts", "at"]
    list_filter = ["accepts"]
    date_hierarchy = "at"


@admin.register(ChangeReason)
class ChangeReasonAdmin(ReadOnlyAdmin):
    list_display = ["plan", "item", "at"]
    fields = ["plan", "item", "at"]
    list_select_related = ["plan", "item"]
    search_fields = ["plan__key", "item__key"]
    date_hierarchy = "at"
