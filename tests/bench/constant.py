"""The floor of every page: a Django view that answers a constant, with nothing around it."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

settings.configure(
    SECRET_KEY="of nothing",
    ROOT_URLCONF=__name__,
    ALLOWED_HOSTS=["localhost"],
    MIDDLEWARE=[],
)


def constant(request: HttpRequest, rest: str) -> HttpResponse:
    return HttpResponse("constant")


urlpatterns = [path("<path:rest>", constant), path("", constant, {"rest": ""})]
application = get_wsgi_application()
