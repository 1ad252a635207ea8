"""The page of one item, and of each of its versions."""

from itertools import zip_longest

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from plans.register import queries
from plans.register.rules import ACTS, can, may_say_concern, sees_draft
from plans.register.shown import item_shown

PAGE = 50


@require_safe
def item_detail(request: HttpRequest, key: str, item: str) -> HttpResponse:
    """An item of any kind: what it says, all versions, whom it concerns, whence it came."""
    plan = queries.get_plan(actor=request.actor, key=key)
    sees = sees_draft(actor=request.actor, plan=plan)
    found = queries.visible_item(plan, key=item, sees_draft=sees)
    shown = item_shown(plan=plan, item=found, sees_draft=sees)
    # Each version with the one before it, to compare them.
    versions = list(zip_longest(shown.versions, shown.versions[1:]))
    context = {
        "plan": plan,
        "item": found,
        "shown": shown,
        "sees_draft": sees,
        "names": shown.names,
        "may_attach": can("attachment.add", ACTS, actor=request.actor, plan=plan),
        "may_say_concern": may_say_concern(actor=request.actor, plan=plan),
        "page_obj": Paginator(versions, PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "plans/register/item.html", context)


@require_safe
def version(request: HttpRequest, key: str, item: str, digits: str) -> HttpResponse:
    """One version as it stood, in both languages. The address holds for ever."""
    plan = queries.get_plan(actor=request.actor, key=key)
    sees = sees_draft(actor=request.actor, plan=plan)
    found = queries.visible_item(plan, key=item, sees_draft=sees)
    held = queries.get_version(found, digits=digits)
    context = {
        "plan": plan,
        "item": found,
        "held": held,
        "reading": held.reading,
        "names": queries.names_of([*held.version.concerned, held.reading.lead]),
        "languages": _languages(plan.authentic_language),
    }
    return render(request, "plans/register/version.html", context)


def _languages(authentic: str) -> list[tuple[str, bool]]:
    """The two languages of every text, the authentic one first."""
    return sorted((("zh", authentic == "zh"), ("en", authentic == "en")), key=lambda p: not p[1])


@require_safe
def version_content(request: HttpRequest, key: str, item: str, digits: str) -> HttpResponse:
    """The canonical text byte for byte, so that its SHA-256 can be recomputed by anybody."""
    plan = queries.get_plan(actor=request.actor, key=key)
    sees = sees_draft(actor=request.actor, plan=plan)
    found = queries.visible_item(plan, key=item, sees_draft=sees)
    held = queries.get_version(found, digits=digits)
    answer = HttpResponse(held.version.content, content_type="application/json; charset=utf-8")
    name = f"{plan.key}-{found.key}-{held.short}.json"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
