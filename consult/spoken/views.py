"""Pages of acts entered for a party: entering, the list, one act, the party's word."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from consult.ballots.views import put_errors
from consult.phase3_identification.checks import rows_of
from consult.spoken import actions, rules, shown
from consult.spoken.enums import BINDING, ActKind
from consult.spoken.forms import ENTRIES, ROWS, EntryForm, ListFilter, RefusalForm, rows_said
from consult.spoken.models import EnteredAct
from consult.spoken.queries import (
    filtered,
    get_entered,
    plan_to_speak_in,
    shown_at,
    visible_entered,
)
from consult.spoken.queries import shown as shown_rows
from consult.spoken.subjects import Subject, subject_of
from plans.register.models import Plan
from plans.register.queries import get_plan, visible_plans
from stakeholders.files.serving import answer_file
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.people.enums import Basis
from stakeholders.people.reauthentication import recently_proved
from stakeholders.terms import clock
from stakeholders.terms.actor import Role
from stakeholders.terms.asked import asked_number
from stakeholders.terms.errors import Conflict, Invalid, NotVisible

FOLDER = "consult/spoken"
PAGE = 50
ORDERS = ("pk", "-pk", "confirm_by", "-confirm_by", "jurisdiction", "-jurisdiction")


@require_safe
def entered_list(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    now = clock.now()
    form = ListFilter(request.GET)
    chosen = form.chosen()
    rows = visible_entered(actor=request.actor).filter(plan=plan)
    rows = filtered(rows, standing=chosen["standing"], at=now)
    if chosen["kind"]:
        rows = rows.filter(kind=chosen["kind"])
    order = request.GET.get("order", "-pk")
    rows = rows.order_by(order if order in ORDERS else "-pk", "-pk")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "plan": plan,
        "form": form,
        "page_obj": page,
        "rows": shown_rows(page.object_list, at=now),
        "order": order,
    }
    return render(request, f"{FOLDER}/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, key: str, kind: str, subject: int, code: str) -> HttpResponse:
    """Enter what `code` said; for one's own jurisdiction that is ad referendum."""
    plan = plan_to_speak_in(actor=request.actor, key=key)
    is_office = request.actor.role is Role.COORDINATOR
    basis = Basis.ON_EVIDENCE if is_office else Basis.AD_REFERENDUM
    if kind not in ENTRIES:
        raise NotVisible
    rules.require_entering(actor=request.actor, plan=plan, kind=kind, code=code, basis=basis)
    about = subject_of(plan=plan, kind=kind, pk=subject, at=clock.now())
    form, rows = _entry_forms(request, about, code, is_office=is_office)
    is_more = "more" in request.POST
    if request.method == "POST" and not is_more and form.is_valid() and _are_valid(rows):
        try:
            act = _enter(request, about, code, form, rows)
        except (Invalid, Conflict) as error:
            put_errors(form, error)
        else:
            messages.success(request, _("Entered. It counts once the party has confirmed it."))
            return redirect("spoken:detail", plan.key, act.pk)
    context = {
        "plan": plan,
        "about": about,
        "unit": Jurisdiction.objects.defer("boundary").filter(pk=code).first(),
        "kind_label": ActKind(kind).label,
        "form": form,
        "rows": rows,
        "is_office": is_office,
        "kind": kind,
        "frame": _frame(request, plan),
    }
    return render(request, f"{FOLDER}/enter.html", context, status=422 if form.errors else 200)


def _entry_forms(
    request: HttpRequest, about: Subject, code: str, *, is_office: bool
) -> tuple[EntryForm, Any]:
    """The form of the kind, and the formset of its rows, if it has such."""
    data = request.POST.copy() if request.method == "POST" else None
    factory, prefix = ROWS.get(about.kind, (None, ""))
    if data is not None and "more" in data:
        total = data.get(f"{prefix}-TOTAL_FORMS", "0")
        data[f"{prefix}-TOTAL_FORMS"] = str(min(asked_number(total, default=0) + 1, 100))
    revision = about.plan.frozen
    form = ENTRIES[about.kind](
        data,
        request.FILES if data is not None else None,
        actor=request.actor,
        plan_key=about.plan.key,
        is_provisional=not is_office,
        initial={"revision": revision.hash if revision else ""},
    )
    if factory is None:
        return form, None
    return form, factory(data, prefix=prefix, form_kwargs={"items": _items(about, code)})


def _items(about: Subject, code: str) -> list[tuple[str, str]]:
    if about.kind == ActKind.REPLY:
        return shown.item_names(about.row.revision)
    revision = about.plan.frozen
    if revision is None:
        return []
    mine = {row.item.key for row in rows_of(about.row, revision, code=code)}
    return [(key, name) for key, name in shown.item_names(revision) if key in mine]


def _frame(request: HttpRequest, plan: Plan) -> str:
    """The plan's frame for who sees the plan; an invited jurisdiction does not see it yet."""
    is_seen = visible_plans(actor=request.actor).filter(pk=plan.pk).exists()
    return "plans/register/plan_base.html" if is_seen else "base.html"


def _are_valid(rows: Any) -> bool:
    return rows is None or bool(rows.is_valid())


def _enter(
    request: HttpRequest, about: Subject, code: str, form: EntryForm, rows: Any
) -> EnteredAct:
    given: dict[str, Any] = {
        "actor": request.actor,
        "plan": about.plan,
        "kind": about.kind,
        "subject": about.row.pk,
        "said": {**form.said(), **rows_said(about.kind, rows)},
        "evidence": form.evidence(),
    }
    if request.actor.role is Role.COORDINATOR:
        return actions.enter_for(code=code, **given)
    return actions.enter_ad_referendum(**given)


@require_safe
def detail(request: HttpRequest, key: str, entry: int) -> HttpResponse:
    act = get_entered(actor=request.actor, key=key, pk=entry)
    return render(request, f"{FOLDER}/detail.html", _context(request, act))


def _context(request: HttpRequest, act: EnteredAct, form: Any = None) -> dict[str, Any]:
    now = clock.now()
    about = subject_of(plan=act.plan, kind=act.kind, pk=act.subject.pk, at=now)
    return {
        "plan": act.plan,
        "one": shown_at(act, at=now),
        "about": about,
        "lines": shown.lines_of(act),
        "form": form or RefusalForm(),
        "can_confirm": rules.word_verdict("spoken.confirm", actor=request.actor, entered=act),
        "can_refuse": rules.word_verdict("spoken.refuse", actor=request.actor, entered=act),
        "is_binding": act.kind in BINDING,
        "frame": _frame(request, act.plan),
    }


def _confirm(request: HttpRequest, key: str, entry: int) -> HttpResponse:
    act = get_entered(actor=request.actor, key=key, pk=entry)
    try:
        actions.confirm(actor=request.actor, act=act)
    except (Invalid, Conflict) as error:
        form = RefusalForm(data={"reason": "-"})
        form.is_valid()
        put_errors(form, error)
        status = 422 if isinstance(error, Invalid) else 409
        return render(request, f"{FOLDER}/detail.html", _context(request, act, form), status=status)
    messages.success(request, _("Confirmed: it counts now as your jurisdiction's own act."))
    return redirect("spoken:detail", key, entry)


@require_http_methods(["POST"])
def confirm(request: HttpRequest, key: str, entry: int) -> HttpResponse:
    """Confirm; a position only after proving oneself again."""
    act = get_entered(actor=request.actor, key=key, pk=entry)
    door = recently_proved(_confirm) if act.kind in BINDING else _confirm
    return door(request, key, entry)


@require_http_methods(["POST"])
def refuse(request: HttpRequest, key: str, entry: int) -> HttpResponse:
    act = get_entered(actor=request.actor, key=key, pk=entry)
    form = RefusalForm(request.POST)
    if form.is_valid():
        try:
            actions.refuse(actor=request.actor, act=act, **form.cleaned_data)
        except (Invalid, Conflict) as error:
            put_errors(form, error)
        else:
            messages.success(request, _("Refused. The joint office is told."))
            return redirect("spoken:detail", key, entry)
    return render(request, f"{FOLDER}/detail.html", _context(request, act, form), status=422)


@require_safe
def evidence(request: HttpRequest, key: str, entry: int) -> HttpResponseBase:
    """The scan behind an entry, to whoever may see the entry."""
    act = get_entered(actor=request.actor, key=key, pk=entry)
    if act.evidence_file is None:
        raise NotVisible
    return answer_file(act.evidence_file, request=request)
