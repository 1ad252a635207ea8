"""Acts that need the person to have proved itself in the last quarter of an hour."""

from collections.abc import Callable
from functools import wraps

from allauth.account.decorators import reauthentication_required
from django.http import HttpRequest, HttpResponse

from stakeholders.people.middleware import speak_as_posted
from stakeholders.people.rules import require_unpaused

View = Callable[..., HttpResponse]


# Buttons that only lengthen a form: nothing is done, so nothing has to be proved.
ASIDE = frozenset({"more"})


def _is_act(request: HttpRequest) -> bool:
    return request.method == "POST" and ASIDE.isdisjoint(request.POST)


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
