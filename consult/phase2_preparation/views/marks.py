"""The marks of comments beside one chapter of a published text."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from consult.phase2_preparation import rules
from consult.phase2_preparation.marks import asking_round, marks_of
from plans.register.queries import contents_of, entries_in, get_plan, get_revision
from stakeholders.terms.asked import asked_number


@require_safe
def marks(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """A page, or with htmx the fragment that puts each mark into its place."""
    plan = get_plan(actor=request.actor, key=key)
    revision = get_revision(plan, number=number)
    heading = contents_of(revision).get(request.GET.get("chapter"))
    wanted = asked_number(request.GET.get("page", ""), default=1)
    page = min(max(wanted, 1), heading.pages)
    given = rules.facts(actor=request.actor, plan=plan, code=request.actor.inside)
    may_comment = rules.can("comment.draft", given=given)
    context = {
        "plan": plan,
        "revision": revision,
        "heading": heading,
        "marks": marks_of(
            actor=request.actor,
            plan=plan,
            entries=list(entries_in(revision, heading=heading.key, page=page)),
            one=asking_round(actor=request.actor, plan=plan, revision=revision)
            if may_comment
            else None,
        ),
    }
    name = "marks_fragment" if request.htmx else "marks"
    answer = render(request, f"consult/phase2_preparation/{name}.html", context)
    patch_vary_headers(answer, ["HX-Request"])
    return answer
