"""The leader's page: one page, one paper, one button."""

from io import BytesIO

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from consult.phase2_preparation.papers.docx_writing import write_docx
from consult.phase2_preparation.papers.pdf_writing import write_pdf
from consult.phase3_identification import actions
from consult.phase3_identification.approval import approval_paper, shown_blocks
from consult.phase3_identification.leading import Leading, leading
from consult.phase3_identification.queries import own_sign_off, prepared_of, statement_of
from consult.phase3_identification.views.screens import FOLDER, days_left, may_do, read_board
from plans.register.models import Plan
from plans.register.queries import get_plan
from stakeholders.files.enums import MEDIA_TYPES, Kind
from stakeholders.files.serving import answer_made
from stakeholders.people.reauthentication import recently_proved
from stakeholders.terms.asked import asked_number
from stakeholders.terms.errors import Conflict, Invalid, NotVisible


@recently_proved
@require_http_methods(["GET", "HEAD", "POST"])
def leader(request: HttpRequest, key: str) -> HttpResponse:
    """What the signatory of the reader's jurisdiction signs; its own people read it too."""
    plan, page = _load(request, key)
    error = ""
    if request.method == "POST" and page is not None:
        error = _sign(request, plan)
        if not error:
            messages.success(request, _("Signed. The receipt stands on this page."))
            return redirect("identification:leader", key=key)
    context = {
        "plan": plan,
        "page": page,
        "error": error,
        "can": may_do(request, plan),
        "days_left": days_left(page.sign_off) if page else None,
        "statement": statement_of(page.sign_off) if page else None,
    }
    return render(request, f"{FOLDER}/leader.html", context, status=409 if error else 200)


def _sign(request: HttpRequest, plan: Plan) -> str:
    """Take what was prepared; what was refused in words, or nothing."""
    posted = request.POST
    try:
        actions.sign_prepared(
            actor=request.actor,
            plan=plan,
            edits=asked_number(posted.get("edits", ""), default=0),
            revision_hash=posted.get("revision", ""),
            former=asked_number(posted.get("former", ""), default=0) or None,
        )
    except Invalid as error:
        return " ".join(str(text) for text in error.errors.values())
    except Conflict as error:
        return str(error.text)
    return ""


@require_safe
def paper(request: HttpRequest, key: str) -> HttpResponse:
    """The approval slip on screen, to be printed."""
    plan, page = _load(request, key)
    if page is None:
        raise NotVisible
    made = approval_paper(page)
    context = {"plan": plan, "page": page, "paper": made, "blocks": shown_blocks(made)}
    return render(request, f"{FOLDER}/leader_paper.html", context)


@require_safe
def paper_file(request: HttpRequest, key: str, kind: str) -> HttpResponse:
    """The approval slip as PDF or Word."""
    plan, page = _load(request, key)
    if page is None or kind not in ("pdf", "docx"):
        raise NotVisible
    made = approval_paper(page)
    if kind == "pdf":
        content = write_pdf(made)
    else:
        target = BytesIO()
        write_docx(made, target)
        content = target.getvalue()
    name = f"{plan.key}-{made.title}.{kind}"
    return answer_made(content, name=name, media_type=MEDIA_TYPES[Kind(kind)])


def _load(request: HttpRequest, key: str) -> tuple[Plan, Leading | None]:
    """The plan and its page for the reader's jurisdiction; None where it signs nothing now."""
    plan = get_plan(actor=request.actor, key=key)
    current = own_sign_off(actor=request.actor, plan=plan)
    if current is None:
        return plan, None
    state, revision = read_board(request, plan, current)
    page = leading(
        actor=request.actor,
        plan=plan,
        sign_off=current,
        state=state,
        revision=revision,
        prepared=prepared_of(actor=request.actor, sign_off=current, plan=plan),
    )
    return plan, page if page.rows else None
