"""All URLs. Every one is closed to strangers unless `config.open_urls` lists it."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from config import health, help_pages
from stakeholders.people.views import set_language

# Administrators sign in where everybody does: one door, with its rate limits and second step.
admin.site.site_header = admin.site.site_title = _("Administration of Jointplan")
admin.site.index_title = _("What administrators keep")
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

handler400 = "config.errors.bad_request"
handler404 = "config.errors.not_found"
handler500 = "config.errors.failed"

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("admin/", admin.site.urls),
    path("accounts/", include("allauth.urls")),
    path("help/rights/", help_pages.rights, name="help_rights"),
    path("help/approval/", help_pages.approval, name="help_approval"),
    path("i18n/setlang/", set_language, name="set_language"),
    path("api/v1/", include("config.api")),
    path("", include("stakeholders.urls")),
    path("", include("plans.urls")),
    path("", include("consult.urls")),
]
