from django.urls import include, path

urlpatterns = [
    path("", include("consult.matters.urls")),
    path("", include("consult.phase2_preparation.urls")),
]
