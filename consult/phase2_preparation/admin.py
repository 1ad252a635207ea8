from django.contrib import admin

from consult.phase2_preparation.models import (
    ChangeReason,
    CommenterAnswer,
    DispositionPublication,
    Round,
    RoundInvitee,
)
from stakeholders.record.admin import ReadOnlyAdmin

# Replies, comments and dispositions are not shown here: an administrator speaks for nobody, and
# a sealed or unpublished text must not leak through this door.


@admin.register(Round)
class RoundAdmin(ReadOnlyAdmin):
    list_display = ["plan", "number", "revision", "kind", "opens_at", "closes_at", "closed_at"]
    list_filter = ["kind"]


@admin.register(RoundInvitee)
class RoundInviteeAdmin(ReadOnlyAdmin):
    list_display = ["round", "jurisdiction_id", "extended_until"]


@admin.register(DispositionPublication)
class DispositionPublicationAdmin(ReadOnlyAdmin):
    list_display = ["disposition_id", "batch", "at"]
    fields = ["batch", "at"]


@admin.register(CommenterAnswer)
class CommenterAnswerAdmin(ReadOnlyAdmin):
    list_display = ["disposition_id", "accepts", "at"]
    fields = ["accepts", "at"]


@admin.register(ChangeReason)
class ChangeReasonAdmin(ReadOnlyAdmin):
    list_display = ["plan", "item", "at"]
    fields = ["plan", "item", "at"]
