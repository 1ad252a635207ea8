"""Acts that need the person to have proved itself in the last quarter of an hour."""

from collections.abc import Callable
from functools import wraps

from allauth.account.decorators import reauthentication_required
from django.http import HttpRequest, HttpResponse

from stakeholders.people.middleware import speak_as_posted
from stakeholders.people.rules import require_unpaused

View = Callable[..., HttpResponse]


def recently_proved(view: View) -> View:
    """allauth's `reauthentication_required`, with the mandate of the form that was put aside.

    The page is read and filled in freely; the proof is asked when the form is sent, whatever fields
    were added to it. allauth keeps a posted form while the person proves itself and then calls the
    view directly, past the middleware: without this the form would act under the header's mandate.
    """
    return recently_proved_except()(view)


def recently_proved_except(*aside: str) -> Callable[[View], View]:
    """`recently_proved` for a view whose buttons named `aside` only change its form.

    Only a view that looks for such a button itself, before it acts, may name it: where one that
    does not is sent the name, it would act without the proof.
    """
    names = frozenset(aside)

    def is_act(request: HttpRequest) -> bool:
        return request.method == "POST" and names.isdisjoint(request.POST)

    def decorated(view: View) -> View:
        @reauthentication_required(allow_get=True, enabled=is_act)
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            if request.method == "POST":
                speak_as_posted(request)
            if is_act(request):
                require_unpaused(user_id=request.user.pk)
            return view(request, *args, **kwargs)

        guarded.proved_except = names  # read by the tests' walk
        return guarded

    return decorated
