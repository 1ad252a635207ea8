"""The page behind the link that unsubscribes: open to whoever has the mail, signed in or not.

Opening it changes nothing, because mail scanners open every link. Programs of mail readers post to
it without a cookie (RFC 8058), so it asks for no token of a form: the link itself is the proof,
and all it can do is stop mail that has no legal effect, or put it back.
"""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from stakeholders.notices import actions
from stakeholders.notices.queries import subscription_state
from stakeholders.notices.unsubscribing import read_token


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """GET says what would be stopped; POST stops it, or resumes it where the form says so."""
    subscription = read_token(token)
    if subscription is None:
        raise Http404
    if request.method == "POST":
        act = actions.resubscribe if "resume" in request.POST else actions.unsubscribe
        act(actor=request.actor, subscription=subscription)
    state = subscription_state(subscription=subscription)
    if state is None:
        raise Http404
    context = {"state": state, "has_acted": request.method == "POST"}
    answer = render(request, "stakeholders/notices/unsubscribe.html", context)
    answer["Referrer-Policy"] = "no-referrer"
    patch_cache_control(answer, private=True, no_store=True)
    return answer
