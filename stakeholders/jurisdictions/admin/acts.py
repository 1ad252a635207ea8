"""A table to which administrators add by an act of the site."""

from typing import Any

from django.db.models import Model
from django.http import HttpRequest

from stakeholders.administering import TableAdmin
from stakeholders.notices.admin import administrator


class ActAdmin(TableAdmin):
    """Rows are added by the form's act, which writes the record; they are never edited or deleted."""

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        form.actor = administrator(request)
        return form

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Any:
        """The act has been done when the form was found to be right."""
        return form.made

    def save_model(self, request: HttpRequest, obj: Model, form: Any, change: bool) -> None:
        """Written by the act."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Written by the act."""
