from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from stakeholders.people.models import ApiToken, Mandate, Organization, User


class PersonCreationForm(AdminUserCreationForm):
    class Meta:
        model = User
        fields = ("email", "name_zh", "name_en")


class PersonChangeForm(UserChangeForm):
    class Meta:
        model = User
        fields = "__all__"


@admin.register(User)
class PersonAdmin(UserAdmin):
    """People are deactivated, never deleted: their acts name them."""

    form = PersonChangeForm
    add_form = PersonCreationForm
    ordering = ["email"]
    list_display = ["email", "name_zh", "name_en", "is_active", "is_staff"]
    search_fields = ["email", "name_zh", "name_en"]
    fieldsets = (
        (None, {"fields": ("email", "password")}),
        (_("person"), {"fields": ("name_zh", "name_en", "language")}),
        (_("rights"), {"fields": ("is_active", "is_staff", "is_superuser", "user_permissions")}),
    )
    add_fieldsets = (
        (
            None,
            {
                "classes": ("wide",),
                "fields": (
                    "email",
                    "name_zh",
                    "name_en",
                    "usable_password",
                    "password1",
                    "password2",
                ),
            },
        ),
    )
    filter_horizontal = ("user_permissions",)

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(Organization)
class OrganizationAdmin(admin.ModelAdmin):
    list_display = ["key", "name_zh", "name_en", "kind"]
    list_filter = ["kind"]
    search_fields = ["key", "name_zh", "name_en"]
    autocomplete_fields = ["jurisdictions"]

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(Mandate)
class MandateAdmin(admin.ModelAdmin):
    """Mandates are granted by an act (`grant_mandate`); here they are read."""

    list_display = ["user", "jurisdiction", "organization", "role", "valid_from", "valid_until"]
    list_filter = ["role"]
    search_fields = ["user__email", "user__name_zh", "document"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(ApiToken)
class ApiTokenAdmin(admin.ModelAdmin):
    """Tokens are shown by their first characters; the token itself is not stored."""

    list_display = ["token_key", "user", "mandate", "name", "created", "expiry"]
    fields = ["user", "mandate", "name", "expiry"]
    readonly_fields = ["user", "mandate", "name"]
    search_fields = ["user__email", "token_key"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False
