"""The common statement, its signing and its exports."""

import json

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from consult.phase3_identification import actions, shown
from consult.phase3_identification.bundle import bundle_text
from consult.phase3_identification.forms import (
    OwnLetterForm,
)
from consult.phase3_identification.models import CommonStatement
from consult.phase3_identification.papers import docx_bytes
from consult.phase3_identification.queries import (
    current_sign_off,
    statement_of,
)
from consult.phase3_identification.rules import ACTS
from consult.phase3_identification.views.screens import FOLDER, may_do, status_of
from plans.register.models import Plan
from plans.register.queries import get_plan
from plans.register.rules import require
from stakeholders.people.reauthentication import recently_proved
from stakeholders.terms.errors import NotVisible


@require_GET
def statement(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    found = statement_of(current_sign_off(plan))
    context: dict[str, object] = {"plan": plan, "statement": found}
    if found is not None:
        signatures = list(found.signatures.select_related("jurisdiction", "mandate__user"))
        signed = {row.jurisdiction_id: row for row in signatures}
        content = json.loads(found.content)
        code = request.actor.jurisdiction_code
        may = may_do(request, plan)["statement_sign"]
        context |= {
            "content": content,
            "parties": [
                ({**party, "shown": shown.spoken(party["name"])}, signed.get(party["code"]))
                for party in content["parties"]
            ],
            "overridden": shown.overridden_of(content),
            "undecided": shown.undecided_of(content),
            "reservations": shown.annex(content, "reservations"),
            "objections": shown.annex(content, "objections"),
            "may_sign": may and code in {p["code"] for p in content["parties"]} - set(signed),
        }
    return render(request, f"{FOLDER}/statement.html", context)


@recently_proved
@require_http_methods(["GET", "POST"])
def sign(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    require("statement.sign", ACTS, actor=request.actor, plan=plan, own=True)
    form = OwnLetterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.sign_statement(actor=request.actor, plan=plan, letter=form.letter())
        messages.success(request, _("The common statement is signed for your jurisdiction."))
        return redirect("identification:statement", key=key)
    found = statement_of(current_sign_off(plan))
    context = {"plan": plan, "form": form, "statement": found}
    return render(request, f"{FOLDER}/sign.html", context, status=status_of(form))


@require_GET
def document(request: HttpRequest, key: str) -> HttpResponse:
    plan, found = _stated(request, key)
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    return _download(docx_bytes(plan=plan, statement=found), kind, f"{key}-statement.docx")


@require_GET
def bundle(request: HttpRequest, key: str) -> HttpResponse:
    plan, found = _stated(request, key)
    text = bundle_text(plan=plan, statement=found)
    return _download(text.encode(), "application/json", f"{key}-statement.json")


def _stated(request: HttpRequest, key: str) -> tuple[Plan, CommonStatement]:
    plan = get_plan(actor=request.actor, key=key)
    found = statement_of(current_sign_off(plan))
    if found is None:
        raise NotVisible
    return plan, found


def _download(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
