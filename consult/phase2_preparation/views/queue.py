"""The work queue: the comments of a plan in the tabs of one's role, filtered and sorted."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from consult.matters.queries import party_units
from consult.phase2_preparation import rules
from consult.phase2_preparation.enums import QueueState, QueueTab
from consult.phase2_preparation.forms import FilterForm
from consult.phase2_preparation.forms.filters import OFFERS
from consult.phase2_preparation.queries import dispositions as table
from consult.phase2_preparation.queries import rounds_of
from consult.phase2_preparation.queries.tabs import BESIDE, Desk, desk_of
from consult.phase2_preparation.views.decide_form import table_acts
from plans.register.models import Plan
from plans.register.queries import contents_of, get_plan, latest_revision
from stakeholders.templatetags.in_language import in_language
from stakeholders.terms.columns import columns
from stakeholders.terms.errors import Invalid

PAGE = 50


@require_safe
def disposition_list(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    given = rules.facts(actor=request.actor, plan=plan)
    desk = desk_of(actor=request.actor, plan=plan, given=given)
    form = filter_form(request, plan)
    try:
        filters = form.chosen()
        found = table.disposition_table(actor=request.actor, plan=plan, filters=filters, desk=desk)
        chosen = table.chosen_comments(actor=request.actor, plan=plan, filters=filters)
    except Invalid:
        filters = {}
        chosen = found = table.disposition_table(actor=request.actor, plan=plan).none()
    if filters.get("state", QueueState.UNDISPOSED) not in desk.states:
        form.add_error(None, _("This list belongs to another role."))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    rows = table.rows_of(list(page))
    context = {
        "plan": plan,
        "form": form,
        "page_obj": page,
        "rows": rows,
        "query": _query(filters),
        "tabs": tabs_of(request, desk, filters, desk.counts(chosen)),
        "columns": columns(request.GET.urlencode(), OFFERS, order=filters.get("sort") or "number"),
        "chips": [
            (label, words, "?" + _query(filters, **{name: ""})) for name, label, words in form.chips
        ],
        "can_publish": rules.can("disposition.publish", given=given),
        "is_ours": desk.code,
        "is_text": _is_text(desk, filters),
        **table_acts(request, plan, rows, given=given),
    }
    status = 422 if form.errors else 200
    return render(request, "consult/phase2_preparation/dispositions.html", context, status=status)


def _is_text(desk: Desk, filters: dict[str, str]) -> bool:
    """Whether the list is that of the texts still to be changed."""
    asked = filters.get("state") or filters.get("tab") or ""
    held = desk.tabs.get(QueueTab(asked), ()) if asked in QueueTab.values else (asked,)
    return tuple(held) == (QueueState.TO_WRITE,)


def filter_form(request: HttpRequest, plan: Plan) -> FilterForm:
    """The filters of the address, with the rounds and chapters of the plan to choose from."""
    revision = latest_revision(plan)
    headings = contents_of(revision).headings if revision else []
    return FilterForm(
        request.GET,
        units=party_units(plan=plan),
        rounds=[
            (one.number, _("Round %(number)s") % {"number": one.number}) for one in rounds_of(plan)
        ],
        chapters=[(one.key, in_language(one, "title") or one.key) for one in headings if one.key],
    )


def _query(filters: dict[str, str], **changes: str) -> str:
    query = QueryDict(mutable=True)
    query.update({name: value for name, value in {**filters, **changes}.items() if value})
    return query.urlencode()


def tabs_of(
    request: HttpRequest, desk: Desk, filters: dict[str, str], counts: dict[str, int]
) -> list[dict[str, object]]:
    """The tabs of the role with their numbers under the other filters, each with its states."""
    state = filters.get("state", "")
    here = filters.get("tab", "")
    if state:
        here = next((t.value for t, group in desk.tabs.items() if state in group), "")
    found: list[dict[str, object]] = [
        {
            "label": tab.label,
            "number": sum(counts[one.value] for one in group if one not in BESIDE),
            "url": "?" + _query(filters, tab=tab.value, state=""),
            "is_current": here == tab.value,
            "states": [
                {
                    "label": one.label,
                    "number": counts[one.value],
                    "url": "?" + _query(filters, tab="", state=one.value),
                    "is_current": one.value == state,
                }
                for one in (group if len(group) > 1 else ())
            ],
        }
        for tab, group in desk.tabs.items()
    ]
    found.append(
        _plain(_("All"), counts[""], _query(filters, tab="", state=""), not here and not state)
    )
    if state and not here:
        label = str(QueueState(state).label)
        found.append(_plain(label, counts.get(state, 0), _query(filters), True))
    return found


def _plain(label: str, number: int, query: str, is_current: bool) -> dict[str, object]:
    return {"label": label, "number": number, "url": f"?{query}", "is_current": is_current}
