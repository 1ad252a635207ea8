from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from consult.phase2_preparation.models import (
    ChangeReason,
    CollectiveOpinion,
    CommenterAnswer,
    CommentSupport,
    DisplayFinish,
    DispositionBatch,
    DispositionPublication,
    DispositionWithdrawal,
    ExpertInvitation,
    NeighbourAnswer,
    NeighbourOpinion,
    PaperConfirmation,
    PaperEntry,
    PublicationLetter,
    Round,
    RoundExtension,
    RoundInvitee,
    TextBlock,
)
from stakeholders.administering import TableAdmin
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


@admin.register(DispositionBatch)
class DispositionBatchAdmin(ReadOnlyAdmin):
    list_display = ["plan", "kind", "size", "at"]
    fields = ["plan", "kind", "size", "at"]
    list_filter = ["kind"]
    list_select_related = ["plan"]
    date_hierarchy = "at"


@admin.register(DispositionWithdrawal)
class DispositionWithdrawalAdmin(ReadOnlyAdmin):
    list_display = ["disposition_id", "at"]
    fields = ["at"]
    date_hierarchy = "at"


@admin.register(PublicationLetter)
class PublicationLetterAdmin(ReadOnlyAdmin):
    list_display = ["plan", "batch", "at"]
    fields = ["plan", "batch", "note", "at"]
    list_select_related = ["plan"]
    date_hierarchy = "at"


@admin.register(TextBlock)
class TextBlockAdmin(TableAdmin):
    """The text blocks of the whole site; those of a plan are its joint office's."""

    list_display = ["title", "outcome"]
    list_filter = ["outcome"]
    fields = ["title", "outcome", "text_zh", "text_en"]
    search_fields = ["title", "text_zh", "text_en"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[TextBlock]:
        return super().get_queryset(request).filter(plan__isnull=True)


@admin.register(CommenterAnswer)
class CommenterAnswerAdmin(ReadOnlyAdmin):
    list_display = ["disposition_id", "accepts", "at"]
    fields = ["accepts", "at"]
    list_filter = ["accepts"]
    date_hierarchy = "at"


@admin.register(CommentSupport)
class CommentSupportAdmin(ReadOnlyAdmin):
    list_display = ["comment_id", "jurisdiction_id", "is_withdrawn", "at"]
    fields = ["is_withdrawn", "at"]
    list_filter = ["is_withdrawn"]
    date_hierarchy = "at"


@admin.register(ChangeReason)
class ChangeReasonAdmin(ReadOnlyAdmin):
    list_display = ["plan", "item", "at"]
    fields = ["plan", "item", "at"]
    list_select_related = ["plan", "item"]
    search_fields = ["plan__key", "item__key"]
    date_hierarchy = "at"


@admin.register(DisplayFinish)
class DisplayFinishAdmin(ReadOnlyAdmin):
    list_display = ["document_number", "issued_on", "issuer", "at"]
    fields = ["document_number", "issued_on", "issuer", "at"]
    date_hierarchy = "at"


@admin.register(PaperEntry)
class PaperEntryAdmin(ReadOnlyAdmin):
    list_display = ["plan", "paper", "is_waiver", "document_number", "issued_on", "at"]
    fields = ["plan", "paper", "is_waiver", "document_number", "issued_on", "issuer", "at"]
    list_filter = ["paper", "is_waiver"]
    list_select_related = ["plan"]
    search_fields = ["plan__key", "document_number"]
    date_hierarchy = "at"


@admin.register(PaperConfirmation)
class PaperConfirmationAdmin(ReadOnlyAdmin):
    list_display = ["entry_id", "jurisdiction_id", "agrees", "at"]
    fields = ["agrees", "at"]
    list_filter = ["agrees"]
    date_hierarchy = "at"


@admin.register(NeighbourOpinion)
class NeighbourOpinionAdmin(ReadOnlyAdmin):
    list_display = ["plan", "jurisdiction_id", "result", "letter_number", "letter_on", "at"]
    fields = ["plan", "result", "letter_number", "letter_on", "at"]
    list_filter = ["result"]
    list_select_related = ["plan"]
    search_fields = ["plan__key", "letter_number"]
    date_hierarchy = "at"


@admin.register(NeighbourAnswer)
class NeighbourAnswerAdmin(ReadOnlyAdmin):
    list_display = ["opinion_id", "letter_number", "letter_on", "at"]
    fields = ["letter_number", "letter_on", "at"]
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
