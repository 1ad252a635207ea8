"""The script by which anybody verifies the bundle of a statement without this site."""

from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from consult.phase3_identification import standalone
from plans.register.queries import get_plan


@require_GET
def verifier(request: HttpRequest, key: str) -> HttpResponse:
    """For whoever sees the plan, and with it its statements."""
    get_plan(actor=request.actor, key=key)
    text = Path(standalone.__file__).read_text(encoding="utf-8")
    response = HttpResponse(text, content_type="text/x-python; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="verify.py"'
    return response
