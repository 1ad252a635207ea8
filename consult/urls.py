from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("consult.phase1_organization.urls")),
    path("", include("consult.phase3_identification.urls")),
    path("plans/<slug:key>/", include("consult.workflow.urls")),
    path("", include("consult.phase1_organization.urls")),
]
