"""The report: its editions, the ballot, the files, the publication, matters of findings."""

import json
from collections.abc import Callable, Mapping

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from consult.ballots.forms import ConfirmForm, OpenBallotForm, PositionForm, ReasonForm
from consult.ballots.shown import shown
from consult.health import actions
from consult.health.checks import require_for
from consult.health.forms import PublishForm
from consult.health.models import HealthCheck
from consult.health.queries import get_report, is_asked, units_of, whole_of
from consult.health.report_paper import report_charts, report_docx, report_pdf
from consult.health.rules import ACTS
from consult.health.subjects import title_of
from consult.health.views.screens import (
    FOLDER,
    FORM_METHODS,
    act_page,
    back_to,
    context_of,
    doors,
    load,
)
from plans.register.models import Plan
from plans.register.queries import get_plan
from plans.register.rules import require
from stakeholders.files.serving import answer_made
from stakeholders.people.reauthentication import recently_proved
from stakeholders.terms import clock
from stakeholders.terms.duty import Text
from stakeholders.terms.errors import NotVisible

WRITERS: Mapping[str, tuple[Callable[..., bytes], str]] = {
    "docx": (
        report_docx,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    "pdf": (report_pdf, "application/pdf"),
}


@require_safe
def report(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """The newest edition, or `?edition=`, with its charts, and the ballots on it."""
    plan, found = load(request, key, pk)
    context = context_of(plan, found)
    whole = context["whole"]
    asked = request.GET.get("edition", "")
    chosen = next((one for one in whole.reports if str(one.number) == asked), whole.report)
    held = shown(whole.ballots, plan=plan, actor=request.actor, at=clock.now())
    units = units_of(plan)
    content = json.loads(chosen.content) if chosen else {}
    context |= {
        "report": chosen,
        "content": content,
        "charts": report_charts(content, units) if chosen else [],
        "units": units,
        "held": held,
        "is_asked": is_asked(request.actor, whole),
        "doors": doors(request, plan, whole=whole),
        "is_newest": chosen == whole.report,
    }
    return render(request, f"{FOLDER}/report.html", context)


@require_safe
def report_file(
    request: HttpRequest, key: str, pk: int, number: int, kind: str
) -> HttpResponseBase:
    """An edition as a Word or PDF file, in the reader's language, with its charts."""
    plan = get_plan(actor=request.actor, key=key)
    found = get_report(plan, pk=pk, number=number)
    if kind not in WRITERS:
        raise NotVisible
    write, media_type = WRITERS[kind]
    content = write(found, units=units_of(plan))
    name = f"health-check-{key}-{found.health_check.year}-{found.number}.{kind}"
    return answer_made(content, name=name, media_type=media_type)


@require_http_methods(FORM_METHODS)
def put_forward(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    plan, found = _required(request, key, pk, "report.open_ballot")
    form = OpenBallotForm(request.POST or None)
    words = {
        "title": _("Put the report forward"),
        "lead": _(
            "The check as it stands becomes an edition that the signing parties take a position "
            "on. A change after that needs a new edition."
        ),
        "submit_label": _("Put it forward"),
        "done": _("The report is before the parties."),
    }

    def call() -> object:
        return actions.put_forward(actor=request.actor, plan=plan, check=found, **form.terms())

    return _act(request, plan, found, form, call, words)


@recently_proved
@require_http_methods(FORM_METHODS)
def position(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    plan, found = load(request, key, pk)
    whole = whole_of(found)
    own = is_asked(request.actor, whole)
    require("report.take_position", ACTS, actor=request.actor, plan=plan, own=own)
    form = PositionForm(request.POST or None, on=whole.running)
    words = {
        "title": _("Take a position on the report"),
        "lead": _("A newer position of your jurisdiction replaces its former one."),
        "submit_label": _("Take this position"),
        "done": _("Your position was taken."),
    }

    def call() -> object:
        return actions.take_report_position(
            actor=request.actor, plan=plan, check=found, **form.said()
        )

    return _act(request, plan, found, form, call, words)


@require_http_methods(FORM_METHODS)
def close(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    plan, found = _required(request, key, pk, "report.close_ballot")
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    words = {
        "title": _("Close the ballot"),
        "lead": _("The rule decides; if it is met, the report is agreed."),
        "submit_label": _("Close the ballot"),
        "done": _("The ballot is closed."),
    }

    def call() -> object:
        return actions.close_report_ballot(actor=request.actor, plan=plan, check=found)

    return _act(request, plan, found, form, call, words)


@require_http_methods(FORM_METHODS)
def close_empty(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    plan, found = _required(request, key, pk, "report.close_without_result")
    form = ReasonForm(request.POST or None)
    words = {
        "title": _("Close the ballot without result"),
        "lead": _("The positions stay on record. Another edition can be put forward."),
        "submit_label": _("Close without result"),
        "done": _("The ballot is closed without result."),
    }

    def call() -> object:
        return actions.close_report_without_result(
            actor=request.actor, plan=plan, check=found, **form.cleaned_data
        )

    return _act(request, plan, found, form, call, words, is_danger=True)


@require_http_methods(FORM_METHODS)
def recall(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    plan, found = _required(request, key, pk, "report.recall_ballot")
    form = ReasonForm(request.POST or None)
    words = {
        "title": _("Recall the ballot"),
        "lead": _("A ballot is recalled only while nobody has spoken."),
        "submit_label": _("Recall"),
        "done": _("The ballot was recalled."),
    }

    def call() -> object:
        return actions.recall_report_ballot(
            actor=request.actor, plan=plan, check=found, **form.cleaned_data
        )

    return _act(request, plan, found, form, call, words, is_danger=True)


@require_http_methods(FORM_METHODS)
def publish(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    plan, found = _required(request, key, pk, "check.publish")
    form = PublishForm(
        request.POST or None, request.FILES or None, actor=request.actor, plan_key=plan.key
    )
    words = {
        "title": _("Enter the publication of the report"),
        "lead": _("When and where the agreed report was made public."),
        "submit_label": _("Enter it"),
        "done": _("The report is published."),
    }

    def call() -> object:
        return actions.publish_check(
            actor=request.actor, plan=plan, check=found, **form.cleaned_data
        )

    return _act(request, plan, found, form, call, words)


@require_http_methods(FORM_METHODS)
def to_matter(request: HttpRequest, key: str, pk: int, number: int) -> HttpResponse:
    plan, found = _required(request, key, pk, "finding.to_matter")
    one = next((row for row in whole_of(found).findings if row.number == number), None)
    if one is None:
        raise NotVisible
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    words = {
        "title": format_lazy(_("Open a matter for finding {number}"), number=str(one)),
        "lead": _("The parties it concerns are asked for their stands, on the ladder’s clock."),
        "submit_label": _("Open the matter"),
        "done": _("The matter is open."),
    }

    def call() -> object:
        return actions.finding_to_matter(actor=request.actor, plan=plan, check=found, number=number)

    back = (back_to(plan, found, mark="#findings"), title_of(found))
    return act_page(request, plan=plan, form=form, call=call, words=words, back=back)


def _required(request: HttpRequest, key: str, pk: int, act: str) -> tuple[Plan, HealthCheck]:
    plan, found = load(request, key, pk)
    require_for(act, actor=request.actor, plan=plan)
    return plan, found


def _act(
    request: HttpRequest,
    plan: Plan,
    check: HealthCheck,
    form: forms.Form,
    call: Callable[[], object],
    words: Mapping[str, Text],
    *,
    is_danger: bool = False,
) -> HttpResponse:
    """One form, one act, back to the report."""
    back = (back_to(plan, check, page="report"), title_of(check))
    extra = {"is_danger": is_danger}
    return act_page(request, plan=plan, form=form, call=call, words=words, back=back, extra=extra)
