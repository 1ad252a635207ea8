from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from stakeholders.administering import TableAdmin
from stakeholders.notices.admin import administrator
from stakeholders.people.actions import (
    enter_person,
    send_password_link,
)
from stakeholders.people.admin.saying import said
from stakeholders.people.forms import PersonForm
from stakeholders.people.models import User
from stakeholders.terms.errors import Conflict

RIGHTS = ["is_staff", "is_superuser", "user_permissions"]


@admin.register(User)
class PersonAdmin(TableAdmin):
    """People are deactivated, never deleted: their acts name them.

    No administrator sets a password or changes the address of an account: whoever can sign in as
    another speaks for its jurisdiction. A link is mailed instead.
    """

    form = PersonForm
    ordering = ["email"]
    list_display = ["email", "name_zh", "name_en", "is_active", "is_staff", "last_login"]
    list_filter = ["is_active", "is_staff", "is_superuser"]
    date_hierarchy = "date_joined"
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
        """Nobody raises itself; only who has every right here gives rights to others, and closes
        the account of who has them."""
        if not isinstance(obj, User):
            return []
        own, has_all = obj == request.user, getattr(request.user, "is_superuser", False)
        rights = [] if has_all and not own else RIGHTS
        is_above = obj.is_superuser and not has_all
        return ["email", *rights, *(["is_active"] if own or is_above else [])]

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
                self.message_user(request, f"{user.email}: {said(error)}", messages.ERROR)
            else:
                self.message_user(request, _("Mailed: %(email)s") % {"email": user.email})
