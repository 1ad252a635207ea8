"""Pages of the library of matters and of the matters of a plan."""

from collections.abc import Iterable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from consult.matters import actions, queries, rules
from consult.matters.enums import Outcome
from consult.matters.forms import LibraryForm, OpenForm, RefusableForm
from consult.matters.models import Matter
from consult.matters.views.doors import commitment_lines, doors
from plans.register.queries import get_plan, latest_revision, titles_of
from stakeholders.files.serving import answer_file
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.terms import clock
from stakeholders.terms.actor import OF_ALL_PARTIES
from stakeholders.terms.errors import Invalid, NotVisible

PAGE = 50


@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    form = LibraryForm(request.GET)
    page = Paginator(queries.catalogue(**form.chosen()), PAGE).get_page(request.GET.get("page"))
    return render(request, "consult/matters/library.html", {"form": form, "page_obj": page})


@require_safe
def catalogue_entry(request: HttpRequest, matter: str) -> HttpResponse:
    found = queries.get_library_matter(key=matter)
    plans = rules.opening_plans(actor=request.actor)
    taken = queries.taken_up_in(actor=request.actor, entry=found)
    context = {"matter": found, "plans": plans, "taken": taken}
    return render(request, "consult/matters/entry.html", context)


@require_safe
def matter_list(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    matters = queries.visible_matters(actor=request.actor, plan=plan)
    context = {
        "plan": plan,
        "matters": matters,
        "can_open": rules.can("matter.open", actor=request.actor, plan=plan),
        "now": clock.now(),
    }
    return render(request, "consult/matters/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def open_matter(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    rules.require("matter.open", actor=request.actor, plan=plan)
    units = queries.party_units(plan=plan)
    entry = queries.catalogue().filter(key=request.GET.get("from", "")).first()
    form = OpenForm(
        request.POST if request.method == "POST" else None,
        units=units,
        initial=taken_up(entry, units) if entry else None,
    )
    if request.method == "POST" and form.is_valid():
        try:
            matter = actions.open_matter(actor=request.actor, plan=plan, **form.values())
        except Invalid as error:
            form.show(error)
        else:
            messages.success(request, _("The matter was opened."))
            return redirect("matters:detail", plan.key, matter.key)
    hint = _("A matter is settled step by step: stands, options, commitments, an agreement.")
    context = {
        "plan": plan,
        "form": form,
        "title": _("Open a matter"),
        "guarded": True,
        "hint": hint,
    }
    return render(request, "consult/matters/form.html", context, status=_status(form))


@require_safe
def matter_detail(request: HttpRequest, key: str, matter: str) -> HttpResponse:
    """Who stands where on top, then everything in order of time."""
    plan = get_plan(actor=request.actor, key=key)
    found = queries.get_matter(actor=request.actor, plan=plan, key=matter)
    now = clock.now()
    draft = queries.draft_on_table(found)
    agreed = draft if found.outcome == Outcome.AGREED else None
    row = queries.agreement_row(found, draft) if draft else None
    columns = queries.stands_of(found)
    commitments = commitment_lines(found, actor=request.actor, at=now)
    context = {
        "plan": plan,
        "matter": found,
        "columns": columns,
        "silent": [column.jurisdiction for column in columns if column.newest is None],
        "ladder": queries.standing_of(plan, found, at=now),
        "options": queries.options_of(found, chosen=agreed),
        "commitments": commitments,
        "has_acts": any(line.acts for line in commitments),
        "draft": row,
        "own_answer": row.answer_of(request.actor.inside) if row else None,
        "items": found.items.order_by("key"),
        "titles": titles_of(latest_revision(plan)),
        "precedents": queries.precedents(actor=request.actor, matter=found, at=now),
        "own": request.actor.inside or "",
        "is_office": request.actor.role in OF_ALL_PARTIES,
        "can": doors(actor=request.actor, plan=plan, matter=found, at=now),
    }
    return render(request, "consult/matters/detail.html", context)


@require_safe
def fact_file(request: HttpRequest, key: str, matter: str, number: int) -> HttpResponseBase:
    """What is enclosed with a fact."""
    plan = get_plan(actor=request.actor, key=key)
    found = queries.get_matter(actor=request.actor, plan=plan, key=matter)
    fact = queries.get_fact(found, number=number)
    if fact.file is None:
        raise NotVisible
    return answer_file(fact.file, request=request)


def taken_up(entry: Matter, units: Iterable[Jurisdiction]) -> dict[str, object]:
    """The form as an entry of the library fills it: a unit stands for its whole, and for its parts."""
    concerned = [unit.path for unit in entry.jurisdictions.all()]
    return {
        "title_zh": entry.title_zh,
        "title_en": entry.title_en,
        "description_zh": entry.description_zh,
        "description_en": entry.description_en,
        "facts_zh": entry.facts_zh,
        "facts_en": entry.facts_en,
        "theme": entry.theme,
        "drawn_from": [entry.key],
        "codes": [
            unit.code
            for unit in units
            if any(unit.path.startswith(p) or p.startswith(unit.path) for p in concerned)
        ],
    }


def _status(form: RefusableForm) -> int:
    return 422 if form.errors else 200
