"""One's own feeds, and the feed itself, which calendar programs read without signing in."""

from collections.abc import Sequence

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consult.desk.feeds import actions, queries
from consult.desk.feeds.entries import entries_of, entries_of_plan
from consult.desk.feeds.enums import MOST
from consult.desk.feeds.forms import FeedForm
from consult.desk.feeds.rows import rows_of
from consult.desk.feeds.steps import note_reading
from consult.desk.feeds.writing import language_of_feed, to_bytes
from consult.desk.models import CalendarFeed
from plans.register.models import Plan
from plans.register.queries import get_plan
from stakeholders.jurisdictions.queries import overrides_at
from stakeholders.terms import canonical, clock
from stakeholders.terms.errors import Conflict

GONE = b"404 Not Found\n"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def feeds(request: HttpRequest) -> HttpResponse:
    """My feeds. The address of a new one is shown in this answer and never again."""
    plans = queries.choosable_plans(actor=request.actor, at=clock.now())
    first = {"plan": request.GET.get("plan", "")}
    form = FeedForm(request.POST or None, plans=plans, initial=first)
    made: tuple[CalendarFeed, str] | None = None
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.make_feed(
                actor=request.actor,
                plan_key=form.cleaned_data["plan"],
                name=form.cleaned_data["name"],
                language=form.cleaned_data["language"],
            )
        except Conflict as error:
            form.add_error(None, str(error.text))
        else:
            form = FeedForm(plans=plans)
    return _page(request, form, made, plans)


@never_cache
@require_POST
def renew(request: HttpRequest, pk: int) -> HttpResponse:
    """A new address in place of the old one, shown in this answer and never again."""
    made = actions.renew_feed(actor=request.actor, pk=pk)
    plans = queries.choosable_plans(actor=request.actor, at=clock.now())
    return _page(request, FeedForm(plans=plans), made, plans)


@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    actions.revoke_feed(actor=request.actor, pk=pk)
    messages.success(
        request, _("The calendar feed is revoked. Its address opens nothing any more.")
    )
    return redirect("desk:feeds")


def _page(
    request: HttpRequest,
    form: FeedForm,
    made: tuple[CalendarFeed, str] | None,
    plans: Sequence[Plan],
) -> HttpResponse:
    context = {
        "form": form,
        "feeds": queries.own_feeds(actor=request.actor),
        "most": MOST,
        "seen": {plan.pk for plan in plans},
        "is_local": settings.IS_LOOPBACK,
    }
    if made is not None:
        address = address_of(made[1])
        context |= {"made": made[0], "address": address, "webcal": _webcal(address)}
    status = 422 if form.errors else 200
    return render(request, "consult/desk/feeds.html", context, status=status)


def address_of(secret: str) -> str:
    return f"{settings.SITE_URL}{reverse('desk:feed', args=[secret])}"


def _webcal(address: str) -> str:
    """The same address as phones open it in their calendar."""
    return f"webcal:{address.partition(':')[2]}"


@require_safe
def plan_dates(request: HttpRequest, key: str) -> HttpResponse:
    """What a feed of this plan holds for the mandate acted under, as a table to read and print."""
    plan, now = get_plan(actor=request.actor, key=key), clock.now()
    entries = entries_of_plan(plan=plan, actor=request.actor, now=now)
    rows = rows_of(entries, now=now, calendar=overrides_at(now))
    context = {"plan": plan, "rows": rows, "now": now}
    return render(request, "consult/desk/dates.html", context)


@login_not_required
@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar behind a secret address; whatever opens nothing gets one and the same answer."""
    found, now = queries.feed_of(secret=secret), clock.now()
    if found is None:
        return _guarded(HttpResponse(GONE, status=404, content_type="text/plain; charset=utf-8"))
    with translation.override(language_of_feed(found)):
        entries = entries_of(found, now=now)
        body = to_bytes(entries, feed=found, now=now, calendar=overrides_at(now))
        language = translation.get_language()
    note_reading(feed=found, at=now)
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["ETag"] = f'"{canonical.digest(body.decode())}"'
    response["Content-Disposition"] = 'inline; filename="jointplan.ics"'
    response["Content-Language"] = language
    answer = get_conditional_response(request, etag=response["ETag"], response=response)
    return _guarded(answer or response)


def _guarded(response: HttpResponse) -> HttpResponse:
    """The address is a secret: no cache keeps what it opens, no other site and no robot learns it."""
    response["Cache-Control"] = "private, no-cache"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response
