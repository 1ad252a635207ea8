"""The scripts by which anybody verifies the bundle of a statement without this site."""

from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from consult.phase3_identification import standalone, standalone_follows
from plans.register.queries import get_plan
from stakeholders.files.serving import answer_made

SCRIPTS = {"verify.py": standalone, "verify_follows.py": standalone_follows}


@require_GET
def verifier(request: HttpRequest, key: str, script: str) -> HttpResponse:
    """For whoever sees the plan, and with it its statements."""
    get_plan(actor=request.actor, key=key)
    source = Path(str(SCRIPTS[script].__file__)).read_bytes()
    return answer_made(source, name=script, media_type="text/x-python; charset=utf-8")
