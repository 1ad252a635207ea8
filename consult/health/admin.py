"""What administrators read of checks. A figure that only one side has stated is nobody's to read."""

from django.contrib import admin
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest

from consult.health.models import (
    BorderFigure,
    BorderItem,
    CheckPublication,
    CheckReport,
    CheckSection,
    Finding,
    FindingMatter,
    HealthCheck,
    ReservationReview,
    SectionText,
)
from stakeholders.record.admin import ReadOnlyAdmin


@admin.register(HealthCheck)
class HealthCheckAdmin(ReadOnlyAdmin):
    list_display = ["plan", "kind", "year", "due_at", "at"]
    list_select_related = ["plan"]
    list_filter = ["kind", "year"]
    search_fields = ["plan__key"]


@admin.register(CheckSection)
class CheckSectionAdmin(ReadOnlyAdmin):
    list_display = ["health_check", "number", "title_zh", "jurisdictions"]
    list_select_related = ["health_check"]
    search_fields = ["title_zh", "title_en"]


@admin.register(SectionText)
class SectionTextAdmin(ReadOnlyAdmin):
    list_display = ["section", "jurisdiction", "is_on_behalf", "at"]
    list_select_related = ["section", "jurisdiction"]
    list_filter = ["is_on_behalf"]
    search_fields = ["jurisdiction__code"]


@admin.register(BorderItem)
class BorderItemAdmin(ReadOnlyAdmin):
    list_display = ["health_check", "number", "title_zh", "owner", "reader", "tolerance"]
    list_select_related = ["health_check", "owner", "reader"]
    search_fields = ["title_zh", "title_en"]


@admin.register(BorderFigure)
class BorderFigureAdmin(ReadOnlyAdmin):
    list_display = ["item", "jurisdiction", "value", "is_on_behalf", "at"]
    list_select_related = ["item", "jurisdiction"]
    list_filter = ["is_on_behalf"]
    search_fields = ["jurisdiction__code", "source"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[BorderFigure]:
        """Those of items that both sides have stated."""
        other = BorderFigure.objects.filter(item=OuterRef("item")).exclude(
            jurisdiction=OuterRef("jurisdiction")
        )
        return super().get_queryset(request).filter(Exists(other))


@admin.register(Finding)
class FindingAdmin(ReadOnlyAdmin):
    list_display = ["health_check", "number", "title_zh", "jurisdictions", "at"]
    list_select_related = ["health_check"]
    search_fields = ["title_zh", "title_en"]


@admin.register(FindingMatter)
class FindingMatterAdmin(ReadOnlyAdmin):
    list_display = ["finding", "matter", "at"]
    list_select_related = ["finding", "matter"]
    search_fields = ["matter__key"]


@admin.register(ReservationReview)
class ReservationReviewAdmin(ReadOnlyAdmin):
    list_display = ["health_check", "reservation", "decision", "next_on", "at"]
    list_select_related = ["health_check", "reservation"]
    list_filter = ["decision"]
    search_fields = ["reservation__jurisdiction__code"]


@admin.register(CheckReport)
class CheckReportAdmin(ReadOnlyAdmin):
    list_display = ["health_check", "number", "hash", "at"]
    list_select_related = ["health_check"]
    search_fields = ["hash"]


@admin.register(CheckPublication)
class CheckPublicationAdmin(ReadOnlyAdmin):
    list_display = ["health_check", "report", "published_on", "place", "at"]
    list_select_related = ["health_check", "report"]
    search_fields = ["place"]
