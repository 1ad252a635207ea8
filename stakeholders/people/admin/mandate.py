from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from stakeholders.jurisdictions.import_pages import ImportAdmin
from stakeholders.notices.admin import administrator
from stakeholders.people.actions import (
    confirm_mandate,
    end_mandate,
    grant_mandate,
)
from stakeholders.people.admin.saying import said
from stakeholders.people.forms import MandateForm
from stakeholders.people.kinds import MandatesTable
from stakeholders.people.models import Mandate
from stakeholders.people.reauthentication import require_unpaused
from stakeholders.terms import clock
from stakeholders.terms.actor import Role
from stakeholders.terms.errors import Conflict, Invalid, Refused

Act = Callable[..., object]


@admin.register(Mandate)
class MandateAdmin(ImportAdmin):
    """Mandates are granted, confirmed and ended by their acts; rows are never edited."""

    table = MandatesTable()
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
    list_filter = ["role", ("second_by", admin.EmptyFieldListFilter), "valid_until"]
    date_hierarchy = "valid_from"
    list_select_related = ["user", "jurisdiction", "organization", "second_by"]
    search_fields = [
        "user__email",
        "user__name_zh",
        "document",
        "jurisdiction__code",
        "jurisdiction__name_zh",
        "organization__name_zh",
        "plan_key",
    ]
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
            self.message_user(request, said(error), messages.ERROR)
            return redirect("admin:stakeholders_mandate_add")

    def save_model(self, request: HttpRequest, obj: Mandate, form: object, change: bool) -> None:
        require_unpaused(user_id=request.user.pk)
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
            items=obj.items or None,
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
                require_unpaused(user_id=request.user.pk)
                act(actor=administrator(request), mandate=mandate)
            except (Conflict, Refused) as error:
                self.message_user(request, f"{mandate}: {said(error)}", messages.ERROR)
            else:
                self.message_user(request, _("Done: %(mandate)s") % {"mandate": mandate})
