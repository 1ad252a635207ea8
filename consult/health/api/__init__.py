"""Health checks over the API: the same acts as the pages, less positions and what is one.

Taking a position on a report, and lifting a reservation in its review, are done by form only.
"""

from django.urls import path

from consult.health.api.checks import (
    AddBorderView,
    CheckDetailView,
    CheckListView,
    FillSectionView,
    FindingMatterView,
    KeepReservationView,
    StateFigureView,
    StateFindingView,
)
from consult.health.api.reports import (
    CheckReportView,
    CloseReportEmptyView,
    CloseReportView,
    PublishCheckView,
    PutForwardView,
    RecallReportView,
)

PLAN = "plans/<slug:key>/health/"
ONE = f"{PLAN}<int:pk>/"
urlpatterns = [
    path(PLAN, CheckListView.as_view()),
    path(ONE, CheckDetailView.as_view()),
    path(f"{ONE}border/", AddBorderView.as_view()),
    path(f"{ONE}border/<int:number>/figures/", StateFigureView.as_view()),
    path(f"{ONE}sections/<int:number>/texts/", FillSectionView.as_view()),
    path(f"{ONE}findings/", StateFindingView.as_view()),
    path(f"{ONE}findings/<int:number>/matter/", FindingMatterView.as_view()),
    path(f"{ONE}reservations/<int:reservation>/keep/", KeepReservationView.as_view()),
    path(f"{ONE}reports/", PutForwardView.as_view()),
    path(f"{ONE}reports/<int:number>/", CheckReportView.as_view()),
    path(f"{ONE}reports/close/", CloseReportView.as_view()),
    path(f"{ONE}reports/close-without-result/", CloseReportEmptyView.as_view()),
    path(f"{ONE}reports/recall/", RecallReportView.as_view()),
    path(f"{ONE}publication/", PublishCheckView.as_view()),
]
