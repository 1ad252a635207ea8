"""Common statements: their pages, number, signing and papers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from consult.ballots.enums import Outcome
from consult.ballots.views import put_errors
from consult.phase3_identification import actions, papers, shown
from consult.phase3_identification.bundle import bundle_text
from consult.phase3_identification.forms import NumberForm, SignForm
from consult.phase3_identification.models import CommonStatement, SignOff
from consult.phase3_identification.queries import (
    current_sign_off,
    get_statement,
    has_ended,
    number_of,
    part_statements,
    statement_of,
    statements_of,
)
from consult.phase3_identification.rules import ACTS
from consult.phase3_identification.stated import stated
from consult.phase3_identification.views.screens import FOLDER, may_do, status_of
from plans.register.models import Plan
from plans.register.queries import get_plan
from plans.register.rules import require
from stakeholders.files.enums import MEDIA_TYPES, Kind
from stakeholders.files.serving import answer_made
from stakeholders.people.reauthentication import recently_proved
from stakeholders.terms.duty import Text
from stakeholders.terms.errors import Conflict, Invalid, NotVisible


@dataclass(frozen=True, kw_only=True, eq=False)
class Group:
    """Files of the same content: what they are and what they are for."""

    title: Text
    use: Text


@dataclass(frozen=True, kw_only=True)
class PaperKind:
    """A file of a statement: its route, who writes it and its ending."""

    group: Group
    route: str
    write: Callable[..., bytes | str]
    ending: str

    @property
    def media_type(self) -> str:
        return MEDIA_TYPES[Kind(self.ending)] if self.ending != "json" else "application/json"


_WHOLE = Group(
    title=gettext_lazy("Common statement"),
    use=gettext_lazy(
        "Text, annex of reservations and sign-off sheet. The Word file can be edited in Word and WPS."
    ),
)
_SHEET = Group(
    title=gettext_lazy("Sign-off sheet"),
    use=gettext_lazy(
        "To be printed and passed round: one line per party with room for signature and seal, and "
        "the QR code of its receipt."
    ),
)
_BUNDLE = Group(
    title=gettext_lazy("Bundle to verify offline"),
    use=gettext_lazy(
        "For whoever checks text, positions, signatures and record without this site."
    ),
)
# Last part of the address -> the file.
KINDS: Mapping[str, PaperKind] = {
    "document": PaperKind(
        group=_WHOLE, route="document", write=papers.statement_docx, ending="docx"
    ),
    "pdf": PaperKind(group=_WHOLE, route="statement_pdf", write=papers.statement_pdf, ending="pdf"),
    "sheet": PaperKind(group=_SHEET, route="sheet", write=papers.sheet_docx, ending="docx"),
    "sheet-pdf": PaperKind(group=_SHEET, route="sheet_pdf", write=papers.sheet_pdf, ending="pdf"),
    "bundle": PaperKind(group=_BUNDLE, route="bundle", write=bundle_text, ending="json"),
}
ENDINGS = {"docx": "Word (.docx)", "pdf": "PDF", "json": "JSON"}


@require_GET
def statement(request: HttpRequest, key: str) -> HttpResponse:
    """The newest statement of the whole; before it stands, what has to come first."""
    plan = get_plan(actor=request.actor, key=key)
    current = current_sign_off(plan)
    found = statement_of(current)
    others = [row for row in statements_of(plan) if found is None or row.pk != found.pk]
    if found is None:
        context = {"plan": plan, "others": others, "before": _before(plan, current)}
        return render(request, f"{FOLDER}/statement.html", context)
    return _page(request, plan, found, others=others)


@require_GET
def one(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """A statement by its number in the register: of a part, or of a sign-off before this one."""
    plan = get_plan(actor=request.actor, key=key)
    return _page(request, plan, get_statement(plan, pk=pk))


def _waits(plan: Plan, found: CommonStatement) -> bool:
    """Whether it is of a part that waits for signatures."""
    return found.is_part and found.pk in {row.pk for row in part_statements([plan])}


def _page(
    request: HttpRequest,
    plan: Plan,
    found: CommonStatement,
    *,
    others: Sequence[CommonStatement] = (),
) -> HttpResponse:
    said = stated(plan=plan, statement=found)
    can = may_do(request, plan)
    current = statement_of(current_sign_off(plan))
    is_newest = current is not None and current.pk == found.pk
    unsigned = {party.code for party in said.unsigned}
    context = {
        "plan": plan,
        "statement": found,
        "said": said,
        "content": said.content,
        "is_newest": is_newest,
        "others": others,
        "papers": _papers(plan, found),
        "overridden": shown.overridden_of(said.content),
        "undecided": shown.undecided_of(said.content),
        "reservations": shown.annex(said.content, "reservations"),
        "objections": shown.annex(said.content, "objections"),
        "may_number": can["statement_number"] and said.number is None,
        "sign_url": reverse("identification:sign_part", args=[plan.key, found.pk])
        if found.is_part
        else reverse("identification:sign", args=[plan.key]),
        "may_sign": (is_newest or _waits(plan, found))
        and can["statement_sign"]
        and request.actor.jurisdiction_code in unsigned,
    }
    return render(request, f"{FOLDER}/statement.html", context)


def _papers(plan: Plan, found: CommonStatement) -> list[dict[str, object]]:
    """Each group with the addresses of its files."""
    files: dict[Group, list[tuple[str, str]]] = {}
    for made in KINDS.values():
        url = reverse(f"identification:one_{made.route}", args=[plan.key, found.pk])
        files.setdefault(made.group, []).append((ENDINGS[made.ending], url))
    return [{"group": group, "files": rows} for group, rows in files.items()]


def _before(plan: Plan, current: SignOff | None) -> str:
    """What has to happen before there is a statement; nothing of who said what."""
    if current is None:
        return _("The joint office has not opened the sign-off yet.")
    if not has_ended(current):
        return _("The sign-off is open. When it closes with every item passed, it is composed.")
    if current.end.outcome == Outcome.FAILED:
        return _("The last sign-off did not pass. Items are revised and the sign-off opened anew.")
    return _("The last sign-off ended without result. It has to be opened anew.")


@recently_proved
@require_http_methods(["GET", "POST"])
def sign(request: HttpRequest, key: str) -> HttpResponse:
    plan = get_plan(actor=request.actor, key=key)
    require("statement.sign", ACTS, actor=request.actor, plan=plan, own=True)
    found = statement_of(current_sign_off(plan))
    form = SignForm(request.POST or None, initial={"seen": found.hash if found else ""})
    if request.method == "POST" and form.is_valid():
        letter, seen = form.letter(), form.cleaned_data["seen"]
        try:
            actions.sign_statement(actor=request.actor, plan=plan, letter=letter, seen=seen)
        except (Invalid, Conflict) as error:
            put_errors(form, error)
        else:
            messages.success(request, _("The common statement is signed for your jurisdiction."))
            return redirect("identification:statement", key=key)
    context = {"plan": plan, "form": form, "statement": found}
    return render(request, f"{FOLDER}/sign.html", context, status=status_of(form))


@require_http_methods(["GET", "POST"])
def number(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """The document number of a statement, entered once by the joint office."""
    plan = get_plan(actor=request.actor, key=key)
    require("statement.number", ACTS, actor=request.actor, plan=plan)
    found = get_statement(plan, pk=pk)
    form = NumberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.number_statement(
                actor=request.actor, plan=plan, statement=pk, **form.cleaned_data
            )
        except (Invalid, Conflict) as error:
            put_errors(form, error)
        else:
            messages.success(request, _("The common statement has its number."))
            return redirect("identification:one_statement", key=key, pk=pk)
    context = {"plan": plan, "form": form, "statement": found, "numbered": number_of(found)}
    return render(request, f"{FOLDER}/number_statement.html", context, status=status_of(form))


@require_safe
def paper(request: HttpRequest, key: str, kind: str, pk: int | None = None) -> HttpResponse:
    """A file of one statement, or of the newest of the whole. NotVisible before it stands."""
    plan = get_plan(actor=request.actor, key=key)
    found = statement_of(current_sign_off(plan)) if pk is None else get_statement(plan, pk=pk)
    if found is None:
        raise NotVisible
    made = KINDS[kind]
    written = made.write(plan=plan, statement=found)
    content = written.encode() if isinstance(written, str) else written
    part = f"-{found.pk}" if found.is_part else ""
    name = f"{plan.key}-{made.group.title}{part}.{made.ending}"
    return answer_made(content, name=name, media_type=made.media_type)
