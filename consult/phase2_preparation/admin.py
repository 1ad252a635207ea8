from django.contrib import admin

from consult.phase2_preparation.models import (
    ChangeReason,
    CollectiveOpinion,
    CommenterAnswer,
    DispositionPublication,
    ExpertInvitation,
    Round,
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
    list_display = ["round", "jurisdiction_id", "extended_until"]
    list_select_related = ["round"]
    search_fields = [
        "round__plan__key",
        "jurisdiction__code",
        "jurisdiction__name_zh",
        "jurisdiction__name_en",
    ]


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


@admin.register(ExpertInvitation)
class ExpertInvitationAdmin(ReadOnlyAdmin):
    """Neither name nor address, draft nor reason: whom one may erase is asked on the plan's page."""

    list_display = ["plan", "number", "asks", "audience", "closes_at", "sent_at", "revoked_at"]
    fields = ["plan", "number", "asks", "audience", "closes_at", "sent_at", "revoked_at"]
    list_filter = ["asks", "audience"]
    list_select_related = ["plan"]
    search_fields = ["plan__key"]
    date_hierarchy = "closes_at"


@admin.register(CollectiveOpinion)
class CollectiveOpinionAdmin(ReadOnlyAdmin):
    """What stands; the words show on the plan's page."""

    list_display = ["plan", "number", "held_on", "finished_at"]
    fields = ["plan", "number", "held_on", "finished_at"]
    list_select_related = ["plan"]
    search_fields = ["plan__key"]
    date_hierarchy = "held_on"
