from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from stakeholders.administering import TableAdmin
from stakeholders.notices.admin import administrator
from stakeholders.people.actions import Particulars, change_organization, enter_organization
from stakeholders.people.admin.saying import said
from stakeholders.people.models import Organization
from stakeholders.terms.errors import Invalid, Refused


@admin.register(Organization)
class OrganizationAdmin(TableAdmin):
    """Entered and changed by their acts: who belongs to a body decides who names its people."""

    list_display = ["key", "name_zh", "name_en", "kind"]
    list_filter = ["kind"]
    search_fields = ["key", "name_zh", "name_en"]
    autocomplete_fields = ["jurisdictions"]

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: object = None) -> list[str]:
        return ["key"] if obj else []

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """What the action refuses is said on the administrators' own pages."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except (Refused, Invalid) as error:
            self.message_user(request, said(error), messages.ERROR)
            return redirect(request.path)

    def save_model(self, request: HttpRequest, obj: Organization, form: Any, change: bool) -> None:
        data = form.cleaned_data
        particulars = Particulars(
            name_zh=data["name_zh"],
            name_en=data["name_en"],
            kind=data["kind"],
            codes=[unit.pk for unit in data["jurisdictions"]],
        )
        actor = administrator(request)
        if change:
            change_organization(actor=actor, organization=obj, particulars=particulars)
            return
        made = enter_organization(actor=actor, key=data["key"], particulars=particulars)
        obj.pk = made.pk
