from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from stakeholders.notices.admin import administrator
from stakeholders.people.actions import (
    confirm_mandate,
    end_mandate,
    enter_person,
    grant_mandate,
    send_password_link,
)
from stakeholders.people.forms import MandateForm, PersonForm
from stakeholders.people.models import ApiToken, Mandate, Organization, User
from stakeholders.terms import clock
from stakeholders.terms.actor import Role
from stakeholders.terms.errors import Conflict, Invalid, Refused

Act = Callable[..., object]


@admin.register(User)
class PersonAdmin(admin.ModelAdmin):
    """People are deactivated, never deleted: their acts name them.

    No administrator sets a password or changes the address of an account: whoever can sign in as
    another speaks for its jurisdiction. A link is mailed instead.
    """

    form = PersonForm
    ordering = ["email"]
    list_display = ["email", "name_zh", "name_en", "is_active", "is_staff"]
    search_fields = ["email", "name_zh", "name_en"]
    fieldsets = (
        (None, {"fields": ("email",)}),
        (_("person"), {"fields": ("name_zh", "name_en", "language")}),
        (_("rights"), {"fields": ("is_active", "is_staff", "is_superuser", "user_permissions")}),
    )
    add_fieldsets = ((None, {"fields": ("email", "name_zh", "name_en")}),)
    filter_horizontal = ("user_permissions",)
    actions = ["send_link"]

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def get_fieldsets(self, request: HttpRequest, obj: object = None) -> Any:
        return self.fieldsets if obj else self.add_fieldsets

    def get_readonly_fields(self, request: HttpRequest, obj: object = None) -> list[str]:
        return ["email"] if obj else []

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        if change:
            super().save_model(request, obj, form, change)
            return
        made = enter_person(actor=administrator(request), **form.cleaned_data)
        obj.pk = made.pk

    @admin.action(description=_("Mail the link to set a password"), permissions=["change"])
    def send_link(self, request: HttpRequest, chosen: QuerySet[User]) -> None:
        for user in chosen:
            try:
                send_password_link(actor=administrator(request), user=user)
            except Conflict as error:
                self.message_user(request, f"{user.email}: {_said(error)}", messages.ERROR)
            else:
                self.message_user(request, _("Mailed: %(email)s") % {"email": user.email})


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
    """Mandates are granted, confirmed and ended by their acts; rows are never edited."""

    form = MandateForm
    list_display = [
        "user",
        "jurisdiction",
        "organization",
        "role",
        "valid_from",
        "valid_until",
        "second_by",
    ]
    list_filter = ["role"]
    list_select_related = ["user", "jurisdiction", "organization", "second_by"]
    search_fields = ["user__email", "user__name_zh", "document"]
    autocomplete_fields = ["user", "jurisdiction", "organization"]
    actions = ["confirm", "end"]

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"valid_from": clock.now(), **super().get_changeform_initial_data(request)}

    def add_view(self, request, form_url="", extra_context=None):
        """What the action refuses is said on the administrators' own pages."""
        try:
            return super().add_view(request, form_url, extra_context)
        except (Refused, Invalid) as error:
            self.message_user(request, _said(error), messages.ERROR)
            return redirect("admin:stakeholders_mandate_add")

    def save_model(self, request: HttpRequest, obj: Mandate, form: object, change: bool) -> None:
        made = grant_mandate(
            actor=administrator(request),
            user=obj.user,
            role=Role(obj.role),
            document=obj.document,
            jurisdiction=obj.jurisdiction,
            organization=obj.organization,
            valid_from=obj.valid_from,
            valid_until=obj.valid_until,
            plan_key=obj.plan_key,
            acts=obj.acts or None,
            title_zh=obj.title_zh,
        )
        obj.pk = made.pk

    @admin.action(description=_("Confirm as second person"), permissions=["add"])
    def confirm(self, request: HttpRequest, chosen: QuerySet[Mandate]) -> None:
        self._each(request, chosen, confirm_mandate)

    @admin.action(description=_("End mandate"), permissions=["add"])
    def end(self, request: HttpRequest, chosen: QuerySet[Mandate]) -> None:
        self._each(request, chosen, end_mandate)

    def _each(self, request: HttpRequest, chosen: QuerySet[Mandate], act: Act) -> None:
        for mandate in chosen:
            try:
                act(actor=administrator(request), mandate=mandate)
            except (Conflict, Refused) as error:
                self.message_user(request, f"{mandate}: {_said(error)}", messages.ERROR)
            else:
                self.message_user(request, _("Done: %(mandate)s") % {"mandate": mandate})


def _said(error: Exception) -> str:
    if isinstance(error, Invalid):
        return " ".join(str(text) for text in error.errors.values())
    if isinstance(error, Conflict):
        return str(error.text)
    return str(_("Nobody grants or confirms a mandate for oneself."))


@admin.register(ApiToken)
class ApiTokenAdmin(admin.ModelAdmin):
    """Tokens are shown by their first characters; the token itself is not stored."""

    list_display = ["token_key", "user", "mandate", "name", "created", "expiry"]
    fields = ["user", "mandate", "name", "expiry"]
    readonly_fields = ["user", "mandate", "name"]
    search_fields = ["user__email", "token_key"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False
