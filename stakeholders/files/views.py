"""My uploads: keep one, look at it, take it back. What is attached is served by its owner's page."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from stakeholders.files import actions
from stakeholders.files.enums import DOCUMENTS, Kind, Scan
from stakeholders.files.models import StoredFile
from stakeholders.files.queries import get_own_file, own_files, used_by_person
from stakeholders.files.rules import require_person
from stakeholders.files.serving import answer_file
from stakeholders.terms.errors import Conflict, Invalid, Unavailable

PAGE = 25
TONES = {Scan.UNSCANNED: "neutral", Scan.CLEAN: "success", Scan.INFECTED: "danger"}


@require_http_methods(["GET", "HEAD", "POST"])
def files(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return upload(request)
    person = require_person(actor=request.actor, act="file.list")
    used, number = used_by_person(person)
    page = Paginator(own_files(actor=request.actor), PAGE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "rows": [(one, TONES[Scan(one.scan)]) for one in page.object_list],
        "used": used,
        "number": number,
        "allowed": settings.FILE_QUOTA_PERSON,
    }
    return render(request, "stakeholders/files/list.html", context)


def upload(request: HttpRequest) -> JsonResponse:
    """Keep the file of a form ahead of the form; the answer goes to the script uploads.js."""
    given = request.FILES.get("file")
    if given is None:
        return _wrong(_("Choose a file."), status=422)
    try:
        stored = actions.upload_file(
            actor=request.actor, upload=given, kinds=_kinds(request.POST.get("kinds", ""))
        )
    except Invalid as error:
        return _wrong(" ".join(str(text) for text in error.errors.values()), status=422)
    except Unavailable as error:
        return _wrong(str(error.text), status=503)
    return JsonResponse(told(stored), status=201)


def told(stored: StoredFile) -> dict[str, object]:
    """What the script shows of a kept file."""
    facts = f"{filesizeformat(stored.size)} · {stored.get_scan_display()}"
    return {
        "id": str(stored.pk),
        "name": stored.name,
        "facts": facts,
        "url": reverse("files:one", args=[stored.pk]),
    }


def _kinds(named: str) -> frozenset[Kind]:
    """The kinds the form takes, as its field says; the form itself asks again."""
    wanted = frozenset(Kind(word) for word in named.split(",") if word in Kind.values)
    return wanted or DOCUMENTS


def _wrong(text: str, *, status: int) -> JsonResponse:
    return JsonResponse({"error": text}, status=status)


@require_http_methods(["GET", "HEAD", "DELETE"])
def one(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    stored = get_own_file(actor=request.actor, pk=pk)
    if request.method == "DELETE":
        try:
            actions.remove_upload(actor=request.actor, pk=pk)
        except Conflict as error:
            return _wrong(str(error.text), status=409)
        return HttpResponse(status=204)
    return answer_file(stored, request=request)


@require_POST
def remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The same as DELETE, for a page's button."""
    actions.remove_upload(actor=request.actor, pk=pk)
    messages.success(request, _("The upload was removed."))
    return redirect("files:list")
