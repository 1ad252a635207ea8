"""The API of the slices."""

from django.urls import include, path

urlpatterns = [
    path("", include("consult.matters.api")),
    path("", include("consult.phase2_preparation.api")),
]
