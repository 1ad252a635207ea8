from collections.abc import Callable

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from stakeholders.notices.actions import hold_mail, release_mail
from stakeholders.notices.models import Heartbeat, Notice, OutboxMessage
from stakeholders.terms.actor import Actor, ActorKind
from stakeholders.terms.errors import Conflict

Act = Callable[..., None]


def administrator(request: HttpRequest) -> Actor:
    """On the administrators' pages a person administers, whatever mandate it also holds."""
    return Actor(kind=ActorKind.ADMINISTRATOR, user_id=request.user.pk)


class KeptAdmin(admin.ModelAdmin):
    """Rows are read here; nobody adds, edits or deletes them by hand."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(OutboxMessage)
class OutboxMessageAdmin(KeptAdmin):
    """Mail, with the text of mails that sign in masked: with it one could act for another."""

    list_display = ["subject", "recipient", "created_at", "sent_at", "held_at", "attempts"]
    list_filter = ["is_secret", ("sent_at", admin.EmptyFieldListFilter), "held_at"]
    search_fields = ["recipient", "subject"]
    date_hierarchy = "created_at"
    fields = [
        "recipient",
        "subject",
        "shown_body",
        "created_at",
        "not_before",
        "attempts",
        "last_error",
        "sent_at",
        "held_at",
    ]
    readonly_fields = ["shown_body"]
    actions = ["hold", "release"]

    @admin.display(description=_("text"))
    def shown_body(self, message: OutboxMessage) -> str:
        return (
            str(_("Masked: it holds a link that signs in.")) if message.is_secret else message.body
        )

    @admin.action(description=_("Hold back"), permissions=["view"])
    def hold(self, request: HttpRequest, chosen: QuerySet[OutboxMessage]) -> None:
        self._each(request, chosen, hold_mail, "hold")

    @admin.action(description=_("Release"), permissions=["view"])
    def release(self, request: HttpRequest, chosen: QuerySet[OutboxMessage]) -> None:
        self._each(request, chosen, release_mail, "release")

    def _each(
        self, request: HttpRequest, chosen: QuerySet[OutboxMessage], act: Act, word: str
    ) -> None:
        for message in chosen:
            try:
                act(actor=administrator(request), message=message)
            except Conflict as error:
                self.message_user(request, f"{message}: {error.text}", messages.WARNING)
            else:
                self.log_change(request, message, word)


@admin.register(Notice)
class NoticeAdmin(KeptAdmin):
    list_display = ["created_at", "user", "kind", "plan_key", "read_at"]
    list_filter = ["kind"]
    search_fields = ["user__email", "plan_key"]
    list_select_related = ["user"]
    date_hierarchy = "created_at"


@admin.register(Heartbeat)
class HeartbeatAdmin(KeptAdmin):
    list_display = ["name", "at"]
