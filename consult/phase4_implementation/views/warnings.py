"""Page of a warning."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from consult.phase4_implementation import queries
from plans.register.queries import get_plan


@require_safe
def warning_detail(request: HttpRequest, key: str, number: int) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    warning = queries.get_warning(actor=request.actor, plan=plan, number=number)
    indicator = queries.find_indicator(plan, key=warning.reading.item.key)
    standing = queries.standing_warnings([indicator] if indicator else [])
    codes = indicator.concerned if indicator else ()
    context = {
        "plan": plan,
        "warning": warning,
        "indicator": indicator,
        "units": queries.units_by_code(codes).values(),
        "is_standing": warning.reading_id in standing,
        "case": queries.case_of_warning(warning),
    }
    return render(request, "consult/phase4_implementation/warning.html", context)
