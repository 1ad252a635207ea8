from django.urls import include, path

from consult.desk.views import home

urlpatterns = [
    path("", home, name="home"),  # the name every page of the house links to
    path("", include("consult.desk.urls")),
    path("", include("consult.matters.urls")),
    path("", include("consult.demands.urls")),
    path("", include("consult.phase1_organization.urls")),
    path("", include("consult.phase2_preparation.urls")),
    path("", include("consult.phase3_identification.urls")),
    path("", include("consult.approval.urls")),
    path("", include("consult.phase4_implementation.urls")),
    path("", include("consult.tasks.urls")),
    path("", include("consult.meetings.urls")),
    path("", include("consult.balance.urls")),
    path("", include("consult.dashboard.urls")),
    path("", include("consult.search.urls")),
    path("", include("consult.health.urls")),
    path("", include("consult.archive.urls")),
    path("", include("consult.spoken.urls")),
    path("plans/<slug:key>/", include("consult.workflow.urls")),
]
