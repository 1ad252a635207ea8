"""Published revisions: their list, and one as people read it, a chapter at a time."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from plans.register import queries
from plans.register.forms import ReadingForm
from plans.register.models import Plan, Revision, RevisionItem
from plans.register.rules import may_draft
from stakeholders.terms.asked import asked_number

PAGE = 50
FOUND = 20


@require_safe
def revision_list(request: HttpRequest, key: str) -> HttpResponse:
    plan = queries.get_plan(actor=request.actor, key=key)
    page = Paginator(queries.revisions_of(plan), PAGE).get_page(request.GET.get("page"))
    context = {"plan": plan, "page_obj": page, "rows": queries.rows_of(plan, page)}
    return render(request, "plans/register/revisions.html", context)


@require_safe
def revision_detail(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """The chapter in view, the whole (`all`), or what a search finds (`q`)."""
    plan = queries.get_plan(actor=request.actor, key=key)
    revision = queries.get_revision(plan, number=number)
    asked = _Asked(
        plan=plan,
        revision=revision,
        contents=queries.contents_of(revision),
        form=ReadingForm(request.GET),
    )
    context = asked.context() | {"may_draft": may_draft(actor=request.actor, plan=plan)}
    if asked.form.words():
        context |= _found(request, asked)
        return render(request, "plans/register/found.html", context)
    if request.GET.get("all") == "1" or not asked.contents.headings:
        context |= _whole(asked)
    else:
        context |= _in_view(request, asked)
    name = "part" if request.htmx and request.GET.get("part") else "revision"
    answer = render(request, f"plans/register/{name}.html", context)
    patch_vary_headers(answer, ["HX-Request"])
    return answer


@dataclass(frozen=True, kw_only=True)
class _Asked:
    """What a reader opened, and how it is to be shown."""

    plan: Plan
    revision: Revision
    contents: queries.Contents
    form: ReadingForm

    @property
    def beside(self) -> Revision | None:
        """The text in force, where the reader wants it beside another revision."""
        in_force = self.plan.in_force
        if in_force is None or in_force.pk == self.revision.pk or not self.form.is_beside():
            return None
        return in_force

    def passages(self, entries: Iterable[RevisionItem]) -> list[queries.Passage]:
        return queries.passages_of(
            entries,
            languages=self.form.languages(),
            authentic=self.contents.authentic,
            in_force=self.beside,
        )

    def context(self) -> dict[str, Any]:
        languages = self.form.languages()
        return {
            "plan": self.plan,
            "revision": self.revision,
            "contents": self.contents,
            "form": self.form,
            "languages": languages,
            "words": self.form.words(),
            "text": "both" if len(languages) > 1 else languages[0],
            "is_translation": self.contents.authentic not in languages,
            "beside": self.beside,
            "former": queries.former_number(self.revision),
        }


def _whole(asked: _Asked) -> dict[str, Any]:
    passages = asked.passages(queries.entries_of(asked.revision))
    sections = queries.chapters_of(asked.contents, passages)
    return {"sections": sections, "is_whole": True, "names": _names(passages)}


def _in_view(request: HttpRequest, asked: _Asked) -> dict[str, Any]:
    """One page of one chapter: the one of an `item`, the `chapter` named, or the first."""
    if item := request.GET.get("item"):
        key, page = queries.place_of(asked.revision, item=item)
        heading = asked.contents.get(key)
    else:
        heading = asked.contents.get(request.GET.get("chapter"))
        wanted = asked_number(request.GET.get("page", ""), default=1)
        page = min(max(wanted, 1), heading.pages)
    entries = queries.entries_in(asked.revision, heading=heading.key, page=page)
    passages = asked.passages(entries)
    return {
        "sections": [queries.Chapter(heading=heading, passages=passages, page=page)],
        "current": heading,
        "following": asked.contents.after(heading, page),
        "names": _names(passages),
    }


def _found(request: HttpRequest, asked: _Asked) -> dict[str, Any]:
    hits = queries.found_in(asked.revision, text=asked.form.words())
    page = Paginator(hits, FOUND).get_page(request.GET.get("page"))
    passages = asked.passages(page)
    return {"page_obj": page, "passages": passages, "names": _names(passages)}


def _names(passages: Iterable[queries.Passage]) -> dict[str, Any]:
    return dict(queries.names_of(code for one in passages for code in one.reading.concerned))
