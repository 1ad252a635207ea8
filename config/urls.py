"""All URLs. Every one is closed to strangers unless `config.open_urls` lists it."""

from django.contrib import admin
from django.urls import include, path

from config import health

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("admin/", admin.site.urls),
    path("accounts/", include("allauth.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("api/v1/", include("config.api")),
    path("", include("stakeholders.urls")),
    path("", include("plans.urls")),
    path("", include("consult.urls")),
]
