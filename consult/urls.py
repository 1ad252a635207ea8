from django.urls import include, path

urlpatterns = [
    path("", include("consult.matters.urls")),
    path("", include("consult.phase1_organization.urls")),
    path("", include("consult.phase2_preparation.urls")),
    path("", include("consult.phase3_identification.urls")),
    path("", include("consult.phase4_implementation.urls")),
    path("plans/<slug:key>/", include("consult.workflow.urls")),
    path("", include("consult.desk.urls")),
]
