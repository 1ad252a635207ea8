from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("plans/", include("plans.register.urls")),
    path("plans/", include("plans.projects.urls")),
    path("plans/<slug:key>/text/", include("plans.text.urls")),
    path("plans/<slug:key>/indicators/", include("plans.indicators.urls")),
]
