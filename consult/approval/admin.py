from django.contrib import admin

from consult.approval.models import (
    Acknowledgement,
    ApprovalLetter,
    ApprovalReply,
    DossierArrangement,
    DossierPaper,
    ReplyCondition,
)
from stakeholders.record.admin import ReadOnlyAdmin

MANDATE = ["mandate__jurisdiction", "mandate__organization"]


@admin.register(DossierArrangement)
class DossierArrangementAdmin(ReadOnlyAdmin):
    list_display = ["plan", "reason", "mandate", "at"]
    list_select_related = ["plan", *MANDATE]
    search_fields = ["plan__key", "reason"]
    date_hierarchy = "at"


@admin.register(DossierPaper)
class DossierPaperAdmin(ReadOnlyAdmin):
    list_display = ["plan", "line", "document_number", "issuer", "issued_on", "mandate", "at"]
    list_select_related = ["plan", *MANDATE]
    search_fields = ["plan__key", "line", "document_number", "issuer"]
    date_hierarchy = "at"


@admin.register(ApprovalLetter)
class ApprovalLetterAdmin(ReadOnlyAdmin):
    list_display = ["plan", "kind", "number", "dated_on", "due_on", "mandate", "at"]
    list_filter = ["kind"]
    list_select_related = ["plan", *MANDATE]
    search_fields = ["plan__key", "number"]
    date_hierarchy = "at"


@admin.register(ApprovalReply)
class ApprovalReplyAdmin(ReadOnlyAdmin):
    list_display = ["letter", "outcome"]
    list_filter = ["outcome"]
    list_select_related = ["letter"]
    search_fields = ["letter__plan__key", "letter__number"]


@admin.register(ReplyCondition)
class ReplyConditionAdmin(ReadOnlyAdmin):
    list_display = ["reply", "number", "item", "text_zh"]
    list_select_related = ["reply", "item"]
    search_fields = ["reply__letter__plan__key", "item__key", "text_zh"]


@admin.register(Acknowledgement)
class AcknowledgementAdmin(ReadOnlyAdmin):
    list_display = ["reply", "revision", "jurisdiction", "letter_number", "mandate", "at"]
    list_select_related = ["reply", "revision", "jurisdiction", *MANDATE]
    search_fields = [
        "reply__letter__plan__key",
        "letter_number",
        "jurisdiction__code",
        "jurisdiction__name_zh",
        "jurisdiction__name_en",
    ]
    date_hierarchy = "at"
