from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from consult.phase3_identification.models import (
    CommonStatement,
    Condition,
    Declaration,
    Override,
    PartialAdoption,
    ReopeningRequest,
    Reservation,
    Signature,
    SignOff,
    StatementNumber,
)
from stakeholders.record.admin import ReadOnlyAdmin


@admin.register(SignOff)
class SignOffAdmin(ReadOnlyAdmin):
    list_display = ["plan", "revision", "charter_number", "opened_at", "closes_at", "is_sealed"]
    list_filter = ["is_sealed"]
    list_select_related = ["plan", "revision"]
    search_fields = ["plan__key", "plan__title_zh"]
    date_hierarchy = "opened_at"


@admin.register(Declaration)
class DeclarationAdmin(ReadOnlyAdmin):
    """Only that a party answered: content and nonce of a sealed one show nowhere."""

    list_display = ["sign_off", "jurisdiction", "mandate", "at"]
    fields = ["sign_off", "revision", "jurisdiction", "mandate", "at"]
    list_select_related = [
        "sign_off",
        "jurisdiction",
        "mandate__jurisdiction",
        "mandate__organization",
    ]
    search_fields = [
        "sign_off__plan__key",
        "jurisdiction__code",
        "jurisdiction__name_zh",
        "jurisdiction__name_en",
    ]
    date_hierarchy = "at"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Declaration]:
        return super().get_queryset(request).defer("content", "nonce")


@admin.register(Reservation)
class ReservationAdmin(ReadOnlyAdmin):
    """Reservations of sign-offs that have ended: an open one may be sealed."""

    list_display = ["item", "jurisdiction", "review_on"]
    list_select_related = ["item", "jurisdiction"]
    search_fields = [
        "item__key",
        "jurisdiction__code",
        "jurisdiction__name_zh",
        "jurisdiction__name_en",
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Reservation]:
        ended = {"position__ballot__sign_off_ballot__sign_off__end__isnull": False}
        return super().get_queryset(request).filter(**ended)


@admin.register(CommonStatement)
class CommonStatementAdmin(ReadOnlyAdmin):
    list_display = ["sign_off", "revision", "hash", "at"]
    list_select_related = ["sign_off", "revision"]
    search_fields = ["sign_off__plan__key", "hash"]
    date_hierarchy = "at"


@admin.register(StatementNumber)
class StatementNumberAdmin(ReadOnlyAdmin):
    list_display = ["number", "statement", "dated_on", "at"]
    list_select_related = ["statement"]
    search_fields = ["number", "statement__sign_off__plan__key"]
    date_hierarchy = "dated_on"


@admin.register(Signature)
class SignatureAdmin(ReadOnlyAdmin):
    list_display = ["statement", "jurisdiction", "mandate", "letter_number", "at"]
    list_select_related = [
        "statement",
        "jurisdiction",
        "mandate__jurisdiction",
        "mandate__organization",
    ]
    search_fields = [
        "letter_number",
        "jurisdiction__code",
        "jurisdiction__name_zh",
        "jurisdiction__name_en",
    ]
    date_hierarchy = "at"


@admin.register(Override)
class OverrideAdmin(ReadOnlyAdmin):
    list_display = ["item_ballot", "mandate", "second", "at"]
    list_select_related = [
        "item_ballot",
        "mandate__jurisdiction",
        "mandate__organization",
        "second__jurisdiction",
        "second__organization",
    ]
    search_fields = ["item_ballot__sign_off__plan__key", "item_ballot__item__key"]
    date_hierarchy = "at"


@admin.register(ReopeningRequest)
class ReopeningRequestAdmin(ReadOnlyAdmin):
    list_display = ["sign_off", "jurisdiction", "mandate", "at"]
    list_select_related = [
        "sign_off",
        "jurisdiction",
        "mandate__jurisdiction",
        "mandate__organization",
    ]
    search_fields = [
        "sign_off__plan__key",
        "jurisdiction__code",
        "jurisdiction__name_zh",
        "jurisdiction__name_en",
    ]
    date_hierarchy = "at"


@admin.register(Condition)
class ConditionAdmin(ReadOnlyAdmin):
    """Conditions of sign-offs that have ended: an open one may be sealed."""

    list_display = ["declaration", "item", "by", "due_on"]
    list_select_related = ["declaration", "item", "by"]
    search_fields = ["declaration__sign_off__plan__key", "declaration__jurisdiction__code"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Condition]:
        return super().get_queryset(request).filter(declaration__sign_off__end__isnull=False)


@admin.register(PartialAdoption)
class PartialAdoptionAdmin(ReadOnlyAdmin):
    list_display = ["sign_off", "revision", "reason", "mandate", "at"]
    list_select_related = [
        "sign_off",
        "revision",
        "mandate__jurisdiction",
        "mandate__organization",
    ]
    search_fields = ["sign_off__plan__key", "reason"]
    date_hierarchy = "at"
