"""The working draft: one chapter in view, the contents of all beside it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from plans.register.models import Plan
from plans.register.queries import get_plan, latest_revision
from plans.register.rules import can
from plans.text import actions, queries
from plans.text.forms import MoveForm, MoveSelectedForm
from plans.text.queries import Shelf
from plans.text.rules import ACTS, editable_chapters, note_holder, sees_draft
from plans.text.views.answers import PAGE, back_to, page_of, tell_numbers
from stakeholders.terms.asked import asked_number
from stakeholders.terms.errors import Invalid


@require_safe
def draft(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    if not sees_draft(actor=request.actor, plan=plan):
        return redirect("text:read", key=key)
    shelves = queries.shelves_of(plan)
    shelf, number = _wanted(request, plan, shelves)
    held = queries.NumberedDraft(plan, shelf=shelf) if shelf else []
    page = Paginator(held, PAGE).get_page(number)
    articles = list(page)
    chapters = [one.chapter for one in shelves]
    holder = note_holder(actor=request.actor, plan=plan)
    notes = queries.open_notes([one.provision.item_id for one in articles], holder=holder)
    claims = {one.item.pk: one.standing for one in queries.claims_of(plan)}
    shown = [(shelf.chapter, articles)] if shelf else []
    context = {
        "plan": plan,
        "shelves": shelves,
        "shelf": shelf,
        "page_obj": page,
        "offset": page.start_index() - 1,
        "articles": [
            (one, notes.get(one.provision.item_id, 0), claims.get(one.provision.item_id))
            for one in articles
        ],
        "names": queries.units(plan, extra=queries.codes_in(shown)),
        "editable": editable_chapters(actor=request.actor, plan=plan, chapters=chapters),
        "reads_notes": holder is not None,
        "may_add_chapter": can("chapter.add", ACTS, actor=request.actor, plan=plan),
        "move_form": MoveSelectedForm(chapters=chapters),
        "latest": latest_revision(plan),
        "claims": claims,
    }
    return render(request, "plans/text/draft.html", context)


def _wanted(
    request: HttpRequest, plan: Plan, shelves: list[Shelf]
) -> tuple[Shelf | None, str | int]:
    """The chapter that is asked for, or that of the provision asked for, or the first one; and
    which page of it."""
    key = request.GET.get("chapter", "")
    number: str | int = request.GET.get("page", "")
    item = request.GET.get("item", "")
    if item:
        found = queries.get_provision(plan, key=item)
        key, number = found.chapter.key, number or page_of(found)
    elif key:
        key = queries.get_chapter(plan, key=key).key
    return next((one for one in shelves if key in ("", one.chapter.key)), None), number or 1


@require_POST
def provision_remove(request: HttpRequest, key: str, item: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    edits = asked_number(request.POST.get("edits", ""), default=0)
    actions.remove_provision(actor=request.actor, plan=plan, key=item, edits=edits)
    messages.success(request, _("The provision is taken out of the next revision."))
    return redirect("text:home", key=key)


@require_POST
def provision_move(request: HttpRequest, key: str, item: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    form = MoveForm(request.POST, chapters=list(queries.chapters_of(plan)))
    if not form.is_valid():
        raise Invalid({name: str(texts[0]) for name, texts in form.errors.items()})
    before = queries.numbers_of(plan)
    moved = actions.move_provision(actor=request.actor, plan=plan, key=item, **form.cleaned_data)
    tell_numbers(request, before, queries.numbers_of(plan))
    return back_to(moved)
