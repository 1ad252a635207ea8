"""The API of the slices."""

from django.urls import URLPattern, URLResolver

from plans.projects.api import urlpatterns as projects

urlpatterns: list[URLPattern | URLResolver] = [*projects]
