"""All URLs. Every one is closed to strangers unless `config.open_urls` lists it."""

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from config import health

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("admin/", admin.site.urls),
    path("accounts/", include("allauth.urls")),
    path("i18n/setlang/", login_not_required(set_language), name="set_language"),
    path("api/v1/", include("config.api")),
    path("", include("stakeholders.urls")),
    path("", include("plans.urls")),
    path("", include("consult.urls")),
]
