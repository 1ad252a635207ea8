"""Mail, returned addresses and what people want to be told, for administrators."""

from collections.abc import Callable, Iterator
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from stakeholders.administering import TableAdmin
from stakeholders.notices.actions import clear_returned, hold_mail, release_mail, send_again
from stakeholders.notices.models import (
    Heartbeat,
    MailPreference,
    MutedTopic,
    Notice,
    OutboxMessage,
    ReturnedAddress,
)
from stakeholders.notices.opened import route, shown
from stakeholders.notices.queries import MAIL_STATES, mail_counts, stopped_addresses
from stakeholders.notices.topics import TOPICS
from stakeholders.terms.actor import Actor, ActorKind
from stakeholders.terms.errors import Conflict

Act = Callable[..., None]


def administrator(request: HttpRequest) -> Actor:
    """On the administrators' pages a person administers, whatever mandate it also holds."""
    return Actor(kind=ActorKind.ADMINISTRATOR, user_id=request.user.pk)


class KeptAdmin(TableAdmin):
    """Rows are read here; nobody adds, edits or deletes them by hand."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_post_permission(self, request: HttpRequest) -> bool:
        """Whether the person says what becomes of mail: reading it is not enough."""
        return super().has_change_permission(request)


STATES = {
    "waiting": _("Waiting"),
    "failing": _("Waiting after a failure"),
    "dead": _("Will not leave by itself"),
    "held": pgettext_lazy("mail", "Held"),
    "sent": pgettext_lazy("mail", "Sent"),
    "returned": _("Came back"),
}


class MailState(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        return [(name, str(label)) for name, label in STATES.items()]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[OutboxMessage]
    ) -> QuerySet[OutboxMessage]:
        state = MAIL_STATES.get(self.value() or "")
        return queryset if state is None else queryset.filter(state)


class TopicFilter(admin.AllValuesFieldListFilter):
    """The topics that rows have, by their names."""

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        names = {topic.key: topic.label for topic in TOPICS}
        for one in super().choices(changelist):
            yield {**one, "display": names.get(str(one["display"]), one["display"])}


@admin.register(OutboxMessage)
class OutboxMessageAdmin(KeptAdmin):
    """Mail as it is sent. What opens something is masked: with it one could act for another."""

    change_list_template = "admin/mail/change_list.html"
    list_display = ["subject", "recipient", "state", "created_at", "sent_at", "attempts"]
    list_filter = [MailState, "hold_reason", ("topic", TopicFilter), "is_secret"]
    search_fields = ["recipient", "subject", "last_error", "=dedupe_key"]
    date_hierarchy = "created_at"
    fields = [
        "recipient",
        "subject",
        "state",
        "last_error",
        "created_at",
        "not_before",
        "attempts",
        "sent_at",
        "held_at",
        "returned_at",
        "shown_headers",
        "shown_text",
        "shown_html",
    ]
    readonly_fields = ["state", "shown_headers", "shown_text", "shown_html"]
    actions = ["hold", "release", "send_again"]
    show_full_result_count = False

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        counted = mail_counts()
        shown = [
            {"query": f"state={name}", "label": label, "number": counted[name]}
            for name, label in STATES.items()
        ]
        context = {
            "route": route(),
            "counts": shown,
            "stopped": stopped_addresses().count(),
            **(extra_context or {}),
        }
        return super().changelist_view(request, context)

    @admin.display(description=_("state"))
    def state(self, message: OutboxMessage) -> str:
        if message.returned_at is not None:
            return str(STATES["returned"])
        if message.sent_at is not None:
            return str(STATES["sent"])
        if message.held_at is not None:
            reason = message.get_hold_reason_display()
            return f"{STATES['held']}: {reason}" if reason else str(STATES["held"])
        return str(STATES["failing"] if message.last_error else STATES["waiting"])

    @admin.display(description=_("headers"))
    def shown_headers(self, message: OutboxMessage) -> str:
        return _pre(shown(message).headers)

    @admin.display(description=_("text"))
    def shown_text(self, message: OutboxMessage) -> str:
        return _pre(shown(message).text)

    @admin.display(description=_("HTML"))
    def shown_html(self, message: OutboxMessage) -> str:
        return _pre(shown(message).html)

    @admin.action(description=_("Hold back"), permissions=["post"])
    def hold(self, request: HttpRequest, chosen: QuerySet[OutboxMessage]) -> None:
        self._each(request, chosen, hold_mail, "hold")

    @admin.action(description=_("Release"), permissions=["post"])
    def release(self, request: HttpRequest, chosen: QuerySet[OutboxMessage]) -> None:
        self._each(request, chosen, release_mail, "release")

    @admin.action(description=_("Send again"), permissions=["post"])
    def send_again(self, request: HttpRequest, chosen: QuerySet[OutboxMessage]) -> None:
        self._each(request, chosen, send_again, "send again")

    def _each(
        self, request: HttpRequest, chosen: QuerySet[OutboxMessage], act: Act, word: str
    ) -> None:
        done = 0
        for message in chosen:
            try:
                act(actor=administrator(request), message=message)
            except Conflict as error:
                self.message_user(request, f"{message}: {error.text}", messages.WARNING)
            else:
                done += 1
                self.log_change(request, message, word)
        if done:
            text = ngettext("%(number)s mail changed.", "%(number)s mails changed.", done)
            self.message_user(request, text % {"number": done})


def _pre(text: str) -> str:
    return format_html('<pre class="mail-source">{}</pre>', text)


class AddressState(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        return [("stopped", str(_("Nothing is sent there"))), ("cleared", str(_("Cleared")))]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[ReturnedAddress]
    ) -> QuerySet[ReturnedAddress]:
        if self.value() in ("stopped", "cleared"):
            return queryset.filter(cleared_at__isnull=self.value() == "stopped")
        return queryset


@admin.register(ReturnedAddress)
class ReturnedAddressAdmin(KeptAdmin):
    list_display = ["address", "reason", "count", "first_at", "last_at", "cleared_at"]
    list_filter = [AddressState]
    search_fields = ["address", "reason"]
    actions = ["clear", "clear_and_release"]

    @admin.action(description=_("Clear: write to the address again"), permissions=["post"])
    def clear(self, request: HttpRequest, chosen: QuerySet[ReturnedAddress]) -> None:
        self._clear(request, chosen, release=False)

    @admin.action(
        description=_("Clear, and release the mail held for the address"), permissions=["post"]
    )
    def clear_and_release(self, request: HttpRequest, chosen: QuerySet[ReturnedAddress]) -> None:
        self._clear(request, chosen, release=True)

    def _clear(
        self, request: HttpRequest, chosen: QuerySet[ReturnedAddress], *, release: bool
    ) -> None:
        released = 0
        for row in chosen:
            released += clear_returned(actor=administrator(request), row=row, release=release)
            self.log_change(request, row, "clear and release" if release else "clear")
        text = ngettext("%(number)s mail released.", "%(number)s mails released.", released)
        self.message_user(request, text % {"number": released})


@admin.register(MailPreference)
class MailPreferenceAdmin(KeptAdmin):
    list_display = ["user", "rhythm", "hour", "weekday", "zone", "updated_at"]
    list_filter = ["rhythm"]
    list_select_related = ["user"]
    search_fields = ["user__email"]


@admin.register(MutedTopic)
class MutedTopicAdmin(KeptAdmin):
    list_display = ["user", "topic", "muted_at"]
    list_filter = [("topic", TopicFilter)]
    list_select_related = ["user"]
    search_fields = ["user__email"]


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
