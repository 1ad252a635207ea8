"""Acting as, and the language of one's mail."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django.views.i18n import set_language as choose_for_session

from stakeholders.people import actions
from stakeholders.people.middleware import SESSION_KEY

FOLDER = "stakeholders/people"


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
    return HttpResponseRedirect(target)  # an address, never the name of a page


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def set_language(request: HttpRequest) -> HttpResponse:
    """Django's choice of language, remembered for the mail of a person who is signed in."""
    language = request.POST.get("language", "")
    if request.method == "POST" and request.user.is_authenticated and language:
        actions.choose_language(actor=request.actor, user=request.user, language=language)
    return choose_for_session(request)
