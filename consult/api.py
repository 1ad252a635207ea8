"""The API of the slices."""

from django.urls import include, path

urlpatterns = [
    path("", include("consult.matters.api")),
    path("", include("consult.demands.api")),
    path("", include("consult.phase1_organization.api")),
    path("", include("consult.phase2_preparation.api")),
    path("", include("consult.phase3_identification.api")),
    path("", include("consult.approval.api")),
    path("", include("consult.phase4_implementation.api")),
    path("", include("consult.tasks.api")),
    path("", include("consult.meetings.api")),
    path("", include("consult.balance.api")),
    path("", include("consult.dashboard.api")),
    path("", include("consult.search.api")),
    path("", include("consult.health.api")),
    path("", include("consult.spoken.api")),
    path("", include("consult.workflow.api")),
    path("", include("consult.archive.api")),
    path("", include("consult.desk.api")),
]
