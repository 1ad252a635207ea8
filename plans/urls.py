from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("plans/", include("plans.register.urls")),
    path("plans/", include("plans.projects.urls")),
]
