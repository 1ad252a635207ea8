"""The working-day calendar, a year at a time."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.views.decorators.http import require_safe

from stakeholders.jurisdictions import queries
from stakeholders.terms import clock


@require_safe
def calendar_now(request: HttpRequest) -> HttpResponse:
    """The running year."""
    return redirect("jurisdictions:calendar", timezone.localtime(clock.now()).year)


@require_safe
def calendar_year(request: HttpRequest, year: int) -> HttpResponse:
    if not queries.FIRST_YEAR <= year <= queries.LAST_YEAR:
        raise Http404
    today = timezone.localtime(clock.now()).date()
    may_enter = getattr(request.user, "is_administrator", False)
    context = {
        "weekdays": [{"name": WEEKDAYS[n], "short": WEEKDAYS_ABBR[n]} for n in range(7)],
        "calendar": queries.calendar_of(year, on=today),
        "today": today,
        "before": year - 1 if year > queries.FIRST_YEAR else None,
        "after": year + 1 if year < queries.LAST_YEAR else None,
        "missing": queries.year_without_notice(on=today) if may_enter else None,
    }
    return render(request, "stakeholders/jurisdictions/calendar.html", context)
