"""The list of comments and the discussion of a round as plain Django pages."""

from pathlib import Path

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.backends.django import DjangoTemplates

from consult.phase2_preparation.models import Comment, Disposition, Round
from plans.register.models import Plan, RevisionItem
from tests.bench.baselines.rights import seen_by

ENGINE = DjangoTemplates(
    {
        "NAME": "plain",
        "DIRS": [Path(__file__).parent / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {},
    }
)
PAGE = 50
# The filters of the list: parameter -> column, as django-filter would take them.
FILTERS = {
    "item": "item__key",
    "round": "reply__round__number",
    "source": "reply__source",
    "jurisdiction": "jurisdiction",
    "text": "text_zh__icontains",
}


def decided(comments: QuerySet[Comment]) -> QuerySet[Comment]:
    """With what was decided and answered: the newest of each is taken in the template."""
    said = Disposition.objects.select_related("publication", "matter").prefetch_related("answers")
    return comments.select_related("item", "jurisdiction", "reply__round").prefetch_related(
        Prefetch("dispositions", said.order_by("-pk"))
    )


@login_required
def comment_list(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_object_or_404(Plan, key=key)
    asked = {FILTERS[name]: value for name, value in request.GET.items() if name in FILTERS}
    found = decided(seen_by(request).filter(plan=plan, **asked)).order_by("number")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {"plan": plan, "page": page, "rounds": Round.objects.filter(plan=plan)}
    return HttpResponse(ENGINE.get_template("list.html").render(context, request))


@login_required
def discussion(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Every item with what was said on it."""
    plan = get_object_or_404(Plan, key=key)
    one = get_object_or_404(Round.objects.select_related("revision"), plan=plan, number=number)
    said: dict[int | None, list[Comment]] = {}
    found = seen_by(request).filter(reply__round=one).select_related("jurisdiction", "reply")
    for comment in found.prefetch_related("files__file", "supports__jurisdiction").order_by("pk"):
        said.setdefault(comment.item_id, []).append(comment)
    entries = RevisionItem.objects.filter(revision=one.revision).select_related("item", "version")
    rows = [(entry, said.get(entry.item_id, [])) for entry in entries.order_by("position")]
    context = {"plan": plan, "round": one, "rows": rows, "general": said.get(None, [])}
    return HttpResponse(ENGINE.get_template("discussion.html").render(context, request))
