"""The bytes as a download that no browser runs."""

import logging

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext_lazy as _

from stakeholders.files import storage
from stakeholders.files.models import StoredFile
from stakeholders.files.names import disposition
from stakeholders.files.rules import require_served
from stakeholders.terms.errors import Unavailable

log = logging.getLogger(__name__)
POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"


def answer_file(stored: StoredFile, *, request: HttpRequest | None = None) -> HttpResponseBase:
    """The download of a file whose owner object the caller has loaded by its own query.

    With `request`, who uploaded it may have it before the virus check, and a browser that has it
    is told so (304). Conflict for an infected file or one still to be checked; Unavailable when
    its bytes are gone.
    """
    user_id = request.user.pk if request is not None else None
    is_own = user_id is not None and user_id == stored.uploaded_by_id
    require_served(stored=stored, is_own=is_own)
    response = _body(stored)
    response["Content-Type"] = stored.media_type
    response["Content-Disposition"] = disposition(stored.name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = POLICY
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-cache"
    response["ETag"] = f'"{stored.sha256}"'
    if request is None:
        return response
    answer = get_conditional_response(request, etag=response["ETag"])
    if answer is None:
        return response
    response.close()
    return answer


def answer_made(content: bytes, *, name: str, media_type: str) -> HttpResponse:
    """The download of a file that was made for its reader just now."""
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = disposition(name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-cache"
    return response


def _body(stored: StoredFile) -> HttpResponseBase:
    if settings.FILE_ACCEL_PREFIX:
        # The web server in front sends the bytes itself.
        response = HttpResponse()
        place = storage.relative_place(stored.sha256)
        response["X-Accel-Redirect"] = f"{settings.FILE_ACCEL_PREFIX.rstrip('/')}/{place}"
        return response
    try:
        return FileResponse(storage.place_of(stored.sha256).open("rb"))
    except OSError as error:
        log.exception("the bytes of a file cannot be read: %s", stored.pk)
        raise Unavailable(_("This file cannot be read at the moment. Try again later.")) from error
