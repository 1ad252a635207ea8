from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("plans/", include("consult.phase4_implementation.urls")),
]
