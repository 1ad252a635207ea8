"""Acts that need the person to have proved itself in the last quarter of an hour."""

from collections.abc import Callable
from functools import wraps

from allauth.account.decorators import reauthentication_required
from django.http import HttpRequest, HttpResponse

from stakeholders.people.middleware import speak_as_posted

View = Callable[..., HttpResponse]


def recently_proved(view: View) -> View:
    """allauth's `reauthentication_required`, with the mandate of the form that was put aside.

    allauth keeps a posted form while the person proves itself and then calls the view directly,
    past the middleware: without this the form would act under the header's mandate.
    """

    @reauthentication_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.method == "POST":
            speak_as_posted(request)
        return view(request, *args, **kwargs)

    return guarded
