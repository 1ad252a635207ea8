"""The API of the slices."""

from django.urls import URLPattern, URLResolver, path

from consult.desk.api import OwnDuties, PlanDuties

urlpatterns: list[URLPattern | URLResolver] = [
    path("duties/", OwnDuties.as_view(), name="duties"),
    path("plans/<slug:key>/duties/", PlanDuties.as_view(), name="plan_duties"),
]
