"""Acts entered for parties: who, about what, until when. What they say shows to parties only."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from consult.spoken.models import EnteredAct, EnteredActWord
from stakeholders.record.admin import ReadOnlyAdmin


@admin.register(EnteredAct)
class EnteredActAdmin(ReadOnlyAdmin):
    """Neither content nor evidence nor nonce: a sealed act shows nowhere."""

    list_display = ["plan", "basis", "mandate", "at", "confirm_by"]
    list_select_related = [
        "plan",
        "mandate__user",
        "mandate__jurisdiction",
        "mandate__organization",
    ]
    list_filter = ["basis"]
    fields = ["plan", "basis", "mandate", "at", "confirm_by"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[EnteredAct]:
        return super().get_queryset(request).defer("content", "nonce")


@admin.register(EnteredActWord)
class EnteredActWordAdmin(ReadOnlyAdmin):
    list_display = ["act", "agrees", "mandate", "at"]
    fields = ["act", "agrees", "mandate", "at"]
