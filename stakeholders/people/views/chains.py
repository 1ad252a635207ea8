"""The steps inside one's own jurisdiction."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import BaseFormSet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stakeholders.people import actions
from stakeholders.people.enums import ChainKind
from stakeholders.people.forms import PassForm, StepFormSet, rows_of
from stakeholders.people.queries import (
    colleagues_of,
    get_chain,
    get_run,
    names_of,
    newest_chains,
    passes_of,
    state_of,
    visible_runs,
)
from stakeholders.people.rules import can_keep, require_keep
from stakeholders.terms.asked import asked_number
from stakeholders.terms.errors import Conflict, Invalid, NotVisible

FOLDER = "stakeholders/people/chains"
PAGE = 50


@require_safe
def chains(request: HttpRequest) -> HttpResponse:
    """The chains of my jurisdiction, and what runs through them."""
    if request.actor.inside is None:
        raise NotVisible
    rows = list(newest_chains(actor=request.actor))
    page = Paginator(visible_runs(actor=request.actor), PAGE).get_page(request.GET.get("page"))
    own = request.actor.jurisdiction_code is not None
    context = {
        "rows": rows,
        "kinds": ChainKind.choices,
        "names": names_of(step for chain in rows for step in chain.steps.all()),
        "page": page,
        "may_define": bool(can_keep(actor=request.actor, act="chain.define", is_own=own)),
    }
    return render(request, f"{FOLDER}/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def define_chain(request: HttpRequest, kind: str) -> HttpResponse:
    """Lay down the steps; buttons move, add and take away rows before they are saved."""
    actor = request.actor
    if actor.inside is None or kind not in ChainKind.values:
        raise NotVisible
    require_keep(actor=actor, act="chain.define", is_own=True)
    plan_key = actor.plan_key or request.GET.get("plan", "")[:60]
    people = colleagues_of(actor=actor)
    start = rows_of(get_chain(actor=actor, kind=kind, plan_key=plan_key))
    given = {"people": people}
    formset = StepFormSet(request.POST or None, initial=start, form_kwargs=given)
    error, status = "", 200
    if "more" in request.POST:
        formset = StepFormSet(initial=_rearranged(request), form_kwargs=given)
    elif request.method == "POST":
        error, status = _define(request, kind, plan_key, formset), 422
        if not error:
            text = _("The steps are laid down. What runs already keeps its own.")
            messages.success(request, text)
            return redirect("people:chains")
    context = {
        "formset": formset,
        "error": error,
        "kind": ChainKind(kind),
        "plan_key": plan_key,
    }
    return render(request, f"{FOLDER}/define.html", context, status=status)


def _define(request: HttpRequest, kind: str, plan_key: str, formset: BaseFormSet) -> str:
    """Save; what was refused in words, or nothing."""
    if not formset.is_valid():
        return _("Some of the steps cannot be read. Look at the marked fields.")
    steps = [form.shape() for form in formset]
    try:
        actions.define_chain(actor=request.actor, kind=kind, plan_key=plan_key, steps=steps)
    except Invalid as error:
        return " ".join(str(text) for text in error.errors.values())
    return ""


def _rearranged(request: HttpRequest) -> list[dict[str, object]]:
    """The rows as typed, with one moved up or down, taken away or added (`more=up-2`)."""
    count = min(asked_number(request.POST.get("form-TOTAL_FORMS", ""), default=0), 20)
    rows: list[dict[str, object]] = [
        {
            **{n: request.POST.get(f"form-{i}-{n}", "") for n in ("name_zh", "name_en", "role")},
            "people": request.POST.getlist(f"form-{i}-people"),
            "beside": bool(request.POST.get(f"form-{i}-beside")),
        }
        for i in range(count)
    ]
    act, _dash, text = request.POST["more"].partition("-")
    index = asked_number(text, default=-1)
    index = index if index < count else -1
    if act == "add" and count < 20:
        rows.append({})
    elif act == "drop" and index >= 0:
        del rows[index]
    elif act == "up" and index > 0:
        rows[index - 1], rows[index] = rows[index], rows[index - 1]
    elif act == "down" and 0 <= index < count - 1:
        rows[index + 1], rows[index] = rows[index], rows[index + 1]
    return rows


@require_POST
def begin_run(request: HttpRequest) -> HttpResponse:
    """Start a subject of an upper slice (`kind`, `plan`, `subject_kind`, `subject_id`) on its way."""
    given = {n: request.POST.get(n, "")[:60] for n in ("kind", "subject_kind", "subject_id")}
    made = actions.begin_steps(
        actor=request.actor, plan_key=request.POST.get("plan", "")[:60], **given
    )
    if made is None:
        raise Conflict(_("Your jurisdiction asks for no steps before this."))
    return redirect("people:run", pk=made.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """Where one subject stands on its way through the steps, and passing one."""
    found = get_run(actor=request.actor, pk=pk)
    state = state_of(found)
    form = PassForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        step = next((s for s in state.current if str(s.pk) == request.POST.get("step")), None)
        if step is None:
            raise Conflict(_("This step is not the next one: somebody passed it, or sent it back."))
        note = form.cleaned_data["note"]
        try:
            if request.POST.get("do") == "back":
                actions.send_back(actor=request.actor, run=found, step=step, note=note)
            else:
                actions.pass_step(actor=request.actor, run=found, step=step, note=note)
        except Invalid as error:
            form.add_error("note", " ".join(str(text) for text in error.errors.values()))
        else:
            return redirect("people:run", pk=found.pk)
    context = {
        "run": found,
        "state": state,
        "names": names_of(state.steps),
        "passes": passes_of(found),
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, f"{FOLDER}/run.html", context, status=status)
