"""Acts that need the person to have proved itself in the last quarter of an hour."""

from collections.abc import Callable
from functools import wraps

from allauth.account.decorators import reauthentication_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stakeholders.people.middleware import speak_as_posted
from stakeholders.people.queries import signing_paused_until
from stakeholders.terms import clock
from stakeholders.terms.errors import Refused
from stakeholders.terms.rights import Reason, Verdict

View = Callable[..., HttpResponse]
PAUSED = _(
    "The second factor of your account was removed a short while ago. Nothing can be signed,"
    " granted or confirmed in your name until %(until)s."
)


# Buttons that only lengthen a form: nothing is done, so nothing has to be proved.
ASIDE = frozenset({"more"})


def _is_act(request: HttpRequest) -> bool:
    return request.method == "POST" and ASIDE.isdisjoint(request.POST)


def require_unpaused(*, user_id: int | None) -> None:
    """Refuse weighty acts for a day after a second factor was removed, saying until when."""
    until = signing_paused_until(user_id=user_id, at=clock.now())
    if until is not None:
        verdict = Verdict(allowed=False, reason=Reason.OUTSIDE_LIMITS, act="account.sign")
        shown = timezone.localtime(until)
        raise Refused(verdict, text=PAUSED % {"until": f"{shown:%Y-%m-%d %H:%M}"})


def recently_proved(view: View) -> View:
    """allauth's `reauthentication_required`, with the mandate of the form that was put aside.

    The page is read and filled in freely; the proof is asked when the form is sent.
    allauth keeps a posted form while the person proves itself and then calls the view directly,
    past the middleware: without this the form would act under the header's mandate.
    """

    @reauthentication_required(allow_get=True, enabled=_is_act)
    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.method == "POST":
            speak_as_posted(request)
        if _is_act(request):
            require_unpaused(user_id=request.user.pk)
        return view(request, *args, **kwargs)

    return guarded
