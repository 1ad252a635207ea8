"""The text as people read it: where the room "Text" leads, and the draft beside what is in force."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from plans.register.queries import get_plan
from plans.text import queries
from plans.text.beside import draft_beside, published_text
from plans.text.rules import require_draft_sight
from plans.text.views.answers import PAGE
from stakeholders.terms.errors import NotVisible


@require_safe
def read(request: HttpRequest, key: str) -> HttpResponse:
    """To the text in force, else the latest revision, else the empty list of revisions.

    What the address asks of the text (chapter, language, words) goes along.
    """
    plan = get_plan(actor=request.actor, key=key)
    revision = published_text(plan)
    if revision is None:
        return redirect("register:revisions", key=key)
    url = reverse("register:revision", kwargs={"key": key, "number": revision.number})
    asked = request.GET.urlencode()
    return redirect(f"{url}?{asked}" if asked else url)


@require_safe
def beside(request: HttpRequest, key: str) -> HttpResponse:
    """One chapter of the working draft beside the published text."""
    plan = get_plan(actor=request.actor, key=key)
    require_draft_sight(actor=request.actor, plan=plan)
    shelves = queries.shelves_of(plan)
    wanted = request.GET.get("chapter", "")
    shelf = next((one for one in shelves if wanted in ("", one.chapter.key)), None)
    if wanted and shelf is None:
        raise NotVisible
    held = queries.NumberedDraft(plan, shelf=shelf) if shelf else []
    page = Paginator(held, PAGE).get_page(request.GET.get("page"))
    revision = published_text(plan)
    context = {
        "plan": plan,
        "chapters": [one.chapter for one in shelves],
        "chapter": shelf.chapter if shelf else None,
        "revision": revision,
        "rows": draft_beside(list(page), revision=revision),
        "page_obj": page,
    }
    return render(request, "plans/text/beside.html", context)
