"""The inbox, and how its mail copies are wanted."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.html import format_html
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stakeholders.notices import actions
from stakeholders.notices.forms import (
    ZONES,
    InboxFilter,
    MailForm,
    SelectionForm,
    first_values,
)
from stakeholders.notices.lines import lines_of, topic_lines
from stakeholders.notices.queries import counts, mail_choice, plan_titles, unread_count
from stakeholders.notices.queries import inbox as notices_of
from stakeholders.notices.topics import topic_by_key
from stakeholders.terms.errors import Invalid

FOLDER = "stakeholders/notices"
PAGE_SIZE = 30


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    form = InboxFilter(request.GET)
    chosen = form.chosen()
    found = counts(actor=request.actor, chosen=chosen)
    is_english = (get_language() or "").startswith("en")
    plans = plan_titles([key for key in found.by_plan if key])
    titles = {key: title[is_english] for key, title in plans.items()}
    form.offer(found, titles)
    rows = notices_of(actor=request.actor, chosen=chosen).select_related("digest")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    muted = mail_choice(actor=request.actor).preference.muted
    context = {
        "form": form,
        "chosen": chosen,
        "counts": found,
        "page": page,
        "lines": lines_of(page.object_list, muted=muted, titles=titles),
    }
    return render(request, f"{FOLDER}/inbox.html", context)


@require_safe
@never_cache
def count(request: HttpRequest) -> HttpResponse:
    """Only the number of unread notices, for the header; nothing when there is none.

    304 where it is as it was: a page that stays open asks again. Asking prolongs no session.
    """
    number = unread_count(actor=request.actor)
    etag = f'"{get_language()}-{number}"'
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        return unchanged
    words = ngettext("unread notice", "unread notices", number)
    said = format_html('{}<span class="visually-hidden"> {}</span>', number, words)
    return HttpResponse(said if number else "", headers={"ETag": etag})


@require_POST
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a notice: mark it as read and go to its page."""
    return redirect(actions.mark_read(actor=request.actor, notice_id=pk).url)


@require_POST
def mark(request: HttpRequest) -> HttpResponse:
    """Mark the chosen notices as read or unread, and come back to the same filter and page."""
    form = SelectionForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose at least one notice."))
        return _back(request)
    said, is_read = form.cleaned_data, form.cleaned_data["to"] == "read"
    number = actions.mark(actor=request.actor, notice_ids=said["notices"], is_read=is_read)
    messages.success(request, _told_read(number) if is_read else _told_unread(number))
    return _back(request)


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark everything that the filter shows as read."""
    chosen = InboxFilter(request.POST).chosen()
    messages.success(request, _told_read(actions.mark_all_read(actor=request.actor, chosen=chosen)))
    return _back(request)


@require_POST
def mute(request: HttpRequest) -> HttpResponse:
    """Mute a topic, or let it come again."""
    topic = request.POST.get("mute") or request.POST.get("unmute", "")
    try:
        if request.POST.get("mute"):
            actions.mute(actor=request.actor, topic=topic)
            said = _("“%(topic)s” is muted. What has legal effect still comes by mail.")
        else:
            actions.unmute(actor=request.actor, topic=topic)
            said = _("“%(topic)s” is no longer muted.")
    except Invalid as error:
        messages.error(request, str(error.errors["topic"]))
    else:
        messages.success(request, said % {"topic": topic_by_key(topic).label})
    return _back(request)


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """How mail copies reach me: rhythm, hours, language, muted topics."""
    standing = mail_choice(actor=request.actor)
    form = MailForm(request.POST or None, initial=first_values(standing))
    if request.method == "POST" and form.is_valid():
        try:
            actions.choose_mail(actor=request.actor, choice=form.choice())
        except Invalid as error:
            for name, text in error.errors.items():
                form.add_error(name, str(text))
        else:
            messages.success(request, _("Your settings of mail are kept."))
            return redirect("notices:settings")
    context = {
        "form": form,
        "zones": ZONES,
        "topics": topic_lines(muted=form["muted"].value() or []),
        "is_stored": standing.is_stored,
    }
    return render(request, f"{FOLDER}/settings.html", context, status=422 if form.errors else 200)


def _back(request: HttpRequest) -> HttpResponse:
    """To the inbox with the filter and the page the form was sent from."""
    chosen = InboxFilter(request.POST).chosen()
    page = request.POST.get("page", "")
    said = {
        "topic": chosen.topic,
        "plan": chosen.plan,
        "unread": "on" if chosen.unread else "",
        "page": page if page.isdecimal() and page != "1" else "",
    }
    query = urlencode({name: value for name, value in said.items() if value})
    address = reverse("notices:inbox")
    return HttpResponseRedirect(f"{address}?{query}" if query else address)


def _told_read(number: int) -> str:
    text = ngettext(
        "%(number)s notice marked as read.", "%(number)s notices marked as read.", number
    )
    return text % {"number": number}


def _told_unread(number: int) -> str:
    text = ngettext(
        "%(number)s notice marked as unread.", "%(number)s notices marked as unread.", number
    )
    return text % {"number": number}
