"""The API of the slices."""

from django.urls import URLPattern, URLResolver

from consult.phase4_implementation.api import urlpatterns as implementation

urlpatterns: list[URLPattern | URLResolver] = [*implementation]
