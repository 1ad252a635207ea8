"""Acting as."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from stakeholders.people.middleware import SESSION_KEY


@require_POST
def act_as(request: HttpRequest) -> HttpResponse:
    """Choose the mandate pages are read under. Forms keep the mandate they were opened with."""
    chosen = request.POST.get("mandate", "")
    mandate = next((m for m in request.mandates if str(m.pk) == chosen), None)
    if mandate is None:
        messages.error(request, _("This mandate is not yours, or it has ended."))
    else:
        request.session[SESSION_KEY] = mandate.pk
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        target = "/"
    return redirect(target)
