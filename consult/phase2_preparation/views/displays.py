"""The result sheet of a display: read, written, issued, downloaded."""

from io import BytesIO

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from consult.phase2_preparation import rules
from consult.phase2_preparation.actions.displays import finish_display, write_display
from consult.phase2_preparation.display_sheet import period_of, sheet_paper
from consult.phase2_preparation.forms.papers import FinishForm, SheetForm
from consult.phase2_preparation.models import DisplaySheet, Round
from consult.phase2_preparation.papers.docx_writing import write_docx
from consult.phase2_preparation.papers.pdf_writing import write_pdf
from consult.phase2_preparation.queries import displays as queries
from consult.phase2_preparation.queries import is_past
from plans.register.models import Plan
from plans.register.queries import get_plan
from stakeholders.files.enums import MEDIA_TYPES, Kind
from stakeholders.files.serving import answer_file, answer_made
from stakeholders.terms import clock
from stakeholders.terms.errors import Conflict, Invalid, NotVisible

ANY = ["GET", "HEAD", "POST"]
FIELDS = tuple(SheetForm.base_fields.keys() - {"file", "base"})


@require_safe
def display(request: HttpRequest, key: str, number: int) -> HttpResponse:
    plan, one, sheets = _load(request, key, number)
    given = rules.facts(actor=request.actor, plan=plan)
    sheet = sheets[0] if sheets else None
    context = {
        "plan": plan,
        "one": one,
        "period": period_of(one),
        "sheet": sheet,
        "finish": queries.finish_of(sheet),
        "sheets": sheets,
        "counts": queries.counts_of(actor=request.actor, plan=plan, one=one),
        "is_past": is_past(one, at=clock.now()),
        "can_write": rules.can("display.write", given=given),
        "can_finish": rules.can("display.finish", given=given),
    }
    return render(request, "consult/phase2_preparation/display.html", context)


@require_http_methods(ANY)
def write(request: HttpRequest, key: str, number: int) -> HttpResponse:
    plan, one, sheets = _load(request, key, number)
    rules.require("display.write", actor=request.actor, plan=plan)
    sheet = sheets[0] if sheets else None
    form = SheetForm(
        *((request.POST, request.FILES) if request.method == "POST" else (None, None)),
        initial=_initial(one, sheet),
        actor=request.actor,
        plan_key=plan.key,
    )
    if request.method == "POST" and form.is_valid():
        try:
            write_display(actor=request.actor, plan=plan, one=one, **form.values())
        except Invalid as error:
            form.show(error)
        except Conflict as error:
            form.add_error(None, str(error.text))
        else:
            messages.success(request, _("The version was kept."))
            return redirect("preparation:display", plan.key, one.number)
    return _form_page(request, plan, one, form, _("Write the result sheet"))


@require_http_methods(ANY)
def finish(request: HttpRequest, key: str, number: int) -> HttpResponse:
    plan, one, sheets = _load(request, key, number)
    rules.require("display.finish", actor=request.actor, plan=plan)
    if not sheets:
        raise NotVisible
    form = FinishForm(
        request.POST if request.method == "POST" else None, initial={"number": sheets[0].number}
    )
    if request.method == "POST" and form.is_valid():
        try:
            finish_display(actor=request.actor, plan=plan, one=one, **form.values())
        except Invalid as error:
            form.show(error)
        except Conflict as error:
            form.add_error(None, str(error.text))
        else:
            messages.success(request, _("The result sheet was issued."))
            return redirect("preparation:display", plan.key, one.number)
    return _form_page(request, plan, one, form, _("Issue the result sheet"))


@require_safe
def download(request: HttpRequest, key: str, number: int, version: int, kind: str) -> HttpResponse:
    """One version as docx or PDF, in the reader's language."""
    plan, one, _sheets = _load(request, key, number)
    sheet = queries.get_sheet(actor=request.actor, one=one, number=version)
    if kind not in (Kind.DOCX, Kind.PDF):
        raise NotVisible
    paper = sheet_paper(
        plan=plan,
        one=one,
        sheet=sheet,
        finish=queries.finish_of(sheet),
        counts=queries.counts_of(actor=request.actor, plan=plan, one=one),
    )
    target = BytesIO()
    if kind == Kind.PDF:
        target.write(write_pdf(paper))
    else:
        write_docx(paper, target)
    name = f"display-result-{plan.key}-RD{one.number}-v{sheet.number}.{kind}"
    return answer_made(target.getvalue(), name=name, media_type=MEDIA_TYPES[kind])


@require_safe
def proof(request: HttpRequest, key: str, number: int, version: int) -> HttpResponseBase:
    _plan, one, _sheets = _load(request, key, number)
    stored = queries.get_proof(actor=request.actor, one=one, number=version)
    return answer_file(stored, request=request)


def _load(request: HttpRequest, key: str, number: int) -> tuple[Plan, Round, list[DisplaySheet]]:
    plan = get_plan(actor=request.actor, key=key)
    one = queries.get_display(plan, number=number)
    return plan, one, queries.sheets_of(actor=request.actor, one=one)


def _initial(one: Round, sheet: DisplaySheet | None) -> dict[str, object]:
    """What the form begins with: the newest version, or what the round says of place and media."""
    if sheet is None:
        said = [words for words in (one.place, one.media) if words] or [one.note]
        return {"place_zh": "\n".join(said), "base": 0}
    return {name: getattr(sheet, name) for name in FIELDS} | {
        "base": sheet.number,
        "file": sheet.file,
    }


def _form_page(
    request: HttpRequest, plan: Plan, one: Round, form: object, title: str
) -> HttpResponse:
    context = {"plan": plan, "one": one, "form": form, "title": title}
    status = 422 if getattr(form, "errors", None) else 200
    return render(request, "consult/phase2_preparation/display_form.html", context, status=status)
