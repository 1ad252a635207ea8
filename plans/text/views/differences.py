"""What differs: between two revisions, between a revision and the draft, between two versions."""

from collections.abc import Mapping
from dataclasses import replace

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from plans.register.enums import ChangeKind
from plans.register.models import Plan, Revision
from plans.register.queries import (
    get_item,
    get_plan,
    get_whole_revision,
    revisions_of,
    whole_revisions,
)
from plans.text.comparing import (
    Change,
    Comparison,
    between_versions,
    compare,
    compare_draft,
)
from plans.text.forms import DRAFT, CompareForm
from plans.text.queries import version_of
from plans.text.rules import require_draft_sight, sees_draft
from plans.text.shown import differences_of, plan_changes

PAGE = 50


@require_safe
def choose(request: HttpRequest, key: str) -> HttpResponse:
    """From the form with the two states to their differences."""
    plan = get_plan(actor=request.actor, key=key)
    form = _form(request, plan, request.GET)
    if not form.is_valid():
        context = {"plan": plan, "form": form}
        return render(request, "plans/text/differences_choose.html", context)
    before, after = form.cleaned_data["before"], form.cleaned_data["after"]
    if after == DRAFT:
        return redirect("text:differences_draft", key=key, before=before)
    return redirect("text:differences", key=key, before=before, after=after)


@require_safe
def differences(request: HttpRequest, key: str, before: int, after: int) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    old, new = (get_whole_revision(plan, number=number) for number in (before, after))
    found = compare(old=old, new=new, only_changes=request.GET.get("all") != "1")
    return _page(request, plan, found, {"before": before, "after": after})


@require_safe
def differences_draft(request: HttpRequest, key: str, before: int) -> HttpResponse:
    """A revision and the working draft: for those who see the draft."""
    plan = get_plan(actor=request.actor, key=key)
    require_draft_sight(actor=request.actor, plan=plan)
    old = get_whole_revision(plan, number=before)
    found = compare_draft(plan=plan, old=old)
    if request.GET.get("all") != "1":
        changes = [one for one in found.changes if one.kind is not ChangeKind.UNCHANGED]
        found = replace(found, changes=changes)
    return _page(request, plan, found, {"before": before, "after": DRAFT})


@require_safe
def item_differences(request: HttpRequest, key: str, item: str) -> HttpResponse:
    """Two versions of one item, named by their hashes (`from`, `to`)."""
    plan = get_plan(actor=request.actor, key=key)
    held = get_item(plan, key=item)
    old, new = (
        version_of(plan, item=held.key, digest=request.GET.get(name, "")) for name in ("from", "to")
    )
    change = between_versions(old, new, authentic=plan.authentic_language)
    context = {
        "plan": plan,
        "one": differences_of([change])[0],
        "is_side": request.GET.get("view") == "side",
        "before_label": old.hash.partition(":")[2][:12],
        "after_label": new.hash.partition(":")[2][:12],
    }
    return render(request, "plans/text/item_differences.html", context)


def _page(
    request: HttpRequest, plan: Plan, found: Comparison, chosen: Mapping[str, object]
) -> HttpResponse:
    kinds = [one for one in request.GET.getlist("kind") if one in ChangeKind.values]
    wanted: list[Change] = found.of(kinds)
    page = Paginator(wanted, PAGE).get_page(request.GET.get("page"))
    context = {
        "plan": plan,
        "old": found.old.revision,
        "new": found.new.revision,
        "before_label": found.old.revision.label if found.old.revision else "",
        "after_label": found.new.revision.label if found.new.revision else "",
        "form": _form(request, plan, chosen),
        "counts": list(found.counts.items()),
        "kinds": kinds,
        "is_all": request.GET.get("all") == "1",
        "is_side": request.GET.get("view") == "side",
        "plan_changes": [] if kinds else plan_changes(found),
        "page_obj": page,
        "found": differences_of(list(page.object_list)),
    }
    return render(request, "plans/text/differences.html", context)


def _form(request: HttpRequest, plan: Plan, data: Mapping[str, object]) -> CompareForm:
    revisions: list[Revision] = list(whole_revisions(revisions_of(plan)).defer("manifest"))
    has_draft = sees_draft(actor=request.actor, plan=plan)
    return CompareForm(data or None, revisions=revisions, has_draft=has_draft)
