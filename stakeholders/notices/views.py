"""The inbox."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from stakeholders.notices import actions
from stakeholders.notices.queries import inbox as notices_of
from stakeholders.notices.queries import unread_count

PAGE_SIZE = 50


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    page = Paginator(notices_of(actor=request.actor), PAGE_SIZE).get_page(request.GET.get("page"))
    unread = unread_count(actor=request.actor)
    context = {"page": page, "unread": unread}
    return render(request, "stakeholders/notices/inbox.html", context)


@require_safe
@never_cache
def count(request: HttpRequest) -> HttpResponse:
    """Only the number of unread notices, for the header; nothing when there is none."""
    number = unread_count(actor=request.actor)
    return HttpResponse(str(number) if number else "", content_type="text/plain; charset=utf-8")


@require_POST
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a notice: mark it as read and go to its page."""
    return redirect(actions.mark_read(actor=request.actor, notice_id=pk).url)


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    number = actions.mark_all_read(actor=request.actor)
    text = ngettext(
        "%(number)s notice marked as read.", "%(number)s notices marked as read.", number
    )
    messages.success(request, text % {"number": number})
    return redirect("notices:inbox")
